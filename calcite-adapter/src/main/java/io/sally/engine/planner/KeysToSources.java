package io.sally.engine.planner;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.adapter.enumerable.EnumerableAggregate;
import org.apache.calcite.adapter.enumerable.EnumerableCalc;
import org.apache.calcite.adapter.enumerable.EnumerableCorrelate;
import org.apache.calcite.adapter.enumerable.EnumerableHashJoin;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.JoinInfo;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.RepeatUnion;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexProgram;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Has the keys of a join's small side go to the source of its large side, so that the source gives
 * the rows that may find a partner and no others. The join itself stays as it is: what a source
 * takes for equal may be more than what is. Stateless.
 */
final class KeysToSources {
  /** A source that gives fewer rows may as well give them at once, beside the other. */
  private static final double FEW_ROWS = 1_000;

  /** With so large a share of the values the keys cost more than the rows that they save. */
  private static final double MOST = 0.8;

  private KeysToSources() {}

  /** The physical plan with it done. */
  static RelNode in(RelNode plan) {
    if (plan instanceof RepeatUnion) {
      // Its parts are read once a round.
      return plan;
    }
    List<RelNode> inputs = new ArrayList<>();
    for (int i = 0; i < plan.getInputs().size(); i++) {
      boolean again = i == 1 && plan instanceof EnumerableCorrelate;
      inputs.add(again ? plan.getInput(i) : in(plan.getInput(i)));
    }
    RelNode visited =
        inputs.equals(plan.getInputs()) ? plan : plan.copy(plan.getTraitSet(), inputs);
    return visited instanceof EnumerableHashJoin join ? join(join) : visited;
  }

  private static RelNode join(EnumerableHashJoin join) {
    RelMetadataQuery metadata = join.getCluster().getMetadataQuery();
    double left = metadata.getRowCount(join.getLeft());
    double right = metadata.getRowCount(join.getRight());
    if (isFewer(left, right) && losesRight(join.getJoinType())) {
      return send(join, 0, 1, right, isWholeTable(join.getLeft(), left));
    } else if (isFewer(right, left) && losesLeft(join.getJoinType())) {
      return send(join, 1, 0, left, isWholeTable(join.getRight(), right));
    }
    return join;
  }

  private static boolean isFewer(double few, double many) {
    return many >= FEW_ROWS && few <= many;
  }

  /**
   * All keys of a table of some size find a partner for most rows that refer to it, as far as
   * nothing more is known.
   */
  private static boolean isWholeTable(RelNode plan, double rows) {
    if (plan instanceof EnumerableCalc calc) {
      return calc.getProgram().getCondition() == null && isWholeTable(calc.getInput(), rows);
    }
    return rows >= FEW_ROWS
        && plan instanceof SourceQuery query
        && query.filters().isEmpty()
        && query.select().givesAllRows();
  }

  /** Whether a row of the right side without a partner leaves no trace in the result. */
  private static boolean losesRight(JoinRelType type) {
    return switch (type) {
      case INNER, LEFT, SEMI, ANTI -> true;
      default -> false;
    };
  }

  private static boolean losesLeft(JoinRelType type) {
    return switch (type) {
      case INNER, RIGHT, SEMI -> true;
      default -> false;
    };
  }

  private static RelNode send(
      EnumerableHashJoin join, int from, int to, double rows, boolean wholeTable) {
    JoinInfo info = join.analyzeCondition();
    List<RelNode> inputs = new ArrayList<>(join.getInputs());
    for (int i = 0; i < info.leftKeys.size(); i++) {
      if (!info.nullExclusionFlags.get(i)) {
        continue;
      }
      int given = (from == 0 ? info.leftKeys : info.rightKeys).get(i);
      int wanted = (to == 0 ? info.leftKeys : info.rightKeys).get(i);
      if (findsMost(join, from, given, to, wanted)
          || (wholeTable && !isKnown(join.getInput(to), wanted))) {
        continue;
      }
      SourceKeys keys =
          new SourceKeys(
              inputs.get(from).getRowType().getFieldList().get(given).getType(),
              rows,
              isKnown(join.getInput(to), wanted)
                  ? RowEstimates.values(
                      join.getInput(to), wanted, join.getCluster().getMetadataQuery())
                  : Double.MAX_VALUE);
      Optional<Narrowed> narrowed = narrowed(inputs.get(to), wanted, keys);
      if (narrowed.isPresent()) {
        inputs.set(to, narrowed.get().plan());
        inputs.set(from, new KeyGiver(inputs.get(from), keys, given, narrowed.get().source()));
      }
    }
    return inputs.equals(join.getInputs()) ? join : join.copy(join.getTraitSet(), inputs);
  }

