package io.sally.engine.planner;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Has the tables of one source joined with each other before they are joined with others, so that
 * the source can do it. Only tables that a condition connects are brought together. Immutable.
 */
final class JoinGroups extends RelHomogeneousShuttle {
  /**
   * A part of the join that is already put together.
   *
   * @param fields where each of its fields was in the original join
   */
  private record Part(RelNode plan, List<Integer> fields, Set<String> sources) {
    boolean covers(ImmutableBitSet wanted) {
      return fields.containsAll(wanted.asList());
    }
  }

  @Override
  public RelNode visit(LogicalJoin join) {
    if (join.getJoinType() != JoinRelType.INNER) {
      return super.visit(join);
    }
    List<Part> parts = new ArrayList<>();
    List<RexNode> conditions = new ArrayList<>();
    flatten(join, 0, parts, conditions);
    if (parts.size() < 3) {
      return super.visit(join);
    }
    collapse(parts, conditions, true);
    collapse(parts, conditions, false);
    return inOrder(join, parts.get(0));
  }

  private void flatten(RelNode node, int offset, List<Part> parts, List<RexNode> conditions) {
    if (node instanceof LogicalJoin join && join.getJoinType() == JoinRelType.INNER) {
      flatten(join.getLeft(), offset, parts, conditions);
      int right = offset + join.getLeft().getRowType().getFieldCount();
      flatten(join.getRight(), right, parts, conditions);
      RelOptUtil.conjunctions(join.getCondition())
          .forEach(condition -> conditions.add(RexUtil.shift(condition, offset)));
    } else {
      int width = node.getRowType().getFieldCount();
      List<Integer> fields = IntStream.range(offset, offset + width).boxed().toList();
      Set<String> sources = SourcePlanner.sources(node);
      parts.add(new Part(node.accept(this), fields, sources));
    }
  }

  /** Joins parts that a condition connects, then, among all sources, also those that none does. */
  private static void collapse(List<Part> parts, List<RexNode> conditions, boolean withinSource) {
    for (boolean connected : withinSource ? new boolean[] {true} : new boolean[] {true, false}) {
      boolean found = true;
      while (found && parts.size() > 1) {
        found = false;
        for (int i = 0; i < parts.size() && !found; i++) {
          for (int j = i + 1; j < parts.size() && !found; j++) {
            Part one = parts.get(i);
            Part other = parts.get(j);
            boolean near =
                !withinSource
                    || (one.sources().size() == 1 && one.sources().equals(other.sources()));
            if (near && (!connected || connects(one, other, conditions))) {
              parts.set(i, joined(one, other, conditions));
              parts.remove(j);
              found = true;
            }
          }
        }
      }
    }
  }

  private static boolean connects(Part one, Part other, List<RexNode> conditions) {
    return conditions.stream()
        .map(RelOptUtil.InputFinder::bits)
        .anyMatch(
            bits ->
                !one.covers(bits)
                    && !other.covers(bits)
                    && together(one, other).containsAll(bits.asList()));
  }

  private static List<Integer> together(Part one, Part other) {
    List<Integer> fields = new ArrayList<>(one.fields());
    fields.addAll(other.fields());
    return fields;
  }

  private static Part joined(Part one, Part other, List<RexNode> conditions) {
    List<Integer> fields = together(one, other);
    RexBuilder rexBuilder = one.plan().getCluster().getRexBuilder();
    List<RexNode> on = new ArrayList<>();
    for (RexNode condition : List.copyOf(conditions)) {
      if (fields.containsAll(RelOptUtil.InputFinder.bits(condition).asList())) {
        conditions.remove(condition);
        on.add(
            condition.accept(
                new RexShuttle() {
                  @Override
                  public RexNode visitInputRef(RexInputRef ref) {
                    return new RexInputRef(fields.indexOf(ref.getIndex()), ref.getType());
                  }
                }));
      }
    }
    Set<String> sources = new TreeSet<>(one.sources());
    sources.addAll(other.sources());
    RelNode plan =
        LogicalJoin.create(
            one.plan(),
            other.plan(),
            List.of(),
            RexUtil.composeConjunction(rexBuilder, on),
            Set.of(),
            JoinRelType.INNER);
    return new Part(plan, fields, sources);
  }

  private static RelNode inOrder(LogicalJoin join, Part all) {
    RexBuilder rexBuilder = join.getCluster().getRexBuilder();
    List<RexNode> fields = new ArrayList<>();
    for (int i = 0; i < all.fields().size(); i++) {
      fields.add(rexBuilder.makeInputRef(all.plan(), all.fields().indexOf(i)));
    }
    return LogicalProject.create(
        all.plan(), List.of(), fields, join.getRowType().getFieldNames(), Set.of());
  }
}
