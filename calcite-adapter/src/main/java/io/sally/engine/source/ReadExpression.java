package io.sally.engine.source;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * What a source's SQL writes around a column so that it comes back in a type that Sally has, for
 * example {@code CAST(} and {@code AS TEXT)}. Both parts are the source's own SQL. Immutable.
 */
record ReadExpression(String before, String after) {
  SqlNode around(SqlNode identifier) {
    return new Operator(this).createCall(SqlParserPos.ZERO, identifier);
  }

  private static final class Operator extends SqlSpecialOperator {
    private final ReadExpression expression;

    Operator(ReadExpression expression) {
      super("READ", SqlKind.OTHER_FUNCTION);
      this.expression = expression;
    }

    @Override
    public void unparse(SqlWriter writer, SqlCall call, int leftPrec, int rightPrec) {
      writer.print(expression.before());
      writer.setNeedWhitespace(false);
      call.operand(0).unparse(writer, 0, 0);
      writer.setNeedWhitespace(false);
      writer.print(expression.after());
      writer.setNeedWhitespace(true);
    }
  }
}
