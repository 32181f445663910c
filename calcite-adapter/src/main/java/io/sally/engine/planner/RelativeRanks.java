package io.sally.engine.planner;

import com.google.common.collect.ImmutableList;
import io.sally.engine.SqlErrors;
import java.math.BigDecimal;
import java.util.List;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexWindow;
import org.apache.calcite.rex.RexWindowBound;
import org.apache.calcite.rex.RexWindowBounds;
import org.apache.calcite.rex.RexWindowExclusion;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * Computes PERCENT_RANK and CUME_DIST, for which Calcite generates no code, and NTILE, for which it
 * generates code that puts the larger parts in the wrong places, from ranks and counts as ISO
 * 9075-2, 6.10 defines them. The default of LEAD and LAG gets the type of the column that it stands
 * for, which Calcite's code needs. Immutable; thread-safe.
 */
final class RelativeRanks extends RexShuttle {
  private static final SqlOperator TILE = ExactFunctions.computation(Computations.class, "tile");

  private final RexBuilder rexBuilder;

  private RelativeRanks(RexBuilder rexBuilder) {
    this.rexBuilder = rexBuilder;
  }

  /** The logical plan, without sub-queries, with every such function replaced. */
  static RelNode in(RelNode plan) {
    RelativeRanks ranks = new RelativeRanks(plan.getCluster().getRexBuilder());
    return plan.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(RelNode other) {
            return super.visit(other).accept(ranks);
          }
        });
  }

  @Override
  public RexNode visitOver(RexOver over) {
    RexOver visited = (RexOver) super.visitOver(over);
    return switch (visited.getAggOperator().getKind()) {
      case PERCENT_RANK -> percentRank(visited);
      case CUME_DIST -> share(visited, peersAndBefore(visited), partition(visited));
      case NTILE -> tile(visited);
      case LAG, LEAD -> withDefaultOfItsType(visited);
      default -> visited;
    };
  }

  private RexNode withDefaultOfItsType(RexOver over) {
    List<RexNode> operands = over.getOperands();
    if (operands.size() < 3) {
      return over;
    }
    RelDataType type = operands.get(0).getType();
    RexNode otherwise = operands.get(2);
    if (SqlTypeUtil.equalSansNullability(rexBuilder.getTypeFactory(), type, otherwise.getType())
        || SqlTypeUtil.inCharFamily(type)) {
      return over;
    } else if (!holds(type, otherwise.getType())) {
      throw new Refusal(
          SqlErrors.notSupported(
              "The default of "
                  + over.getAggOperator().getName()
                  + " is of type "
                  + otherwise.getType()
                  + ", which its first argument, of type "
                  + type
                  + ", has not room for. Cast one of them to the type of the other."));
    }
    List<RexNode> cast =
        List.of(
            operands.get(0),
            operands.get(1),
            rexBuilder.makeCast(
                rexBuilder
                    .getTypeFactory()
                    .createTypeWithNullability(type, otherwise.getType().isNullable()),
                otherwise));
    RexWindow window = over.getWindow();
    return rexBuilder.makeOver(
        over.getType(),
        over.getAggOperator(),
        cast,
        window.partitionKeys,
        window.orderKeys,
        window.getLowerBound(),
        window.getUpperBound(),
        window.getExclude(),
        window.isRows(),
        true,
        false,
        over.isDistinct(),
        over.ignoreNulls());
  }

  /**
   * Whether a value of one type keeps its digits as one of another; too large a one is an error.
   */
  private static boolean holds(RelDataType type, RelDataType given) {
    if (SqlTypeUtil.isExactNumeric(type)) {
      return given.getSqlTypeName() == SqlTypeName.NULL
          || (SqlTypeUtil.isExactNumeric(given) && given.getScale() <= type.getScale());
    } else if (SqlTypeUtil.isApproximateNumeric(type)) {
      return given.getSqlTypeName() == SqlTypeName.NULL || SqlTypeUtil.isNumeric(given);
    }
    return given.getSqlTypeName() == SqlTypeName.NULL
        || given.getSqlTypeName() == type.getSqlTypeName()
        || (type.getSqlTypeName() == SqlTypeName.TIMESTAMP
            && given.getSqlTypeName() == SqlTypeName.DATE);
  }

  private RexNode tile(RexOver over) {
    RexNode tiles = over.getOperands().get(0);
    RelDataTypeFactory types = rexBuilder.getTypeFactory();
    RelDataType type = types.createTypeWithNullability(bigint(), tiles.getType().isNullable());
    RexNode tile =
        rexBuilder.makeCall(
            type,
            TILE,
            List.of(ordered(over, SqlStdOperatorTable.ROW_NUMBER), partition(over), tiles));
    return rexBuilder.makeCast(over.getType(), tile);
  }

  /** A partition of one row has none before it. */
  private RexNode percentRank(RexOver over) {
    RexNode rows = partition(over);
    return rexBuilder.makeCall(
        over.getType(),
        SqlStdOperatorTable.CASE,
        List.of(
            rexBuilder.makeCall(SqlStdOperatorTable.EQUALS, rows, one()),
            rexBuilder.makeCast(over.getType(), rexBuilder.makeExactLiteral(BigDecimal.ZERO)),
            share(over, less(ordered(over, SqlStdOperatorTable.RANK)), less(rows))));
  }

  private RexNode peersAndBefore(RexOver over) {
    return ordered(over, SqlStdOperatorTable.COUNT);
  }

  private RexNode partition(RexOver over) {
    return counted(
        SqlStdOperatorTable.COUNT,
        over.getWindow(),
        ImmutableList.of(),
        RexWindowBounds.UNBOUNDED_FOLLOWING);
  }

  private RexNode ordered(RexOver over, SqlAggFunction function) {
    RexWindow window = over.getWindow();
    return counted(function, window, window.orderKeys, RexWindowBounds.CURRENT_ROW);
  }

  private RexNode counted(
      SqlAggFunction function,
      RexWindow window,
      ImmutableList<RexFieldCollation> orderKeys,
      RexWindowBound upper) {
    return rexBuilder.makeOver(
        bigint(),
        function,
        List.of(),
        window.partitionKeys,
        orderKeys,
        RexWindowBounds.UNBOUNDED_PRECEDING,
        upper,
        RexWindowExclusion.EXCLUDE_NO_OTHER,
        function.getKind() == SqlKind.ROW_NUMBER,
        true,
        false,
        false,
        false);
  }

  private RexNode share(RexOver over, RexNode part, RexNode whole) {
    RelDataType type = over.getType();
    return rexBuilder.makeCall(
        type,
        SqlStdOperatorTable.DIVIDE,
        List.of(rexBuilder.makeCast(type, part), rexBuilder.makeCast(type, whole)));
  }

  private RexNode less(RexNode count) {
    return rexBuilder.makeCall(SqlStdOperatorTable.MINUS, count, one());
  }

  private RexNode one() {
    return rexBuilder.makeExactLiteral(BigDecimal.ONE, bigint());
  }

  private RelDataType bigint() {
    RelDataTypeFactory types = rexBuilder.getTypeFactory();
    return types.createSqlType(SqlTypeName.BIGINT);
  }
}
