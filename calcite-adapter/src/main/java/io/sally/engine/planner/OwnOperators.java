package io.sally.engine.planner;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlBasicFunction;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.apache.calcite.sql.util.SqlOperatorTables;

/**
 * Calcite's functions whose declared type does not hold what they give, with the type that does. To
 * Calcite each is still the same function: it compares functions by class, name and kind.
 */
final class OwnOperators {
  private OwnOperators() {}

  /** To be looked at before Calcite's own tables. */
  static SqlOperatorTable table() {
    List<SqlOperator> operators = new ArrayList<>(StatisticalAggregates.ALL);
    operators.addAll(
        List.of(
            NullableTexts.NULLABLE,
            nullable(SqlLibraryOperators.DAYNAME),
            nullable(SqlLibraryOperators.MONTHNAME),
            nullable(SqlLibraryOperators.LPAD),
            nullable(SqlLibraryOperators.RPAD),
            typed(SqlStdOperatorTable.ROUND, OwnOperators::rounded),
            typed(SqlStdOperatorTable.TRUNCATE, OwnOperators::truncated)));
    return SqlOperatorTables.of(operators);
  }

  private static SqlFunction typed(SqlFunction function, SqlReturnTypeInference type) {
    return ((SqlBasicFunction) function).withReturnTypeInference(type);
  }

  /** Calcite folds {@code COALESCE(f(x), 'none')} to {@code f(x)} where f is not nullable. */
  private static SqlFunction nullable(SqlFunction function) {
    SqlReturnTypeInference type = ((SqlBasicFunction) function).getReturnTypeInference();
    return typed(function, type.andThen(SqlTypeTransforms.TO_NULLABLE));
  }

  /** 99.99 has two digits left of the point, and rounded it has three. */
  private static RelDataType rounded(SqlOperatorBinding call) {
    return withScaleAsked(call, 1);
  }

  private static RelDataType truncated(SqlOperatorBinding call) {
    return withScaleAsked(call, 0);
  }

  private static RelDataType withScaleAsked(SqlOperatorBinding call, int moreDigits) {
    RelDataType argument = call.getOperandType(0);
    if (argument.getSqlTypeName() != SqlTypeName.DECIMAL) {
      return ReturnTypes.ARG0_NULLABLE.inferReturnType(call);
    }
    int scale = argument.getScale();
    if (call.getOperandCount() == 1) {
      scale = 0;
    } else if (call.isOperandLiteral(1, false)) {
      Integer asked = call.getOperandLiteralValue(1, Integer.class);
      scale = asked == null ? scale : Math.max(0, Math.min(scale, asked));
    }
    RelDataTypeFactory types = call.getTypeFactory();
    int most = types.getTypeSystem().getMaxPrecision(SqlTypeName.DECIMAL);
    int digits = argument.getPrecision() - argument.getScale() + moreDigits + scale;
    RelDataType type =
        types.createSqlType(SqlTypeName.DECIMAL, Math.max(1, Math.min(most, digits)), scale);
    boolean nullable = call.collectOperandTypes().stream().anyMatch(RelDataType::isNullable);
    return types.createTypeWithNullability(type, nullable);
  }
}
