package io.sally.engine.planner;

import com.google.common.collect.ImmutableList;
import io.sally.engine.SqlErrors;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexWindowBounds;
import org.apache.calcite.rex.RexWindowExclusion;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.fun.SqlBasicAggFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * Computes PERCENTILE_CONT, PERCENTILE_DISC, MEDIAN and CORR, for which Calcite generates no code,
 * from numbers of rows, counts and means over the group of a row, as ISO 9075-2, 10.9 defines them.
 * What they are made of is computed by a source where the source has it.
 */
final class StatisticalAggregates extends RelHomogeneousShuttle {
  private static final String DESCENDING = "_DESCENDING";

  /** The share and the value. Of an exact number a mean, as AVG is; of any other a DOUBLE. */
  private static final SqlAggFunction CONTINUOUS = continuous("PERCENTILE_CONT");

  private static final SqlAggFunction CONTINUOUS_DOWN = continuous("PERCENTILE_CONT" + DESCENDING);

  /** The share and the value, which is of whatever type that has an order. */
  private static final SqlAggFunction DISCRETE = discrete("PERCENTILE_DISC");

  private static final SqlAggFunction DISCRETE_DOWN = discrete("PERCENTILE_DISC" + DESCENDING);

  static final SqlAggFunction MEDIAN =
      SqlBasicAggFunction.create(
              "MEDIAN",
              SqlKind.OTHER_FUNCTION,
              call -> mean(call, call.getOperandType(0)),
              OperandTypes.NUMERIC)
          .withAllowsFraming(false);

  static final SqlAggFunction CORR =
      SqlBasicAggFunction.create(
              "CORR",
              SqlKind.OTHER_FUNCTION,
              ReturnTypes.DOUBLE.andThen(SqlTypeTransforms.FORCE_NULLABLE),
              OperandTypes.NUMERIC_NUMERIC)
          .withAllowsFraming(false);

  /** All of them. */
  static final Set<SqlAggFunction> ALL =
      Set.of(CONTINUOUS, CONTINUOUS_DOWN, DISCRETE, DISCRETE_DOWN, MEDIAN, CORR);

  private final RexBuilder rexBuilder;
  private final Expressions expressions = new Expressions();

  private StatisticalAggregates(RexBuilder rexBuilder) {
    this.rexBuilder = rexBuilder;
  }

  private static RelDataType mean(SqlOperatorBinding call, RelDataType of) {
    RelDataTypeFactory types = call.getTypeFactory();
    RelDataType mean =
        SqlTypeUtil.isExactNumeric(of)
            ? types.getTypeSystem().deriveAvgAggType(types, of)
            : types.createSqlType(SqlTypeName.DOUBLE);
    return types.createTypeWithNullability(mean, true);
  }

  private static SqlAggFunction continuous(String name) {
    return SqlBasicAggFunction.create(
            name,
            SqlKind.OTHER_FUNCTION,
            call -> mean(call, call.getOperandType(1)),
            OperandTypes.NUMERIC_NUMERIC)
        .withAllowsFraming(false);
  }

  private static SqlAggFunction discrete(String name) {
    return SqlBasicAggFunction.create(
            name,
            SqlKind.OTHER_FUNCTION,
            ReturnTypes.ARG1.andThen(SqlTypeTransforms.FORCE_NULLABLE),
            OperandTypes.family(SqlTypeFamily.NUMERIC, SqlTypeFamily.ANY))
        .withAllowsFraming(false);
  }

  /**
   * Has these functions take the place of those that the parser knows: {@code PERCENTILE_DISC(0.5)
   * WITHIN GROUP (ORDER BY day)}. Calcite's own order numbers alone, and have no digits between two
   * integers. What is not of this form is left for the validator to refuse.
   */
  static SqlNode takingOver(SqlNode query) {
    return Objects.requireNonNull(
        query.accept(
            new SqlShuttle() {
              @Override
              public @Nullable SqlNode visit(SqlCall call) {
                SqlNode visited = super.visit(call);
                return visited instanceof SqlCall done && done.getKind() == SqlKind.WITHIN_GROUP
                    ? percentile(done)
                    : visited;
              }
            }));
  }

