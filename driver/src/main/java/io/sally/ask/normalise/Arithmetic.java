package io.sally.ask.normalise;

import java.sql.SQLException;
import net.sf.jsqlparser.expression.BinaryExpression;
import net.sf.jsqlparser.expression.DoubleValue;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.LongValue;
import net.sf.jsqlparser.expression.operators.arithmetic.Addition;
import net.sf.jsqlparser.expression.operators.arithmetic.BitwiseXor;
import net.sf.jsqlparser.expression.operators.arithmetic.Concat;
import net.sf.jsqlparser.expression.operators.arithmetic.Division;
import net.sf.jsqlparser.expression.operators.arithmetic.IntegerDivision;
import net.sf.jsqlparser.expression.operators.arithmetic.Modulo;
import net.sf.jsqlparser.expression.operators.arithmetic.Multiplication;
import net.sf.jsqlparser.expression.operators.arithmetic.Subtraction;

/** The operators {@code + - * / % || ^}. Confined to one statement. */
final class Arithmetic {
  private final Dialect dialect;
  private final ExpressionWriter writer;
  private final Dates dates;

  Arithmetic(Dialect dialect, ExpressionWriter writer, Dates dates) {
    this.dialect = dialect;
    this.writer = writer;
    this.dates = dates;
  }

  Written write(BinaryExpression e, Scope scope) throws SQLException {
    if (e instanceof Concat) {
      return concat(e, scope);
    }
    if (e instanceof Addition || e instanceof Subtraction) {
      Written moved = dates.arithmetic(e, scope);
      if (moved != null) {
        return moved;
      }
    }
    Written left = ExpressionWriter.number(writer.write(e.getLeftExpression(), scope));
    Written right = ExpressionWriter.number(writer.write(e.getRightExpression(), scope));
    if (e instanceof Division) {
      return divide(left, right, e);
    } else if (e instanceof IntegerDivision) {
      String quotient = left.operand() + " / " + nonZero(right);
      return left.kind().isWhole() && right.kind().isWhole()
          ? new Written(quotient, left.kind().or(right.kind()), false, e)
          : ExpressionWriter.call("TRUNCATE(" + quotient + ", 0)", Kind.DECIMAL, e);
    } else if (e instanceof Modulo) {
      return ExpressionWriter.call(
          "MOD(" + left.sql() + ", " + nonZero(right) + ")", left.kind().or(right.kind()), e);
    } else if (e instanceof BitwiseXor) {
      if (dialect == Dialect.MYSQL || dialect == Dialect.TSQL || dialect == Dialect.BIGQUERY) {
        throw SelectWriter.refused("the bitwise ^");
      }
      return ExpressionWriter.call(
          "POWER(" + left.sql() + ", " + right.sql() + ")", Kind.DOUBLE, e);
    }
    if (e instanceof Addition
        && dialect == Dialect.TSQL
        && (left.kind() == Kind.TEXT || right.kind() == Kind.TEXT)) {
      return joined(left, right, e);
    }
    String operator = e instanceof Multiplication ? " * " : e instanceof Addition ? " + " : " - ";
    return new Written(
        left.operand() + operator + right.operand(), left.kind().or(right.kind()), false, e);
  }

  private Written divide(Written left, Written right, BinaryExpression e) {
    Kind kind = left.kind().or(right.kind());
    boolean whole = left.kind().isWhole() && right.kind().isWhole();
    boolean wide = left.kind() == Kind.WIDE || right.kind() == Kind.WIDE;
    if (whole && (dialect.dividesWithFraction() || wide)) {
      return new Written(
          "CAST(" + left.sql() + " AS DECIMAL(19, 0)) / " + nonZero(right), Kind.DECIMAL, false, e);
    }
    return new Written(left.operand() + " / " + nonZero(right), kind, false, e);
  }

  /** MySQL and SQLite give null where the divisor is zero. */
  private String nonZero(Written divisor) {
    Expression source = divisor.source();
    boolean certain =
        (source instanceof LongValue whole && whole.getValue() != 0)
            || (source instanceof DoubleValue fraction && fraction.getValue() != 0);
    return dialect.dividesByZeroToNull() && !certain
        ? "NULLIF(" + divisor.sql() + ", 0)"
        : divisor.operand();
  }

  private Written concat(BinaryExpression e, Scope scope) throws SQLException {
    Written left = writer.write(e.getLeftExpression(), scope);
    Written right = writer.write(e.getRightExpression(), scope);
    return joined(left, right, e);
  }

  private Written joined(Written left, Written right, Expression e) {
    return new Written(part(left) + " || " + part(right), Kind.TEXT, false, e);
  }

  /** To Oracle a null is an empty text. */
  private String part(Written part) {
    String text = Texts.asText(part);
    return dialect == Dialect.ORACLE && !text.startsWith("'") ? "COALESCE(" + text + ", '')" : text;
  }
}
