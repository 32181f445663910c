package io.sally.engine.source;

import io.sally.engine.catalog.ColumnType;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * SQLite keeps a type with each value, not with the column. A value is read as the column's type
 * where that loses nothing, and as its text where it does, as {@link ColumnReader} says; a text
 * column takes all.
 *
 * <p>Dates and timestamps are ISO 8601 texts; an integer is milliseconds since 1970 and a real a
 * Julian day, both in UTC, as SQLite's JDBC driver writes and reads them.
 */
final class SqliteReaders {
  private static final BigDecimal JULIAN_DAY_OF_1970 = new BigDecimal("2440587.5");
  private static final BigDecimal MILLIS_PER_DAY = BigDecimal.valueOf(86_400_000L);

  /** Between these {@code Double.toString} writes no exponent. */
  private static final double LEAST_PLAIN = 1e-3;

  private static final double MOST_PLAIN = 1e7;

  private SqliteReaders() {}

  private interface Conversion {
    Object convert(Object value) throws SQLException;
  }

  static ColumnReader of(ColumnType type) {
    return switch (type.jdbcType()) {
      case BOOLEAN, BIT -> each(SqliteReaders::bool);
      case TINYINT -> each(value -> integer(value).byteValueExact());
      case SMALLINT -> each(value -> integer(value).shortValueExact());
      case INTEGER -> SqliteReaders::integer;
      case BIGINT -> each(SqliteReaders::bigint);
      case DECIMAL, NUMERIC -> each(SqliteReaders::decimal);
      case REAL -> each(value -> (float) floating(value));
      case FLOAT, DOUBLE -> each(SqliteReaders::floating);
      case BINARY, VARBINARY -> each(SqliteReaders::bytes);
      case DATE -> each(SqliteReaders::date);
      case TIME -> each(SqliteReaders::time);
      case TIMESTAMP -> each(SqliteReaders::timestamp);
      case TIMESTAMP_WITH_TIMEZONE -> each(value -> timestamp(value).atOffset(ZoneOffset.UTC));
      case CHAR, VARCHAR, LONGVARCHAR -> SqliteReaders::text;
      default -> StandardReaders.of(type);
    };
  }

  /** Most values of such a column are what they should be: no more is done with them. */
  private static @Nullable Object integer(ResultSet rows, int column) throws SQLException {
    Object value = rows.getObject(column);
    return value instanceof Integer
        ? value
        : converted(value, other -> integer(other).intValueExact(), rows, column);
  }

  private static ColumnReader each(Conversion conversion) {
    return (rows, i) -> converted(rows.getObject(i), conversion, rows, i);
  }

  private static @Nullable Object converted(
      @Nullable Object value, Conversion conversion, ResultSet rows, int column)
      throws SQLException {
    try {
      return value == null ? null : conversion.convert(value);
    } catch (NumberFormatException | ArithmeticException | DateTimeException notOfTheType) {
      return text(rows, column);
    }
  }

  private static Object bool(Object value) {
    if (value instanceof Number number) {
      return number.doubleValue() != 0;
    }
    return switch (string(value).toLowerCase(Locale.ROOT)) {
      case "true", "t", "yes", "y", "on", "1" -> true;
      case "false", "f", "no", "n", "off", "0" -> false;
      default -> throw new NumberFormatException();
    };
  }

  private static Object bigint(Object value) {
    return value instanceof Integer || value instanceof Long
        ? ((Number) value).longValue()
        : integer(value).longValueExact();
  }

  private static java.math.BigInteger integer(Object value) {
    return decimal(value).toBigIntegerExact();
  }

  /** The shortest decimal that means the same floating number, which is what was written. */
  private static BigDecimal decimal(Object value) {
    if (value instanceof Integer || value instanceof Long) {
      return BigDecimal.valueOf(((Number) value).longValue());
    } else if (value instanceof Double number) {
      BigDecimal hundredths = hundredths(number);
      return hundredths == null ? BigDecimal.valueOf(number) : hundredths;
    }
    return new BigDecimal(string(value));
  }

  /**
   * The decimal of a number with two digits after its point, as an amount of money has, or null:
   * {@code Double.toString} takes longer than all else that is done for a row. Of decimals of up to
   * 15 digits no two mean the same floating number, so this is the one that is meant.
   */
  private static @Nullable BigDecimal hundredths(double number) {
    double size = Math.abs(number);
    if (!(size >= LEAST_PLAIN && size < MOST_PLAIN)) {
      return null;
    }
    long hundredths = Math.round(number * 100);
    if (hundredths / 100.0 != number) {
      return null;
    }
    return hundredths % 10 == 0
        ? BigDecimal.valueOf(hundredths / 10, 1)
        : BigDecimal.valueOf(hundredths, 2);
  }

  private static double floating(Object value) {
    return value instanceof Number number
        ? number.doubleValue()
        : Double.parseDouble(string(value));
  }

  private static Object bytes(Object value) {
    return value instanceof byte[] bytes
        ? bytes
        : value.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static Object date(Object value) {
    LocalDateTime timestamp = timestamp(value);
    if (!timestamp.toLocalTime().equals(LocalTime.MIDNIGHT)) {
      throw new DateTimeException("a date with a time of day");
    }
    return timestamp.toLocalDate();
  }

  /** Milliseconds of the first day are a time: so SQLite's JDBC driver writes java.sql.Time. */
  private static LocalTime time(Object value) {
    if (value instanceof String text && !text.contains("-")) {
      return LocalTime.parse(text.strip());
    }
    LocalDateTime timestamp = timestamp(value);
    if (!timestamp.toLocalDate().equals(LocalDate.EPOCH)) {
      throw new DateTimeException("a time with a date");
    }
    return timestamp.toLocalTime();
  }

  private static LocalDateTime timestamp(Object value) {
    if (value instanceof Integer || value instanceof Long) {
      return inUtc(((Number) value).longValue());
    } else if (value instanceof Double day) {
      return inUtc(
          BigDecimal.valueOf(day)
              .subtract(JULIAN_DAY_OF_1970)
              .multiply(MILLIS_PER_DAY)
              .setScale(0, java.math.RoundingMode.HALF_UP)
              .longValueExact());
    }
    String text = string(value);
    if (text.length() <= "yyyy-mm-dd".length()) {
      return LocalDate.parse(text).atStartOfDay();
    }
    String iso = text.replaceFirst("\\s+", "T").replaceFirst("\\s+", "");
    boolean zoned = iso.endsWith("Z") || iso.matches(".*[+-]\\d\\d:\\d\\d$");
    return zoned
        ? OffsetDateTime.parse(iso).withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime()
        : LocalDateTime.parse(iso);
  }

  private static LocalDateTime inUtc(long millis) {
    return LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
  }

  private static String string(Object value) {
    if (value instanceof byte[]) {
      throw new NumberFormatException("a blob");
    }
    return value.toString().strip();
  }

  /** A blob in a text column is its UTF-8 text or, where it is none, SQLite's literal for it. */
  private static @Nullable Object text(ResultSet rows, int column) throws SQLException {
    Object value = rows.getObject(column);
    if (value instanceof byte[] bytes) {
      try {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      } catch (CharacterCodingException e) {
        return "X'" + HexFormat.of().withUpperCase().formatHex(bytes) + "'";
      }
    }
    return value instanceof Double
        ? rows.getString(column)
        : value == null ? null : value.toString();
  }
}
