package io.sally.engine.planner;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.avatica.util.DateTimeUtils;
import org.jspecify.annotations.Nullable;

/**
 * Timestamps as generated code holds them: microseconds since 1970, of the wall clock for a
 * TIMESTAMP and in UTC for a TIMESTAMP WITH TIME ZONE. The years 1 to 9999 fit many times over;
 * nanoseconds would end in 2262. A finer value is rounded to the nearest microsecond, a half
 * upwards, as PostgreSQL and MySQL do when they store one. The greatest and the least long are plus
 * and minus infinity.
 *
 * <p>What generated code calls gives null for a null argument, and throws ArithmeticException when
 * the result is not within the years 1 to 9999.
 */
public final class Microseconds {
  /** The digits of a second that are kept. */
  static final int DIGITS = 6;

  private static final long A_MILLISECOND = 1_000L;
  private static final long A_SECOND = 1_000_000L;
  private static final long A_MINUTE = 60 * A_SECOND;
  private static final long A_DAY = 24 * 60 * A_MINUTE;
  private static final long NANOS = 1_000L;
  private static final Pattern FRACTION = Pattern.compile("(:\\d{1,2})\\.(\\d+)");

  private static final Pattern SECOND = Pattern.compile("\\d:\\d{2}:\\d{2}");

  private Microseconds() {}

  static long of(LocalDateTime timestamp) {
    if (timestamp.equals(LocalDateTime.MAX)) {
      return Long.MAX_VALUE;
    } else if (timestamp.equals(LocalDateTime.MIN)) {
      return Long.MIN_VALUE;
    }
    long nanoOfDay = timestamp.toLocalTime().toNanoOfDay();
    return Math.addExact(
        Math.multiplyExact(timestamp.toLocalDate().toEpochDay(), A_DAY),
        Math.floorDiv(nanoOfDay + NANOS / 2, NANOS));
  }

  static LocalDateTime timestamp(long micros) {
    if (micros == Long.MAX_VALUE) {
      return LocalDateTime.MAX;
    } else if (micros == Long.MIN_VALUE) {
      return LocalDateTime.MIN;
    }
    return LocalDateTime.of(
        LocalDate.ofEpochDay(Math.floorDiv(micros, A_DAY)),
        LocalTime.ofNanoOfDay(Math.floorMod(micros, A_DAY) * NANOS));
  }

  /** Microseconds from an integer, and back. */
  public static @Nullable Long unchanged(@Nullable Number micros) {
    return micros == null ? null : (Long) micros.longValue();
  }

  /** Milliseconds since 1970, what is finer cut off towards the past. */
  public static @Nullable Long floorToMillis(@Nullable Number micros) {
    return micros == null ? null : (Long) Math.floorDiv(finite(micros), A_MILLISECOND);
  }

  /** Seconds since 1970, what is finer cut off towards the past. */
  public static @Nullable Long floorToSeconds(@Nullable Number micros) {
    return micros == null ? null : (Long) Math.floorDiv(finite(micros), A_SECOND);
  }

  /** The milliseconds since 1970 of the whole second. */
  public static @Nullable Long millisOfSecond(@Nullable Number micros) {
    return micros == null
        ? null
        : (Long) (Math.floorDiv(finite(micros), A_SECOND) * (A_SECOND / A_MILLISECOND));
  }

  /** Milliseconds since 1970, the next one for what is finer. */
  public static @Nullable Long ceilToMillis(@Nullable Number micros) {
    return micros == null ? null : (Long) (-Math.floorDiv(-finite(micros), A_MILLISECOND));
  }

  /** From milliseconds since 1970. */
  public static @Nullable Long fromMillis(@Nullable Number millis) {
    return millis == null ? null : (Long) Math.multiplyExact(millis.longValue(), A_MILLISECOND);
  }

  /** A moment with the part below the second of another. */
  public static @Nullable Long withFractionOf(
      @Nullable Number millis, @Nullable Number other, int digits) {
    return millis == null || other == null
        ? null
        : withDigits(
            Math.multiplyExact(
                    Math.floorDiv(millis.longValue(), A_SECOND / A_MILLISECOND), A_SECOND)
                + Math.floorMod(other.longValue(), A_SECOND),
            digits);
  }

  /** With so many digits of a second, a half upwards. */
  public static @Nullable Long withDigits(@Nullable Number micros, int digits) {
    if (micros == null || infinite(micros)) {
      return unchanged(micros);
    }
    long unit = 1;
    for (int i = digits; i < DIGITS; i++) {
      unit *= 10;
    }
    return Math.floorDiv(micros.longValue() + unit / 2, unit) * unit;
  }

  /** The day since 1970. */
  public static @Nullable Integer day(@Nullable Number micros) {
    if (micros == null) {
      return null;
    } else if (infinite(micros)) {
      return micros.longValue() > 0 ? Integer.MAX_VALUE : Integer.MIN_VALUE;
    }
    return Math.toIntExact(Math.floorDiv(micros.longValue(), A_DAY));
  }

  /** The first moment of a day. */
  public static @Nullable Long startOfDay(@Nullable Number day) {
    if (day == null) {
      return null;
    } else if (day.intValue() == Integer.MAX_VALUE || day.intValue() == Integer.MIN_VALUE) {
      return day.intValue() > 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
    }
    return day.longValue() * A_DAY;
  }

