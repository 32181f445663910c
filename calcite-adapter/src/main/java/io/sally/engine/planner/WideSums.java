package io.sally.engine.planner;

import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Has what is added up come in the type of its sum. The sum of BIGINT is a DECIMAL, since it may be
 * greater than any BIGINT, and Calcite generates no code that adds a {@code long} to a {@code
 * BigDecimal}. Immutable; thread-safe.
 */
final class WideSums extends RexShuttle {
  /** The functions that add their argument up, or are computed from such a sum. */
  private static final Set<SqlKind> SUMS =
      Set.of(
          SqlKind.SUM,
          SqlKind.SUM0,
          SqlKind.AVG,
          SqlKind.STDDEV_POP,
          SqlKind.STDDEV_SAMP,
          SqlKind.VAR_POP,
          SqlKind.VAR_SAMP);

  private final RexBuilder rexBuilder;

  private WideSums(RexBuilder rexBuilder) {
    this.rexBuilder = rexBuilder;
  }

  /** The logical plan, without sub-queries, with every such argument cast. */
  static RelNode in(RelNode plan) {
    WideSums sums = new WideSums(plan.getCluster().getRexBuilder());
    return plan.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(RelNode other) {
            RelNode visited = super.visit(other).accept(sums);
            return visited instanceof Aggregate aggregate ? sums.widen(aggregate) : visited;
          }
        });
  }

  private RelNode widen(Aggregate aggregate) {
    RelNode input = aggregate.getInput();
    List<RexNode> fields = new ArrayList<>(rexBuilder.identityProjects(input.getRowType()));
    List<String> names = new ArrayList<>(input.getRowType().getFieldNames());
    List<AggregateCall> calls = new ArrayList<>();
    for (AggregateCall call : aggregate.getAggCallList()) {
      if (SUMS.contains(call.getAggregation().getKind())
          && call.type.getSqlTypeName() == SqlTypeName.DECIMAL
          && isBigint(fields.get(call.getArgList().get(0)))) {
        calls.add(call.withArgList(List.of(fields.size())));
        fields.add(widen(fields.get(call.getArgList().get(0))));
        names.add("$wide" + names.size());
      } else {
        calls.add(call);
      }
    }
    if (fields.size() == input.getRowType().getFieldCount()) {
      return aggregate;
    }
    RelNode wide = LogicalProject.create(input, List.of(), fields, names, ImmutableSet.of());
    return aggregate.copy(
        aggregate.getTraitSet(), wide, aggregate.getGroupSet(), aggregate.getGroupSets(), calls);
  }

  @Override
  public RexNode visitOver(RexOver over) {
    RexOver visited = (RexOver) super.visitOver(over);
    if (!SUMS.contains(over.getAggOperator().getKind())
        || over.getType().getSqlTypeName() != SqlTypeName.DECIMAL
        || !isBigint(visited.getOperands().get(0))) {
      return visited;
    }
    return rexBuilder.makeOver(
        visited.getType(),
        visited.getAggOperator(),
        List.of(widen(visited.getOperands().get(0))),
        visited.getWindow().partitionKeys,
        visited.getWindow().orderKeys,
        visited.getWindow().getLowerBound(),
        visited.getWindow().getUpperBound(),
        visited.getWindow().getExclude(),
        visited.getWindow().isRows(),
        true,
        false,
        visited.isDistinct(),
        visited.ignoreNulls());
  }

  private static boolean isBigint(RexNode argument) {
    return argument.getType().getSqlTypeName() == SqlTypeName.BIGINT;
  }

  private RexNode widen(RexNode argument) {
    RelDataTypeFactory types = rexBuilder.getTypeFactory();
    RelDataType decimal =
        types.createSqlType(
            SqlTypeName.DECIMAL, types.getTypeSystem().getMaxPrecision(SqlTypeName.DECIMAL), 0);
    return rexBuilder.makeCast(
        types.createTypeWithNullability(decimal, argument.getType().isNullable()), argument);
  }
}
