package io.sally.engine.planner;

import com.google.common.collect.Range;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.Sarg;
import org.jspecify.annotations.Nullable;

/** The share of a table's rows that a condition is thought to leave. Stateless. */
final class RowShare {
  private static final double FULL = 1;
  private static final double BEYOND_A_BOUND = 0.3;
  private static final double BETWEEN_BOUNDS = 0.1;
  private static final double LIKE = 0.1;
  private static final double NULLS = 0.05;
  private static final double ANY_OTHER = 0.25;

  private RowShare() {}

  static double of(RexNode condition, RelNode table, RelMetadataQuery metadata) {
    if (condition.isAlwaysTrue()) {
      return FULL;
    } else if (condition.isAlwaysFalse()) {
      return 0;
    }
    if (!(condition instanceof RexCall call)) {
      return ANY_OTHER;
    }
    List<RexNode> operands = call.getOperands();
    return switch (call.getKind()) {
      case AND -> product(RelOptUtil.conjunctions(call), table, metadata);
      case OR ->
          Math.min(
              FULL, operands.stream().mapToDouble(operand -> of(operand, table, metadata)).sum());
      case NOT -> FULL - of(operands.get(0), table, metadata);
      case EQUALS, IS_NOT_DISTINCT_FROM -> equal(operands.get(0), operands.get(1), table, metadata);
      case NOT_EQUALS, IS_DISTINCT_FROM ->
          FULL - equal(operands.get(0), operands.get(1), table, metadata);
      case LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL -> BEYOND_A_BOUND;
      case LIKE -> LIKE;
      case IS_NULL -> NULLS;
      case IS_NOT_NULL -> FULL - NULLS;
      case SEARCH -> search(operands.get(0), operands.get(1), table, metadata);
      default -> ANY_OTHER;
    };
  }

  private static double product(List<RexNode> parts, RelNode table, RelMetadataQuery metadata) {
    double share = FULL;
    for (RexNode part : parts) {
      share *= of(part, table, metadata);
    }
    return share;
  }

  private static double equal(
      RexNode one, RexNode other, RelNode table, RelMetadataQuery metadata) {
    return FULL / Math.max(values(one, table, metadata), values(other, table, metadata));
  }

  /** How many values an expression takes over the rows; one of a constant. */
  private static double values(RexNode value, RelNode table, RelMetadataQuery metadata) {
    RexNode bare = RexUtil.removeCast(value);
    if (bare instanceof RexInputRef ref) {
      return RowEstimates.values(table, ref.getIndex(), metadata);
    }
    return RexUtil.isConstant(bare) ? FULL : FULL / ANY_OTHER;
  }

  private static double search(
      RexNode value, RexNode wanted, RelNode table, RelMetadataQuery metadata) {
    @Nullable Sarg<?> sarg =
        wanted instanceof RexLiteral literal ? literal.getValueAs(Sarg.class) : null;
    if (sarg == null) {
      return ANY_OTHER;
    }
    double values = values(value, table, metadata);
    if (sarg.isComplementedPoints()) {
      return Math.max(0, FULL - sarg.rangeSet.complement().asRanges().size() / values);
    }
    double share = 0;
    for (Range<?> range : sarg.rangeSet.asRanges()) {
      if (range.hasLowerBound() && range.hasUpperBound()) {
        share +=
            range.lowerEndpoint().equals(range.upperEndpoint()) ? FULL / values : BETWEEN_BOUNDS;
      } else {
        share += BEYOND_A_BOUND;
      }
    }
    return Math.min(FULL, share);
  }
}
