package io.sally.engine.planner;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.validate.SqlValidator;

/** {@code NOW()}, which people and tools type for CURRENT_TIMESTAMP, and which Calcite lacks. */
final class NowFunction extends SqlFunction {
  static final NowFunction INSTANCE = new NowFunction();

  private NowFunction() {
    super(
        "NOW",
        SqlKind.OTHER_FUNCTION,
        ReturnTypes.TIMESTAMP,
        null,
        OperandTypes.NILADIC,
        SqlFunctionCategory.TIMEDATE);
  }

  @Override
  public SqlNode rewriteCall(SqlValidator validator, SqlCall call) {
    return SqlStdOperatorTable.CURRENT_TIMESTAMP.createCall(call.getParserPosition());
  }
}
