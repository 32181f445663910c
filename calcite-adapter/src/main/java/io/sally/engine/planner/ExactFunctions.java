package io.sally.engine.planner;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.avatica.util.TimeUnitRange;
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
import org.apache.calcite.schema.impl.ScalarFunctionImpl;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlLikeOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlUserDefinedFunction;

/**
 * Puts {@link Computations} and {@link TextPatterns} in the place of those functions that Calcite's
 * generated code computes wrongly without a word: at the end of planning, so that a source that can
 * compute the function itself is given it as it was written. Immutable; thread-safe.
 */
final class ExactFunctions extends RexShuttle {
  private static final String COMPUTATION = "SALLY_";
  private static final SqlOperator ABSOLUTE = computation(Computations.class, "absolute");
  private static final SqlOperator ROUND = computation(Computations.class, "round");
  private static final SqlOperator TO_BIGINT = computation(Computations.class, "toBigint");
  private static final SqlOperator TO_DECIMAL = computation(Computations.class, "toDecimal");
  private static final SqlOperator TO_REAL = computation(Computations.class, "toReal");
  private static final SqlOperator DECIMAL_TEXT = computation(NumberTexts.class, "decimal");
  private static final SqlOperator DOUBLE_TEXT = computation(NumberTexts.class, "doublePrecision");
  private static final SqlOperator REAL_TEXT = computation(NumberTexts.class, "real");
  private static final SqlOperator TRUTH_TEXT = computation(NumberTexts.class, "truth");
  private static final SqlOperator DATE_PLUS_MONTHS =
      computation(Computations.class, "datePlusMonths");
  private static final SqlOperator DATE_PLUS_MILLIS =
      computation(Computations.class, "datePlusMillis");
  private static final SqlOperator FINITE_DAY = computation(Computations.class, "finiteDay");
  private static final Set<TimeUnitRange> PARTS_OF_DAY =
      EnumSet.of(
          TimeUnitRange.HOUR,
          TimeUnitRange.MINUTE,
          TimeUnitRange.SECOND,
          TimeUnitRange.MILLISECOND,
          TimeUnitRange.MICROSECOND,
          TimeUnitRange.NANOSECOND);

  private static final SqlOperator LIKE = computation(TextPatterns.class, "like");
  private static final SqlOperator ILIKE = computation(TextPatterns.class, "ilike");
  private static final SqlOperator SIMILAR = computation(TextPatterns.class, "similar");
  private static final SqlOperator CHAR_LENGTH = computation(CodePoints.class, "charLength");
  private static final SqlOperator SUBSTRING = computation(CodePoints.class, "substring");
  private static final SqlOperator REST = computation(CodePoints.class, "rest");
  private static final SqlOperator POSITION = computation(CodePoints.class, "position");
  private static final SqlOperator WHEN_REACHED = computation(Computations.class, "whenReached");

  private final RexBuilder rexBuilder;

  private ExactFunctions(RexBuilder rexBuilder) {
    this.rexBuilder = rexBuilder;
  }

  /** A static method, as an operator that generated code calls. */
  static SqlOperator computation(Class<?> holder, String method) {
    ScalarFunctionImpl function =
        (ScalarFunctionImpl)
            Objects.requireNonNull(ScalarFunctionImpl.create(holder, method), method);
    return new SqlUserDefinedFunction(
        new SqlIdentifier(COMPUTATION + method, SqlParserPos.ZERO),
        SqlKind.OTHER_FUNCTION,
        ReturnTypes.ARG0_NULLABLE,
        null,
        OperandTypes.operandMetadata(
            List.of(), typeFactory -> List.of(), i -> "arg" + i, i -> false),
        function);
  }

  /** Whether an operator is one that {@link #computation} made. */
  static boolean isComputation(SqlOperator operator) {
    return operator instanceof SqlUserDefinedFunction && operator.getName().startsWith(COMPUTATION);
  }

  /** The expressions with the same done to them. */
  static List<RexNode> in(List<RexNode> expressions, RexBuilder rexBuilder) {
    return new ExactFunctions(rexBuilder).apply(expressions);
  }

