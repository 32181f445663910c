package io.sally.driver.statement;

import io.sally.driver.metadata.Conversions;
import io.sally.driver.statement.Token.Kind;
import io.sally.engine.SqlErrors;
import java.sql.JDBCType;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes the escapes of JDBC 4.3, §13.4, as SQL: <code>{d '…'}</code>, <code>{t '…'}</code>, <code>
 * {ts '…'}</code>, <code>{oj …}</code>, <code>{escape '…'}</code>, <code>{limit …}</code> and the
 * functions of <code>{fn …}</code> that SQL itself has. For the others the grammar of queries takes
 * <code>{fn …}</code>, with the function in upper case. Strings, names and comments stay as they
 * are. Confined to one thread.
 */
public final class JdbcEscapes {
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

  /** Those of JDBC 4.3, Appendix C, that SQL spells alike, and that the grammar does not escape. */
  private static final Set<String> PLAIN_FUNCTIONS =
      Set.of(
          "CHAR_LENGTH",
          "CHARACTER_LENGTH",
          "COALESCE",
          "EXTRACT",
          "LOWER",
          "NULLIF",
          "OCTET_LENGTH",
          "POSITION",
          "TRIM",
          "UPPER");

  private static final Set<String> CLOCKS =
      Set.of("CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIMESTAMP");

  private final String sql;
  private final List<Token> tokens;
  private final StringBuilder expanded = new StringBuilder();
  private final Deque<Open> opened = new ArrayDeque<>();
  private final Map<Integer, Conversion> conversions = new HashMap<>();
  private int at;

  /** An escape that has not ended yet, and what its end becomes: nothing, or a brace again. */
  private record Open(Token brace, String end) {}

  /** What stands in the place of a comma and the name of a type, and where the text goes on. */
  private record Conversion(String type, int behind) {}

  private JdbcEscapes(String sql) throws SQLException {
    this.sql = sql;
    this.tokens = Lexer.split(sql);
  }

  /**
   * The statement without escapes.
   *
   * @throws SQLException when it calls a procedure, or an escape, a quote or a comment does not end
   */
  public static String expand(String sql) throws SQLException {
    return sql.indexOf('{') < 0 ? sql : new JdbcEscapes(sql).expand();
  }

  private String expand() throws SQLException {
    while (at < tokens.size()) {
      Conversion conversion = conversions.remove(at);
      Token token = tokens.get(at++);
      if (conversion != null) {
        expanded.append(" AS ").append(conversion.type());
        at = conversion.behind();
      } else if (token.is('{')) {
        open(token);
      } else if (token.is('}') && !opened.isEmpty()) {
        expanded.append(opened.pop().end());
      } else {
        expanded.append(token.text());
      }
    }
    Open unclosed = opened.peek();
    if (unclosed != null) {
      throw SqlErrors.syntax(
          "The escape that opens at "
              + Place.of(sql, unclosed.brace().start())
              + " has no closing }.",
          null);
    }
    return expanded.toString();
  }

  private void open(Token brace) throws SQLException {
    int first = significant(at);
    if (isAt(first, "call") || kindAt(first) == Kind.PLACEHOLDER) {
      throw SqlErrors.notSupported(
          "Sally does not have stored procedures: call functions in a query.");
    }
    String keyword =
        kindAt(first) == Kind.WORD
            ? KEYWORDS.get(tokens.get(first).text().toLowerCase(Locale.ROOT))
            : null;
    if (isAt(first, "fn")) {
      openFunction(brace, significant(first + 1));
    } else if (keyword == null) {
      // Braces that count repetitions in a pattern of rows are none of JDBC's.
      expanded.append('{');
      opened.push(new Open(brace, "}"));
    } else {
      expanded.append(keyword);
      at = first + 1;
      opened.push(new Open(brace, ""));
    }
  }

  private void openFunction(Token brace, int function) {
    String name =
        kindAt(function) == Kind.WORD ? tokens.get(function).text().toUpperCase(Locale.ROOT) : "";
    if (name.equals("CONVERT") && openConversion(brace, function)) {
      return;
    }
    boolean isClock = CLOCKS.contains(name);
    boolean isPlain = isClock || PLAIN_FUNCTIONS.contains(name);
    expanded.append(isPlain ? name : "{fn " + name);
    at = name.isEmpty() ? function : function + 1;
    opened.push(new Open(brace, isPlain ? "" : "}"));
    if (isClock) {
      passEmptyParentheses();
    }
  }

  /** What <code>{fn CONVERT(x, SQL_INTEGER)}</code> says is a cast, and its errors are a cast's. */
  private boolean openConversion(Token brace, int function) {
    int end = function;
    int depth = 1;
    while (end < tokens.size() && depth > 0) {
      end++;
      depth += isAt(end, '{') ? 1 : isAt(end, '}') ? -1 : 0;
    }
    int close = significantBefore(end);
    int type = significantBefore(close);
    int comma = significantBefore(type);
    String name = isAt(close, ')') && isAt(comma, ',') ? conversion(type) : null;
    if (name == null) {
      return false;
    }
    expanded.append("CAST");
    at = function + 1;
    opened.push(new Open(brace, ""));
    conversions.put(comma, new Conversion(name, type + 1));
    return true;
  }

  private @Nullable String conversion(int type) {
    String name = kindAt(type) == Kind.WORD ? tokens.get(type).text().toUpperCase(Locale.ROOT) : "";
    return Arrays.stream(JDBCType.values())
        .filter(each -> name.equals("SQL_" + each.getName()))
        .findFirst()
        .map(Conversions::sqlName)
        .orElse(null);
  }

  /** JDBC writes parentheses behind the clocks, and SQL does not. */
  private void passEmptyParentheses() {
    int open = significant(at);
    int close = significant(open + 1);
    if (isAt(open, '(') && isAt(close, ')')) {
      at = close + 1;
    }
  }

  /** The last token before {@code index} that is neither white space nor a comment, or -1. */
  private int significantBefore(int index) {
    int before = index - 1;
    while (before >= 0 && kindAt(before) == Kind.TRIVIA) {
      before--;
    }
    return before;
  }

  /** The first token from {@code from} on that is neither white space nor a comment. */
  private int significant(int from) {
    int index = from;
    while (kindAt(index) == Kind.TRIVIA) {
      index++;
    }
    return index;
  }

  /** What stands there; behind the end a symbol that is no sign of anything. */
  private Kind kindAt(int index) {
    return index >= 0 && index < tokens.size() ? tokens.get(index).kind() : Kind.SYMBOL;
  }

  private boolean isAt(int index, String word) {
    return index < tokens.size() && tokens.get(index).is(word);
  }

  private boolean isAt(int index, char symbol) {
    return index >= 0 && index < tokens.size() && tokens.get(index).is(symbol);
  }
}
