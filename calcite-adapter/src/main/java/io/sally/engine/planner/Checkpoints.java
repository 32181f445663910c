package io.sally.engine.planner;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.enumerable.EnumerableAggregate;
import org.apache.calcite.adapter.enumerable.EnumerableCalc;
import org.apache.calcite.adapter.enumerable.EnumerableCorrelate;
import org.apache.calcite.adapter.enumerable.EnumerableFilter;
import org.apache.calcite.adapter.enumerable.EnumerableHashJoin;
import org.apache.calcite.adapter.enumerable.EnumerableLimit;
import org.apache.calcite.adapter.enumerable.EnumerableLimitSort;
import org.apache.calcite.adapter.enumerable.EnumerableMergeUnion;
import org.apache.calcite.adapter.enumerable.EnumerableNestedLoopJoin;
import org.apache.calcite.adapter.enumerable.EnumerableProject;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableSortedAggregate;
import org.apache.calcite.adapter.enumerable.EnumerableTableSpool;
import org.apache.calcite.adapter.enumerable.EnumerableUncollect;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.RepeatUnion;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/**
 * Puts a {@link Checkpoint} on every edge of a plan, and decides for each what the operator above
 * it holds. An operator that is not known to stream is taken to hold all that it gets. Confined to
 * the planning of one statement.
 */
final class Checkpoints {
  /** The aggregate functions whose state does not grow with the rows. */
  private static final Set<SqlKind> CONSTANT =
      EnumSet.of(
          SqlKind.COUNT,
          SqlKind.SUM,
          SqlKind.SUM0,
          SqlKind.AVG,
          SqlKind.MIN,
          SqlKind.MAX,
          SqlKind.ANY_VALUE,
          SqlKind.SINGLE_VALUE,
          SqlKind.LITERAL_AGG,
          SqlKind.ARG_MIN,
          SqlKind.ARG_MAX,
          SqlKind.BIT_AND,
          SqlKind.BIT_OR,
          SqlKind.BIT_XOR,
          SqlKind.GROUPING,
          SqlKind.GROUP_ID);

  private final List<SourceScan> scans = new ArrayList<>();

  /** The plan with checkpoints. */
  EnumerableRel in(EnumerableRel plan, Operator operator) {
    return new Checkpoint(
        between(plan, operator, false),
        new Passage(
            operator,
            operator,
            Passage.Holding.NONE,
            Passage.Reading.EACH_TIME,
            true,
            context -> 0));
  }

  /** The queries of the plan, in the order in which it needs their rows. */
  List<SourceScan> scans() {
    return List.copyOf(scans);
  }

  /**
   * @param again whether the operator above reads the rows of {@code plan} more than once
   */
  private RelNode between(RelNode plan, Operator operator, boolean again) {
    if (plan instanceof SourceQuery query && operator.query() != null) {
      SourceScan scan = new SourceScan(operator.query(), operator);
      scans.add(scan);
      return query.through(scan);
    }
    List<RelNode> inputs = plan.getInputs();
    if (inputs.isEmpty() || !inputs.stream().allMatch(EnumerableRel.class::isInstance)) {
      return plan;
    }
    List<RelNode> checked = new ArrayList<>(inputs);
    for (int i : order(plan)) {
      boolean inputAgain = again || readsAgain(plan, i);
      Operator input = operator.inputs().get(i);
      checked.set(
          i,
          new Checkpoint(
              between(inputs.get(i), input, inputAgain),
              new Passage(
                  input,
                  operator,
                  holding(plan, i),
                  reading(plan, i, inputAgain),
                  isOrdered(plan),
                  context -> rowsHeld(plan, context))));
    }
    return plan.copy(plan.getTraitSet(), checked);
  }

  private static boolean isOrdered(RelNode plan) {
    List<RelCollation> orders = plan.getTraitSet().getCollations();
    return orders.stream().anyMatch(order -> !order.getFieldCollations().isEmpty());
  }

