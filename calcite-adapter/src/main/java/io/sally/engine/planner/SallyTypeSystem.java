package io.sally.engine.planner;

import java.math.RoundingMode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/**
 * What numbers and texts mean in Sally's SQL. Immutable.
 *
 * <p>Calcite's own type system keeps 19 digits, gives AVG of integers the type INTEGER, and lets
 * sums overflow silently. Here exact numbers have up to 38 digits, an average or a quotient of
 * exact numbers keeps at least {@value #QUOTIENT_SCALE} digits right of the point (as PostgreSQL's
 * numeric does), and a sum is wider than what is summed.
 */
final class SallyTypeSystem extends RelDataTypeSystemImpl {
  private static final int MAX_DIGITS = 38;

  /** The digits right of the point that averages and quotients of exact numbers keep. */
  static final int QUOTIENT_SCALE = 16;

  /** The digits of a second that a time keeps: generated code counts its milliseconds. */
  static final int TIME_DIGITS = 3;

  @Override
  public int getMaxPrecision(SqlTypeName typeName) {
    return switch (typeName) {
      case DECIMAL -> MAX_DIGITS;
      case TIME, TIME_TZ, TIME_WITH_LOCAL_TIME_ZONE -> TIME_DIGITS;
      case TIMESTAMP, TIMESTAMP_TZ, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> Microseconds.DIGITS;
      default -> super.getMaxPrecision(typeName);
    };
  }

  @Override
  public int getMaxScale(SqlTypeName typeName) {
    return typeName == SqlTypeName.DECIMAL ? MAX_DIGITS : super.getMaxScale(typeName);
  }

  @Override
  public int getDefaultPrecision(SqlTypeName typeName) {
    return switch (typeName) {
      case DECIMAL -> MAX_DIGITS;
      // With Calcite's 0, CAST('2026-03-01 08:15:00.5' AS TIMESTAMP) loses its fraction.
      case TIMESTAMP, TIMESTAMP_TZ, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> Microseconds.DIGITS;
      default -> super.getDefaultPrecision(typeName);
    };
  }

  @Override
  public RelDataType deriveSumType(RelDataTypeFactory typeFactory, RelDataType argumentType) {
    RelDataType sum =
        switch (argumentType.getSqlTypeName()) {
          case TINYINT, SMALLINT, INTEGER -> typeFactory.createSqlType(SqlTypeName.BIGINT);
          case BIGINT -> typeFactory.createSqlType(SqlTypeName.DECIMAL, MAX_DIGITS, 0);
          case REAL, FLOAT -> typeFactory.createSqlType(SqlTypeName.DOUBLE);
          default -> super.deriveSumType(typeFactory, argumentType);
        };
    return typeFactory.createTypeWithNullability(sum, argumentType.isNullable());
  }

  @Override
  public RelDataType deriveAvgAggType(RelDataTypeFactory typeFactory, RelDataType argumentType) {
    if (SqlTypeUtil.isExactNumeric(argumentType)) {
      int scale = Math.max(QUOTIENT_SCALE, argumentType.getScale());
      return typeFactory.createTypeWithNullability(
          typeFactory.createSqlType(SqlTypeName.DECIMAL, MAX_DIGITS, scale),
          argumentType.isNullable());
    }
    if (SqlTypeUtil.isApproximateNumeric(argumentType)) {
      return typeFactory.createTypeWithNullability(
          typeFactory.createSqlType(SqlTypeName.DOUBLE), argumentType.isNullable());
    }
    return super.deriveAvgAggType(typeFactory, argumentType);
  }

  @Override
  public RelDataType deriveCovarType(
      RelDataTypeFactory typeFactory, RelDataType arg0Type, RelDataType arg1Type) {
    return typeFactory.createTypeWithNullability(
        typeFactory.createSqlType(SqlTypeName.DOUBLE),
        arg0Type.isNullable() || arg1Type.isNullable());
  }

  @Override
  public @Nullable RelDataType deriveDecimalDivideType(
      RelDataTypeFactory typeFactory, RelDataType type1, RelDataType type2) {
    boolean exact = SqlTypeUtil.isExactNumeric(type1) && SqlTypeUtil.isExactNumeric(type2);
    if (!exact || !(SqlTypeUtil.isDecimal(type1) || SqlTypeUtil.isDecimal(type2))) {
      return null;
    }
    int scale = Math.max(QUOTIENT_SCALE, type1.getScale());
    return typeFactory.createSqlType(SqlTypeName.DECIMAL, MAX_DIGITS, scale);
  }

  /**
   * A half goes away from zero wherever digits are lost, for decimals and for floating-point
   * numbers alike: {@code CAST(2.5 AS INTEGER)} and {@code CAST(2.5e0 AS INTEGER)} are 3.
   * PostgreSQL does so for numeric, and sends the half of a double to the even neighbour. Calcite's
   * default cuts digits off. See {@link Computations} for the casts that do not ask here.
   */
  @Override
  public RoundingMode roundingMode() {
    return RoundingMode.HALF_UP;
  }

  /**
   * Without this, {@code CASE WHEN … THEN 'a' ELSE 'abc' END} pads its first value to
   * 'a&nbsp;&nbsp;'.
   */
  @Override
  public boolean shouldConvertRaggedUnionTypesToVarying() {
    return true;
  }
}
