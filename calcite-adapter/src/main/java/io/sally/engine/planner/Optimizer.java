package io.sally.engine.planner;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRules;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.plan.hep.HepMatchOrder;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.plan.hep.HepProgramBuilder;
import org.apache.calcite.plan.volcano.AbstractConverter;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rel.rules.AggregateReduceFunctionsRule;
import org.apache.calcite.rel.rules.PruneEmptyRules;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql2rel.RelDecorrelator;
import org.apache.calcite.sql2rel.RelFieldTrimmer;
import org.apache.calcite.tools.RelBuilder;

/**
 * From a logical plan to one that runs: a few passes with a known cost each, instead of one
 * exhaustive search whose time explodes with the number of joins. Immutable; thread-safe.
 */
final class Optimizer {
  /** Sub-queries become joins. */
  private static final HepProgram SUB_QUERIES =
      new HepProgramBuilder()
          .addRuleCollection(
              ImmutableList.of(
                  PlannerRules.FILTER_SUB_QUERY_TO_CORRELATE,
                  PlannerRules.PROJECT_SUB_QUERY_TO_CORRELATE,
                  PlannerRules.JOIN_SUB_QUERY_TO_CORRELATE))
          .build();

  /** Of an OR over several tables, each table gets what it says of that table alone. */
  private static final HepProgram DISJUNCTIONS =
      new HepProgramBuilder()
          .addMatchOrder(HepMatchOrder.BOTTOM_UP)
          .addRuleInstance(PlannerRules.EXPAND_FILTER_DISJUNCTION_GLOBAL)
          .addRuleInstance(PlannerRules.EXPAND_JOIN_DISJUNCTION_GLOBAL)
          .build();

  /** Conditions go down to where they cost least, constants are folded, empty parts go. */
  private static final HepProgram SIMPLIFY =
      new HepProgramBuilder()
          .addRuleCollection(
              ImmutableList.of(
                  PlannerRules.FILTER_REDUCE_EXPRESSIONS,
                  ReducedProjects.RULE,
                  PlannerRules.JOIN_REDUCE_EXPRESSIONS,
                  PlannerRules.FILTER_MERGE,
                  PlannerRules.FILTER_PROJECT_TRANSPOSE,
                  PlannerRules.FILTER_AGGREGATE_TRANSPOSE,
                  PlannerRules.FILTER_SET_OP_TRANSPOSE,
                  PlannerRules.FILTER_INTO_JOIN,
                  PlannerRules.JOIN_CONDITION_PUSH,
                  PlannerRules.JOIN_PUSH_EXPRESSIONS,
                  PlannerRules.PROJECT_MERGE,
                  PlannerRules.PROJECT_REMOVE,
                  PlannerRules.SORT_REMOVE_CONSTANT_KEYS,
                  PlannerRules.UNION_MERGE,
                  PlannerRules.INTERSECT_MERGE,
                  PlannerRules.MINUS_MERGE))
          .addRuleCollection(
              ImmutableList.of(
                  PruneEmptyRules.UNION_INSTANCE,
                  PruneEmptyRules.INTERSECT_INSTANCE,
                  PruneEmptyRules.MINUS_INSTANCE,
                  PruneEmptyRules.PROJECT_INSTANCE,
                  PruneEmptyRules.FILTER_INSTANCE,
                  PruneEmptyRules.SORT_INSTANCE,
                  PruneEmptyRules.AGGREGATE_INSTANCE,
                  PruneEmptyRules.JOIN_LEFT_INSTANCE,
                  PruneEmptyRules.JOIN_RIGHT_INSTANCE,
                  PruneEmptyRules.SORT_FETCH_ZERO_INSTANCE))
          .build();

  /** Joins are ordered by the row counts of their tables, in linear time. */
  private static final HepProgram ORDER_JOINS =
      new HepProgramBuilder()
          .addMatchOrder(HepMatchOrder.BOTTOM_UP)
          .addRuleInstance(PlannerRules.JOIN_TO_MULTI_JOIN)
          .addRuleInstance(PlannerRules.MULTI_JOIN_OPTIMIZE)
          .addRuleInstance(PlannerRules.PROJECT_MERGE)
          .addRuleInstance(PlannerRules.PROJECT_REMOVE)
          .build();

  /** What sources can do comes in the form in which they know it. */
  private static final HepProgram FOR_SOURCES =
      new HepProgramBuilder()
          .addRuleCollection(
              ImmutableList.of(
                  PlannerRules.PROJECT_TO_SEMI_JOIN,
                  PlannerRules.JOIN_TO_SEMI_JOIN,
                  PlannerRules.AGGREGATE_REMOVE,
                  PlannerRules.PROJECT_MERGE,
                  PlannerRules.PROJECT_REMOVE,
                  averages()))
          .build();

  private static final HepProgram AVERAGES =
      new HepProgramBuilder().addRuleInstance(averages()).build();

  /** An average becomes a sum and a count. */
  private static RelOptRule averages() {
    return AggregateReduceFunctionsRule.Config.DEFAULT
        .withFunctionsToReduce(EnumSet.of(SqlKind.AVG))
        .toRule();
  }

  /** A pass of its own: inside the search the rule fails on an assertion (CALCITE-7616). */
  private static final HepProgram WINDOWS =
      new HepProgramBuilder()
          .addRuleInstance(PlannerRules.PROJECT_TO_LOGICAL_PROJECT_AND_WINDOW)
          .build();

