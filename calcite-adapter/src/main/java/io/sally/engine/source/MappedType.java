package io.sally.engine.source;

import io.sally.engine.catalog.ColumnType;
import java.sql.JDBCType;
import org.jspecify.annotations.Nullable;

/**
 * What a source's type is to Sally.
 *
 * @param read how a column of the type is selected, or null where the column itself will do
 */
record MappedType(ColumnType type, @Nullable ReadExpression read) {
  /** Digits right of the point that a number without declared scale is taken to have. */
  private static final int MAX_DIGITS = 38;

  static MappedType of(ColumnType type) {
    return new MappedType(type, null);
  }

  /**
   * The type of numbers that the source keeps with as many digits as each of them needs: the values
   * come as they are, also those with more digits.
   */
  static ColumnType openDecimal() {
    return ColumnType.openDecimal();
  }

  static ColumnType uuid() {
    return new ColumnType(JDBCType.OTHER, "UUID", ColumnType.UNSPECIFIED, 0, null);
  }

  /** The nearest type of ours to a source's decimal, whose scale may be negative or very large. */
  static ColumnType decimal(int precision, int scale) {
    int digits = scale < 0 ? precision - scale : Math.max(precision, scale);
    return ColumnType.decimal(
        Math.max(1, Math.min(digits, MAX_DIGITS)), Math.max(0, Math.min(scale, MAX_DIGITS)));
  }
}
