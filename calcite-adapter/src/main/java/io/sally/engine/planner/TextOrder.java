package io.sally.engine.planner;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalWindow;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Has texts sorted here in {@link CodePointOrder}: what generated code sorts by, or takes the least
 * or greatest of, is the text's sort key. So have floating-point numbers, in {@link NumberOrder}:
 * Calcite's own code fails on NaN, or passes it over. Comparisons are made exact by {@link
 * TextComparisons}. Immutable; thread-safe.
 */
final class TextOrder {
  private static final SqlOperator SORT_KEY =
      ExactFunctions.computation(CodePointOrder.class, "sortKey");
  private static final SqlOperator OF_SORT_KEY =
      ExactFunctions.computation(CodePointOrder.class, "ofSortKey");

  private static final SqlOperator NUMBER_KEY =
      ExactFunctions.computation(NumberOrder.class, "numberKey");
  private static final SqlOperator OF_NUMBER_KEY =
      ExactFunctions.computation(NumberOrder.class, "ofNumberKey");

  private static final Set<SqlOperator> KEYS =
      Set.of(SORT_KEY, OF_SORT_KEY, NUMBER_KEY, OF_NUMBER_KEY);

  private final RexBuilder rexBuilder;

  private TextOrder(RexBuilder rexBuilder) {
    this.rexBuilder = rexBuilder;
  }

  /** Whether an operator makes a sort key, or of a sort key its text: no one need see it. */
  static boolean isKey(SqlOperator operator) {
    return KEYS.contains(operator);
  }