  private static SqlNode percentile(SqlCall within) {
    SqlCall function = within.operand(0);
    SqlNodeList order = within.operand(1);
    boolean continuous = function.getOperator().equals(SqlStdOperatorTable.PERCENTILE_CONT);
    boolean discrete = function.getOperator().equals(SqlStdOperatorTable.PERCENTILE_DISC);
    if (!(continuous || discrete)
        || order.size() != 1
        || !(function.operand(0) instanceof SqlNumericLiteral share)
        || share.bigDecimalValue() == null
        || share.getValueAs(BigDecimal.class).signum() < 0
        || share.getValueAs(BigDecimal.class).compareTo(BigDecimal.ONE) > 0) {
      return within;
    }
    boolean down = false;
    SqlNode value = order.get(0);
    while (value instanceof SqlCall item
        && Set.of(SqlKind.DESCENDING, SqlKind.NULLS_FIRST, SqlKind.NULLS_LAST)
            .contains(item.getKind())) {
      down |= item.getKind() == SqlKind.DESCENDING;
      value = item.operand(0);
    }
    SqlAggFunction own =
        continuous ? (down ? CONTINUOUS_DOWN : CONTINUOUS) : (down ? DISCRETE_DOWN : DISCRETE);
    return own.createCall(within.getParserPosition(), share, value);
  }

  /** The logical plan, its sub-queries included, without such functions. */
  static RelNode in(RelNode plan) {
    return plan.accept(new StatisticalAggregates(plan.getCluster().getRexBuilder()));
  }

  @Override
  public RelNode visit(RelNode other) {
    RelNode visited = visitChildren(other).accept(expressions);
    return visited instanceof Aggregate aggregate
            && aggregate.getAggCallList().stream().anyMatch(StatisticalAggregates::isOne)
        ? new Expansion(aggregate).result()
        : visited;
  }

  private static boolean isOne(AggregateCall call) {
    return ALL.contains(call.getAggregation());
  }

  private final class Expressions extends RexShuttle {
    @Override
    public RexNode visitSubQuery(RexSubQuery subQuery) {
      RexSubQuery visited = (RexSubQuery) super.visitSubQuery(subQuery);
      return visited.clone(visited.rel.accept(StatisticalAggregates.this));
    }
  }

  /** One aggregate, with what its functions are made of in projects below it and one above it. */
  private final class Expansion {
    private final Aggregate aggregate;
    private final List<AggregateCall> calls = new ArrayList<>();
    private final List<RexNode> results = new ArrayList<>();
    private final List<Runnable> above = new ArrayList<>();
    private RelNode input;
    private @Nullable RelNode top;

    Expansion(Aggregate aggregate) {
      this.aggregate = aggregate;
      this.input = aggregate.getInput();
    }

    RelNode result() {
      if (aggregate.getGroupType() != Aggregate.Group.SIMPLE) {
        throw refusal("with ROLLUP, CUBE or GROUPING SETS. Write a query for each and join them.");
      }
      // Whatever stands above is made when all that is aggregated is known.
      for (AggregateCall call : aggregate.getAggCallList()) {
        if (!isOne(call)) {
          int place = add(call);
          above.add(() -> results.add(aggregated(place)));
        } else if (call.isDistinct() || call.distinctKeys != null) {
          throw refusal("of DISTINCT values. Write SELECT DISTINCT in a sub-query.");
        } else if (call.getAggregation().equals(CORR)) {
          correlation(call);
        } else {
          percentile(call);
        }
      }
      RelNode grouped =
          LogicalAggregate.create(
              input, aggregate.getHints(), aggregate.getGroupSet(), null, List.copyOf(calls));
      top = grouped;
      for (int i = 0; i < aggregate.getGroupCount(); i++) {
        results.add(rexBuilder.makeInputRef(grouped, i));
      }
      above.forEach(Runnable::run);
      List<RexNode> typed = new ArrayList<>();
      for (int i = 0; i < results.size(); i++) {
        RelDataType type = aggregate.getRowType().getFieldList().get(i).getType();
        RexNode value = results.get(i);
        typed.add(
            value.getType().equals(type) ? value : rexBuilder.makeAbstractCast(type, value, false));
      }
      return LogicalProject.create(
          grouped, List.of(), typed, aggregate.getRowType().getFieldNames(), Set.of());
    }

    private RexNode aggregated(int place) {
      return rexBuilder.makeInputRef(
          Objects.requireNonNull(top), aggregate.getGroupCount() + place);
    }

    private Refusal refusal(String rest) {
      return new Refusal(
          SqlErrors.notSupported(
              "Sally cannot compute PERCENTILE_CONT, PERCENTILE_DISC, MEDIAN or CORR " + rest));
    }

    // Percentiles

