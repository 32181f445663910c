package io.sally.engine.planner;

import io.sally.engine.SqlErrors;
import io.sally.engine.source.SqlSource;
import io.sally.engine.source.SqlTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * Gives each source as much of a plan as it computes with Sally's meaning, from the tables upwards.
 * There is no choice by cost: what a source can do is done there, so that the fewest rows travel
 * and a statement over one source runs there whole. Confined to the planning of one statement.
 */
final class SourcePlanner {
  private final RexBuilder rexBuilder;
  private final SourceSelects selects;

  SourcePlanner(RexBuilder rexBuilder) {
    this.rexBuilder = rexBuilder;
    this.selects = new SourceSelects(rexBuilder);
  }

  /** Whether any table of the plan lies in a database. */
  static boolean concerns(RelNode plan) {
    return (plan instanceof TableScan scan && scan.getTable().unwrap(SqlTable.class) != null)
        || plan instanceof SourceQuery
        || plan.getInputs().stream().anyMatch(SourcePlanner::concerns);
  }

  /** The plan with the largest parts that sources can do as {@link SourceQuery}s. */
  RelNode push(RelNode plan) {
    List<RelNode> inputs = plan.getInputs().stream().map(this::push).toList();
    RelNode node = inputs.equals(plan.getInputs()) ? plan : plan.copy(plan.getTraitSet(), inputs);
    if (node instanceof TableScan scan) {
      SqlTable table = scan.getTable().unwrap(SqlTable.class);
      return table == null ? node : query(scan, scan(scan, table));
    } else if (node instanceof Filter filter) {
      return filter(filter);
    } else if (node instanceof Project project) {
      return project(project);
    } else if (node instanceof Sort sort) {
      return sort(sort);
    } else if (node instanceof Aggregate aggregate) {
      return aggregate.getInput() instanceof SourceQuery input
          ? selects
              .aggregate(input.select(), aggregate)
              .<RelNode>map(select -> query(node, select))
              .orElse(node)
          : node;
    } else if (node instanceof Join join) {
      return join(join);
    } else if (node instanceof SetOp operation) {
      return combine(operation);
    }
    return node;
  }

  /** The table, of which a policy's row filter leaves the rows that are there. */
  private SourceSelect scan(TableScan scan, SqlTable table) {
    SourceSelect select = selects.scan(table);
    if (!(scan instanceof FilteredScan filtered)) {
      return select;
    }
    return selects
        .guarded(select, filtered.getRowType(), filtered.condition())
        .orElseThrow(
            () ->
                new Refusal(
                    SqlErrors.internal(
                        "The row filter of " + table.definition().name() + " was not taken.",
                        null)));
  }

  private SourceQuery query(RelNode replaced, SourceSelect select) {
    RelNode logical =
        replaced.copy(
            replaced.getTraitSet(),
            replaced.getInputs().stream()
                .map(input -> input instanceof SourceQuery query ? query.logical() : input)
                .toList());
    return new SourceQuery(logical, select, selects.values());
  }

  /** Conditions that the source does not know stay here, the others go. */
  private RelNode filter(Filter filter) {
    if (!(filter.getInput() instanceof SourceQuery input) || !filter.getVariablesSet().isEmpty()) {
      return filter;
    }
    SourceSelect select = input.select();
    List<RexNode> taken = new ArrayList<>();
    List<RexNode> left = new ArrayList<>();
    for (RexNode condition : RelOptUtil.conjunctions(filter.getCondition())) {
      Optional<SourceSelect> with = selects.filter(select, input.getRowType(), List.of(condition));
      (with.isPresent() ? taken : left).add(condition);
    }
    if (taken.isEmpty()) {
      return filter;
    }
    SourceSelect filtered =
        selects.filter(select, input.getRowType(), taken).orElseThrow(IllegalStateException::new);
    RelNode replaced = LogicalFilter.create(input, RexUtil.composeConjunction(rexBuilder, taken));
    SourceQuery query = query(replaced, filtered);
    return left.isEmpty()
        ? query
        : LogicalFilter.create(query, RexUtil.composeConjunction(rexBuilder, left));
  }

  /** Where a source does not know all expressions, it gives the columns that they need. */
  private RelNode project(Project project) {
    if (!(project.getInput() instanceof SourceQuery input)) {
      return project;
    }
    Optional<SourceSelect> whole =
        selects.project(
            input.select(), input.getRowType(), project.getProjects(), project.getRowType());
    if (whole.isPresent()) {
      return query(project, whole.get());
    }
    List<RexNode> there = new ArrayList<>();
    List<RexNode> here = new ArrayList<>();
    for (RexNode expression : project.getProjects()) {
      boolean known =
          !(expression instanceof RexInputRef)
              && SourceExpressions.dependsOnRows(expression)
              && !RexOver.containsOver(expression)
              && selects
                  .project(
                      input.select(),
                      input.getRowType(),
                      List.of(expression),
                      RexUtil.createStructType(
                          rexBuilder.getTypeFactory(), List.of(expression), null, null))
                  .isPresent();
      (known ? there : here).add(expression);
    }
    ImmutableBitSet needed = RelOptUtil.InputFinder.bits(here, null);
    if (there.isEmpty() && needed.cardinality() == input.getRowType().getFieldCount()) {
      return project;
    }
    List<RexNode> given = new ArrayList<>();
    needed.forEach(field -> given.add(rexBuilder.makeInputRef(input, field)));
    given.addAll(there);
    RelNode narrow = LogicalProject.create(input, List.of(), given, (List<String>) null, Set.of());
    Optional<SourceSelect> select =
        selects.project(input.select(), input.getRowType(), given, narrow.getRowType());
    if (select.isEmpty()) {
      return project;
    }
    SourceQuery query = query(narrow, select.get());
    RexShuttle moved =
        new RexShuttle() {
          @Override
          public RexNode visitInputRef(RexInputRef ref) {
            return rexBuilder.makeInputRef(query, needed.indexOf(ref.getIndex()));
          }
        };
    List<RexNode> rest = new ArrayList<>();
    for (RexNode expression : project.getProjects()) {
      int place = there.indexOf(expression);
      rest.add(
          place >= 0
              ? rexBuilder.makeInputRef(query, needed.cardinality() + place)
              : expression.accept(moved));
    }
    return project.copy(project.getTraitSet(), query, rest, project.getRowType());
  }

