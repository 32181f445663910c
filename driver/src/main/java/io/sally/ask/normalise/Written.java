package io.sally.ask.normalise;

import net.sf.jsqlparser.expression.Expression;

/**
 * An expression in Calcite's SQL.
 *
 * @param kind what is known of its type
 * @param whole true where the text can stand as an operand without parentheses
 * @param source what it was written from
 */
record Written(String sql, Kind kind, boolean whole, Expression source) {
  /** What some constructs need is written several times, and they can hold one another. */
  private static final int LONGEST = 65_536;

  /** Thrown when an expression grows past all use. */
  static final class TooLong extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  Written {
    if (sql.length() > LONGEST) {
      throw new TooLong();
    }
  }

  /** The text as an operand. */
  String operand() {
    return whole ? sql : "(" + sql + ")";
  }
}