  /** The logical plan, without sub-queries and with its windows apart from its projections. */
  static RelNode in(RelNode plan) {
    TextOrder order = new TextOrder(plan.getCluster().getRexBuilder());
    return plan.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(RelNode other) {
            RelNode visited = super.visit(other);
            return visited instanceof Sort sort
                ? order.sort(sort)
                : visited instanceof Aggregate aggregate
                    ? order.aggregate(aggregate)
                    : visited instanceof LogicalWindow window ? order.window(window) : visited;
          }
        });
  }

  /** The keys take the place of their values while the rows are sorted, so that no row is wider. */
  private RelNode sort(Sort sort) {
    RelNode input = sort.getInput();
    List<RexNode> keys = new ArrayList<>(rexBuilder.identityProjects(input.getRowType()));
    List<RexNode> values = new ArrayList<>(keys);
    boolean concerned = false;
    for (RelFieldCollation key : sort.getCollation().getFieldCollations()) {
      int field = key.getFieldIndex();
      RelDataType type = input.getRowType().getFieldList().get(field).getType();
      if (isText(type) || isApproximate(type)) {
        keys.set(field, key(rexBuilder.makeInputRef(input, field)));
        values.set(field, value(type, new RexInputRef(field, keyType(type))));
        concerned = true;
      }
    }
    if (!concerned) {
      return sort;
    }
    RelNode sorted =
        sort.copy(
            sort.getTraitSet(), List.of(project(input, keys, input.getRowType().getFieldNames())));
    return project(sorted, values, sort.getRowType().getFieldNames());
  }

  private RelNode aggregate(Aggregate aggregate) {
    Keys keys = new Keys(aggregate.getInput());
    int groups = aggregate.getGroupCount();
    List<RexNode> results = new ArrayList<>(rexBuilder.identityProjects(aggregate.getRowType()));
    List<AggregateCall> calls = new ArrayList<>();
    for (AggregateCall call : aggregate.getAggCallList()) {
      List<Integer> arguments = new ArrayList<>(call.getArgList());
      SqlKind kind = call.getAggregation().getKind();
      if ((kind == SqlKind.MIN || kind == SqlKind.MAX) && keys.concern(arguments.get(0))) {
        arguments.set(0, keys.comparable(arguments.get(0)));
        int result = groups + calls.size();
        RelDataType type = keyType(call.getType());
        results.set(result, value(call.getType(), new RexInputRef(result, type)));
        calls.add(
            AggregateCall.create(
                call.getParserPosition(),
                call.getAggregation(),
                call.isDistinct(),
                call.isApproximate(),
                call.ignoreNulls(),
                call.rexList,
                arguments,
                call.filterArg,
                call.distinctKeys,
                call.getCollation(),
                type,
                call.getName()));
        continue;
      } else if (kind == SqlKind.ARG_MIN || kind == SqlKind.ARG_MAX) {
        arguments.set(1, keys.comparable(arguments.get(1)));
      }
      calls.add(call.withArgList(arguments).withCollation(keys.of(call.getCollation())));
    }
    return keys.isEmpty()
        ? aggregate
        : project(
            aggregate.copy(
                aggregate.getTraitSet(),
                keys.beside(),
                aggregate.getGroupSet(),
                aggregate.getGroupSets(),
                calls),
            results,
            aggregate.getRowType().getFieldNames());
  }

  private RelNode window(LogicalWindow window) {
    Keys keys = new Keys(window.getInput());
    for (Window.Group group : window.groups) {
      orderKeys(group, keys);
      for (Window.RexWinAggCall call : group.aggCalls) {
        if (takesExtreme(call, keys)) {
          keys.comparable(argument(call));
        }
      }
    }
    if (keys.isEmpty()) {
      return window;
    }
    RelNode wide = keys.beside();
    int columns = window.getInput().getRowType().getFieldCount();
    int added = wide.getRowType().getFieldCount() - columns;
    RelDataType narrowType = window.getRowType();
    RelDataTypeFactory.Builder type = rexBuilder.getTypeFactory().builder();
    type.addAll(wide.getRowType().getFieldList());
    int place = columns;
    for (Window.Group group : window.groups) {
      for (Window.RexWinAggCall call : group.aggCalls) {
        RelDataTypeField field = narrowType.getFieldList().get(place++);
        type.add(
            field.getName(), takesExtreme(call, keys) ? keyType(field.getType()) : field.getType());
      }
    }
    RelDataType wideType = type.uniquify().build();

    // Behind the columns stand the constants of the window, which move with the keys.
    RexShuttle moved =
        new RexShuttle() {
          @Override
          public RexNode visitInputRef(RexInputRef ref) {
            return ref.getIndex() < columns
                ? ref
                : new RexInputRef(ref.getIndex() + added, ref.getType());
          }
        };
    List<RexNode> results = new ArrayList<>();
    for (int i = 0; i < narrowType.getFieldCount(); i++) {
      int from = i < columns ? i : i + added;
      results.add(new RexInputRef(from, wideType.getFieldList().get(from).getType()));
    }
    List<Window.Group> groups = new ArrayList<>();
    int result = columns;
    for (Window.Group group : window.groups) {
      List<Window.RexWinAggCall> calls = new ArrayList<>();
      for (Window.RexWinAggCall call : group.aggCalls) {
        List<RexNode> operands = moved.apply(call.getOperands());
        if (takesExtreme(call, keys)) {
          operands = List.of(rexBuilder.makeInputRef(wide, keys.comparable(argument(call))));
          results.set(
              result, value(narrowType.getFieldList().get(result).getType(), results.get(result)));
        }
        calls.add(
            new Window.RexWinAggCall(
                call.getParserPosition(),
                (SqlAggFunction) call.getOperator(),
                takesExtreme(call, keys) ? keyType(call.getType()) : call.getType(),
                operands,
                call.ordinal,
                call.distinct,
                call.ignoreNulls));
        result++;
      }
      groups.add(
          new Window.Group(
              group.keys,
              group.isRows,
              group.lowerBound.accept(moved),
              group.upperBound.accept(moved),
              group.exclude,
              orderKeys(group, keys),
              calls));
    }
    RelNode sorted =
        LogicalWindow.create(
            window.getTraitSet(), window.getHints(), wide, window.constants, wideType, groups);
    return project(sorted, results, narrowType.getFieldNames());
  }

  /** From a number the reach of a RANGE is measured, so that it stays what it is. */
  private static RelCollation orderKeys(Window.Group group, Keys keys) {
    boolean measured =
        !group.isRows
            && (group.lowerBound.getOffset() != null || group.upperBound.getOffset() != null);
    return measured ? group.orderKeys : keys.of(group.orderKeys);
  }

  private static boolean takesExtreme(Window.RexWinAggCall call, Keys keys) {
    return (call.getKind() == SqlKind.MIN || call.getKind() == SqlKind.MAX)
        && keys.concern(argument(call));
  }

  private static int argument(Window.RexWinAggCall call) {
    return ((RexInputRef) call.getOperands().get(0)).getIndex();
  }

  private RexNode key(RexNode value) {
    return rexBuilder.makeCall(
        keyType(value.getType()), isText(value.getType()) ? SORT_KEY : NUMBER_KEY, List.of(value));
  }

  /** The value of that type that has this key. */
  private RexNode value(RelDataType type, RexNode key) {
    if (isText(type)) {
      return rexBuilder.makeCall(type, OF_SORT_KEY, List.of(key));
    }
    RelDataTypeFactory types = rexBuilder.getTypeFactory();
    RelDataType number =
        types.createTypeWithNullability(types.createSqlType(SqlTypeName.DOUBLE), type.isNullable());
    return rexBuilder.makeAbstractCast(
        type, rexBuilder.makeCall(number, OF_NUMBER_KEY, List.of(key)), false);
  }

  private RelDataType keyType(RelDataType type) {
    RelDataTypeFactory types = rexBuilder.getTypeFactory();
    return isText(type)
        ? type
        : types.createTypeWithNullability(
            types.createSqlType(SqlTypeName.BIGINT), type.isNullable());
  }

  private static RelNode project(RelNode input, List<RexNode> fields, List<String> names) {
    return LogicalProject.create(input, List.of(), fields, names, Set.of());
  }

  private static boolean isText(RelDataType type) {
    return SqlTypeName.CHAR_TYPES.contains(type.getSqlTypeName());
  }

  private static boolean isApproximate(RelDataType type) {
    return SqlTypeName.APPROX_TYPES.contains(type.getSqlTypeName());
  }

  /** The sort keys that come beside the columns of an input. Confined to one node's rewriting. */
  private final class Keys {
    private final RelNode input;
    private final List<RexNode> keys = new ArrayList<>();

    Keys(RelNode input) {
      this.input = input;
    }

    boolean isEmpty() {
      return keys.isEmpty();
    }

    /** Constants of a window, which stand behind the columns, are none. */
    boolean concern(int column) {
      return column < input.getRowType().getFieldCount()
          && (isText(type(column)) || isApproximate(type(column)));
    }

    private RelDataType type(int column) {
      return input.getRowType().getFieldList().get(column).getType();
    }

    /** Where something stands that Java compares as its column is to be compared. */
    int comparable(int column) {
      if (!concern(column)) {
        return column;
      }
      RexNode key = key(rexBuilder.makeInputRef(input, column));
      if (!keys.contains(key)) {
        keys.add(key);
      }
      return input.getRowType().getFieldCount() + keys.indexOf(key);
    }

    RelCollation of(RelCollation collation) {
      return RelCollations.of(
          collation.getFieldCollations().stream()
              .map(key -> key.withFieldIndex(comparable(key.getFieldIndex())))
              .toList());
    }

    /** The input with the keys asked for so far. */
    RelNode beside() {
      List<RexNode> fields = new ArrayList<>(rexBuilder.identityProjects(input.getRowType()));
      List<String> names = new ArrayList<>(input.getRowType().getFieldNames());
      for (RexNode key : keys) {
        fields.add(key);
        names.add("$key" + names.size());
      }
      return project(input, fields, names);
    }
  }
}
