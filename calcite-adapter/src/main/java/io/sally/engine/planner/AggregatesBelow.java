package io.sally.engine.planner;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.JoinInfo;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * Has a source group its own rows before they are joined with those of others, where each row of
 * the other side makes a group of its own: of all orders, a customer needs the count. Confined to
 * the planning of one statement.
 */
final class AggregatesBelow extends RelHomogeneousShuttle {
  private static final Set<SqlKind> FUNCTIONS =
      EnumSet.of(SqlKind.COUNT, SqlKind.SUM, SqlKind.SUM0, SqlKind.MIN, SqlKind.MAX);

  /**
   * What is added up here may be rows that the join leaves out: they must not fail by their size.
   */
  private static final Set<SqlTypeName> SMALL =
      EnumSet.of(SqlTypeName.TINYINT, SqlTypeName.SMALLINT, SqlTypeName.INTEGER);

  private static final int SMALL_DIGITS = 18;

  private final RelBuilder builder;

  AggregatesBelow(RelBuilder builder) {
    this.builder = builder;
  }

  @Override
  public RelNode visit(LogicalAggregate aggregate) {
    RelNode visited = super.visit(aggregate);
    if (!(visited instanceof LogicalAggregate above)
        || above.getGroupType() != Aggregate.Group.SIMPLE
        || above.getGroupSet().isEmpty()) {
      return visited;
    }
    RelNode input = above.getInput();
    @Nullable LogicalProject project = input instanceof LogicalProject p ? p : null;
    if (project != null) {
      if (!project.getProjects().stream().allMatch(RexInputRef.class::isInstance)) {
        return visited;
      }
      input = project.getInput();
    }
    return input instanceof LogicalJoin join && isBetweenSources(join)
        ? new Pushing(above, project, join).result()
        : visited;
  }

  private static boolean isBetweenSources(LogicalJoin join) {
    return (join.getJoinType() == JoinRelType.INNER || join.getJoinType() == JoinRelType.LEFT)
        && SourcePlanner.sources(join.getRight()).size() == 1
        && SourcePlanner.sources(join).size() > 1;
  }

  /** One aggregate over one join. */
  private final class Pushing {
    private final LogicalAggregate above;
    private final @Nullable LogicalProject project;
    private final LogicalJoin join;
    private final int width;
    private final JoinInfo keys;

    Pushing(LogicalAggregate above, @Nullable LogicalProject project, LogicalJoin join) {
      this.above = above;
      this.project = project;
      this.join = join;
      this.width = join.getLeft().getRowType().getFieldCount();
      this.keys = join.analyzeCondition();
    }

    RelNode result() {
      List<Integer> groups = above.getGroupSet().asList().stream().map(this::field).toList();
      boolean isOneRowEach =
          groups.stream().allMatch(group -> group < width)
              && Boolean.TRUE.equals(
                  join.getCluster()
                      .getMetadataQuery()
                      .areColumnsUnique(join.getLeft(), ImmutableBitSet.of(groups), false));
      return isOneRowEach && isByEqualKeys() && above.getAggCallList().stream().allMatch(this::can)
          ? pushed(groups)
          : above;
    }

    /** The field of the join that a field of the aggregate's input is. */
    private int field(int index) {
      return project == null ? index : ((RexInputRef) project.getProjects().get(index)).getIndex();
    }

    private boolean isByEqualKeys() {
      return keys.isEqui()
          && !keys.leftKeys.isEmpty()
          && keys.nullExclusionFlags.stream().allMatch(Boolean::booleanValue);
    }

    private boolean can(AggregateCall call) {
      return FUNCTIONS.contains(call.getAggregation().getKind())
          && !call.isDistinct()
          && !call.hasFilter()
          && !call.ignoreNulls()
          && call.rexList.isEmpty()
          && call.getCollation().getFieldCollations().isEmpty()
          && call.getArgList().stream().allMatch(argument -> field(argument) >= width)
          && (call.getArgList().isEmpty()
              ? call.getAggregation().getKind() == SqlKind.COUNT
              : call.getArgList().size() == 1 && isHarmless(call));
    }

    private boolean isHarmless(AggregateCall call) {
      if (call.getAggregation().getKind() != SqlKind.SUM
          && call.getAggregation().getKind() != SqlKind.SUM0) {
        return true;
      }
      RelDataType type = argument(call).getType();
      return SMALL.contains(type.getSqlTypeName())
          || (type.getSqlTypeName() == SqlTypeName.DECIMAL && type.getPrecision() <= SMALL_DIGITS);
    }

    private RelDataTypeField argument(AggregateCall call) {
      return join.getRight()
          .getRowType()
          .getFieldList()
          .get(field(call.getArgList().get(0)) - width);
    }

    private RelNode pushed(List<Integer> groups) {
      ImmutableBitSet rightKeys = keys.rightSet();
      builder.push(join.getRight());
      List<RelBuilder.AggCall> calls = new ArrayList<>();
      for (AggregateCall call : above.getAggCallList()) {
        List<RexNode> arguments =
            call.getArgList().stream()
                .map(argument -> (RexNode) builder.field(field(argument) - width))
                .toList();
        calls.add(builder.aggregateCall(call.getAggregation(), arguments));
      }
      RelNode grouped = builder.aggregate(builder.groupKey(rightKeys), calls).build();

      builder.push(join.getLeft()).push(grouped);
      List<RexNode> conditions = new ArrayList<>();
      for (int i = 0; i < keys.leftKeys.size(); i++) {
        conditions.add(
            builder.equals(
                builder.field(2, 0, keys.leftKeys.get(i)),
                builder.field(2, 1, rightKeys.indexOf(keys.rightKeys.get(i)))));
      }
      builder.join(join.getJoinType(), conditions);
      List<RexNode> fields = new ArrayList<>();
      groups.forEach(group -> fields.add(builder.field(group)));
      int first = width + rightKeys.cardinality();
      for (int i = 0; i < above.getAggCallList().size(); i++) {
        fields.add(value(above.getAggCallList().get(i), builder.field(first + i)));
      }
      builder.project(fields, above.getRowType().getFieldNames(), true);
      return RelOptUtil.createCastRel(builder.build(), above.getRowType(), true);
    }

    /** A row of the left side without a partner counts as one row, of nulls. */
    private RexNode value(AggregateCall call, RexNode grouped) {
      SqlKind function = call.getAggregation().getKind();
      if (join.getJoinType() == JoinRelType.INNER
          || (function != SqlKind.COUNT && function != SqlKind.SUM0)) {
        return grouped;
      }
      int none = call.getArgList().isEmpty() ? 1 : 0;
      return builder.call(
          SqlStdOperatorTable.CASE,
          builder.isNotNull(grouped),
          grouped,
          builder.cast(builder.literal(none), grouped.getType().getSqlTypeName()));
    }
  }
}
