package io.sally.driver;

import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.GregorianCalendar;
import org.jspecify.annotations.Nullable;

/**
 * Dates and times that a caller sets, as {@code java.time}. A legacy date stands for the wall-clock
 * fields that it has in the zone of the calendar given, or in the JVM's.
 */
final class TemporalParameters {
  private static final int NANOS_A_MILLI = 1_000_000;

  private TemporalParameters() {}

  static boolean covers(Object value) {
    return value instanceof LocalDate
        || value instanceof LocalTime
        || value instanceof LocalDateTime
        || value instanceof OffsetDateTime
        || value instanceof OffsetTime
        || value instanceof ZonedDateTime
        || value instanceof Instant
        || value instanceof java.util.Date
        || value instanceof Calendar;
  }

  /** A value that {@link #covers} knows. */
  static Object of(Object value) {
    if (value instanceof ZonedDateTime timestamp) {
      return timestamp.toOffsetDateTime();
    } else if (value instanceof Instant instant) {
      return instant.atOffset(ZoneOffset.UTC);
    } else if (value instanceof Date date) {
      return date(date, null);
    } else if (value instanceof Time time) {
      return time(time, null);
    } else if (value instanceof Timestamp timestamp) {
      return timestamp(timestamp, null);
    } else if (value instanceof java.util.Date date) {
      return fields(date.toInstant().toEpochMilli(), null);
    } else if (value instanceof Calendar calendar) {
      return fields(calendar.getTimeInMillis(), calendar);
    }
    return value;
  }

  static LocalDate date(Date date, @Nullable Calendar calendar) {
    return fields(date.getTime(), calendar).toLocalDate();
  }

  static LocalTime time(Time time, @Nullable Calendar calendar) {
    return fields(time.getTime(), calendar).toLocalTime();
  }

  static LocalDateTime timestamp(Timestamp timestamp, @Nullable Calendar calendar) {
    return fields(timestamp.getTime(), calendar).withNano(timestamp.getNanos());
  }

  /** By a Gregorian calendar with the Julian one before 1582, as {@code java.sql.Date} counts. */
  private static LocalDateTime fields(long millis, @Nullable Calendar zone) {
    Calendar calendar =
        zone == null ? new GregorianCalendar() : new GregorianCalendar(zone.getTimeZone());
    calendar.setTimeInMillis(millis);
    boolean beforeChrist = calendar.get(Calendar.ERA) == GregorianCalendar.BC;
    int year = calendar.get(Calendar.YEAR);
    return LocalDateTime.of(
        beforeChrist ? 1 - year : year,
        calendar.get(Calendar.MONTH) + 1,
        calendar.get(Calendar.DAY_OF_MONTH),
        calendar.get(Calendar.HOUR_OF_DAY),
        calendar.get(Calendar.MINUTE),
        calendar.get(Calendar.SECOND),
        calendar.get(Calendar.MILLISECOND) * NANOS_A_MILLI);
  }
}
