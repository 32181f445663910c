package io.sally.ask.literals;

import io.sally.engine.catalog.TableName;
import java.util.Locale;
import java.util.Objects;

/**
 * A literal of a query that is compared with a column. Immutable.
 *
 * @param fold what the query does to the column's value before it compares
 * @param value the literal's own text: of a text without quotes, of a number as it is written
 * @param start where the literal begins in the query's text
 * @param end where it ends, exclusive
 * @param choice literals of the same choice are alternatives: one that is found is enough
 * @param isRequired whether nothing comes of this part of the query where no row meets it
 */
public record ComparedLiteral(
    TableName table,
    String column,
    Operator operator,
    Fold fold,
    Kind kind,
    String value,
    int start,
    int end,
    int choice,
    boolean isRequired) {
  /** How it is compared. */
  public enum Operator {
    EQUALS("="),
    NOT_EQUALS("<>"),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">="),
    LIKE("LIKE");

    private final String sign;

    Operator(String sign) {
      this.sign = sign;
    }

    /** As SQL writes it. */
    public String sign() {
      return sign;
    }
  }

  /** What is done to the column's value first. */
  public enum Fold {
    NONE,
    LOWER,
    UPPER;

    /** The same done to a text here. */
    public String apply(String text) {
      return switch (this) {
        case NONE -> text;
        case LOWER -> text.toLowerCase(Locale.ROOT);
        case UPPER -> text.toUpperCase(Locale.ROOT);
      };
    }

    /** The same done to an expression in SQL. */
    public String sql(String expression) {
      return this == NONE ? expression : name() + "(" + expression + ")";
    }
  }

  /** The class of its type. */
  public enum Kind {
    TEXT,
    NUMBER
  }

  public ComparedLiteral {
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(column, "column");
    Objects.requireNonNull(value, "value");
  }

  /** A text as SQL writes it. */
  public static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
