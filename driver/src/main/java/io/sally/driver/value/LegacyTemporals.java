package io.sally.driver.value;

import java.sql.Date;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.temporal.ChronoField;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Values as {@code java.sql.Date}, {@code Time} and {@code Timestamp}. Those are points in time
 * that stand for wall-clock fields in some zone: that of the calendar given, or the JVM's, as JDBC
 * wants it. A value with an offset is a point in time itself, and no zone changes it.
 */
public final class LegacyTemporals {
  private static final LocalDate EPOCH = LocalDate.of(1970, 1, 1);

  private static final long POSITIVE_INFINITY = 9_223_372_036_825_200_000L;
  private static final long NEGATIVE_INFINITY = -9_223_372_036_832_400_000L;

  private LegacyTemporals() {}

  public static Date toDate(Object value, @Nullable Calendar calendar) throws SQLException {
    LocalDate date =
        value instanceof OffsetDateTime timestamp && !isInfinite(timestamp)
            ? timestamp.atZoneSameInstant(zoned(calendar).getTimeZone().toZoneId()).toLocalDate()
            : Temporals.toLocalDate(value);
    return new Date(millis(date.atStartOfDay(), calendar));
  }

  public static Time toTime(Object value, @Nullable Calendar calendar) throws SQLException {
    if (value instanceof OffsetTime time) {
      return new Time(time.atDate(EPOCH).toInstant().toEpochMilli());
    }
    LocalTime time =
        value instanceof OffsetDateTime timestamp && !isInfinite(timestamp)
            ? timestamp.atZoneSameInstant(zoned(calendar).getTimeZone().toZoneId()).toLocalTime()
            : Temporals.toLocalTime(value);
    return new Time(millis(time.atDate(EPOCH), calendar));
  }

  public static Timestamp toTimestamp(Object value, @Nullable Calendar calendar)
      throws SQLException {
    if (value instanceof OffsetDateTime timestamp) {
      OptionalLong infinity = infinity(timestamp.toLocalDate());
      return infinity.isPresent()
          ? new Timestamp(infinity.getAsLong())
          : Timestamp.from(timestamp.toInstant());
    }
    LocalDateTime timestamp =
        value instanceof LocalTime time ? time.atDate(EPOCH) : Temporals.toLocalDateTime(value);
    Timestamp result = new Timestamp(millis(timestamp, calendar));
    if (infinity(timestamp.toLocalDate()).isPresent()) {
      return result;
    }
    result.setNanos(timestamp.get(ChronoField.NANO_OF_SECOND));
    return result;
  }

  /**
   * The point in time of these fields, by a Gregorian calendar with the Julian one before 1582,
   * since that is how {@code java.sql.Date.toString} reads it back.
   */
  private static long millis(LocalDateTime fields, @Nullable Calendar calendar) {
    OptionalLong infinity = infinity(fields.toLocalDate());
    if (infinity.isPresent()) {
      return infinity.getAsLong();
    }
    Calendar target = zoned(calendar);
    target.set(
        fields.getYear(),
        fields.getMonthValue() - 1,
        fields.getDayOfMonth(),
        fields.getHour(),
        fields.getMinute(),
        fields.getSecond());
    target.set(Calendar.MILLISECOND, fields.get(ChronoField.MILLI_OF_SECOND));
    return target.getTimeInMillis();
  }

  private static boolean isInfinite(OffsetDateTime timestamp) {
    return infinity(timestamp.toLocalDate()).isPresent();
  }

  /** What pgjdbc gives for infinity and -infinity, whose dates no calendar reaches. */
  private static OptionalLong infinity(LocalDate date) {
    if (date.equals(LocalDate.MAX)) {
      return OptionalLong.of(POSITIVE_INFINITY);
    }
    return date.equals(LocalDate.MIN) ? OptionalLong.of(NEGATIVE_INFINITY) : OptionalLong.empty();
  }

  // The caller's calendar is not touched: it may be shared by threads.
  private static Calendar zoned(@Nullable Calendar calendar) {
    Calendar zoned = calendar == null ? new GregorianCalendar() : (Calendar) calendar.clone();
    zoned.clear();
    return zoned;
  }
}
