package io.sally.engine.planner;

import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
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

  SallyRexBuilder(RelDataTypeFactory typeFactory) {
    this(typeFactory, new LiftedParameters(0));
  }

  /**
   * @param lifted the parameters that are cast as the literals that they stand for
   */
  SallyRexBuilder(RelDataTypeFactory typeFactory, LiftedParameters lifted) {
    super(typeFactory);
    this.lifted = lifted;
  }

  @Override
  public RexNode makeCall(
      SqlParserPos pos, RelDataType type, SqlOperator operator, List<RexNode> operands) {
    return super.makeCall(pos, type, operator, comparable(operator, operands));
  }

  @Override
  public RexNode makeCall(
      SqlParserPos pos, SqlOperator operator, List<? extends RexNode> operands) {
    return super.makeCall(pos, operator, comparable(operator, operands));
  }

  private List<RexNode> comparable(SqlOperator operator, List<? extends RexNode> operands) {
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
