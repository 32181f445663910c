package io.sally.engine.planner;

import java.math.BigDecimal;
import java.util.List;
import org.apache.calcite.adapter.enumerable.EnumerableHashJoin;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexExecutor;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.NlsString;
import org.apache.calcite.util.Sarg;
import org.jspecify.annotations.Nullable;

/**
 * Has texts compared here in {@link CodePointOrder}. With a literal that is plain, Java's own order
 * is the same; any other two texts are compared by a function. So are floating-point numbers, in
 * {@link NumberOrder}, where NaN could tell the difference. Immutable; thread-safe.
 */
final class TextComparisons extends RexShuttle {
  private static final SqlOperator COMPARE =
      ExactFunctions.computation(CodePointOrder.class, "compare");

  private static final SqlOperator NUMBERS =
      ExactFunctions.computation(NumberOrder.class, "compareNumbers");

  private final RexBuilder rexBuilder;
  private final boolean besideKeys;

  private TextComparisons(RexBuilder rexBuilder) {
    this(rexBuilder, false);
  }

  /**
   * @param besideKeys whether columns that are to be equal stay as they are, since a hash join
   *     looks them up: there NaN equals itself too
   */
  private TextComparisons(RexBuilder rexBuilder, boolean besideKeys) {
    this.rexBuilder = rexBuilder;
    this.besideKeys = besideKeys;
  }

  /** The plan that is about to run. */
  static RelNode in(RelNode plan) {
    RexBuilder rexBuilder = plan.getCluster().getRexBuilder();
    TextComparisons comparisons = new TextComparisons(rexBuilder, false);
    TextComparisons besideKeys = new TextComparisons(rexBuilder, true);
    return plan.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(RelNode other) {
            RelNode visited = super.visit(other);
            return visited.accept(visited instanceof EnumerableHashJoin ? besideKeys : comparisons);
          }
        });
  }

  /** The expressions with the same done to them. */
  static List<RexNode> in(List<RexNode> expressions, RexBuilder rexBuilder) {
    return new TextComparisons(rexBuilder).apply(expressions);
  }

  /** The executor with the same done to the constants that it folds. */
  static RexExecutor in(RexExecutor executor) {
    return ConstantFolding.after(TextComparisons::new, executor);
  }

  /**
   * Whether this compares with a literal whose place among texts Calcite's simplification of
   * conditions, which joins ranges by Java's order, would take for another.
   */
  static boolean misleads(SqlKind kind, List<? extends RexNode> operands) {
    return compares(kind, operands) && operands.stream().anyMatch(o -> !isPlain(o));
  }

  /** The comparison by code point of two texts. */
  static List<RexNode> operands(List<? extends RexNode> texts, RexBuilder rexBuilder) {
    return operands(COMPARE, texts, rexBuilder);
  }

  private static List<RexNode> operands(
      SqlOperator comparison, List<? extends RexNode> texts, RexBuilder rexBuilder) {
    RelDataTypeFactory types = rexBuilder.getTypeFactory();
    RelDataType type =
        types.createTypeWithNullability(
            types.createSqlType(SqlTypeName.INTEGER),
            texts.stream().anyMatch(text -> text.getType().isNullable()));
    return List.of(
        rexBuilder.makeCall(type, comparison, List.copyOf(texts)),
        rexBuilder.makeExactLiteral(BigDecimal.ZERO));
  }

  @Override
  public RexNode visitCall(RexCall call) {
    if (call.getKind() == SqlKind.SEARCH
        && (misleads(call) || isApproximate(call.getOperands().get(0)))) {
      return RexUtil.expandSearch(rexBuilder, null, call).accept(this);
    }
    RexCall visited = (RexCall) super.visitCall(call);
    List<RexNode> operands = visited.getOperands();
    boolean key =
        besideKeys
            && visited.getKind() == SqlKind.EQUALS
            && operands.stream().allMatch(RexInputRef.class::isInstance);
    if (!key && comparesNumbers(visited.getKind(), operands)) {
      return visited.clone(visited.getType(), operands(NUMBERS, operands, rexBuilder));
    }
    return compares(visited.getKind(), operands) && operands.stream().noneMatch(this::decides)
        ? visited.clone(visited.getType(), operands(COMPARE, operands, rexBuilder))
        : visited;
  }

  /** A plain literal differs from any text at a unit that is below the surrogates, or ends. */
  private boolean decides(RexNode operand) {
    return operand instanceof RexLiteral && isPlain(operand);
  }

  private static boolean misleads(RexCall search) {
    RexNode sought = search.getOperands().get(1);
    if (!isText(search.getOperands().get(0))
        || !(sought instanceof RexLiteral literal)
        || !(literal.getValue() instanceof Sarg<?> ranges)) {
      return false;
    }
    return !ranges.isPoints()
        && !ranges.isComplementedPoints()
        && ranges.rangeSet.asRanges().stream()
            .anyMatch(
                range ->
                    (range.hasLowerBound() && !isPlain(range.lowerEndpoint()))
                        || (range.hasUpperBound() && !isPlain(range.upperEndpoint())));
  }

  /** Of a literal, which is never NaN, the lesser numbers are the same for Java. */
  private static boolean comparesNumbers(SqlKind kind, List<? extends RexNode> operands) {
    boolean literal = operands.size() == 2 && operands.get(1) instanceof RexLiteral;
    boolean concerned =
        switch (kind) {
          case EQUALS, NOT_EQUALS, LESS_THAN, LESS_THAN_OR_EQUAL -> !literal;
          case GREATER_THAN, GREATER_THAN_OR_EQUAL -> true;
          default -> false;
        };
    return concerned
        && operands.stream().anyMatch(TextComparisons::isApproximate)
        && operands.stream()
            .allMatch(o -> SqlTypeName.NUMERIC_TYPES.contains(o.getType().getSqlTypeName()));
  }

  private static boolean isApproximate(RexNode operand) {
    return SqlTypeName.APPROX_TYPES.contains(operand.getType().getSqlTypeName());
  }

  private static boolean compares(SqlKind kind, List<? extends RexNode> operands) {
    return switch (kind) {
      case LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL ->
          operands.size() == 2 && operands.stream().allMatch(TextComparisons::isText);
      default -> false;
    };
  }

  private static boolean isText(RexNode operand) {
    return SqlTypeName.CHAR_TYPES.contains(operand.getType().getSqlTypeName());
  }

  private static boolean isPlain(RexNode operand) {
    if (operand instanceof RexLiteral literal) {
      return isPlain((Object) literal.getValue());
    }
    return !operand.isA(SqlKind.CAST) || isPlain(((RexCall) operand).getOperands().get(0));
  }

  private static boolean isPlain(@Nullable Object value) {
    return !(value instanceof NlsString text) || CodePointOrder.isPlain(text.getValue());
  }
}