  /** Whether it is known, and not a guess, how many values are there to be looked for. */
  private static boolean isKnown(RelNode plan, int column) {
    return plan.getCluster()
            .getMetadataQuery()
            .getDistinctRowCount(plan, ImmutableBitSet.of(column), null)
        != null;
  }

  /** Whether the keys are most of the values that are there to be looked for. */
  private static boolean findsMost(
      EnumerableHashJoin join, int from, int given, int to, int wanted) {
    RelMetadataQuery metadata = join.getCluster().getMetadataQuery();
    double keys = RowEstimates.values(join.getInput(from), given, metadata);
    double values = RowEstimates.values(join.getInput(to), wanted, metadata);
    return values >= FEW_ROWS && keys > values * MOST;
  }

  /** A plan in which a source gives the rows with certain keys alone. */
  private record Narrowed(RelNode plan, String source) {}

  private static Optional<Narrowed> narrowed(RelNode plan, int column, SourceKeys keys) {
    if (plan instanceof SourceQuery query) {
      return query
          .among(column, keys)
          .map(narrow -> new Narrowed(narrow, query.select().source.name()));
    } else if (plan instanceof EnumerableCalc calc) {
      int below = origin(calc.getProgram(), column);
      return below < 0 ? Optional.empty() : under(plan, 0, below, keys);
    } else if (plan instanceof EnumerableHashJoin join) {
      int left = join.getLeft().getRowType().getFieldCount();
      return column < left
          ? join.getJoinType().generatesNullsOnLeft()
              ? Optional.empty()
              : under(plan, 0, column, keys)
          : join.getJoinType().generatesNullsOnRight()
              ? Optional.empty()
              : under(plan, 1, column - left, keys);
    } else if (plan instanceof EnumerableAggregate aggregate
        && aggregate.getGroupType() == Aggregate.Group.SIMPLE
        && column < aggregate.getGroupCount()) {
      return under(plan, 0, aggregate.getGroupSet().nth(column), keys);
    } else if (plan instanceof KeyGiver) {
      return under(plan, 0, column, keys);
    }
    return Optional.empty();
  }

  private static Optional<Narrowed> under(RelNode plan, int input, int column, SourceKeys keys) {
    return narrowed(plan.getInput(input), column, keys)
        .map(
            narrow -> {
              List<RelNode> inputs = new ArrayList<>(plan.getInputs());
              inputs.set(input, narrow.plan());
              return new Narrowed(plan.copy(plan.getTraitSet(), inputs), narrow.source());
            });
  }

  /**
   * The input's column that an output column is, or -1; a key or a wider integer is the same
   * number.
   */
  private static int origin(RexProgram program, int column) {
    RexNode value = program.expandLocalRef(program.getProjectList().get(column));
    while (value instanceof RexCall call
        && (DecimalKeys.isKey(call.getOperator())
            || (call.getKind() == SqlKind.CAST
                && isInteger(call)
                && isInteger(call.getOperands().get(0))))) {
      value = call.getOperands().get(0);
    }
    return value instanceof RexInputRef ref ? ref.getIndex() : -1;
  }

  private static boolean isInteger(RexNode value) {
    return SqlTypeName.INT_TYPES.contains(value.getType().getSqlTypeName());
  }
}
