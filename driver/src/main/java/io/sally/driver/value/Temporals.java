package io.sally.driver.value;

import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.time.temporal.TemporalQuery;

/**
 * Values as the types of {@code java.time}. Nothing is invented: a timestamp without time zone is
 * no instant, and a date with no time is read as its midnight only where a time is wanted with it.
 */
public final class Temporals {
  private static final DateTimeFormatter TIMESTAMP =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendPattern("[ ]['T']")
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .optionalEnd()
          .optionalStart()
          .appendPattern("[ ]")
          .appendOffset("+HH:mm:ss", "Z")
          .optionalEnd()
          .toFormatter()
          // 31 February is no date, and not the 28th.
          .withResolverStyle(ResolverStyle.STRICT);
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .optionalStart()
          .appendOffset("+HH:mm:ss", "Z")
          .optionalEnd()
          .toFormatter();

  private Temporals() {}

  public static LocalDate toLocalDate(Object value) throws SQLException {
    if (value instanceof LocalDate date) {
      return date;
    } else if (value instanceof LocalDateTime timestamp) {
      return timestamp.toLocalDate();
    } else if (value instanceof OffsetDateTime timestamp) {
      return timestamp.toLocalDate();
    } else if (value instanceof String text) {
      return parse(text, TIMESTAMP, LocalDate::from, "DATE");
    }
    throw ConversionErrors.noConversion(value, "DATE");
  }

  public static LocalTime toLocalTime(Object value) throws SQLException {
    if (value instanceof LocalTime time) {
      return time;
    } else if (value instanceof OffsetTime time) {
      return time.toLocalTime();
    } else if (value instanceof LocalDateTime timestamp) {
      return timestamp.toLocalTime();
    } else if (value instanceof OffsetDateTime timestamp) {
      return timestamp.toLocalTime();
    } else if (value instanceof String text) {
      return isTimeAlone(text)
          ? parse(text, TIME, LocalTime::from, "TIME")
          : parse(text, TIMESTAMP, LocalTime::from, "TIME");
    }
    throw ConversionErrors.noConversion(value, "TIME");
  }

  public static LocalDateTime toLocalDateTime(Object value) throws SQLException {
    if (value instanceof LocalDateTime timestamp) {
      return timestamp;
    } else if (value instanceof LocalDate date) {
      return date.atStartOfDay();
    } else if (value instanceof OffsetDateTime timestamp) {
      return timestamp.toLocalDateTime();
    } else if (value instanceof String text) {
      return parse(text, TIMESTAMP, Temporals::timestamp, "TIMESTAMP");
    }
    throw ConversionErrors.noConversion(value, "TIMESTAMP");
  }

  public static OffsetDateTime toOffsetDateTime(Object value) throws SQLException {
    if (value instanceof OffsetDateTime timestamp) {
      return timestamp;
    } else if (value instanceof String text) {
      return parse(text, TIMESTAMP, OffsetDateTime::from, "TIMESTAMP WITH TIME ZONE");
    }
    throw ConversionErrors.noConversion(
        value, "TIMESTAMP WITH TIME ZONE, since it names no point in time");
  }

  public static OffsetTime toOffsetTime(Object value) throws SQLException {
    if (value instanceof OffsetTime time) {
      return time;
    } else if (value instanceof OffsetDateTime timestamp) {
      return timestamp.toOffsetTime();
    } else if (value instanceof String text) {
      return parse(text, TIME, OffsetTime::from, "TIME WITH TIME ZONE");
    }
    throw ConversionErrors.noConversion(value, "TIME WITH TIME ZONE");
  }

  public static ZonedDateTime toZonedDateTime(Object value) throws SQLException {
    return toOffsetDateTime(value).toZonedDateTime();
  }

  public static Instant toInstant(Object value) throws SQLException {
    return toOffsetDateTime(value).toInstant();
  }

  public static Period toPeriod(Object value) throws SQLException {
    if (value instanceof Period period) {
      return period;
    }
    throw ConversionErrors.noConversion(value, "INTERVAL YEAR TO MONTH");
  }

  public static Duration toDuration(Object value) throws SQLException {
    if (value instanceof Duration duration) {
      return duration;
    }
    throw ConversionErrors.noConversion(value, "INTERVAL DAY TO SECOND");
  }

  private static boolean isTimeAlone(String text) {
    return text.indexOf(':') >= 0 && text.strip().indexOf('-', 1) != 4;
  }

  private static LocalDateTime timestamp(TemporalAccessor parsed) {
    LocalTime time = parsed.query(TemporalQueries.localTime());
    return LocalDate.from(parsed).atTime(time == null ? LocalTime.MIDNIGHT : time);
  }

  private static <T> T parse(
      String text, DateTimeFormatter format, TemporalQuery<T> query, String target)
      throws SQLException {
    try {
      return format.parse(text.strip(), query);
    } catch (DateTimeException e) {
      throw ConversionErrors.notATime(text, target, e);
    }
  }
}
