package io.sally.engine.planner;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexExecutor;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.schema.impl.ScalarFunctionImpl;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlUserDefinedFunction;
import org.jspecify.annotations.Nullable;

/**
 * Divides exact numbers exactly. Calcite's generated code rounds every quotient of decimals to 16
 * significant digits, so that an average of large amounts is wrong; here a quotient has the scale
 * of its type. Immutable; thread-safe.
 */
public final class ExactDivision extends RexShuttle {
  private static final SqlUserDefinedFunction DIVIDE =
      new SqlUserDefinedFunction(
          new SqlIdentifier("EXACT_DIVIDE", SqlParserPos.ZERO),
          SqlKind.OTHER_FUNCTION,
          ReturnTypes.ARG0_NULLABLE,
          null,
          OperandTypes.operandMetadata(
              List.of(), typeFactory -> List.of(), i -> "arg" + i, i -> false),
          Objects.requireNonNull(ScalarFunctionImpl.create(ExactDivision.class, "divide")));

  private final RexBuilder rexBuilder;

  private ExactDivision(RexBuilder rexBuilder) {
    this.rexBuilder = rexBuilder;
  }

  /** The plan with every division of exact numbers made exact. */
  static RelNode in(RelNode plan) {
    ExactDivision division = new ExactDivision(plan.getCluster().getRexBuilder());
    return plan.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(RelNode other) {
            return super.visit(other).accept(division);
          }
        });
  }

  /** The executor with the same done to the constants that it folds. */
  static RexExecutor in(RexExecutor executor) {
    return ConstantFolding.after(ExactDivision::new, executor);
  }

  /** The expressions with the same done to them. */
  static List<RexNode> in(List<RexNode> expressions, RexBuilder rexBuilder) {
    return new ExactDivision(rexBuilder).apply(expressions);
  }

  @Override
  public RexNode visitCall(RexCall call) {
    RexCall visited = (RexCall) super.visitCall(call);
    RelDataType type = call.getType();
    boolean division = call.getKind() == SqlKind.DIVIDE || call.getKind() == SqlKind.CHECKED_DIVIDE;
    if (!division || type.getSqlTypeName() != SqlTypeName.DECIMAL) {
      return visited;
    }
    return rexBuilder.makeCall(
        type,
        DIVIDE,
        List.of(
            visited.getOperands().get(0),
            visited.getOperands().get(1),
            rexBuilder.makeExactLiteral(BigDecimal.valueOf(type.getScale()))));
  }

  /** Called by generated code. */
  public static @Nullable BigDecimal divide(
      @Nullable BigDecimal dividend, @Nullable BigDecimal divisor, int scale) {
    return dividend == null || divisor == null
        ? null
        : dividend.divide(divisor, scale, RoundingMode.HALF_UP);
  }
}