    private void percentile(AggregateCall call) {
      SqlAggFunction function = call.getAggregation();
      boolean median = function.equals(MEDIAN);
      boolean discrete = function.equals(DISCRETE) || function.equals(DISCRETE_DOWN);
      List<Integer> arguments = call.getArgList();
      RexNode share =
          median ? rexBuilder.makeExactLiteral(new BigDecimal("0.5")) : field(arguments.get(0));
      int value = extend(filtered(field(arguments.get(arguments.size() - 1)), call.filterArg));
      int row = extend(numberOf(field(value), function.getName().endsWith(DESCENDING)));
      int count = extend(over(SqlStdOperatorTable.COUNT, List.of(field(value))));
      if (discrete) {
        RexNode wanted =
            whole(
                SqlStdOperatorTable.CEIL, call(SqlStdOperatorTable.MULTIPLY, share, field(count)));
        RexNode first = call(SqlStdOperatorTable.EQUALS, field(row), literal(1));
        RexNode isWanted =
            call(
                SqlStdOperatorTable.OR,
                call(SqlStdOperatorTable.EQUALS, field(row), wanted),
                call(
                    SqlStdOperatorTable.AND,
                    first,
                    call(SqlStdOperatorTable.EQUALS, wanted, literal(0))));
        int place = least(value, extend(isTrue(isWanted)));
        above.add(() -> results.add(aggregated(place)));
        return;
      }
      RexNode position =
          call(
              SqlStdOperatorTable.MULTIPLY,
              share,
              call(SqlStdOperatorTable.MINUS, field(count), literal(1)));
      int before = extend(position);
      int below = extend(whole(SqlStdOperatorTable.FLOOR, field(before)));
      int rest = extend(call(SqlStdOperatorTable.MINUS, field(before), field(below)));
      RexNode one = literal(1);
      int low =
          least(
              value,
              extend(
                  isTrue(
                      call(
                          SqlStdOperatorTable.EQUALS,
                          field(row),
                          call(SqlStdOperatorTable.PLUS, field(below), one)))));
      int high =
          least(
              value,
              extend(
                  isTrue(
                      call(
                          SqlStdOperatorTable.EQUALS,
                          field(row),
                          call(
                              SqlStdOperatorTable.PLUS,
                              whole(SqlStdOperatorTable.CEIL, field(before)),
                              one)))));
      int part = add(call(SqlStdOperatorTable.MIN, rest, -1));
      RelDataType type = call.getType();
      above.add(
          () -> {
            RexNode from = rexBuilder.makeCast(type, aggregated(low));
            RexNode to = rexBuilder.makeCast(type, aggregated(high));
            RexNode between =
                call(
                    SqlStdOperatorTable.PLUS,
                    from,
                    call(
                        SqlStdOperatorTable.MULTIPLY,
                        call(SqlStdOperatorTable.MINUS, to, from),
                        aggregated(part)));
            // Two values that are equal need none between them, also where they are infinite.
            results.add(
                call(
                    SqlStdOperatorTable.CASE,
                    call(SqlStdOperatorTable.EQUALS, from, to),
                    from,
                    rexBuilder.makeCast(type, between)));
          });
    }

    // Correlation

    private void correlation(AggregateCall call) {
      RexNode both =
          call(
              SqlStdOperatorTable.AND,
              call(SqlStdOperatorTable.IS_NOT_NULL, field(call.getArgList().get(0))),
              call(SqlStdOperatorTable.IS_NOT_NULL, field(call.getArgList().get(1))));
      int pair = extend(both);
      List<Integer> deviations = new ArrayList<>();
      List<Integer> least = new ArrayList<>();
      List<Integer> most = new ArrayList<>();
      for (int argument : call.getArgList()) {
        RexNode paired = orNull(field(pair), filtered(field(argument), call.filterArg));
        int value = extend(rexBuilder.makeCast(nullableDouble(), paired));
        int sum = extend(over(SqlStdOperatorTable.SUM, List.of(field(value))));
        int count = extend(over(SqlStdOperatorTable.COUNT, List.of(field(value))));
        int mean =
            extend(
                call(
                    SqlStdOperatorTable.DIVIDE,
                    field(sum),
                    rexBuilder.makeCast(nullableDouble(), field(count))));
        deviations.add(extend(call(SqlStdOperatorTable.MINUS, field(value), field(mean))));
        least.add(add(call(SqlStdOperatorTable.MIN, value, -1)));
        most.add(add(call(SqlStdOperatorTable.MAX, value, -1)));
      }
      int xx = sumOfProducts(deviations.get(0), deviations.get(0));
      int yy = sumOfProducts(deviations.get(1), deviations.get(1));
      int xy = sumOfProducts(deviations.get(0), deviations.get(1));
      above.add(
          () -> {
            RexNode constant =
                call(
                    SqlStdOperatorTable.OR,
                    call(
                        SqlStdOperatorTable.EQUALS,
                        aggregated(least.get(0)),
                        aggregated(most.get(0))),
                    call(
                        SqlStdOperatorTable.EQUALS,
                        aggregated(least.get(1)),
                        aggregated(most.get(1))));
            RexNode spread =
                root(call(SqlStdOperatorTable.MULTIPLY, aggregated(xx), aggregated(yy)));
            results.add(
                call(
                    SqlStdOperatorTable.CASE,
                    constant,
                    rexBuilder.makeNullLiteral(nullableDouble()),
                    call(SqlStdOperatorTable.DIVIDE, aggregated(xy), spread)));
          });
    }

