package io.sally.driver.statement;

import io.sally.ask.Asker;
import io.sally.driver.statement.ParsedStatement.Ask;
import io.sally.driver.statement.ParsedStatement.AskChart;
import io.sally.driver.statement.ParsedStatement.AskMore;
import io.sally.driver.statement.ParsedStatement.AskNarrate;
import io.sally.driver.statement.ParsedStatement.AskPin;
import io.sally.driver.statement.ParsedStatement.AskPrompt;
import io.sally.driver.statement.ParsedStatement.AskRun;
import io.sally.driver.statement.ParsedStatement.AskSql;
import io.sally.driver.statement.ParsedStatement.Explain;
import io.sally.driver.statement.ParsedStatement.ExplainAnalyze;
import io.sally.driver.statement.ParsedStatement.Piece;
import io.sally.driver.statement.ParsedStatement.Query;
import io.sally.driver.statement.ParsedStatement.Question;
import io.sally.driver.statement.ParsedStatement.RefreshCatalog;
import io.sally.driver.statement.ParsedStatement.Reset;
import io.sally.driver.statement.ParsedStatement.Set;
import io.sally.driver.statement.ParsedStatement.SetReadOnly;
import io.sally.driver.statement.Token.Kind;
import io.sally.engine.SqlErrors;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/**
 * Recognises the statements that are the product's own; all else is a query, which the engine
 * parses. Key words are taken in any case, comments and line breaks between any two tokens, and
 * semicolons at the end. The word ASK in strings, comments and names is no question.
 */
public final class StatementParser {
  private static final String FORMS =
      "A question stands in single quotes, as in ASK 'how many sites are there?'; further forms are"
          + " ASK ?, ASK MORE '…', ASK SQL '…', ASK CHART '…', ASK NARRATE '…', ASK PROMPT '…', ASK RUN <id>, ASK PIN <id> and ASK UNPIN <id>.";
  private static final String AFTER_A_QUESTION =
      "Only ORDER BY, LIMIT, OFFSET and FETCH may follow a question. To filter its answer, make it a"
          + " derived table: SELECT * FROM (ASK '…') t WHERE …";
  private static final List<String> TAILS = List.of("ORDER", "LIMIT", "OFFSET", "FETCH");
  private static final String ANSWER = "\"answer\"";
  private static final String TYPOGRAPHIC_QUOTES = "‘’‚‛“”„‟«»";

  private final Tokens tokens;

  private StatementParser(Tokens tokens) {
    this.tokens = tokens;
  }

  /**
   * Parses one statement.
   *
   * @throws SQLException with SQLState 42601 when the text holds no statement or more than one, a
   *     quote that does not end, or one of the product's own statements in a form that it does not
   *     have; the message says where and what is right
   */
  public static ParsedStatement parse(String sql) throws SQLException {
    return new StatementParser(Tokens.ofOneStatement(ToolHabits.undo(sql))).statement();
  }

  private ParsedStatement statement() throws SQLException {
    if (tokens.at("ASK")) {
      tokens.take();
      return ask();
    }
    if (tokens.at("EXPLAIN")) {
      tokens.take();
      return explain();
    }
    if (tokens.at("SET")) {
      tokens.take();
      return set();
    }
    if (tokens.at("RESET") || tokens.at("DISCARD")) {
      tokens.take();
      return reset();
    }
    if (tokens.at("REFRESH")) {
      tokens.take();
      return refresh();
    }
    return query();
  }

  private ParsedStatement ask() throws SQLException {
    if (tokens.at("SQL")) {
      tokens.take();
      return new AskSql(onlyQuestion("ASK SQL"));
    }
    if (tokens.at("MORE")) {
      tokens.take();
      return new AskMore(onlyQuestion("ASK MORE"));
    }
    if (tokens.at("PROMPT")) {
      tokens.take();
      return new AskPrompt(onlyQuestion("ASK PROMPT"));
    }
    if (tokens.at("CHART")) {
      tokens.take();
      return new AskChart(asked("ASK CHART"));
    }
    if (tokens.at("NARRATE")) {
      tokens.take();
      return new AskNarrate(asked("ASK NARRATE"));
    }
    return asked("ASK");
  }

