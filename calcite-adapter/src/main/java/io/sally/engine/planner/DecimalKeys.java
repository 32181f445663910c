package io.sally.engine.planner;

import io.sally.engine.catalog.ColumnType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalWindow;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * Has equal decimals be one key of a join, a group, a set or a partition. Generated code looks keys
 * up by {@link BigDecimal#equals}, for which 1.0 and 1.00 are two numbers: so a key is written in
 * one way. Immutable; thread-safe.
 */
public final class DecimalKeys {
  private static final SqlOperator KEY = ExactFunctions.computation(DecimalKeys.class, "key");

  private final RexBuilder rexBuilder;

  private DecimalKeys(RexBuilder rexBuilder) {
    this.rexBuilder = rexBuilder;
  }

  /**
   * Called by generated code.
   *
   * @param scale how many digits of the fraction to write where no more are needed
   * @return the same number, in the one way in which it is written at that scale
   */
  public static @Nullable BigDecimal key(@Nullable Number number, int scale) {
    if (number == null) {
      return null;
    }
    BigDecimal decimal =
        number instanceof BigDecimal exact ? exact : new BigDecimal(number.toString());
    if (decimal.scale() == scale) {
      return decimal;
    }
    BigDecimal stripped = decimal.stripTrailingZeros();
    return stripped.scale() < scale ? stripped.setScale(scale) : stripped;
  }

  /** Whether an operator makes a key, which is the number that it is made of. */
  static boolean isKey(SqlOperator operator) {
    return operator.equals(KEY);
  }

  /** The logical plan, without sub-queries and with its windows apart from its projections. */
  static RelNode in(RelNode plan) {
    DecimalKeys keys = new DecimalKeys(plan.getCluster().getRexBuilder());
    return plan.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(RelNode other) {
            RelNode visited = super.visit(other);
            if (visited instanceof Join join) {
              return keys.join(join);
            } else if (visited instanceof Aggregate aggregate) {
              return keys.aggregate(aggregate);
            } else if (visited instanceof SetOp operation && !operation.all) {
              return keys.set(operation);
            }
            return visited instanceof LogicalWindow window ? keys.window(window) : visited;
          }
        });
  }

  private RelNode join(Join join) {
    Beside left = new Beside(join.getLeft());
    Beside right = new Beside(join.getRight());
    int columns = join.getLeft().getRowType().getFieldCount();
    List<RexNode> conditions = RelOptUtil.conjunctions(join.getCondition());
    // Places in the left input, or in the right one counted on from it, by condition.
    List<List<Integer>> compared = new ArrayList<>();
    for (RexNode condition : conditions) {
      compared.add(
          condition instanceof RexCall call && comparesDecimals(call, columns)
              ? call.getOperands().stream()
                  .map(operand -> ((RexInputRef) operand).getIndex())
                  .map(i -> i < columns ? left.key(i) : -1 - right.key(i - columns))
                  .toList()
              : List.of());
    }
    if (left.isEmpty() && right.isEmpty()) {
      return join;
    }
    RelNode wideLeft = left.wide();
    RelNode wideRight = right.wide();
    int added = wideLeft.getRowType().getFieldCount() - columns;
    RexShuttle moved = moved(columns, added);
    List<RexNode> wideConditions = new ArrayList<>();
    for (int i = 0; i < conditions.size(); i++) {
      if (compared.get(i).isEmpty()) {
        wideConditions.add(conditions.get(i).accept(moved));
        continue;
      }
      List<RexNode> operands = new ArrayList<>();
      for (Integer place : compared.get(i)) {
        operands.add(
            place >= 0
                ? rexBuilder.makeInputRef(wideLeft, place)
                : new RexInputRef(
                    columns + added - 1 - place,
                    wideRight.getRowType().getFieldList().get(-1 - place).getType()));
      }
      wideConditions.add(
          rexBuilder.makeCall(((RexCall) conditions.get(i)).getOperator(), operands));
    }
    RelNode wide =
        join.copy(
            join.getTraitSet(),
            RexUtil.composeConjunction(rexBuilder, wideConditions),
            wideLeft,
            wideRight,
            join.getJoinType(),
            join.isSemiJoinDone());
    List<RexNode> fields = new ArrayList<>();
    for (int i = 0; i < join.getRowType().getFieldCount(); i++) {
      fields.add(rexBuilder.makeInputRef(wide, i < columns ? i : i + added));
    }
    return project(wide, fields, join.getRowType().getFieldNames());
  }

  /** Whether one column of each side is compared, and one of the two is a decimal. */
  private static boolean comparesDecimals(RexCall call, int columns) {
    return (call.getKind() == SqlKind.EQUALS || call.getKind() == SqlKind.IS_NOT_DISTINCT_FROM)
        && call.getOperands().get(0) instanceof RexInputRef one
        && call.getOperands().get(1) instanceof RexInputRef other
        && (one.getIndex() < columns) != (other.getIndex() < columns)
        && (isDecimal(one.getType()) || isDecimal(other.getType()));
  }

  private RelNode aggregate(Aggregate aggregate) {
    Set<Integer> keys = new HashSet<>(aggregate.getGroupSet().asList());
    for (AggregateCall call : aggregate.getAggCallList()) {
      if (call.isDistinct() || call.distinctKeys != null) {
        keys.addAll(call.getArgList());
      }
    }
    RelNode input = withKeys(aggregate.getInput(), keys, aggregate.getInput().getRowType());
    return input == aggregate.getInput()
        ? aggregate
        : aggregate.copy(aggregate.getTraitSet(), List.of(input));
  }

  private RelNode set(SetOp operation) {
    List<RelNode> inputs = new ArrayList<>();
    for (RelNode input : operation.getInputs()) {
      inputs.add(
          withKeys(
              input,
              new HashSet<>(ImmutableBitSet.range(input.getRowType().getFieldCount()).asList()),
              operation.getRowType()));
    }
    return inputs.equals(operation.getInputs())
        ? operation
        : operation.copy(operation.getTraitSet(), inputs);
  }

  /** The input with keys in the place of these columns, as they are shown in a result. */
  private RelNode withKeys(RelNode input, Set<Integer> columns, RelDataType result) {
    List<RexNode> fields = new ArrayList<>(rexBuilder.identityProjects(input.getRowType()));
    boolean concerned = false;
    for (int column : columns) {
      if (isDecimal(fields.get(column).getType())) {
        RelDataType type = result.getFieldList().get(column).getType();
        fields.set(
            column, key(fields.get(column), isOpen(type) ? 0 : Math.max(0, type.getScale())));
        concerned = true;
      }
    }
    return concerned ? project(input, fields, input.getRowType().getFieldNames()) : input;
  }

  private RelNode window(LogicalWindow window) {
    Beside beside = new Beside(window.getInput());
    for (Window.Group group : window.groups) {
      group.keys.forEachInt(beside::key);
    }
    if (beside.isEmpty()) {
      return window;
    }
    RelNode wide = beside.wide();
    int columns = window.getInput().getRowType().getFieldCount();
    int added = wide.getRowType().getFieldCount() - columns;
    RexShuttle moved = moved(columns, added);
    RelDataTypeFactory.Builder type = rexBuilder.getTypeFactory().builder();
    type.addAll(wide.getRowType().getFieldList());
    type.addAll(
        window.getRowType().getFieldList().subList(columns, window.getRowType().getFieldCount()));
    RelDataType wideType = type.uniquify().build();
    List<Window.Group> groups = new ArrayList<>();
    for (Window.Group group : window.groups) {
      List<Window.RexWinAggCall> calls = new ArrayList<>();
      for (Window.RexWinAggCall call : group.aggCalls) {
        calls.add(
            new Window.RexWinAggCall(
                call.getParserPosition(),
                (org.apache.calcite.sql.SqlAggFunction) call.getOperator(),
                call.getType(),
                moved.apply(call.getOperands()),
                call.ordinal,
                call.distinct,
                call.ignoreNulls));
      }
      groups.add(
          new Window.Group(
              ImmutableBitSet.of(group.keys.asList().stream().map(beside::key).toList()),
              group.isRows,
              group.lowerBound.accept(moved),
              group.upperBound.accept(moved),
              group.exclude,
              group.orderKeys,
              calls));
    }
    RelNode computed =
        LogicalWindow.create(
            window.getTraitSet(), window.getHints(), wide, window.constants, wideType, groups);
    List<RexNode> fields = new ArrayList<>();
    for (int i = 0; i < window.getRowType().getFieldCount(); i++) {
      fields.add(rexBuilder.makeInputRef(computed, i < columns ? i : i + added));
    }
    return project(computed, fields, window.getRowType().getFieldNames());
  }

  /** For columns behind which others were put. */
  private static RexShuttle moved(int columns, int added) {
    return new RexShuttle() {
      @Override
      public RexNode visitInputRef(RexInputRef ref) {
        return ref.getIndex() < columns
            ? ref
            : new RexInputRef(ref.getIndex() + added, ref.getType());
      }
    };
  }

  private RexNode key(RexNode decimal, int scale) {
    return rexBuilder.makeCall(
        decimal.getType(),
        KEY,
        List.of(decimal, rexBuilder.makeExactLiteral(BigDecimal.valueOf(scale))));
  }

  private static boolean isOpen(RelDataType type) {
    ColumnType open = ColumnType.openDecimal();
    return type.getPrecision() == open.precision() && type.getScale() == open.scale();
  }

  private static boolean isDecimal(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.DECIMAL;
  }

  private static RelNode project(RelNode input, List<RexNode> fields, List<String> names) {
    return LogicalProject.create(input, List.of(), fields, names, Set.of());
  }

  /** Keys that come beside the columns of an input. Confined to one node's rewriting. */
  private final class Beside {
    private final RelNode input;
    private final List<Integer> keys = new ArrayList<>();

    Beside(RelNode input) {
      this.input = input;
    }

    boolean isEmpty() {
      return keys.isEmpty();
    }

    /** Where the key of a column stands: the column itself, where it is no decimal. */
    int key(int column) {
      List<RelDataTypeField> fields = input.getRowType().getFieldList();
      if (!isDecimal(fields.get(column).getType())) {
        return column;
      }
      if (!keys.contains(column)) {
        keys.add(column);
      }
      return fields.size() + keys.indexOf(column);
    }

    RelNode wide() {
      if (keys.isEmpty()) {
        return input;
      }
      List<RexNode> fields = new ArrayList<>(rexBuilder.identityProjects(input.getRowType()));
      List<String> names = new ArrayList<>(input.getRowType().getFieldNames());
      for (int key : keys) {
        fields.add(DecimalKeys.this.key(fields.get(key), 0));
        names.add("$decimal" + names.size());
      }
      return project(input, fields, names);
    }
  }
}