  /**
   * The moment so many months on; the last day of the month where there is no such day. Infinity
   * stays what it is, as in PostgreSQL.
   */
  public static @Nullable Long plusMonths(
      @Nullable Number micros, @Nullable Number months, int sign) {
    if (micros == null || months == null) {
      return null;
    } else if (infinite(micros)) {
      return unchanged(micros);
    }
    try {
      return inRange(
          of(
              timestamp(micros.longValue())
                  .plusMonths(Math.multiplyExact(months.longValue(), sign))));
    } catch (DateTimeException e) {
      throw (ArithmeticException) new ArithmeticException(RunErrors.DATE_OUT_OF_RANGE).initCause(e);
    }
  }

  /** The moment so many milliseconds on, which is how an interval counts. */
  public static @Nullable Long plusMillis(
      @Nullable Number micros, @Nullable Number millis, int sign) {
    if (micros == null || millis == null) {
      return null;
    } else if (infinite(micros)) {
      return unchanged(micros);
    }
    return inRange(
        Math.addExact(
            micros.longValue(), Math.multiplyExact(millis.longValue(), sign * A_MILLISECOND)));
  }

  /** The whole milliseconds from one moment to another, negative when it is earlier. */
  public static @Nullable Long millisBetween(@Nullable Number later, @Nullable Number earlier) {
    return later == null || earlier == null
        ? null
        : (Long) (Math.subtractExact(finite(later), finite(earlier)) / A_MILLISECOND);
  }

  /** The microseconds since the minute began. */
  public static @Nullable Long ofMinute(@Nullable Number micros) {
    return micros == null ? null : (Long) Math.floorMod(finite(micros), A_MINUTE);
  }

  /** As SQL writes it, with no more digits of a second than it needs. */
  public static @Nullable String text(@Nullable Number micros) {
    if (micros == null) {
      return null;
    } else if (infinite(micros)) {
      return micros.longValue() > 0 ? "infinity" : "-infinity";
    }
    long fraction = Math.floorMod(micros.longValue(), A_SECOND);
    String text =
        DateTimeUtils.unixTimestampToString((micros.longValue() - fraction) / A_MILLISECOND);
    return text + fraction(fraction);
  }

  private static String fraction(long micros) {
    return micros == 0 ? "" : "." + "%06d".formatted(micros).replaceAll("0+$", "");
  }

  /** The text of a whole second, with the digits after it of a timestamp. */
  public static @Nullable String textWithFraction(@Nullable String text, @Nullable Number micros) {
    if (text == null || micros == null || infinite(micros)) {
      return text(micros);
    }
    return SECOND
        .matcher(text)
        .replaceFirst("$0" + fraction(Math.floorMod(micros.longValue(), A_SECOND)));
  }

  /** The text of a timestamp without the digits after its second. */
  public static @Nullable String textOfSecond(@Nullable String text) {
    return text == null ? null : FRACTION.matcher(text).replaceFirst("$1");
  }

  /**
   * The moment of a text's whole second, with the digits after it.
   *
   * @param second in milliseconds since 1970
   */
  public static @Nullable Long withFraction(
      @Nullable Number second, @Nullable String text, int digits) {
    if (second == null || text == null) {
      return null;
    }
    long micros = second.longValue() * A_MILLISECOND;
    Matcher fraction = FRACTION.matcher(text);
    if (!fraction.find()) {
      return micros;
    }
    // Rounded once, from all its digits: .4999995 has no second to spare.
    long nanos = Long.parseLong((fraction.group(2) + "000000000").substring(0, 9));
    long unit = 1;
    for (int i = digits; i < 9; i++) {
      unit *= 10;
    }
    return micros + Math.floorDiv(nanos + unit / 2, unit) * unit / NANOS;
  }

  /** No clock shows infinity: a function that asks for a part of it fails. */
  private static long finite(Number micros) {
    if (infinite(micros)) {
      throw new ArithmeticException(RunErrors.DATE_OUT_OF_RANGE);
    }
    return micros.longValue();
  }

  private static boolean infinite(Number micros) {
    return micros.longValue() == Long.MAX_VALUE || micros.longValue() == Long.MIN_VALUE;
  }

  private static long inRange(long micros) {
    int year = timestamp(micros).getYear();
    if (year < 1 || year > 9999) {
      throw new ArithmeticException(RunErrors.DATE_OUT_OF_RANGE);
    }
    return micros;
  }

  /** A moment in UTC, for a value that counts from 1970 in UTC. */
  static OffsetDateTime inUtc(long micros) {
    LocalDateTime utc = timestamp(micros);
    return utc.equals(LocalDateTime.MAX)
        ? OffsetDateTime.MAX
        : utc.equals(LocalDateTime.MIN) ? OffsetDateTime.MIN : utc.atOffset(ZoneOffset.UTC);
  }

  static long of(OffsetDateTime moment) {
    if (moment.equals(OffsetDateTime.MAX)) {
      return Long.MAX_VALUE;
    } else if (moment.equals(OffsetDateTime.MIN)) {
      return Long.MIN_VALUE;
    }
    return of(moment.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime());
  }
}
