package io.sally.driver.metadata;

import io.sally.engine.catalog.ColumnType;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.DatabaseMetaData;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What JDBC tells of a type beside its name: sizes, sign, class. */
public final class TypeFacts {
  /** Said of a text or binary without a declared limit. */
  public static final int UNLIMITED = Integer.MAX_VALUE;

  private static final int MAX_DECIMAL_DIGITS = 38;
  private static final int MAX_FRACTION_DIGITS = 9;
  private static final int BYTES_A_CHARACTER = 4;

  private TypeFacts() {}

  /**
   * Digits of a number, characters of a text, bytes of a binary, characters of the longest text of
   * a date or time, as {@code COLUMN_SIZE} and {@code getPrecision} have it; 0 where none applies.
   */
  public static int size(ColumnType type) {
    return switch (type.jdbcType()) {
      case BOOLEAN, BIT -> 1;
      case TINYINT -> 3;
      case SMALLINT -> 5;
      case INTEGER -> 10;
      case BIGINT -> 19;
      case REAL -> 7;
      case FLOAT, DOUBLE -> 15;
      case DECIMAL, NUMERIC -> or(type.precision(), MAX_DECIMAL_DIGITS);
      case DATE -> 10;
      case TIME -> 8 + fraction(type);
      case TIME_WITH_TIMEZONE -> 14 + fraction(type);
      case TIMESTAMP -> 19 + fraction(type);
      case TIMESTAMP_WITH_TIMEZONE -> 25 + fraction(type);
      case CHAR, VARCHAR, LONGVARCHAR, NCHAR, NVARCHAR, LONGNVARCHAR, CLOB, NCLOB ->
          or(type.precision(), UNLIMITED);
      case BINARY, VARBINARY, LONGVARBINARY, BLOB -> or(type.precision(), UNLIMITED);
      default -> isUuid(type) ? 36 : 0;
    };
  }

  /** Digits right of the point or of a second; null where the type has none. */
  public static @Nullable Integer fractionDigits(ColumnType type) {
    return switch (type.jdbcType()) {
      case TINYINT, SMALLINT, INTEGER, BIGINT -> 0;
      case DECIMAL, NUMERIC -> type.scale();
      case TIME, TIME_WITH_TIMEZONE, TIMESTAMP, TIMESTAMP_WITH_TIMEZONE ->
          or(type.precision(), MAX_FRACTION_DIGITS);
      default -> null;
    };
  }

  /** The most characters that a value's text has. */
  public static int displaySize(ColumnType type) {
    int size = size(type);
    return switch (type.jdbcType()) {
      case BOOLEAN, BIT -> 5;
      case TINYINT, SMALLINT, INTEGER, BIGINT -> size + 1;
      case DECIMAL, NUMERIC -> size + (type.scale() > 0 ? 3 : 1);
      case REAL -> 15;
      case FLOAT, DOUBLE -> 24;
      case BINARY, VARBINARY, LONGVARBINARY, BLOB -> size > UNLIMITED / 2 ? UNLIMITED : size * 2;
      default -> size == 0 ? UNLIMITED : size;
    };
  }

  /** 10 for numbers, null otherwise. */
  public static @Nullable Integer radix(ColumnType type) {
    return isNumber(type) ? 10 : null;
  }

  /** The most bytes of a text, null for other types. */
  public static @Nullable Integer octets(ColumnType type) {
    if (!isText(type)) {
      return null;
    }
    int size = size(type);
    return size > UNLIMITED / BYTES_A_CHARACTER ? UNLIMITED : size * BYTES_A_CHARACTER;
  }

  public static boolean isNumber(ColumnType type) {
    return switch (type.jdbcType()) {
      case TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL, NUMERIC, REAL, FLOAT, DOUBLE -> true;
      default -> false;
    };
  }

  public static boolean isText(ColumnType type) {
    return switch (type.jdbcType()) {
      case CHAR, VARCHAR, LONGVARCHAR, NCHAR, NVARCHAR, LONGNVARCHAR, CLOB, NCLOB -> true;
      default -> false;
    };
  }

  /** How far a WHERE clause can use the type. */
  public static int searchability(ColumnType type) {
    if (isText(type)) {
      return DatabaseMetaData.typeSearchable;
    }
    return switch (type.jdbcType()) {
      case ARRAY, STRUCT, JAVA_OBJECT -> DatabaseMetaData.typePredNone;
      default -> DatabaseMetaData.typePredBasic;
    };
  }

  /** The class of what {@code ResultSet.getObject} gives, by JDBC 4.3, Table B-3. */
  public static Class<?> javaClass(ColumnType type) {
    return switch (type.jdbcType()) {
      case BOOLEAN, BIT -> Boolean.class;
      case TINYINT, SMALLINT, INTEGER -> Integer.class;
      case BIGINT -> Long.class;
      case DECIMAL, NUMERIC -> BigDecimal.class;
      case REAL -> Float.class;
      case FLOAT, DOUBLE -> Double.class;
      case CHAR, VARCHAR, LONGVARCHAR, NCHAR, NVARCHAR, LONGNVARCHAR -> String.class;
      case CLOB, NCLOB -> Clob.class;
      case BLOB -> Blob.class;
      case BINARY, VARBINARY, LONGVARBINARY -> byte[].class;
      case DATE -> Date.class;
      case TIME -> Time.class;
      case TIMESTAMP -> Timestamp.class;
      case TIME_WITH_TIMEZONE -> OffsetTime.class;
      case TIMESTAMP_WITH_TIMEZONE -> OffsetDateTime.class;
      case ARRAY -> Array.class;
      default -> otherClass(type);
    };
  }

  private static Class<?> otherClass(ColumnType type) {
    if (isUuid(type)) {
      return UUID.class;
    }
    if (!type.name().startsWith("INTERVAL")) {
      return Object.class;
    }
    boolean ofMonths = type.name().contains("YEAR") || type.name().contains("MONTH");
    return ofMonths ? Period.class : Duration.class;
  }

  private static boolean isUuid(ColumnType type) {
    return type.name().equals("UUID");
  }

  private static int fraction(ColumnType type) {
    int digits = or(type.precision(), MAX_FRACTION_DIGITS);
    return digits == 0 ? 0 : digits + 1;
  }

  private static int or(int precision, int unspecified) {
    return precision == ColumnType.UNSPECIFIED ? unspecified : precision;
  }
}