  /** Sets are groups of which nothing is computed: those can go to disk. */
  private static final HepProgram SETS =
      new HepProgramBuilder()
          .addRuleCollection(
              ImmutableList.of(
                  PlannerRules.UNION_TO_DISTINCT,
                  PlannerRules.INTERSECT_TO_DISTINCT,
                  PlannerRules.MINUS_TO_DISTINCT))
          .build();

  private static final HepProgram CALCS =
      new HepProgramBuilder().addRuleCollection(PlannerRules.CALC_RULES).build();

  /**
   * What is chosen by cost. The merge join is left out, since it has each source sort by its own
   * collation and then loses rows; so are the rules that permute joins, whose time explodes.
   */
  private static final List<RelOptRule> SEARCH = searchRules();

  private static List<RelOptRule> searchRules() {
    List<RelOptRule> rules = new ArrayList<>(EnumerableRules.rules());
    rules.remove(EnumerableRules.ENUMERABLE_MERGE_JOIN_RULE);
    rules.remove(EnumerableRules.ENUMERABLE_TABLE_MODIFICATION_RULE);
    rules.remove(EnumerableRules.ENUMERABLE_TABLE_FUNCTION_SCAN_RULE);
    rules.remove(EnumerableRules.ENUMERABLE_MATCH_RULE);
    rules.add(EnumerableRules.ENUMERABLE_LIMIT_SORT_RULE);
    rules.add(TransientScanRule.INSTANCE);
    rules.add(AbstractConverter.ExpandConversionRule.INSTANCE);
    rules.add(PlannerRules.AGGREGATE_EXPAND_DISTINCT_AGGREGATES);
    rules.add(PlannerRules.AGGREGATE_EXPAND_WITHIN_DISTINCT);
    rules.add(PlannerRules.AGGREGATE_REDUCE_FUNCTIONS);
    rules.add(PlannerRules.AGGREGATE_REMOVE);
    rules.add(PlannerRules.PROJECT_REMOVE);
    rules.add(PlannerRules.PROJECT_TO_SEMI_JOIN);
    rules.add(PlannerRules.JOIN_TO_SEMI_JOIN);
    return List.copyOf(rules);
  }

  /** The cheapest plan that runs here and gives the root's fields in the root's order. */
  EnumerableRel optimize(RelRoot root) {
    RelOptCluster cluster = root.rel.getCluster();
    RelBuilder builder = RelFactories.LOGICAL_BUILDER.create(cluster, null);

    RelNode plan = pass(SUB_QUERIES, root.rel.accept(new ExistsJoins()));
    if (!CorrelatedWindows.areIn(plan)) {
      plan = RelDecorrelator.decorrelateQuery(plan, builder);
    }
    plan = new RelFieldTrimmer(null, builder).trim(plan);
    plan = pass(DISJUNCTIONS, plan.accept(new CommonFactors()));
    plan = pass(SIMPLIFY, plan);
    if (SourcePlanner.concerns(plan)) {
      // A condition that has gone down took along the need for its columns further up.
      plan = pass(FOR_SOURCES, new RelFieldTrimmer(null, builder).trim(plan));
      SourcePlanner sources = new SourcePlanner(cluster.getRexBuilder());
      if (SourcePlanner.sources(plan).size() > 1) {
        plan =
            orderJoins(
                sources.push(
                    plan.accept(new AggregatesBelow(builder))
                        .accept(new SemiJoinsBelow())
                        .accept(new JoinGroups())));
      }
      plan = sources.push(root.withRel(plan).project());
      if (plan instanceof SourceQuery whole) {
        return whole;
      }
      plan = new NarrowSources(sources, builder).trim(plan);
    } else {
      plan = root.withRel(orderJoins(plan)).project();
    }
    plan =
        DecimalKeys.in(
            TextOrder.in(
                pass(SETS, pass(WINDOWS, WideSums.in(RelativeRanks.in(pass(AVERAGES, plan)))))));
    plan = search(plan);
    plan =
        ExactDivision.in(
            pass(CALCS, TimestampsInMicros.in(ExactFunctions.in(TextComparisons.in(plan)))));
    return (EnumerableRel) KeysToSources.in(plan);
  }

  private static RelNode orderJoins(RelNode plan) {
    return RelOptUtil.countJoins(plan) > 1 ? pass(SIMPLIFY, pass(ORDER_JOINS, plan)) : plan;
  }

  private static RelNode pass(HepProgram program, RelNode plan) {
    HepPlanner planner = new HepPlanner(program, plan.getCluster().getPlanner().getContext());
    planner.setExecutor(plan.getCluster().getPlanner().getExecutor());
    planner.setRoot(plan);
    return planner.findBestExp();
  }

  /**
   * No order is asked of the result: the sort in the plan gives it, and what it sorts by may be no
   * column of the result.
   */
  private static RelNode search(RelNode plan) {
    RelOptPlanner planner = plan.getCluster().getPlanner();
    SEARCH.forEach(planner::addRule);
    RelTraitSet wanted = plan.getCluster().traitSetOf(EnumerableConvention.INSTANCE);
    RelNode converted =
        plan.getTraitSet().equals(wanted) ? plan : planner.changeTraits(plan, wanted);
    planner.setRoot(converted);
    return planner.findBestExp();
  }
}
