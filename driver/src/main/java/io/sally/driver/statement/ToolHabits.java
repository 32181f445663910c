package io.sally.driver.statement;

import io.sally.driver.statement.Token.Kind;
import io.sally.engine.SqlErrors;
import java.math.BigInteger;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What tools write around a person's statement and the grammar of queries does not take, written as
 * it does: a semicolon that was left inside of parentheses ({@code SELECT * FROM (SELECT 1;) t}),
 * {@code SELECT TOP n}, {@code FETCH FIRST ROW ONLY} without a number, PostgreSQL's {@code INTERVAL
 * '3 days'}, {@code FLOAT(53)}, and what {@link QueryTails} finds. The rest stays in its place, so
 * that errors name the right one. Confined to one thread.
 */
final class ToolHabits {
  static final List<String> SET_OPERATIONS = List.of("UNION", "EXCEPT", "INTERSECT", "MINUS");

  private static final BigInteger MOST_DIGITS_OF_REAL = BigInteger.valueOf(24);
  private static final BigInteger MOST_DIGITS_OF_DOUBLE = BigInteger.valueOf(53);

  private static final String UNITS = "(?i:(?:year|month|week|day|hour|minute|second)s?)";
  private static final Pattern INTERVAL_UNITS = Pattern.compile(UNITS);
  private static final Pattern INTERVAL_WITH_UNIT =
      Pattern.compile("('\\s*[+-]?\\d{1,9})(\\s+)(" + UNITS + ")\\s*'");

  private final String sql;
  private final List<Token> tokens;
  private final List<Edit> edits = new ArrayList<>();

  /** A part of the text and what stands there instead. */
  private record Edit(int start, int end, String text) {}

  private ToolHabits(String sql) throws SQLException {
    this.sql = sql;
    this.tokens = Lexer.split(sql).stream().filter(t -> t.kind() != Kind.TRIVIA).toList();
  }

  /**
   * The text in the words of the grammar.
   *
   * @throws SQLException when a quote or a comment does not end, or TOP counts other than rows
   */
  static String undo(String sql) throws SQLException {
    return new ToolHabits(sql).undo();
  }