  /** The plan that is about to run. */
  static RelNode in(RelNode plan) {
    ExactFunctions functions = new ExactFunctions(plan.getCluster().getRexBuilder());
    return plan.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(RelNode other) {
            return super.visit(other).accept(functions);
          }
        });
  }

  /** The executor with the same done to the constants that it folds. */
  static RexExecutor in(RexExecutor executor) {
    return ConstantFolding.after(ExactFunctions::new, executor);
  }

  @Override
  public RexNode visitCall(RexCall call) {
    if (isDateToPartOfDay(call)) {
      return call.getOperands().get(0).accept(this);
    }
    RexCall visited = ofFiniteDays((RexCall) super.visitCall(call));
    List<RexNode> operands = visited.getOperands();
    return switch (visited.getKind()) {
      case CAST -> cast(visited, operands.get(0));
      case PLUS, MINUS -> datetime(visited);
      case LIKE, SIMILAR -> pattern(visited);
      default ->
          switch (visited.getOperator().getName()) {
            case "ABS" ->
                isInteger(visited.getType()) ? integer(visited, ABSOLUTE) : whenReached(visited);
            case "ROUND" ->
                isInteger(visited.getType()) && operands.size() == 2
                    ? integer(visited, ROUND)
                    : whenReached(visited);
            case "CHAR_LENGTH", "CHARACTER_LENGTH", "SUBSTRING", "POSITION" -> characters(visited);
            default -> whenReached(visited);
          };
    };
  }

  /** A date begins its first hour: Calcite takes its number for one of milliseconds. */
  private static boolean isDateToPartOfDay(RexCall call) {
    return (call.getKind() == SqlKind.FLOOR || call.getKind() == SqlKind.CEIL)
        && call.getOperands().size() == 2
        && call.getOperands().get(0).getType().getSqlTypeName() == SqlTypeName.DATE
        && call.getOperands().get(1) instanceof RexLiteral unit
        && unit.getValue() instanceof TimeUnitRange range
        && PARTS_OF_DAY.contains(range);
  }

  /** A date may be infinity, for which Calcite's functions give some other date. */
  private RexCall ofFiniteDays(RexCall call) {
    boolean asksForParts =
        switch (call.getKind()) {
          case EXTRACT, FLOOR, CEIL, MINUS, TIMESTAMP_DIFF, OTHER_FUNCTION ->
              call.getType().getSqlTypeName() != SqlTypeName.DATE
                  || call.getKind() != SqlKind.MINUS;
          case CAST -> SqlTypeName.CHAR_TYPES.contains(call.getType().getSqlTypeName());
          default -> false;
        };
    if (!asksForParts || isComputation(call.getOperator())) {
      return call;
    }
    List<RexNode> operands =
        call.getOperands().stream()
            .map(
                operand ->
                    operand.getType().getSqlTypeName() == SqlTypeName.DATE
                            && !(operand instanceof RexLiteral)
                        ? rexBuilder.makeCall(operand.getType(), FINITE_DAY, List.of(operand))
                        : operand)
            .toList();
    return operands.equals(call.getOperands()) ? call : call.clone(call.getType(), operands);
  }

  private RexNode characters(RexCall call) {
    List<RexNode> operands = call.getOperands();
    if (!operands.stream()
        .limit(call.getKind() == SqlKind.POSITION ? 2 : 1)
        .allMatch(text -> SqlTypeName.CHAR_TYPES.contains(text.getType().getSqlTypeName()))) {
      return whenReached(call);
    }
    return switch (call.getOperator().getName()) {
      case "SUBSTRING" ->
          rexBuilder.makeCall(call.getType(), operands.size() == 2 ? REST : SUBSTRING, operands);
      case "POSITION" -> operands.size() == 2 ? integer(call, POSITION) : call;
      default -> integer(call, CHAR_LENGTH);
    };
  }

  private RexNode integer(RexCall call, SqlOperator function) {
    return rexBuilder.makeAbstractCast(
        call.getType(),
        rexBuilder.makeCall(like(call, SqlTypeName.BIGINT), function, call.getOperands()),
        false);
  }

  private RexNode cast(RexCall call, RexNode from) {
    RelDataType type = call.getType();
    if (SqlTypeName.CHAR_TYPES.contains(type.getSqlTypeName())) {
      return text(call, from);
    } else if (!SqlTypeName.APPROX_TYPES.contains(from.getType().getSqlTypeName())) {
      return call;
    } else if (isInteger(type)) {
      return integer(call, TO_BIGINT);
    } else if (type.getSqlTypeName() == SqlTypeName.DECIMAL) {
      return rexBuilder.makeCall(
          type, TO_DECIMAL, List.of(from, number(type.getPrecision()), number(type.getScale())));
    } else if (type.getSqlTypeName() == SqlTypeName.REAL) {
      return rexBuilder.makeCall(type, TO_REAL, List.of(from));
    }
    return call;
  }

  private RexNode text(RexCall cast, RexNode from) {
    SqlOperator function =
        switch (from.getType().getSqlTypeName()) {
          case DECIMAL -> DECIMAL_TEXT;
          case DOUBLE, FLOAT -> DOUBLE_TEXT;
          case REAL -> REAL_TEXT;
          case BOOLEAN -> TRUTH_TEXT;
          default -> null;
        };
    return function == null
        ? cast
        : rexBuilder.makeAbstractCast(
            cast.getType(),
            rexBuilder.makeCall(like(from, SqlTypeName.VARCHAR), function, List.of(from)),
            false);
  }

  /** A date plus or minus an interval; for timestamps see {@link TimestampsInMicros}. */
  private RexNode datetime(RexCall call) {
    SqlTypeName type = call.getType().getSqlTypeName();
    List<RexNode> operands = call.getOperands();
    if (operands.size() != 2
        || type != SqlTypeName.DATE
        || !SqlTypeName.INTERVAL_TYPES.contains(operands.get(1).getType().getSqlTypeName())) {
      return whenReached(call);
    }
    boolean months =
        SqlTypeName.YEAR_INTERVAL_TYPES.contains(operands.get(1).getType().getSqlTypeName());
    SqlOperator function = months ? DATE_PLUS_MONTHS : DATE_PLUS_MILLIS;
    RexNode from = operands.get(0);
    if (from.getType().getSqlTypeName() != type) {
      from = rexBuilder.makeAbstractCast(like(from, type), from, false);
    }
    return rexBuilder.makeCall(
        call.getType(),
        function,
        List.of(from, operands.get(1), number(call.getKind() == SqlKind.PLUS ? 1 : -1)));
  }

  private RexNode pattern(RexCall call) {
    if (!(call.getOperator() instanceof SqlLikeOperator like)) {
      return call;
    }
    List<RexNode> operands = call.getOperands();
    SqlOperator function =
        call.getKind() == SqlKind.SIMILAR ? SIMILAR : like.isCaseSensitive() ? LIKE : ILIKE;
    RexNode matches =
        rexBuilder.makeCall(
            call.getType(),
            function,
            List.of(
                operands.get(0),
                operands.get(1),
                operands.size() == 3 ? operands.get(2) : rexBuilder.makeLiteral("")));
    return like.isNegated() ? rexBuilder.makeCall(SqlStdOperatorTable.NOT, matches) : matches;
  }

  /**
   * A constant that is still a computation is one that failed when it was folded. Generated code
   * would compute it before the first row, though a CASE may never come to it.
   */
  private RexNode whenReached(RexCall call) {
    List<RexNode> operands = call.getOperands();
    if (operands.isEmpty()
        || !operands.stream().allMatch(RexLiteral.class::isInstance)
        || !isInteger(operands.get(0).getType())
        || RexLiteral.isNullLiteral(operands.get(0))) {
      return call;
    }
    RexNode first = operands.get(0);
    List<RexNode> late = new ArrayList<>(operands);
    late.set(
        0,
        rexBuilder.makeAbstractCast(
            first.getType(),
            rexBuilder.makeCall(like(first, SqlTypeName.BIGINT), WHEN_REACHED, List.of(first)),
            false));
    return call.clone(call.getType(), late);
  }

  private RexNode number(int value) {
    return rexBuilder.makeExactLiteral(BigDecimal.valueOf(value));
  }

  private RelDataType like(RexNode node, SqlTypeName name) {
    RelDataTypeFactory types = rexBuilder.getTypeFactory();
    RelDataType type =
        name.allowsPrec() && node.getType().getSqlTypeName() == name
            ? node.getType()
            : types.createSqlType(name);
    return types.createTypeWithNullability(type, node.getType().isNullable());
  }

  private static boolean isInteger(RelDataType type) {
    return SqlTypeName.INT_TYPES.contains(type.getSqlTypeName());
  }
}
