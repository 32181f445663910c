package io.sally.engine.planner;

import java.util.List;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Makes an overflow of exact numbers and intervals an error. Calcite's own ConvertToChecked forgets
 * what stands inside a decimal expression: with it {@code (n + 2147483647) * 1.5} wraps around.
 */
final class CheckedArithmetic extends RelHomogeneousShuttle {
  private final Expressions expressions;

  private CheckedArithmetic(RexBuilder rexBuilder) {
    this.expressions = new Expressions(rexBuilder);
  }

  /** The logical plan, its sub-queries included, with checked arithmetic. */
  static RelNode in(RelNode plan) {
    return plan.accept(new CheckedArithmetic(plan.getCluster().getRexBuilder()));
  }

  @Override
  public RelNode visit(RelNode other) {
    return visitChildren(other).accept(expressions);
  }

  private final class Expressions extends RexShuttle {
    private final RexBuilder rexBuilder;

    Expressions(RexBuilder rexBuilder) {
      this.rexBuilder = rexBuilder;
    }

    @Override
    public RexNode visitSubQuery(RexSubQuery subQuery) {
      RexSubQuery visited = (RexSubQuery) super.visitSubQuery(subQuery);
      return visited.clone(visited.rel.accept(CheckedArithmetic.this));
    }

    @Override
    public RexNode visitCall(RexCall call) {
      RexCall visited = (RexCall) super.visitCall(call);
      RelDataType type = visited.getType();
      if (type.getSqlTypeName() == SqlTypeName.DECIMAL) {
        // Decimals are computed at any length; a cast checks the result against its type.
        return rexBuilder.makeCast(visited.getParserPosition(), type, visited);
      }
      boolean interval =
          SqlTypeName.INTERVAL_TYPES.contains(type.getSqlTypeName())
              && visited.getOperands().stream()
                  .anyMatch(
                      operand ->
                          SqlTypeName.INTERVAL_TYPES.contains(operand.getType().getSqlTypeName()));
      SqlOperator checked = checked(visited.getKind(), visited.getOperator());
      if (checked.equals(visited.getOperator())
          || !(interval || SqlTypeName.INT_TYPES.contains(type.getSqlTypeName()))) {
        return visited;
      }
      List<RexNode> operands = visited.getOperands();
      return rexBuilder.makeCall(visited.getParserPosition(), type, checked, operands);
    }

    private static SqlOperator checked(SqlKind kind, SqlOperator operator) {
      return switch (kind) {
        case PLUS -> SqlStdOperatorTable.CHECKED_PLUS;
        case MINUS -> SqlStdOperatorTable.CHECKED_MINUS;
        case TIMES -> SqlStdOperatorTable.CHECKED_MULTIPLY;
        case MINUS_PREFIX -> SqlStdOperatorTable.CHECKED_UNARY_MINUS;
        case DIVIDE -> SqlStdOperatorTable.CHECKED_DIVIDE;
        default -> operator;
      };
    }
  }
}
