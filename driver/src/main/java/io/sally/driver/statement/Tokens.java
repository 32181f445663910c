package io.sally.driver.statement;

import io.sally.driver.statement.Token.Kind;
import io.sally.engine.SqlErrors;
import java.sql.SQLException;
import java.util.List;

/**
 * Reads the tokens of one statement from left to right, past white space and comments. Confined to
 * one thread.
 */
final class Tokens {
  private static final int SHOWN_CHARACTERS = 40;

  private final String sql;
  private final List<Token> significant;
  private final int textEnd;
  private int next;

  private Tokens(String sql, List<Token> significant, int textEnd) {
    this.sql = sql;
    this.significant = significant;
    this.textEnd = textEnd;
  }

  /**
   * The tokens of the one statement in the text, without semicolons and comments behind it.
   *
   * @throws SQLException with SQLState 42601 when there is no statement or more than one
   */
  static Tokens ofOneStatement(String sql) throws SQLException {
    List<Token> all =
        Lexer.split(sql).stream().filter(token -> token.kind() != Kind.TRIVIA).toList();
    int end = 0;
    while (end < all.size() && !all.get(end).is(';')) {
      end++;
    }
    if (end == 0) {
      throw SqlErrors.syntax(
          all.stream().allMatch(token -> token.is(';'))
              ? "The statement is empty. Write a query, or a question: ASK 'how many sites are"
                  + " there?'"
              : "A statement cannot begin with a semicolon (" + placeOf(sql, all.get(0)) + ").",
          null);
    }
    for (Token token : all.subList(end, all.size())) {
      if (!token.is(';')) {
        throw SqlErrors.syntax(
            "One statement at a time: a second one begins at "
                + placeOf(sql, token)
                + ". Send them one after the other.",
            null);
      }
    }
    int textEnd = end < all.size() ? all.get(end).start() : sql.length();
    return new Tokens(sql, all.subList(0, end), textEnd);
  }

  private static String placeOf(String sql, Token token) {
    return Place.of(sql, token.start()).toString();
  }

  boolean atEnd() {
    return next == significant.size();
  }

  /** Whether a token is there and is this key word. */
  boolean at(String word) {
    return !atEnd() && peek().is(word);
  }

  boolean at(char symbol) {
    return !atEnd() && peek().is(symbol);
  }

  boolean at(Kind kind) {
    return !atEnd() && peek().kind() == kind;
  }

  /** The token at hand; there must be one. */
  Token peek() {
    return significant.get(next);
  }

  /** Takes the token at hand; there must be one. */
  Token take() {
    return significant.get(next++);
  }

  /** Whether the token at hand stands directly behind the one before it. */
  boolean touchesPrevious() {
    return !atEnd() && next > 0 && significant.get(next - 1).end() == peek().start();
  }

  /** The tokens that were not taken yet. */
  List<Token> rest() {
    return significant.subList(next, significant.size());
  }

  /** The text from the token at hand to the end of the statement, comments included. */
  String restOfText() {
    return sql.substring(restStart(), textEnd);
  }

  /** Where {@link #restOfText} begins: a statement takes the comments in front of it with it. */
  int restStart() {
    return next == 0 ? 0 : significant.get(next - 1).end();
  }

  /** The text between two offsets. */
  String text(int start, int end) {
    return sql.substring(start, end);
  }

  /**
   * Fails unless all tokens were taken.
   *
   * @param expectation a sentence that says what is right instead
   */
  void expectEnd(String expectation) throws SQLException {
    if (!atEnd()) {
      throw unexpected(expectation);
    }
  }

  /** 42601 that names the token at hand and its place, and says what is right. */
  SQLException unexpected(String expectation) {
    return atEnd() ? endsTooEarly(expectation) : unexpected(peek(), expectation);
  }

  /** 42601 where the statement ends, which says what is missing. */
  SQLException endsTooEarly(String expectation) {
    int end = significant.get(significant.size() - 1).end();
    return SqlErrors.syntax(
        "The statement ends too early, at " + Place.of(sql, end) + ". " + expectation, null);
  }

  /** 42601 that names a token and its place, and says what is right. */
  SQLException unexpected(Token token, String expectation) {
    return SqlErrors.syntax(
        "Unexpected " + shown(token) + " at " + placeOf(sql, token) + ". " + expectation, null);
  }

  /** 42601 at the place of a token. */
  SQLException wrong(Token token, String message) {
    return SqlErrors.syntax(message + " (" + placeOf(sql, token) + ").", null);
  }

  private static String shown(Token token) {
    String text = token.text();
    return text.length() <= SHOWN_CHARACTERS
        ? text
        : text.substring(0, text.offsetByCodePoints(0, SHOWN_CHARACTERS / 2)) + "…";
  }
}
