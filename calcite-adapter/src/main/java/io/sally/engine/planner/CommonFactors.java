package io.sally.engine.planner;

import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;

/**
 * Takes out what all branches of an OR share: {@code (k = j AND a) OR (k = j AND b)} joins by
 * {@code k = j} alone, and would otherwise look at every pair of rows. Immutable.
 */
final class CommonFactors extends RelHomogeneousShuttle {
  @Override
  public RelNode visit(RelNode other) {
    RelNode visited = super.visit(other);
    if (visited instanceof Filter filter) {
      RexNode factored = factored(visited, filter.getCondition());
      return factored.equals(filter.getCondition())
          ? visited
          : filter.copy(filter.getTraitSet(), filter.getInput(), factored);
    } else if (visited instanceof Join join) {
      RexNode factored = factored(visited, join.getCondition());
      return factored.equals(join.getCondition())
          ? visited
          : join.copy(
              join.getTraitSet(),
              factored,
              join.getLeft(),
              join.getRight(),
              join.getJoinType(),
              join.isSemiJoinDone());
    }
    return visited;
  }

  private static RexNode factored(RelNode node, RexNode condition) {
    return RexUtil.pullFactors(node.getCluster().getRexBuilder(), condition);
  }
}
