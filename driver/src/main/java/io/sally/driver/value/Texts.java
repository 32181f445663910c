package io.sally.driver.value;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Values as texts, as SQL writes their literals: a timestamp has a blank between its parts, a
 * decimal no exponent, an interval its fields, a binary its hexadecimal digits. The ends of time
 * are PostgreSQL's infinities. The JVM's zone and locale change nothing.
 */
public final class Texts {
  private static final int SECONDS_OF_DAY = 86_400;
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter();
  private static final DateTimeFormatter TIMESTAMP =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendLiteral(' ')
          .append(TIME)
          .toFormatter();
  private static final DateTimeFormatter TIME_WITH_ZONE =
      new DateTimeFormatterBuilder().append(TIME).appendOffset("+HH:MM", "+00:00").toFormatter();
  private static final DateTimeFormatter TIMESTAMP_WITH_ZONE =
      new DateTimeFormatterBuilder()
          .append(TIMESTAMP)
          .appendOffset("+HH:MM", "+00:00")
          .toFormatter();

  private Texts() {}

  /** The text of any value that a row can have. */
  public static String toText(Object value) {
    if (value instanceof String text) {
      return text;
    } else if (value.equals(LocalDate.MAX)
        || value.equals(LocalDateTime.MAX)
        || value.equals(OffsetDateTime.MAX)) {
      return "infinity";
    } else if (value.equals(LocalDate.MIN)
        || value.equals(LocalDateTime.MIN)
        || value.equals(OffsetDateTime.MIN)) {
      return "-infinity";
    } else if (value instanceof BigDecimal number) {
      return number.toPlainString();
    } else if (value instanceof LocalTime time) {
      return TIME.format(time);
    } else if (value instanceof LocalDateTime timestamp) {
      return TIMESTAMP.format(timestamp);
    } else if (value instanceof OffsetTime time) {
      return TIME_WITH_ZONE.format(time);
    } else if (value instanceof OffsetDateTime timestamp) {
      return TIMESTAMP_WITH_ZONE.format(timestamp);
    } else if (value instanceof Period months) {
      return ofMonths(months.toTotalMonths());
    } else if (value instanceof Duration time) {
      return ofDuration(time);
    } else if (value instanceof byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    } else if (value instanceof List<?> elements) {
      return elements.stream().map(Texts::element).collect(Collectors.joining(", ", "[", "]"));
    }
    return value.toString();
  }

  private static String element(@Nullable Object value) {
    return value == null ? "NULL" : toText(value);
  }

  private static String ofMonths(long months) {
    long size = Math.abs(months);
    return (months < 0 ? "-" : "") + size / 12 + "-" + size % 12;
  }

  private static String ofDuration(Duration duration) {
    Duration size = duration.abs();
    LocalTime rest =
        LocalTime.ofSecondOfDay(size.getSeconds() % SECONDS_OF_DAY).withNano(size.getNano());
    return (duration.isNegative() ? "-" : "")
        + size.getSeconds() / SECONDS_OF_DAY
        + " "
        + TIME.format(rest);
  }
}
