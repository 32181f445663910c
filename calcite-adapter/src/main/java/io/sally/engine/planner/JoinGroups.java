package io.sally.engine.planner;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Has the tables of one source joined with each other before they are joined with others, so that
 * the source can do it. Only tables that a condition connects are brought together: one of the
 * statement, or one that follows from two of them, as where a third table of another source has the
 * value in the middle. Immutable.
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

    boolean isOfOneSourceWith(Part other) {
      return sources.size() == 1 && sources.equals(other.sources);
    }

    /** Whether no two of its rows have the same values in all of these fields. */
    boolean isUniqueBy(Stream<Integer> wanted) {
      ImmutableBitSet columns = ImmutableBitSet.of(wanted.map(fields::indexOf).toList());
      return Boolean.TRUE.equals(
          plan.getCluster().getMetadataQuery().areColumnsUnique(plan, columns, false));
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
    follow(parts, conditions, join.getCluster().getRexBuilder());
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

  /**
   * Two fields of one source that are each equal to the same field of another.
   *
   * @param one one of the two, as it stands in {@code oneSays}
   */
  private record Following(
      RexInputRef one, RexInputRef other, RexNode oneSays, RexNode otherSays) {}

  /**
   * Says of tables of one source that they are equal where that follows, and where each row of one
   * of them then has one partner in the other at most. It stands for one of the two conditions that
   * it follows from, which then follows in its turn: what is said twice would count twice where
   * rows are estimated.
   */
  private static void follow(List<Part> parts, List<RexNode> conditions, RexBuilder rexBuilder) {
    for (int i = 0; i < parts.size(); i++) {
      for (int j = i + 1; j < parts.size(); j++) {
        Part one = parts.get(i);
        Part other = parts.get(j);
        List<Following> following =
            one.isOfOneSourceWith(other) && !connects(one, other, conditions)
                ? following(one, other, parts, conditions)
                : List.of();
        if (!one.isUniqueBy(following.stream().map(pair -> pair.one().getIndex()))
            && !other.isUniqueBy(following.stream().map(pair -> pair.other().getIndex()))) {
          continue;
        }
        boolean oneSaysMore = equalities(one, conditions) >= equalities(other, conditions);
        for (Following pair : following) {
          conditions.remove(oneSaysMore ? pair.otherSays() : pair.oneSays());
          conditions.add(rexBuilder.makeCall(SqlStdOperatorTable.EQUALS, pair.one(), pair.other()));
        }
      }
    }
  }

  private static List<Following> following(
      Part one, Part other, List<Part> parts, List<RexNode> conditions) {
    Set<Integer> own =
        parts.stream()
            .filter(one::isOfOneSourceWith)
            .flatMap(part -> part.fields().stream())
            .collect(Collectors.toSet());
    List<Following> following = new ArrayList<>();
    for (RexNode oneSays : conditions) {
      for (RexNode otherSays : conditions) {
        Optional<RexInputRef> first = field(oneSays, one);
        Optional<RexInputRef> second = field(otherSays, other);
        if (first.isPresent()
            && second.isPresent()
            && across(oneSays, first.get()).equals(across(otherSays, second.get()))
            && !own.contains(across(oneSays, first.get()).getIndex())
            && isSameKind(first.get(), second.get())
            && following.stream().noneMatch(pair -> pair.one().equals(first.get()))
            && following.stream().noneMatch(pair -> pair.other().equals(second.get()))) {
          following.add(new Following(first.get(), second.get(), oneSays, otherSays));
        }
      }
    }
    return following;
  }

  /** How many conditions say of a field of the part that it is equal to one of another part. */
  private static long equalities(Part part, List<RexNode> conditions) {
    return conditions.stream().filter(condition -> field(condition, part).isPresent()).count();
  }

  /** The field of the part that a condition takes for equal to a field of another part. */
  private static Optional<RexInputRef> field(RexNode condition, Part part) {
    if (condition.getKind() != SqlKind.EQUALS
        || !((RexCall) condition).getOperands().stream().allMatch(RexInputRef.class::isInstance)) {
      return Optional.empty();
    }
    List<RexInputRef> fields =
        ((RexCall) condition)
            .getOperands().stream()
                .map(RexInputRef.class::cast)
                .filter(field -> part.fields().contains(field.getIndex()))
                .toList();
    return fields.size() == 1 ? Optional.of(fields.get(0)) : Optional.empty();
  }

  /** The other field of an equality. */
  private static RexInputRef across(RexNode equality, RexInputRef field) {
    List<RexNode> operands = ((RexCall) equality).getOperands();
    return (RexInputRef) operands.get(operands.get(0).equals(field) ? 1 : 0);
  }

  private static boolean isSameKind(RexNode one, RexNode other) {
    return one.getType().getSqlTypeName() == other.getType().getSqlTypeName();
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
            boolean near = !withinSource || one.isOfOneSourceWith(other);
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
