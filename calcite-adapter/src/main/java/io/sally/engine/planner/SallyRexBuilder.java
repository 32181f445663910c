package io.sally.engine.planner;

import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Makes expressions that Calcite cannot mistake. The cast of a timestamp literal to fewer digits of
 * a second stays in the plan: Calcite's own would cut the digits off, where the same cast of a
 * column rounds. A comparison with a text that Java and Sally sort differently is one by a function
 * from the beginning.
 */
final class SallyRexBuilder extends RexBuilder {
  private final LiftedParameters lifted;
  private final boolean inUtc;

  SallyRexBuilder(RelDataTypeFactory typeFactory) {
    this(typeFactory, new LiftedParameters(0), true);
  }

  /**
   * @param lifted the parameters that are cast as the literals that they stand for
   * @param inUtc whether a moment has the same date and time in the session's time zone as in UTC
   */
  SallyRexBuilder(RelDataTypeFactory typeFactory, LiftedParameters lifted, boolean inUtc) {
    super(typeFactory);
    this.lifted = lifted;
    this.inUtc = inUtc;
  }

  @Override
  public RexNode makeCall(
      SqlParserPos pos, RelDataType type, SqlOperator operator, List<RexNode> operands) {
    return ofMoment(operator, operands)
        ? makeCast(type, makeCall(pos, operator, inSessionZone(operands)), true, false)
        : super.makeCall(pos, type, operator, comparable(operator, operands));
  }

  @Override
  public RexNode makeCall(
      SqlParserPos pos, SqlOperator operator, List<? extends RexNode> operands) {
    return ofMoment(operator, operands)
        ? makeCast(
            deriveReturnType(operator, operands),
            makeCall(pos, operator, inSessionZone(operands)),
            true,
            false)
        : super.makeCall(pos, operator, comparable(operator, operands));
  }

  /**
   * Whether an operator of dates and times, which would take a moment for its date and time in UTC,
   * has to have those of the session's time zone.
   */
  private boolean ofMoment(SqlOperator operator, List<? extends RexNode> operands) {
    return !inUtc
        && operands.stream().anyMatch(SallyRexBuilder::isMoment)
        && switch (operator.getKind()) {
          case EXTRACT, FLOOR, CEIL -> true;
          default -> false;
        };
  }

  private static boolean isMoment(RexNode operand) {
    return operand.getType().getSqlTypeName() == SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE;
  }

  private List<RexNode> inSessionZone(List<? extends RexNode> operands) {
    return operands.stream()
        .map(operand -> isMoment(operand) ? inSessionZone(operand) : operand)
        .toList();
  }

  private RexNode inSessionZone(RexNode moment) {
    RelDataType type =
        typeFactory.createTypeWithNullability(
            typeFactory.createSqlType(SqlTypeName.TIMESTAMP, moment.getType().getPrecision()),
            moment.getType().isNullable());
    return makeAbstractCast(type, moment, false);
  }

  /** A moment beside a date and time without a zone is meant in the session's. */
  private boolean mixes(SqlOperator operator, List<? extends RexNode> operands) {
    return !inUtc
        && operands.size() == 2
        && (operator.getKind().belongsTo(SqlKind.COMPARISON)
            || operator.getKind() == SqlKind.IS_DISTINCT_FROM
            || operator.getKind() == SqlKind.IS_NOT_DISTINCT_FROM
            || operator.getKind() == SqlKind.MINUS)
        && operands.stream().anyMatch(SallyRexBuilder::isMoment)
        && operands.stream()
            .anyMatch(operand -> operand.getType().getSqlTypeName() == SqlTypeName.TIMESTAMP);
  }

  private List<RexNode> comparable(SqlOperator operator, List<? extends RexNode> operands) {
    if (mixes(operator, operands)) {
      return inSessionZone(operands);
    }
    return TextComparisons.misleads(operator.getKind(), operands)
        ? TextComparisons.operands(operands, this)
        : List.copyOf(operands);
  }

  @Override
  public RexNode makeCast(
      SqlParserPos pos,
      RelDataType type,
      RexNode exp,
      boolean matchNullability,
      boolean safe,
      RexLiteral format) {
    if (lifted.contains(exp)) {
      RexNode sample = makeCast(pos, type, lifted.sample(exp), matchNullability, safe, format);
      Optional<RexNode> cast = lifted.cast(exp, sample, this);
      if (cast.isPresent()) {
        return cast.get();
      }
    }
    SqlTypeName name = type.getSqlTypeName();
    boolean rounds =
        exp instanceof RexLiteral literal
            && !literal.isNull()
            && (name == SqlTypeName.TIMESTAMP || name == SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE)
            && exp.getType().getSqlTypeName() == name
            && exp.getType().getPrecision() > type.getPrecision();
    return rounds
        ? makeAbstractCast(pos, type, exp, safe)
        : super.makeCast(pos, type, exp, matchNullability, safe, format);
  }
}
