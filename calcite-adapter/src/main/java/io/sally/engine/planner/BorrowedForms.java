package io.sally.engine.planner;

import java.util.Locale;
import java.util.Map;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * Forms that tools and object mappers write for other databases, in the words of the grammar:
 * PostgreSQL's {@code LIKE 'a%' ESCAPE ''}, where no character escapes, and {@code
 * DATE_TRUNC('month', x)}, and {@code LOCATE('a', x)}, with or without a start, of MySQL and DB2. A
 * week is not among the units, since one begins on Monday there and on Sunday here.
 */
final class BorrowedForms extends SqlShuttle {
  private static final Map<String, TimeUnit> UNITS =
      Map.of(
          "YEAR", TimeUnit.YEAR,
          "QUARTER", TimeUnit.QUARTER,
          "MONTH", TimeUnit.MONTH,
          "DAY", TimeUnit.DAY,
          "HOUR", TimeUnit.HOUR,
          "MINUTE", TimeUnit.MINUTE,
          "SECOND", TimeUnit.SECOND);

  private BorrowedForms() {}

  static SqlNode in(SqlNode statement) {
    SqlNode own = statement.accept(new BorrowedForms());
    return own == null ? statement : own;
  }

  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    SqlNode visited = super.visit(call);
    if (!(visited instanceof SqlCall own)) {
      return visited;
    }
    if (own.getKind() == SqlKind.LIKE
        && own.operandCount() == 3
        && "".equals(text(own.operand(2)))) {
      return own.getOperator().createCall(own.getParserPosition(), own.operand(0), own.operand(1));
    }
    if (own.getOperator().getName().equalsIgnoreCase("DATE_TRUNC") && own.operandCount() == 2) {
      String text = text(own.operand(0));
      TimeUnit unit = text == null ? null : UNITS.get(text.toUpperCase(Locale.ROOT));
      if (unit != null) {
        return SqlStdOperatorTable.FLOOR.createCall(
            own.getParserPosition(),
            own.operand(1),
            new SqlIntervalQualifier(unit, null, own.operand(0).getParserPosition()));
      }
    }
    boolean isLocate =
        own.getOperator().getName().equalsIgnoreCase("LOCATE")
            && own.getOperator() instanceof SqlUnresolvedFunction;
    if (isLocate && (own.operandCount() == 2 || own.operandCount() == 3)) {
      return SqlStdOperatorTable.POSITION.createCall(own.getParserPosition(), own.getOperandList());
    }
    return own;
  }

  private static @Nullable String text(SqlNode node) {
    return node instanceof SqlCharStringLiteral literal ? literal.toValue() : null;
  }
}
