package io.sally.driver.statement;

import io.sally.driver.statement.Token.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds where an ORDER BY, LIMIT, OFFSET or FETCH stands behind a query in parentheses, as in
 * {@code ((SELECT 1) UNION (SELECT 2) ORDER BY 1)}, or behind a question, as in {@code (ASK '…'
 * LIMIT 5)}. The grammar knows one behind a SELECT alone: there they belong to a query around it.
 * Confined to one thread.
 */
final class QueryTails {
  /** What stands before a query in parentheses, unlike the arguments of a function. */
  private static final List<String> BEFORE_A_QUERY =
      List.of(
          "ALL",
          "ANY",
          "AS",
          "DISTINCT",
          "EXCEPT",
          "EXISTS",
          "FOR",
          "FROM",
          "IN",
          "INTERSECT",
          "JOIN",
          "LATERAL",
          "MINUS",
          "SOME",
          "UNION");

  private static final List<String> QUERIES = List.of("SELECT", "WITH", "VALUES", "TABLE", "ASK");

  private final List<Token> tokens;

  /** From the first token of a query to the one behind its last, where its tail begins. */
  record Body(int first, int end) {}

  /**
   * @param tokens those of a statement, without white space and comments
   */
  QueryTails(List<Token> tokens) {
    this.tokens = tokens;
  }

  /**
   * What stands in the parentheses that open there, before such a tail; null where there is none.
   */
  @Nullable Body bodyBeforeTail(int open) {
    int first = open + 1;
    int behind = behindFirstPart(first);
    if (!mayBeginQuery(open) || behind < 0) {
      return null;
    }
    int end = behind;
    int depth = 0;
    while (end < tokens.size() && (depth > 0 || !(is(end, ')') || isTail(end)))) {
      depth += is(end, '(') ? 1 : is(end, ')') ? -1 : 0;
      end++;
    }
    return isTail(end) ? new Body(first, end) : null;
  }

  private boolean mayBeginQuery(int open) {
    return open == 0
        || is(open - 1, '(')
        || is(open - 1, ',')
        || BEFORE_A_QUERY.stream().anyMatch(word -> is(open - 1, word));
  }

  /** Behind a query in parentheses that others may follow, or a question; -1 for anything else. */
  private int behindFirstPart(int first) {
    if (is(first, "ASK")) {
      int behind = is(first + 1, "MORE") ? first + 3 : first + 2;
      return isTail(behind) ? behind : -1;
    }
    if (!is(first, '(') || !beginsQuery(first)) {
      return -1;
    }
    int behind = closing(first) + 1;
    return ToolHabits.SET_OPERATIONS.stream().anyMatch(word -> is(behind, word)) || isTail(behind)
        ? behind
        : -1;
  }

  private boolean beginsQuery(int open) {
    int first = open;
    while (is(first, '(')) {
      first++;
    }
    int word = first;
    return QUERIES.stream().anyMatch(query -> is(word, query));
  }

  /** Where the parenthesis closes that opens there. */
  private int closing(int open) {
    int depth = 1;
    int i = open + 1;
    while (i < tokens.size() && depth > 0) {
      depth += is(i, '(') ? 1 : is(i, ')') ? -1 : 0;
      i++;
    }
    return i - 1;
  }

  /** A column may have the name of one of these words, and then no count is behind it. */
  private boolean isTail(int i) {
    boolean counts =
        i + 1 < tokens.size()
            && (tokens.get(i + 1).kind() == Kind.NUMBER
                || tokens.get(i + 1).kind() == Kind.PLACEHOLDER
                || is(i + 1, "ALL"));
    return (is(i, "ORDER") && is(i + 1, "BY"))
        || ((is(i, "LIMIT") || is(i, "OFFSET")) && counts)
        || (is(i, "FETCH") && (is(i + 1, "FIRST") || is(i + 1, "NEXT")));
  }

  private boolean is(int i, String word) {
    return i >= 0 && i < tokens.size() && tokens.get(i).is(word);
  }

  private boolean is(int i, char symbol) {
    return i >= 0 && i < tokens.size() && tokens.get(i).is(symbol);
  }
}
