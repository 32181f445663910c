package io.sally.engine.catalog;

import java.sql.JDBCType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The SQL type of a column, a parameter or a value.
 *
 * @param jdbcType the JDBC type code that tools see
 * @param name the type's SQL name, for example {@code DECIMAL} or {@code INTERVAL DAY TO SECOND}
 * @param precision digits of a number, characters of a text, bytes of a binary, fraction digits of
 *     a time or timestamp; {@link #UNSPECIFIED} where the type has none or it is not limited
 * @param scale digits right of the point of an exact number, otherwise 0
 * @param component the type of an array's elements, otherwise null
 */
public record ColumnType(
    JDBCType jdbcType, String name, int precision, int scale, @Nullable ColumnType component) {
  /** The precision of a type that declares none. */
  public static final int UNSPECIFIED = -1;

  public ColumnType {
    Objects.requireNonNull(jdbcType, "jdbcType");
    Objects.requireNonNull(name, "name");
  }

  public static ColumnType bool() {
    return simple(JDBCType.BOOLEAN);
  }

  public static ColumnType integer() {
    return simple(JDBCType.INTEGER);
  }

  public static ColumnType bigint() {
    return simple(JDBCType.BIGINT);
  }

  /** A decimal whose values have as many digits of a fraction as each of them needs. */
  public static ColumnType openDecimal() {
    return decimal(38, 18);
  }

  public static ColumnType decimal(int precision, int scale) {
    return new ColumnType(JDBCType.DECIMAL, "DECIMAL", precision, scale, null);
  }

  public static ColumnType doublePrecision() {
    return simple(JDBCType.DOUBLE);
  }

  /** A text of at most {@code length} characters. */
  public static ColumnType varchar(int length) {
    return new ColumnType(JDBCType.VARCHAR, "VARCHAR", length, 0, null);
  }

  /** A text without a declared limit. */
  public static ColumnType varchar() {
    return varchar(UNSPECIFIED);
  }

  public static ColumnType date() {
    return simple(JDBCType.DATE);
  }

  /** A timestamp without time zone, with {@code fractionDigits} digits of a second. */
  public static ColumnType timestamp(int fractionDigits) {
    return new ColumnType(JDBCType.TIMESTAMP, "TIMESTAMP", fractionDigits, 0, null);
  }

  private static ColumnType simple(JDBCType type) {
    return new ColumnType(type, type.getName(), UNSPECIFIED, 0, null);
  }

  /** The type as SQL writes it, for example {@code DECIMAL(10, 2)}. */
  @Override
  public String toString() {
    if (component != null) {
      return component + " ARRAY";
    }
    if (precision == UNSPECIFIED) {
      return name;
    }
    return scale == 0 && jdbcType != JDBCType.DECIMAL && jdbcType != JDBCType.NUMERIC
        ? name + "(" + precision + ")"
        : name + "(" + precision + ", " + scale + ")";
  }
}