  /** What gives an answer's rows: a question, or {@code RUN} and the id of its translation. */
  private ParsedStatement asked(String form) throws SQLException {
    if (tokens.at("RUN")) {
      tokens.take();
      return new AskRun(id("ASK RUN"));
    }
    if (tokens.at("PIN") || tokens.at("UNPIN")) {
      boolean pinned = tokens.at("PIN");
      tokens.take();
      return new AskPin(id(pinned ? "ASK PIN" : "ASK UNPIN"), pinned);
    }
    return form.equals("ASK") ? questionWithTail() : new Ask(onlyQuestion(form));
  }

  /** Tools put a limit behind whatever text they are given, and it is the answer's. */
  private ParsedStatement questionWithTail() throws SQLException {
    Question question = question("ASK");
    if (TAILS.stream().noneMatch(tokens::at)) {
      tokens.expectEnd(AFTER_A_QUESTION);
      return new Ask(question);
    }
    long placeholders = tokens.rest().stream().filter(t -> t.kind() == Kind.PLACEHOLDER).count();
    return new Query(
        List.of(
            new Piece.Sql("SELECT * FROM "),
            new Piece.Asked(question),
            new Piece.Sql(" AS " + ANSWER + tokens.restOfText())),
        (int) placeholders + (question instanceof Question.Placeholder ? 1 : 0));
  }

  private Question onlyQuestion(String form) throws SQLException {
    Question question = question(form);
    tokens.expectEnd(AFTER_A_QUESTION);
    return question;
  }

  private Question question(String form) throws SQLException {
    if (tokens.at(Kind.PLACEHOLDER)) {
      tokens.take();
      return new Question.Placeholder(0);
    }
    if (tokens.at(Kind.STRING)) {
      return literal(tokens, tokens.take());
    }
    if (tokens.at(Kind.QUOTED_NAME)) {
      Token name = tokens.take();
      throw tokens.wrong(
          name,
          "A question stands in single quotes; other quotes make a name. Write "
              + form
              + " '"
              + name.unquoted().replace("'", "''")
              + "'");
    }
    if (tokens.at(Kind.SYMBOL) && TYPOGRAPHIC_QUOTES.contains(tokens.peek().text())) {
      throw tokens.unexpected(
          "The quotes of a question are the straight ones: " + form + " 'how many sites?'");
    }
    throw tokens.unexpected(FORMS);
  }

  /** The question that a string token holds. */
  static Question literal(Tokens tokens, Token string) throws SQLException {
    String text = string.unquoted();
    if (text.isBlank()) {
      throw tokens.wrong(
          string, "The question is empty. Write what you want to know between the quotes");
    }
    if (text.length() > Asker.MAX_QUESTION_LENGTH) {
      throw tokens.wrong(
          string,
          "The question has "
              + text.length()
              + " characters; at most "
              + Asker.MAX_QUESTION_LENGTH
              + " are taken");
    }
    return new Question.Literal(text);
  }

  private String id(String form) throws SQLException {
    String expectation = "The id that ASK SQL showed belongs here, as in " + form + " q4kx2m7p.";
    String id =
        tokens.at(Kind.STRING) || tokens.at(Kind.QUOTED_NAME)
            ? tokens.take().unquoted().strip()
            : bareWord("", expectation);
    if (id.isEmpty()) {
      throw SqlErrors.syntax("The id is empty. " + expectation, null);
    }
    tokens.expectEnd("Nothing may follow the id of " + form + ".");
    return id;
  }

  private ParsedStatement explain() throws SQLException {
    String expectation =
        "Write EXPLAIN PLAN FOR <query>, EXPLAIN PLAN FOR ASK '…', the same without PLAN FOR, or"
            + " EXPLAIN ANALYZE <query> to run it and see what it really did.";
    boolean analyze = tokens.at("ANALYZE") || tokens.at("ANALYSE");
    if (analyze) {
      tokens.take();
    } else if (tokens.at("PLAN")) {
      tokens.take();
      if (!tokens.at("FOR")) {
        throw tokens.unexpected(expectation);
      }
      tokens.take();
    }
    if (tokens.atEnd() || tokens.at("ANALYZE") || tokens.at("VERBOSE")) {
      throw tokens.unexpected(expectation);
    }
    Token first = tokens.peek();
    ParsedStatement explained = statement();
    boolean isRun = analyze && explained instanceof AskRun;
    if (explained instanceof Query || explained instanceof Ask || isRun) {
      return analyze ? new ExplainAnalyze(explained) : new Explain(explained);
    }
    throw tokens.unexpected(first, "Only a query or ASK '…' has a plan. " + expectation);
  }