    private RexNode root(RexNode value) {
      return call(
          SqlStdOperatorTable.POWER, value, rexBuilder.makeApproxLiteral(new BigDecimal("0.5")));
    }

    private int sumOfProducts(int one, int other) {
      int product = extend(call(SqlStdOperatorTable.MULTIPLY, field(one), field(other)));
      return add(call(SqlStdOperatorTable.SUM, product, -1));
    }

    // What they are made of

    private RexNode field(int index) {
      return rexBuilder.makeInputRef(input, index);
    }

    /** A further column below the aggregate; its place. */
    private int extend(RexNode column) {
      int width = input.getRowType().getFieldCount();
      List<RexNode> columns = new ArrayList<>();
      List<String> names = new ArrayList<>(input.getRowType().getFieldNames());
      for (int i = 0; i < width; i++) {
        columns.add(field(i));
      }
      if (column instanceof RexInputRef known) {
        return known.getIndex();
      }
      columns.add(column);
      names.add("$s" + width);
      input = LogicalProject.create(input, List.of(), columns, names, Set.of());
      return width;
    }

    private int add(AggregateCall call) {
      calls.add(call);
      return calls.size() - 1;
    }

    private AggregateCall call(SqlAggFunction function, int argument, int filter) {
      return AggregateCall.create(
          SqlParserPos.ZERO,
          function,
          false,
          false,
          false,
          List.of(),
          List.of(argument),
          filter,
          null,
          RelCollations.EMPTY,
          aggregate.getGroupCount() == 0,
          input,
          null,
          null);
    }

    /** The one value where the condition holds. */
    private int least(int value, int condition) {
      return add(call(SqlStdOperatorTable.MIN, value, condition));
    }

    private RexNode filtered(RexNode value, int filter) {
      return filter < 0 ? value : orNull(field(filter), value);
    }

    private RexNode orNull(RexNode condition, RexNode value) {
      RelDataType type =
          rexBuilder.getTypeFactory().createTypeWithNullability(value.getType(), true);
      return rexBuilder.makeCall(
          type,
          SqlStdOperatorTable.CASE,
          List.of(condition, rexBuilder.makeCast(type, value), rexBuilder.makeNullLiteral(type)));
    }

    private RexNode numberOf(RexNode value, boolean descending) {
      Set<SqlKind> direction =
          descending ? Set.of(SqlKind.DESCENDING, SqlKind.NULLS_LAST) : Set.of(SqlKind.NULLS_LAST);
      return window(
          SqlStdOperatorTable.ROW_NUMBER,
          rexBuilder.getTypeFactory().createSqlType(SqlTypeName.BIGINT),
          List.of(),
          ImmutableList.of(new RexFieldCollation(value, direction)));
    }

    private RexNode over(SqlAggFunction function, List<RexNode> operands) {
      RelDataType type =
          function.equals(SqlStdOperatorTable.COUNT)
              ? rexBuilder.getTypeFactory().createSqlType(SqlTypeName.BIGINT)
              : nullableDouble();
      return window(function, type, operands, ImmutableList.of());
    }

    private RexNode window(
        SqlAggFunction function,
        RelDataType type,
        List<RexNode> operands,
        ImmutableList<RexFieldCollation> order) {
      List<RexNode> partition = new ArrayList<>();
      for (int key : aggregate.getGroupSet()) {
        partition.add(field(key));
      }
      return rexBuilder.makeOver(
          type,
          function,
          operands,
          partition,
          order,
          RexWindowBounds.UNBOUNDED_PRECEDING,
          order.isEmpty() ? RexWindowBounds.UNBOUNDED_FOLLOWING : RexWindowBounds.CURRENT_ROW,
          RexWindowExclusion.EXCLUDE_NO_OTHER,
          true,
          true,
          false,
          false,
          false);
    }

    private RexNode whole(SqlOperator rounding, RexNode value) {
      return rexBuilder.makeCast(
          rexBuilder
              .getTypeFactory()
              .createTypeWithNullability(
                  rexBuilder.getTypeFactory().createSqlType(SqlTypeName.BIGINT),
                  value.getType().isNullable()),
          call(rounding, value));
    }

    private RexNode isTrue(RexNode condition) {
      return call(SqlStdOperatorTable.IS_TRUE, condition);
    }

    private RexNode call(SqlOperator operator, RexNode... operands) {
      return rexBuilder.makeCall(operator, List.of(operands));
    }

    private RexNode literal(long value) {
      return rexBuilder.makeExactLiteral(BigDecimal.valueOf(value));
    }

    private RelDataType nullableDouble() {
      return rexBuilder
          .getTypeFactory()
          .createTypeWithNullability(
              rexBuilder.getTypeFactory().createSqlType(SqlTypeName.DOUBLE), true);
    }
  }
}