  private String undo() throws SQLException {
    QueryTails tails = new QueryTails(tokens);
    int depth = 0;
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.is('(')) {
        depth++;
        undoTail(tails.bodyBeforeTail(i));
      } else if (token.is(')')) {
        depth--;
      } else if (token.is(';') && depth > 0 && endsParentheses(i)) {
        edits.add(new Edit(token.start(), token.end(), " "));
      } else if (token.is("SELECT")) {
        undoTop(i);
      } else if (token.is("FETCH")) {
        undoFetchWithoutNumber(i);
      } else if (token.is("INTERVAL")) {
        undoUnitInQuotes(i);
      } else if (token.is("FLOAT")) {
        undoBinaryDigits(i);
      }
    }
    return edited();
  }

  private boolean endsParentheses(int i) {
    int next = i + 1;
    while (is(next, ';')) {
      next++;
    }
    return is(next, ')');
  }

  private void undoFetchWithoutNumber(int i) {
    boolean isWithoutNumber =
        (is(i + 1, "FIRST") || is(i + 1, "NEXT")) && (is(i + 2, "ROW") || is(i + 2, "ROWS"));
    if (isWithoutNumber) {
      insert(tokens.get(i + 2).start(), "1 ");
    }
  }

  /** {@code INTERVAL '3 days'} is {@code INTERVAL '3' days}, which is as long. */
  private void undoUnitInQuotes(int i) {
    if (i + 1 >= tokens.size() || tokens.get(i + 1).kind() != Kind.STRING) {
      return;
    }
    Token quoted = tokens.get(i + 1);
    Matcher interval = INTERVAL_WITH_UNIT.matcher(quoted.text());
    boolean isFollowedByUnit =
        i + 2 < tokens.size() && INTERVAL_UNITS.matcher(tokens.get(i + 2).text()).matches();
    if (interval.matches() && !isFollowedByUnit) {
      edits.add(
          new Edit(
              quoted.start(),
              quoted.end(),
              interval.group(1) + "'" + interval.group(2) + interval.group(3)));
    }
  }

  /** ISO/IEC 9075-2, 6.1: at least so many binary digits. A REAL has 24 and a DOUBLE 53. */
  private void undoBinaryDigits(int i) throws SQLException {
    boolean isType = is(i - 1, "AS") || is(i - 1, ':');
    if (!isType || !is(i + 1, '(') || !isCount(i + 2) || !is(i + 3, ')')) {
      return;
    }
    Token text = tokens.get(i + 2);
    BigInteger digits = new BigInteger(text.text());
    if (digits.signum() == 0 || digits.compareTo(MOST_DIGITS_OF_DOUBLE) > 0) {
      throw SqlErrors.syntax(
          "FLOAT has 1 to "
              + MOST_DIGITS_OF_DOUBLE
              + " binary digits and not "
              + digits
              + " ("
              + Place.of(sql, text.start())
              + "). Write FLOAT, or DECIMAL(p, s) for more digits.",
          null);
    }
    Token type = tokens.get(i);
    String name = digits.compareTo(MOST_DIGITS_OF_REAL) > 0 ? type.text() : "REAL";
    int end = tokens.get(i + 3).end();
    edits.add(new Edit(type.start(), end, name + " ".repeat(end - type.start() - name.length())));
  }

  private void undoTail(QueryTails.@Nullable Body body) {
    if (body != null) {
      insert(tokens.get(body.first()).start(), "SELECT * FROM (");
      insert(tokens.get(body.end() - 1).end(), ") AS \"rows\"");
    }
  }

  private void undoTop(int select) throws SQLException {
    int top = is(select + 1, "DISTINCT") || is(select + 1, "ALL") ? select + 2 : select + 1;
    if (!is(top, "TOP")) {
      return;
    }
    boolean inParentheses = is(top + 1, '(') && is(top + 3, ')');
    int number = inParentheses ? top + 2 : top + 1;
    int first = inParentheses ? top + 4 : top + 2;
    if (!isCount(number) || (inParentheses && !beginsAnExpression(first))) {
      // A column or a function of that name.
      return;
    }
    if (is(first, "PERCENT") || (is(first, "WITH") && is(first + 1, "TIES"))) {
      throw SqlErrors.syntax(
          "TOP counts rows here, and neither percents nor ties ("
              + Place.of(sql, tokens.get(first).start())
              + "). Write SELECT TOP 10, or LIMIT 10 at the end.",
          null);
    }
    Token last = tokens.get(first - 1);
    int start = tokens.get(top).start();
    edits.add(new Edit(start, last.end(), " ".repeat(last.end() - start)));
    boolean isMember = isMemberOfSetOperation(select, first);
    int end = end(first, isMember);
    String limit = " FETCH FIRST " + tokens.get(number).text() + " ROWS ONLY";
    if (isMember) {
      insert(tokens.get(select).start(), "(");
      limit += ")";
    }
    insert(tokens.get(end - 1).end(), limit);
  }

  private boolean isCount(int i) {
    return i < tokens.size()
        && tokens.get(i).kind() == Kind.NUMBER
        && tokens.get(i).text().chars().allMatch(Character::isDigit);
  }

  private boolean beginsAnExpression(int i) {
    if (i >= tokens.size() || is(i, "FROM") || is(i, "AS")) {
      return false;
    }
    return tokens.get(i).kind() != Kind.SYMBOL || is(i, '*') || is(i, '(') || is(i, '-');
  }

  /** Whether TOP is that of a part, so that an ORDER BY at the end is not the part's. */
  private boolean isMemberOfSetOperation(int select, int first) {
    int before = select - 1;
    if (is(before, "ALL") || is(before, "DISTINCT")) {
      before--;
    }
    return isSetOperation(before) || isSetOperation(end(first, true));
  }

  private boolean isSetOperation(int i) {
    return SET_OPERATIONS.stream().anyMatch(word -> is(i, word));
  }

  /** Behind the last token of the SELECT that is under way at {@code from}. */
  private int end(int from, boolean isMember) {
    int depth = 0;
    int i = from;
    while (i < tokens.size()) {
      if (is(i, '(')) {
        depth++;
      } else if (is(i, ')')) {
        depth--;
      }
      boolean isOver =
          depth < 0
              || (depth == 0
                  && (is(i, ';')
                      || (isMember && (isSetOperation(i) || (is(i, "ORDER") && is(i + 1, "BY"))))));
      if (isOver) {
        return i;
      }
      i++;
    }
    return i;
  }

  private boolean is(int i, String word) {
    return i >= 0 && i < tokens.size() && tokens.get(i).is(word);
  }

  private boolean is(int i, char symbol) {
    return i >= 0 && i < tokens.size() && tokens.get(i).is(symbol);
  }

  private void insert(int offset, String text) {
    edits.add(new Edit(offset, offset, text));
  }

  private String edited() {
    if (edits.isEmpty()) {
      return sql;
    }
    StringBuilder text = new StringBuilder();
    int done = 0;
    // What was found first stands outside of what was found later at the same place.
    edits.sort(Comparator.comparingInt(Edit::start));
    for (Edit edit : edits) {
      text.append(sql, done, edit.start()).append(edit.text());
      done = edit.end();
    }
    return text.append(sql, done, sql.length()).toString();
  }
}