  private ParsedStatement set() throws SQLException {
    String expectation = "Write SET <name> = '<value>', as in SET mode = 'demo'.";
    String name = settingName(expectation);
    if (name.equals("transaction")) {
      return transaction();
    }
    if (tokens.at('=') || tokens.at("TO")) {
      tokens.take();
    } else if (!name.equals("schema")) {
      // ISO/IEC 9075-2, 19.3, has SET SCHEMA without a sign between.
      throw tokens.unexpected(expectation);
    }
    String value =
        tokens.at(Kind.STRING) || tokens.at(Kind.QUOTED_NAME)
            ? tokens.take().unquoted()
            : bareWord(".", expectation);
    tokens.expectEnd(expectation);
    return new Set(name, value);
  }

  /** ISO/IEC 9075-2, 19.1. Whoever asks for less than all that a transaction can be gets it. */
  private ParsedStatement transaction() throws SQLException {
    String expectation = "Write SET TRANSACTION READ ONLY: there is no other transaction here.";
    for (String word : List.of("READ", "ONLY")) {
      if (!tokens.at(word)) {
        throw tokens.unexpected(expectation);
      }
      tokens.take();
    }
    tokens.expectEnd(expectation);
    return new SetReadOnly();
  }

  /** As PostgreSQL has it, and pools of connections send it. */
  private ParsedStatement reset() throws SQLException {
    String expectation = "Write RESET ALL: mode and schema are then as the connection began.";
    if (!tokens.at("ALL")) {
      throw tokens.unexpected(expectation);
    }
    tokens.take();
    tokens.expectEnd(expectation);
    return new Reset();
  }

  private ParsedStatement refresh() throws SQLException {
    String expectation = "Write REFRESH CATALOG for all sources, or REFRESH CATALOG <source>.";
    if (!tokens.at("CATALOG")) {
      throw tokens.unexpected(expectation);
    }
    tokens.take();
    if (tokens.atEnd()) {
      return new RefreshCatalog(null);
    }
    String source =
        tokens.at(Kind.STRING) || tokens.at(Kind.QUOTED_NAME)
            ? tokens.take().unquoted()
            : bareWord("", expectation);
    tokens.expectEnd(expectation);
    return new RefreshCatalog(source);
  }

  private String settingName(String expectation) throws SQLException {
    StringBuilder name = new StringBuilder();
    while (true) {
      if (tokens.at(Kind.QUOTED_NAME)) {
        name.append(tokens.take().unquoted());
      } else if (tokens.at(Kind.WORD)) {
        name.append(tokens.take().text().toLowerCase(Locale.ROOT));
      } else {
        throw tokens.unexpected(expectation);
      }
      if (!tokens.at('.')) {
        return name.toString();
      }
      name.append(tokens.take().text());
    }
  }

  /**
   * A value without quotes: words, numbers, hyphens and {@code marks} that stand directly one
   * behind the other, such as {@code 30s} or {@code gemini-flash-latest}.
   */
  private String bareWord(String marks, String expectation) throws SQLException {
    StringBuilder value = new StringBuilder();
    while (isPartOfBareWord(marks) && (value.isEmpty() || tokens.touchesPrevious())) {
      value.append(tokens.take().text());
    }
    if (value.isEmpty()) {
      throw tokens.unexpected(expectation);
    }
    return value.toString();
  }

  private boolean isPartOfBareWord(String marks) {
    return tokens.at(Kind.WORD)
        || tokens.at(Kind.NUMBER)
        || tokens.at('-')
        || (tokens.at(Kind.SYMBOL) && marks.contains(tokens.peek().text()));
  }

  private ParsedStatement query() throws SQLException {
    return new QuestionFinder(tokens).query();
  }
}
