package io.sally.driver.statement;

import io.sally.driver.statement.Token.Kind;
import io.sally.engine.SqlErrors;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits a statement into tokens, where the engine's parser would split it: Calcite's Babel lexer
 * is the measure. So block comments do not nest, {@code //} opens a comment as {@code --} does,
 * {@code E'…'} takes backslash escapes, no other literal does, and {@code $} is a letter of names
 * and quotes nothing. The tokens together are the text, character by character. Confined to one
 * thread.
 */
final class Lexer {
  private final String sql;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private Lexer(String sql) {
    this.sql = sql;
  }

  /**
   * The tokens of the text, white space and comments included.
   *
   * @throws SQLException with SQLState 42601 when a quote or a comment does not end
   */
  static List<Token> split(String sql) throws SQLException {
    Lexer lexer = new Lexer(sql);
    while (lexer.at < sql.length()) {
      lexer.next();
    }
    return List.copyOf(lexer.tokens);
  }

  private void next() throws SQLException {
    int c = sql.codePointAt(at);
    if (isSpace(c)) {
      add(Kind.TRIVIA, endOfSpace());
    } else if (sql.startsWith("--", at) || sql.startsWith("//", at)) {
      add(Kind.TRIVIA, endOfLine());
    } else if (sql.startsWith("/*", at)) {
      add(Kind.TRIVIA, endOfBlockComment());
    } else if (c == '\'') {
      boolean escaped = followsEscapePrefix();
      add(Kind.STRING, escaped ? endOfEscapedString() : endOfQuoted(at, '\'', "string"));
    } else if (c == '"' || c == '`') {
      add(Kind.QUOTED_NAME, endOfQuoted(at, (char) c, "quoted name"));
    } else if (isDigit(c) || (c == '.' && isDigit(charAt(at + 1)) && !followsName())) {
      add(Kind.NUMBER, endOfNumber());
    } else if ((c == 'N' || c == 'n') && charAt(at + 1) == '\'') {
      add(Kind.STRING, endOfQuoted(at + 1, '\'', "string"));
    } else if (isWordStart(c)) {
      add(Kind.WORD, endOfWord());
    } else if (c == '?') {
      add(Kind.PLACEHOLDER, at + 1);
    } else {
      add(Kind.SYMBOL, at + Character.charCount(c));
    }
  }

  private void add(Kind kind, int end) {
    tokens.add(new Token(kind, at, sql.substring(at, end)));
    at = end;
  }

  private boolean followsEscapePrefix() {
    return !tokens.isEmpty() && tokens.get(tokens.size() - 1).is("E");
  }

  private boolean followsName() {
    if (tokens.isEmpty()) {
      return false;
    }
    Kind last = tokens.get(tokens.size() - 1).kind();
    return last == Kind.WORD || last == Kind.QUOTED_NAME;
  }

  private int endOfSpace() {
    int end = at;
    while (end < sql.length() && isSpace(sql.codePointAt(end))) {
      end += Character.charCount(sql.codePointAt(end));
    }
    return end;
  }

  private int endOfLine() {
    int end = at;
    while (end < sql.length() && sql.charAt(end) != '\n' && sql.charAt(end) != '\r') {
      end++;
    }
    return end;
  }

  private int endOfBlockComment() throws SQLException {
    int close = sql.indexOf("*/", at + 2);
    if (close < 0) {
      throw unterminated("comment", "*/");
    }
    return close + 2;
  }

  private int endOfQuoted(int open, char quote, String what) throws SQLException {
    int end = open + 1;
    while (true) {
      end = sql.indexOf(quote, end);
      if (end < 0) {
        throw unterminated(what, String.valueOf(quote));
      }
      if (charAt(end + 1) != quote) {
        return end + 1;
      }
      end += 2;
    }
  }

  private int endOfEscapedString() throws SQLException {
    int end = at + 1;
    while (end < sql.length()) {
      char c = sql.charAt(end);
      if (c == '\'' && charAt(end + 1) != '\'') {
        return end + 1;
      }
      end += c == '\'' || c == '\\' ? 2 : 1;
    }
    throw unterminated("string", "'");
  }

  private int endOfNumber() {
    int end = endOfDigits(at);
    if (charAt(end) == '.') {
      end = endOfDigits(end + 1);
    }
    if (charAt(end) == 'e' || charAt(end) == 'E') {
      int exponent = charAt(end + 1) == '+' || charAt(end + 1) == '-' ? end + 2 : end + 1;
      if (isDigit(charAt(exponent))) {
        end = endOfDigits(exponent);
      }
    }
    return end;
  }

  private int endOfDigits(int from) {
    int end = from;
    while (isDigit(charAt(end))) {
      end++;
    }
    return end;
  }

  private int endOfWord() {
    int end = at;
    while (end < sql.length() && isWordPart(sql.codePointAt(end))) {
      end += Character.charCount(sql.codePointAt(end));
    }
    return end;
  }

  private char charAt(int index) {
    return index < sql.length() ? sql.charAt(index) : '\0';
  }

  /** Also the spaces that editors and web pages paste, and a byte order mark. */
  private static boolean isSpace(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\uFEFF';
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isWordStart(int c) {
    return Character.isLetter(c) || c == '_' || c == '$';
  }

  private static boolean isWordPart(int c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '$';
  }

  private SQLException unterminated(String what, String end) {
    return SqlErrors.syntax(
        "The " + what + " that opens at " + Place.of(sql, at) + " has no closing " + end + ".",
        null);
  }
}
