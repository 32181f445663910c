package io.sally.engine.planner;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.impl.ScalarFunctionImpl;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.sql.validate.SqlUserDefinedFunction;
import org.jspecify.annotations.Nullable;

/**
 * What LISTAGG and its kin make of no rows is null. Calcite takes them for NOT NULL where the texts
 * are, and folds {@code COALESCE(LISTAGG(name), 'none')} accordingly; so the texts are passed
 * through a function that says that they may be null.
 */
public final class NullableTexts extends SqlShuttle {
  private static final Set<String> JOINING =
      Set.of("ARRAY_AGG", "GROUP_CONCAT", "LISTAGG", "STRING_AGG");

  /** To a source that computes the aggregate, the function is its argument. */
  static final SqlOperator NULLABLE =
      new SqlUserDefinedFunction(
          new SqlIdentifier("$NULLABLE", SqlParserPos.ZERO),
          SqlKind.OTHER_FUNCTION,
          NullableTexts::type,
          null,
          OperandTypes.operandMetadata(
              List.of(SqlTypeFamily.ANY),
              typeFactory -> List.of(typeFactory.createSqlType(SqlTypeName.ANY)),
              i -> "text",
              i -> false),
          Objects.requireNonNull(ScalarFunctionImpl.create(NullableTexts.class, "nullable")));

  private NullableTexts() {}

  /** A joined text is longer than the texts; VARCHAR(10) would cut it in a UNION or a CASE. */
  private static RelDataType type(SqlOperatorBinding call) {
    RelDataType text = call.getOperandType(0);
    RelDataTypeFactory types = call.getTypeFactory();
    return types.createTypeWithNullability(
        SqlTypeUtil.inCharFamily(text) ? types.createSqlType(SqlTypeName.VARCHAR) : text, true);
  }

  /** The parse tree with the arguments of these aggregates nullable. */
  static SqlNode in(SqlNode statement) {
    return Objects.requireNonNullElse(statement.accept(new NullableTexts()), statement);
  }

  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    SqlNode visited = super.visit(call);
    if (!(visited instanceof SqlCall joining)
        || !JOINING.contains(joining.getOperator().getName().toUpperCase(Locale.ROOT))
        || joining.operandCount() == 0) {
      return visited;
    }
    List<@Nullable SqlNode> operands = new ArrayList<>(joining.getOperandList());
    SqlNode text = joining.operand(0);
    operands.set(0, NULLABLE.createCall(text.getParserPosition(), text));
    return joining
        .getOperator()
        .createCall(joining.getFunctionQuantifier(), joining.getParserPosition(), operands);
  }

  /** Called by generated code. */
  public static @Nullable Object nullable(@Nullable Object value) {
    return value;
  }
}