  /** The query with some of its columns, or itself where the source cannot drop the others. */
  SourceQuery narrow(SourceQuery query, List<Integer> fields) {
    List<RexNode> kept = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int field : fields) {
      kept.add(rexBuilder.makeInputRef(query, field));
      names.add(query.getRowType().getFieldNames().get(field));
    }
    RelNode project = LogicalProject.create(query, List.of(), kept, names, Set.of());
    return selects
        .project(query.select(), query.getRowType(), kept, project.getRowType())
        .map(select -> query(project, select))
        .orElse(query);
  }

  private RelNode sort(Sort sort) {
    return sort.getInput() instanceof SourceQuery input
        ? selects
            .sort(input.select(), input.getRowType(), sort)
            .<RelNode>map(select -> query(sort, select))
            .orElse(sort)
        : sort;
  }

  private RelNode join(Join join) {
    Optional<List<SourceQuery>> sides = sameSource(join.getInputs());
    if (sides.isEmpty() || !join.getVariablesSet().isEmpty()) {
      return join;
    }
    SourceQuery left = sides.get().get(0);
    SourceQuery right = sides.get().get(1);
    Optional<SourceSelect> whole = joined(left, right, join.getJoinType(), join.getCondition());
    if (whole.isPresent()) {
      return query(join, whole.get());
    } else if (join.getJoinType() != JoinRelType.INNER) {
      return join;
    }
    List<RexNode> taken = new ArrayList<>();
    List<RexNode> kept = new ArrayList<>();
    for (RexNode condition : RelOptUtil.conjunctions(join.getCondition())) {
      boolean known = joined(left, right, JoinRelType.INNER, condition).isPresent();
      (known ? taken : kept).add(condition);
    }
    // Without any condition the source would send every pair of rows.
    if (taken.isEmpty()) {
      return join;
    }
    RexNode condition = RexUtil.composeConjunction(rexBuilder, taken);
    SourceSelect select =
        joined(left, right, JoinRelType.INNER, condition).orElseThrow(IllegalStateException::new);
    RelNode replaced =
        join.copy(join.getTraitSet(), condition, left, right, JoinRelType.INNER, false);
    return LogicalFilter.create(
        query(replaced, select), RexUtil.composeConjunction(rexBuilder, kept));
  }

  private Optional<SourceSelect> joined(
      SourceQuery left, SourceQuery right, JoinRelType type, RexNode condition) {
    return selects.join(
        left.select(), left.getRowType(), right.select(), right.getRowType(), type, condition);
  }

  private RelNode combine(SetOp operation) {
    Optional<List<SourceQuery>> inputs = sameSource(operation.getInputs());
    return inputs
        .flatMap(
            queries ->
                selects.combine(
                    queries.stream().map(SourceQuery::select).toList(),
                    queries.stream().map(RelNode::getRowType).toList(),
                    operation))
        .<RelNode>map(select -> query(operation, select))
        .orElse(operation);
  }

  /** The inputs as queries of one source, constant rows among them taken along. */
  private Optional<List<SourceQuery>> sameSource(List<RelNode> inputs) {
    @Nullable SqlSource source = null;
    for (RelNode input : inputs) {
      if (input instanceof SourceQuery query) {
        if (source != null && source != query.select().source) {
          return Optional.empty();
        }
        source = query.select().source;
      }
    }
    if (source == null) {
      return Optional.empty();
    }
    List<SourceQuery> queries = new ArrayList<>();
    for (RelNode input : inputs) {
      RelNode query = input instanceof SourceQuery ? input : constantRows(input, source);
      if (!(query instanceof SourceQuery found)) {
        return Optional.empty();
      }
      queries.add(found);
    }
    return Optional.of(queries);
  }

  private @Nullable RelNode constantRows(RelNode node, SqlSource source) {
    if (node instanceof Values values) {
      return selects.values(source, values).map(select -> query(values, select)).orElse(null);
    } else if (node instanceof Project || node instanceof Filter) {
      RelNode input = constantRows(node.getInput(0), source);
      if (input instanceof SourceQuery) {
        RelNode onSource = node.copy(node.getTraitSet(), List.of(input));
        return onSource instanceof Project project ? project(project) : filter((Filter) onSource);
      }
    }
    return null;
  }

  /**
   * The sources whose tables a part of a plan reads, {@code ""} for everything that is no source.
   */
  static Set<String> sources(RelNode plan) {
    Set<String> names = new TreeSet<>();
    if (plan instanceof SourceQuery query) {
      names.add(query.select().source.name());
    } else if (plan.getInputs().isEmpty()) {
      names.add(
          Optional.ofNullable(plan.getTable())
              .map(table -> table.unwrap(SqlTable.class))
              .map(table -> Objects.requireNonNull(table).source().name())
              .orElse(""));
    }
    plan.getInputs().forEach(input -> names.addAll(sources(input)));
    return names;
  }
}
