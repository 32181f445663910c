package io.sally.driver;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;

/**
 * Writes the escapes of JDBC 4.3, §13.4, as SQL: <code>{d '…'}</code>, <code>{t '…'}</code>, <code>
 * {ts '…'}</code>, <code>{oj …}</code>, <code>{escape '…'}</code>, <code>{limit …}</code>. The
 * grammar of queries itself takes <code>{fn …}</code> with its function in upper case. Strings,
 * names and comments stay as they are.
 */
final class JdbcEscapes {
  private static final Map<String, String> KEYWORDS =
      Map.of(
          "d",
          "DATE",
          "t",
          "TIME",
          "ts",
          "TIMESTAMP",
          "oj",
          "",
          "escape",
          "ESCAPE",
          "limit",
          "LIMIT");

  private final String sql;
  private final StringBuilder expanded = new StringBuilder();
  // What each open brace becomes at its end: nothing, or a brace again.
  private final Deque<String> ends = new ArrayDeque<>();
  private int position;

  private JdbcEscapes(String sql) {
    this.sql = sql;
  }

  /**
   * The statement without escapes.
   *
   * @throws SQLException when it calls a procedure
   */
  static String expand(String sql) throws SQLException {
    return sql.indexOf('{') < 0 ? sql : new JdbcEscapes(sql).expand();
  }

  private String expand() throws SQLException {
    while (position < sql.length()) {
      char c = sql.charAt(position);
      switch (c) {
        case '\'', '"', '`' -> copyTo(endOfQuoted(c));
        case '-' -> copyTo(sql.startsWith("--", position) ? endOfLine() : position + 1);
        case '/' -> copyTo(sql.startsWith("/*", position) ? endOfComment() : position + 1);
        case '{' -> open();
        case '}' -> close();
        default -> copyTo(position + 1);
      }
    }
    return expanded.toString();
  }

  private void open() throws SQLException {
    int start = afterBlanks(position + 1);
    int end = afterWord(start);
    String word = sql.substring(start, end).toLowerCase(Locale.ROOT);
    if (word.equals("call") || sql.startsWith("?", start)) {
      throw JdbcObject.refused("stored procedures: call functions in a query");
    }
    String keyword = KEYWORDS.get(word);
    if (word.equals("fn")) {
      openFunction(end);
    } else if (keyword == null) {
      copyTo(position + 1);
      ends.push("}");
    } else {
      expanded.append(keyword);
      position = end;
      ends.push("");
    }
  }

  /** The grammar knows the functions of JDBC in upper case alone. */
  private void openFunction(int endOfFn) {
    int start = afterBlanks(endOfFn);
    int end = afterWord(start);
    expanded.append("{fn ").append(sql.substring(start, end).toUpperCase(Locale.ROOT));
    position = end;
    ends.push("}");
  }

  private int afterBlanks(int from) {
    int end = from;
    while (end < sql.length() && Character.isWhitespace(sql.charAt(end))) {
      end++;
    }
    return end;
  }

  private int afterWord(int from) {
    int end = from;
    while (end < sql.length() && Character.isJavaIdentifierPart(sql.charAt(end))) {
      end++;
    }
    return end;
  }

  private void close() {
    expanded.append(ends.isEmpty() ? "}" : ends.pop());
    position++;
  }

  private void copyTo(int end) {
    expanded.append(sql, position, end);
    position = end;
  }

  private int endOfQuoted(char quote) {
    int end = sql.indexOf(quote, position + 1);
    return end < 0 ? sql.length() : end + 1;
  }

  private int endOfLine() {
    int end = sql.indexOf('\n', position);
    return end < 0 ? sql.length() : end;
  }

  private int endOfComment() {
    int end = sql.indexOf("*/", position + 2);
    return end < 0 ? sql.length() : end + 2;
  }
}
