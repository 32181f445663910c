package io.sally.engine.planner;

import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;

/**
 * Turns {@code [NOT] EXISTS (SELECT … FROM t WHERE …)} into a semi- or anti-join by the conditions
 * that look at the outer row. Decorrelation in general would first collect the outer rows' values
 * and join them with {@code t}, which neither a source nor the engine does fast. Immutable.
 */
final class ExistsJoins extends RelHomogeneousShuttle {
  /** What a sub-query reads, and the conditions on it that look at the outer row. */
  private record Inner(RelNode rows, List<RexNode> conditions) {}

  @Override
  public RelNode visit(LogicalFilter filter) {
    RelNode input = filter.getInput().accept(this);
    RexBuilder rexBuilder = filter.getCluster().getRexBuilder();
    List<RexNode> plain = new ArrayList<>();
    List<RexNode> later = new ArrayList<>();
    List<LogicalJoin> joins = new ArrayList<>();
    for (RexNode condition : RelOptUtil.conjunctions(filter.getCondition())) {
      Optional<LogicalJoin> join =
          filter.getVariablesSet().size() <= 1
              ? join(input, condition, filter.getVariablesSet())
              : Optional.empty();
      if (join.isPresent()) {
        joins.add(join.get());
      } else {
        (RexUtil.SubQueryFinder.find(condition) == null ? plain : later).add(condition);
      }
    }
    if (joins.isEmpty()) {
      return filter.copy(filter.getTraitSet(), List.of(input));
    }
    RelNode rows =
        plain.isEmpty()
            ? input
            : LogicalFilter.create(input, RexUtil.composeConjunction(rexBuilder, plain));
    for (LogicalJoin join : joins) {
      rows =
          join.copy(
              join.getTraitSet(),
              join.getCondition(),
              rows,
              join.getRight(),
              join.getJoinType(),
              false);
    }
    return later.isEmpty()
        ? rows
        : LogicalFilter.create(
            rows,
            RexUtil.composeConjunction(rexBuilder, later),
            ImmutableSet.copyOf(filter.getVariablesSet()));
  }

  private Optional<LogicalJoin> join(RelNode outer, RexNode condition, Set<CorrelationId> ids) {
    boolean not = condition.getKind() == SqlKind.NOT;
    RexNode exists = not ? ((RexCall) condition).getOperands().get(0) : condition;
    if (!(exists instanceof RexSubQuery subQuery) || exists.getKind() != SqlKind.EXISTS) {
      return Optional.empty();
    }
    return inner(subQuery.rel)
        .map(
            inner -> {
              List<RexNode> on = new ArrayList<>();
              inner.conditions().forEach(each -> on.add(joined(outer, each, ids)));
              return LogicalJoin.create(
                  outer,
                  inner.rows().accept(this),
                  List.of(),
                  RexUtil.composeConjunction(outer.getCluster().getRexBuilder(), on),
                  Set.of(),
                  not ? JoinRelType.ANTI : JoinRelType.SEMI);
            });
  }

  /** Empty where the outer row is looked at elsewhere than in the conditions at the top. */
  private static Optional<Inner> inner(RelNode subQuery) {
    RelNode rows = subQuery;
    while (rows instanceof LogicalProject project
        && project.getVariablesSet().isEmpty()
        && !project.containsOver()
        && project.getProjects().stream()
            .allMatch(value -> RexUtil.SubQueryFinder.find(value) == null)) {
      rows = project.getInput();
    }
    List<RexNode> conditions = new ArrayList<>();
    List<RexNode> own = new ArrayList<>();
    if (rows instanceof LogicalFilter filter && filter.getVariablesSet().isEmpty()) {
      for (RexNode condition : RelOptUtil.conjunctions(filter.getCondition())) {
        boolean looksOut = RexUtil.containsCorrelation(condition);
        if (RexUtil.SubQueryFinder.find(condition) != null) {
          return Optional.empty();
        }
        (looksOut ? conditions : own).add(condition);
      }
      rows = filter.getInput();
      if (!own.isEmpty()) {
        rows =
            LogicalFilter.create(
                rows, RexUtil.composeConjunction(rows.getCluster().getRexBuilder(), own));
      }
    }
    return conditions.isEmpty() || looksOut(rows)
        ? Optional.empty()
        : Optional.of(new Inner(rows, conditions));
  }

  private static boolean looksOut(RelNode node) {
    AtomicBoolean found = new AtomicBoolean();
    node.accept(
        new RexShuttle() {
          @Override
          public RexNode visitCorrelVariable(RexCorrelVariable variable) {
            found.set(true);
            return variable;
          }

          @Override
          public RexNode visitSubQuery(RexSubQuery subQuery) {
            found.compareAndSet(false, looksOut(subQuery.rel));
            return super.visitSubQuery(subQuery);
          }
        });
    return found.get() || node.getInputs().stream().anyMatch(ExistsJoins::looksOut);
  }

  private static RexNode joined(RelNode outer, RexNode condition, Set<CorrelationId> ids) {
    int width = outer.getRowType().getFieldCount();
    return condition.accept(
        new RexShuttle() {
          @Override
          public RexNode visitFieldAccess(RexFieldAccess access) {
            return access.getReferenceExpr() instanceof RexCorrelVariable variable
                    && ids.contains(variable.id)
                ? RexInputRef.of(access.getField().getIndex(), outer.getRowType())
                : super.visitFieldAccess(access);
          }

          @Override
          public RexNode visitInputRef(RexInputRef ref) {
            return new RexInputRef(ref.getIndex() + width, ref.getType());
          }
        });
  }
}
