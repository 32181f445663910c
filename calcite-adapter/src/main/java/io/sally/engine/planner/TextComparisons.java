package io.sally.engine.planner;

import java.math.BigDecimal;
import java.util.List;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexExecutor;
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
 * is the same; any other two texts are compared by a function. Immutable; thread-safe.
 */
final class TextComparisons extends RexShuttle {
  private static final SqlOperator COMPARE =
      ExactFunctions.computation(CodePointOrder.class, "compare");

  private final RexBuilder rexBuilder;

  private TextComparisons(RexBuilder rexBuilder) {
    this.rexBuilder = rexBuilder;
  }

  /** The plan that is about to run. */
  static RelNode in(RelNode plan) {
    TextComparisons comparisons = new TextComparisons(plan.getCluster().getRexBuilder());
    return plan.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(RelNode other) {
            return super.visit(other).accept(comparisons);
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
    RelDataTypeFactory types = rexBuilder.getTypeFactory();
    RelDataType type =
        types.createTypeWithNullability(
            types.createSqlType(SqlTypeName.INTEGER),
            texts.stream().anyMatch(text -> text.getType().isNullable()));
    return List.of(
        rexBuilder.makeCall(type, COMPARE, List.copyOf(texts)),
        rexBuilder.makeExactLiteral(BigDecimal.ZERO));
  }

  @Override
  public RexNode visitCall(RexCall call) {
    if (call.getKind() == SqlKind.SEARCH && misleads(call)) {
      return RexUtil.expandSearch(rexBuilder, null, call).accept(this);
    }
    RexCall visited = (RexCall) super.visitCall(call);
    List<RexNode> operands = visited.getOperands();
    return compares(visited.getKind(), operands) && operands.stream().noneMatch(this::decides)
        ? visited.clone(visited.getType(), operands(operands, rexBuilder))
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
