package io.sally.engine.planner;

import java.util.List;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;

/**
 * Tells expressions that tell nothing of the rows for which they are computed but by their result:
 * they never fail. The idea is that of PostgreSQL's security barriers and functions marked {@code
 * LEAKPROOF} (its manual, "Rules and Privileges").
 */
final class LeakProof {
  private LeakProof() {}

  /**
   * Whether the expression, and what it reads, fails for no row. Only what is known to is admitted.
   */
  static boolean is(RexNode node, List<SourceSelect.Item> items) {
    if (node instanceof RexInputRef ref) {
      return items.get(ref.getIndex()).safe();
    } else if (node instanceof RexLiteral || node instanceof RexDynamicParam) {
      return true;
    }
    return node instanceof RexCall call
        && isSafe(call)
        && call.getOperands().stream().allMatch(operand -> is(operand, items));
  }

  private static boolean isSafe(RexCall call) {
    return switch (call.getKind()) {
      case EQUALS,
          NOT_EQUALS,
          LESS_THAN,
          LESS_THAN_OR_EQUAL,
          GREATER_THAN,
          GREATER_THAN_OR_EQUAL,
          IS_DISTINCT_FROM,
          IS_NOT_DISTINCT_FROM,
          SEARCH,
          AND,
          OR,
          NOT,
          IS_NULL,
          IS_NOT_NULL,
          IS_TRUE,
          IS_NOT_TRUE,
          IS_FALSE,
          IS_NOT_FALSE,
          CASE,
          COALESCE ->
          true;
      case LIKE -> isWholePattern(call.getOperands());
      case CAST -> RexUtil.isLosslessCast(call);
      default ->
          call.getOperator().getName().equals("UPPER")
              || call.getOperator().getName().equals("LOWER");
    };
  }

  /**
   * A pattern that ends within an escape fails, and only for the rows that it reaches the end of.
   */
  private static boolean isWholePattern(List<RexNode> operands) {
    if (operands.size() != 2 || !(operands.get(1) instanceof RexLiteral pattern)) {
      return false;
    }
    String text = pattern.getValueAs(String.class);
    return text != null && !text.contains("\\");
  }
}
