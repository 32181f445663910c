package io.sally.driver.statement;

import io.sally.driver.statement.ParsedStatement.Piece;
import io.sally.driver.statement.ParsedStatement.Query;
import io.sally.driver.statement.ParsedStatement.Question;
import io.sally.driver.statement.Token.Kind;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the questions inside a query: {@code (ASK '…')}, {@code (ASK MORE '…')}, both with ?, and
 * {@code TABLE(ask('…'))}. Nothing else can mean one: an opening parenthesis, the bare word ASK and
 * a string stand in this order in no valid SQL, while a column, table, alias or function of the
 * name {@code ask} never has a string or a placeholder directly behind it. Confined to one thread.
 */
final class QuestionFinder {
  private static final List<String> BEFORE_A_TABLE =
      List.of("FROM", "JOIN", "UNION", "EXCEPT", "INTERSECT", "MINUS");

  private static final List<String> STATEMENTS_OF_THEIR_OWN =
      List.of("SQL", "CHART", "NARRATE", "PROMPT", "RUN");

  private final Tokens tokens;
  private final List<Token> rest;
  private final List<Piece> pieces = new ArrayList<>();
  private int sqlStart;
  private int placeholders;

  QuestionFinder(Tokens tokens) {
    this.tokens = tokens;
    this.rest = tokens.rest();
    this.sqlStart = tokens.restStart();
  }

  Query query() throws SQLException {
    int textEnd = sqlStart + tokens.restOfText().length();
    int i = 0;
    while (i < rest.size()) {
      Optional<Found> found = questionAt(i);
      if (found.isPresent()) {
        Found question = found.get();
        addSql(rest.get(question.first).start());
        pieces.add(new Piece.Asked(question.question, question.isFollowUp));
        sqlStart = rest.get(question.last).end();
        i = question.last + 1;
      } else {
        if (rest.get(i).kind() == Kind.PLACEHOLDER) {
          placeholders++;
        }
        refuseWithoutParentheses(i);
        i++;
      }
    }
    addSql(textEnd);
    return new Query(pieces, placeholders);
  }

  /** A question that the tokens from {@code first} to {@code last} make. */
  private record Found(int first, int last, Question question, boolean isFollowUp) {}

  private Optional<Found> questionAt(int i) throws SQLException {
    if (is(i, "TABLE") && !is(i - 1, '.') && is(i + 1, '(') && is(i + 2, "ASK")) {
      if (is(i + 3, '(') && isQuestion(i + 4)) {
        Question question = question(i + 4);
        expectClosed(i + 5);
        expectClosed(i + 6);
        return Optional.of(new Found(i, i + 6, question, false));
      }
      if (isQuestion(i + 3)) {
        Question question = question(i + 3);
        expectClosed(i + 4);
        return Optional.of(new Found(i, i + 4, question, false));
      }
    }
    if (is(i, '(') && is(i + 1, "ASK")) {
      if (isQuestion(i + 2)) {
        Question question = question(i + 2);
        expectClosed(i + 3);
        return Optional.of(new Found(i, i + 3, question, false));
      }
      if (is(i + 2, "MORE") && isQuestion(i + 3)) {
        Question question = question(i + 3);
        expectClosed(i + 4);
        return Optional.of(new Found(i, i + 4, question, true));
      }
      if (STATEMENTS_OF_THEIR_OWN.stream().anyMatch(word -> is(i + 2, word)) && isQuestion(i + 3)) {
        throw tokens.unexpected(
            rest.get(i + 2),
            "Inside a query only (ASK '…') and (ASK MORE '…') are tables; ASK SQL, ASK CHART, ASK NARRATE, ASK PROMPT"
                + " and ASK RUN are statements of their own.");
      }
    }
    return Optional.empty();
  }

  private boolean isQuestion(int i) {
    return i < rest.size()
        && (rest.get(i).kind() == Kind.STRING || rest.get(i).kind() == Kind.PLACEHOLDER);
  }

  private Question question(int i) throws SQLException {
    Token token = rest.get(i);
    return token.kind() == Kind.PLACEHOLDER
        ? new Question.Placeholder(placeholders++)
        : StatementParser.literal(tokens, token);
  }

  private void expectClosed(int i) throws SQLException {
    String expectation =
        "A closing parenthesis must follow the question, as in SELECT * FROM (ASK '…') t LIMIT 10.";
    if (i >= rest.size()) {
      throw tokens.endsTooEarly(expectation);
    }
    if (!is(i, ')')) {
      throw tokens.unexpected(rest.get(i), expectation);
    }
  }

  /** {@code FROM ASK '…'} is what people write first; the engine could only say "unexpected". */
  private void refuseWithoutParentheses(int i) throws SQLException {
    if (is(i, "ASK")
        && i + 1 < rest.size()
        && rest.get(is(i + 1, "MORE") && i + 2 < rest.size() ? i + 2 : i + 1).kind() == Kind.STRING
        && BEFORE_A_TABLE.stream().anyMatch(word -> is(i - 1, word))) {
      throw tokens.unexpected(
          rest.get(i),
          "Inside a query a question stands in parentheses, as in SELECT * FROM (ASK '…') t.");
    }
  }

  private boolean is(int i, String word) {
    return i >= 0 && i < rest.size() && rest.get(i).is(word);
  }

  private boolean is(int i, char symbol) {
    return i >= 0 && i < rest.size() && rest.get(i).is(symbol);
  }

  private void addSql(int end) {
    if (end > sqlStart) {
      pieces.add(new Piece.Sql(tokens.text(sqlStart, end)));
    }
  }
}
