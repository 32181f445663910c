package io.sally.engine.planner;

import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinInfo;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Has a semi- or anti-join with a table of a source done on the tables of that source, before these
 * are joined with others: it chooses among the rows of the side at which its condition looks. Where
 * it is left between two sources, it has the source that it looks at give each key once. Immutable.
 */
final class SemiJoinsBelow extends RelHomogeneousShuttle {
  /** To group fewer rows than these is not worth the while of a source. */
  private static final double MANY_ROWS = 10_000;

  /** As many rows of each key are. */
  private static final double ROWS_A_KEY = 4;

  @Override
  public RelNode visit(LogicalJoin join) {
    RelNode visited = super.visit(join);
    return visited instanceof LogicalJoin semi && !semi.getJoinType().projectsRight()
        ? below(semi.getLeft(), semi)
        : visited;
  }

  private static RelNode below(RelNode left, LogicalJoin semi) {
    if (left instanceof LogicalProject project
        && project.getProjects().stream().allMatch(RexInputRef.class::isInstance)) {
      return belowFields(project, semi);
    }
    int width = semi.getLeft().getRowType().getFieldCount();
    Set<String> sources = SourcePlanner.sources(semi.getRight());
    if (left instanceof LogicalJoin join
        && join.getJoinType() == JoinRelType.INNER
        && sources.size() == 1
        && SourcePlanner.sources(join).size() > 1) {
      ImmutableBitSet bits =
          RelOptUtil.InputFinder.bits(semi.getCondition()).intersect(ImmutableBitSet.range(width));
      int middle = join.getLeft().getRowType().getFieldCount();
      if (!bits.isEmpty() && bits.nextSetBit(middle) < 0) {
        return join(join, below(join.getLeft(), moved(semi, join.getLeft(), 0)), join.getRight());
      } else if (bits.nextSetBit(0) >= middle) {
        return join(
            join, join.getLeft(), below(join.getRight(), moved(semi, join.getRight(), middle)));
      }
    }
    return withEachKeyOnce(semi);
  }

  private static LogicalJoin withEachKeyOnce(LogicalJoin semi) {
    JoinInfo info = semi.analyzeCondition();
    RelMetadataQuery metadata = semi.getCluster().getMetadataQuery();
    Double rows = metadata.getRowCount(semi.getRight());
    if (!info.isEqui()
        || info.rightKeys.isEmpty()
        || rows == null
        || rows < MANY_ROWS
        || SourcePlanner.sources(semi.getRight()).size() != 1
        || SourcePlanner.sources(semi).size() == 1) {
      return semi;
    }
    double keys = 1;
    for (int key : info.rightKeys) {
      Double known = metadata.getDistinctRowCount(semi.getRight(), ImmutableBitSet.of(key), null);
      keys *= known == null ? rows : known;
    }
    if (keys > rows / ROWS_A_KEY) {
      return semi;
    }
    RelNode grouped =
        LogicalAggregate.create(semi.getRight(), List.of(), info.rightSet(), null, List.of());
    int width = semi.getLeft().getRowType().getFieldCount();
    RexNode condition =
        semi.getCondition()
            .accept(
                new RexShuttle() {
                  @Override
                  public RexNode visitInputRef(RexInputRef ref) {
                    return ref.getIndex() < width
                        ? ref
                        : new RexInputRef(
                            width + info.rightSet().indexOf(ref.getIndex() - width), ref.getType());
                  }
                });
    return LogicalJoin.create(
        semi.getLeft(), grouped, List.of(), condition, Set.of(), semi.getJoinType());
  }

  /** A projection that only picks fields changes nothing of what the semi-join chooses. */
  private static RelNode belowFields(LogicalProject project, LogicalJoin semi) {
    RelNode input = project.getInput();
    int before = project.getRowType().getFieldCount();
    int after = input.getRowType().getFieldCount();
    RexNode condition =
        semi.getCondition()
            .accept(
                new RexShuttle() {
                  @Override
                  public RexNode visitInputRef(RexInputRef ref) {
                    return ref.getIndex() < before
                        ? project.getProjects().get(ref.getIndex())
                        : new RexInputRef(ref.getIndex() - before + after, ref.getType());
                  }
                });
    LogicalJoin moved =
        LogicalJoin.create(
            input, semi.getRight(), List.of(), condition, Set.of(), semi.getJoinType());
    return project.copy(project.getTraitSet(), List.of(below(input, moved)));
  }

  private static RelNode join(Join join, RelNode left, RelNode right) {
    return join.copy(join.getTraitSet(), List.of(left, right));
  }

  /** The semi-join of an input whose fields begin at {@code offset} of the old ones. */
  private static LogicalJoin moved(LogicalJoin semi, RelNode input, int offset) {
    int before = semi.getLeft().getRowType().getFieldCount();
    int after = input.getRowType().getFieldCount();
    RexNode condition =
        semi.getCondition()
            .accept(
                new RexShuttle() {
                  @Override
                  public RexNode visitInputRef(RexInputRef ref) {
                    int index =
                        ref.getIndex() >= before
                            ? ref.getIndex() - before + after
                            : ref.getIndex() - offset;
                    return new RexInputRef(index, ref.getType());
                  }
                });
    return LogicalJoin.create(
        input, semi.getRight(), List.of(), condition, Set.of(), semi.getJoinType());
  }
}