  /** A hash join reads its right side whole before the first row of its left. */
  private static List<Integer> order(RelNode plan) {
    if (plan instanceof Join) {
      return List.of(1, 0);
    }
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < plan.getInputs().size(); i++) {
      order.add(i);
    }
    return order;
  }

  private static boolean readsAgain(RelNode plan, int input) {
    return input == 1
        && (plan instanceof EnumerableNestedLoopJoin
            || plan instanceof EnumerableCorrelate
            || plan instanceof RepeatUnion);
  }

  /**
   * A source's query has no part of the row or round that it is read for, and its rows are fetched
   * once. Whatever else a nested loop reads is computed once for each time that the loop begins.
   */
  private static Passage.Reading reading(RelNode plan, int input, boolean again) {
    RelNode read = plan.getInput(input);
    if (again && read instanceof SourceQuery) {
      return Passage.Reading.ONCE;
    }
    return plan instanceof EnumerableNestedLoopJoin
            && input == 1
            && !(read instanceof TableScan)
            && !(read instanceof Values)
        ? Passage.Reading.ONCE_AN_OPENING
        : Passage.Reading.EACH_TIME;
  }

  private static Passage.Holding holding(RelNode plan, int input) {
    if (plan instanceof EnumerableCalc
        || plan instanceof EnumerableProject
        || plan instanceof EnumerableFilter
        || plan instanceof EnumerableLimit
        || plan instanceof EnumerableMergeUnion
        || plan instanceof EnumerableUncollect
        || plan instanceof KeyGiver
        || plan instanceof EnumerableCorrelate) {
      return Passage.Holding.NONE;
    } else if (plan instanceof EnumerableLimitSort) {
      return Passage.Holding.FIRST;
    } else if (plan instanceof EnumerableHashJoin join) {
      return input == 0
          ? Passage.Holding.NONE
          : join.getJoinType().projectsRight() || !join.analyzeCondition().isEqui()
              ? Passage.Holding.ROWS
              : Passage.Holding.KEYS;
    } else if (plan instanceof EnumerableNestedLoopJoin) {
      // What it reads again is held by the passage.
      return Passage.Holding.NONE;
    } else if (plan instanceof EnumerableAggregate aggregate) {
      return groups(aggregate);
    } else if (plan instanceof EnumerableSortedAggregate aggregate) {
      return isGrowing(aggregate) ? Passage.Holding.ROWS : Passage.Holding.NONE;
    } else if (plan instanceof Union union) {
      return union.all ? Passage.Holding.NONE : Passage.Holding.ROWS;
    } else if (plan instanceof RepeatUnion union) {
      return union.all ? Passage.Holding.NONE : Passage.Holding.ROWS;
    }
    return plan instanceof EnumerableTableSpool ? Passage.Holding.LAST : Passage.Holding.ROWS;
  }

  private static Passage.Holding groups(Aggregate aggregate) {
    if (!isGrowing(aggregate)) {
      return Passage.Holding.GROUPS;
    }
    // Without keys there is one group, whose making nobody sees.
    return aggregate.getGroupSets().size() == 1 && aggregate.getGroupCount() == 0
        ? Passage.Holding.ROWS
        : Passage.Holding.GROWING_GROUPS;
  }

  private static boolean isGrowing(Aggregate aggregate) {
    return aggregate.getAggCallList().stream().anyMatch(Checkpoints::isGrowing);
  }

  private static boolean isGrowing(AggregateCall call) {
    return call.isDistinct()
        || !call.getCollation().getFieldCollations().isEmpty()
        || !CONSTANT.contains(call.getAggregation().getKind());
  }

  private static long rowsHeld(RelNode plan, DataContext context) {
    if (!(plan instanceof EnumerableLimitSort sort) || sort.fetch == null) {
      return Long.MAX_VALUE;
    }
    return number(sort.fetch, context) + (sort.offset == null ? 0 : number(sort.offset, context));
  }

  /** Calcite takes an {@code int} for each of them. */
  private static long number(RexNode value, DataContext context) {
    @Nullable Object number =
        value instanceof RexDynamicParam parameter
            ? context.get(parameter.getName())
            : value instanceof RexLiteral literal ? literal.getValueAs(BigDecimal.class) : null;
    return number instanceof Number n
        ? Math.min(n.longValue(), Integer.MAX_VALUE)
        : Integer.MAX_VALUE;
  }
}
