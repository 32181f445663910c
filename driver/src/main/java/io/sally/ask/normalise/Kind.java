package io.sally.ask.normalise;

import io.sally.engine.catalog.ColumnType;

/** What is known of an expression's type: as much as its meaning in the dialects hangs on. */
enum Kind {
  /** A whole number of at most 32 bits. */
  INTEGER,
  BIGINT,
  /**
   * A whole number that the dialect takes for a decimal: PostgreSQL's SUM of BIGINT and EXTRACT.
   */
  WIDE,
  DECIMAL,
  DOUBLE,
  TEXT,
  BOOLEAN,
  DATE,
  /** A timestamp at midnight that is written as a date. */
  MIDNIGHT,
  TIMESTAMP,
  TIME,
  INTERVAL,
  UNKNOWN;

  static Kind of(ColumnType type) {
    return switch (type.jdbcType()) {
      case TINYINT, SMALLINT, INTEGER -> INTEGER;
      case BIGINT -> BIGINT;
      case DECIMAL, NUMERIC -> DECIMAL;
      case REAL, FLOAT, DOUBLE -> DOUBLE;
      case CHAR, VARCHAR, LONGVARCHAR, NCHAR, NVARCHAR, LONGNVARCHAR, CLOB -> TEXT;
      case BOOLEAN, BIT -> BOOLEAN;
      case DATE -> DATE;
      case TIMESTAMP, TIMESTAMP_WITH_TIMEZONE -> TIMESTAMP;
      case TIME, TIME_WITH_TIMEZONE -> TIME;
      default -> UNKNOWN;
    };
  }

  boolean isWhole() {
    return this == INTEGER || this == BIGINT || this == WIDE;
  }

  boolean isNumber() {
    return isWhole() || this == DECIMAL || this == DOUBLE;
  }

  boolean isDay() {
    return this == DATE || this == MIDNIGHT;
  }

  boolean isDateOrTimestamp() {
    return isDay() || this == TIMESTAMP;
  }

  /** The kind of a result that can be either. */
  Kind or(Kind other) {
    if (this == other || other == UNKNOWN) {
      return this;
    } else if (this == UNKNOWN) {
      return other;
    } else if (isNumber() && other.isNumber()) {
      return compareTo(other) > 0 ? this : other;
    } else if (isDateOrTimestamp() && other.isDateOrTimestamp()) {
      return TIMESTAMP;
    }
    return UNKNOWN;
  }
}
