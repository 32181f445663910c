package io.sally.driver.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

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
import io.sally.driver.statement.ParsedStatement.Set;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementParserTest {
  private static final Question SITES = new Question.Literal("which sites?");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ASK 'which sites?'",
        "ask 'which sites?'",
        "aSk'which sites?'",
        "ASK N'which sites?'",
        "  ASK\n\t'which sites?'  ",
        "ASK 'which sites?';",
        "ASK 'which sites?' ;; ; -- done\n/* really; */ ;",
        "-- what's this?\nASK -- 'no'\r\n /* ASK 'x' */ 'which sites?' -- end",
        "// a comment; of Calcite's\nASK 'which sites?'",
        "/* a /* b */ASK/**/'which sites?'/* c */",
        "\uFEFFASK\u00A0'which sites?'",
      })
  void takesAskInAnyDress(String sql) throws SQLException {
    assertThat(StatementParser.parse(sql)).isEqualTo(new Ask(SITES));
  }

  static Stream<Arguments> ownStatements() {
    return Stream.of(
        arguments("ASK 'what''s ''late''?'", new Ask(new Question.Literal("what's 'late'?"))),
        arguments("ASK '''' ", new Ask(new Question.Literal("'"))),
        arguments("ASK 'a; b -- c /* d ? \" ` \\'", new Ask(literal("a; b -- c /* d ? \" ` \\"))),
        arguments("ASK 'two\nlines'", new Ask(literal("two\nlines"))),
        arguments(
            "ASK 'Où sont les médicaments? 🚚'", new Ask(literal("Où sont les médicaments? 🚚"))),
        arguments("ASK ?", new Ask(new Question.Placeholder(0))),
        arguments("ask?;", new Ask(new Question.Placeholder(0))),
        arguments("ASK SQL 'which sites?'", new AskSql(SITES)),
        arguments("ask/**/sql/**/'which sites?' ;", new AskSql(SITES)),
        arguments("ASK SQL ?", new AskSql(new Question.Placeholder(0))),
        arguments("ASK PROMPT 'which sites?'", new AskPrompt(SITES)),
        arguments("Ask Prompt ?", new AskPrompt(new Question.Placeholder(0))),
        arguments("ASK CHART 'which sites?';", new AskChart(new Ask(SITES))),
        arguments("ask chart ?", new AskChart(new Ask(new Question.Placeholder(0)))),
        arguments("ASK NARRATE ?", new AskNarrate(new Ask(new Question.Placeholder(0)))),
        arguments("ASK NARRATE RUN q4kx2", new AskNarrate(new AskRun("q4kx2"))),
        arguments("ASK CHART RUN q4kx2", new AskChart(new AskRun("q4kx2"))),
        arguments("ASK RUN q4kx2", new AskRun("q4kx2")),
        arguments("ASK RUN q-4kx2-9;", new AskRun("q-4kx2-9")),
        arguments("ASK RUN 7f3a", new AskRun("7f3a")),
        arguments("ASK RUN 'q-4kx2' -- go", new AskRun("q-4kx2")),
        arguments("ASK RUN \"q4kx2\"", new AskRun("q4kx2")),
        arguments("ASK RUN `q4kx2`", new AskRun("q4kx2")),
        arguments("ASK PIN q4kx2;", new AskPin("q4kx2", true)),
        arguments("ask unpin 'q4kx2'", new AskPin("q4kx2", false)),
        arguments("ASK MORE 'which sites?'", new AskMore(SITES)),
        arguments("ask more ?", new AskMore(new Question.Placeholder(0))),
        arguments("SET mode = 'demo'", new Set("mode", "demo")),
        arguments("set MODE=production;", new Set("mode", "production")),
        arguments("SET mode TO \"demo\"", new Set("mode", "demo")),
        arguments("SET TRANSACTION READ ONLY", new ParsedStatement.SetReadOnly()),
        arguments("RESET ALL", new ParsedStatement.Reset()),
        arguments("discard all;", new ParsedStatement.Reset()),
        arguments("SET ask.timeout = 30s", new Set("ask.timeout", "30s")),
        arguments("SET llm.model = gemini-3.6-flash", new Set("llm.model", "gemini-3.6-flash")),
        arguments("SET \"llm\".apiKey = ''", new Set("llm.apikey", "")),
        arguments("SET ask.approval = 'it''s'", new Set("ask.approval", "it's")),
        arguments("refresh catalog;", new RefreshCatalog(null)),
        arguments("REFRESH /* all */ CATALOG Shop", new RefreshCatalog("Shop")),
        arguments("REFRESH CATALOG \"my shop\"", new RefreshCatalog("my shop")),
        arguments("EXPLAIN PLAN FOR ASK 'which sites?'", new Explain(new Ask(SITES))),
        arguments("explain ask ?;", new Explain(new Ask(new Question.Placeholder(0)))),
        arguments("EXPLAIN SELECT 1", new Explain(query(0, " SELECT 1"))),
        arguments("explain analyze SELECT ?", new ExplainAnalyze(query(1, " SELECT ?"))),
        arguments("EXPLAIN ANALYZE ASK 'which sites?'", new ExplainAnalyze(new Ask(SITES))),
        arguments("EXPLAIN ANALYZE ASK RUN q1", new ExplainAnalyze(new AskRun("q1"))),
        arguments("EXPLAIN PLAN FOR\nSELECT ?;", new Explain(query(1, "\nSELECT ?"))),
        arguments(
            "EXPLAIN PLAN FOR SELECT * FROM (ASK ?) t WHERE a = ?",
            new Explain(
                query(2, " SELECT * FROM ", new Question.Placeholder(0), " t WHERE a = ?"))));
  }

  @ParameterizedTest
  @MethodSource("ownStatements")
  void parsesItsOwnStatements(String sql, ParsedStatement expected) throws SQLException {
    assertThat(StatementParser.parse(sql)).isEqualTo(expected);
  }

  static Stream<Arguments> queriesWithQuestions() {
    return Stream.of(
        arguments(
            "SELECT count(*) FROM (ASK 'which sites?') z_q",
            query(0, "SELECT count(*) FROM ", SITES, " z_q")),
        arguments("(ASK 'which sites?')", query(0, SITES)),
        arguments(
            "ASK 'which sites?' LIMIT 5 -- page\n;",
            query(0, "SELECT * FROM ", SITES, " AS \"answer\" LIMIT 5 -- page\n")),
        arguments(
            "ask ? order by 1 OFFSET ? ROWS",
            query(
                2,
                "SELECT * FROM ",
                new Question.Placeholder(0),
                " AS \"answer\" order by 1 OFFSET ? ROWS")),
        arguments("(ASK N'which sites?')", query(0, SITES)),
        arguments("( /* a */ ask -- b\n'which sites?'\n);", query(0, SITES)),
        arguments(
            "(ASK 'which sites?') UNION ALL (ASK 'b')",
            query(0, SITES, " UNION ALL ", literal("b"))),
        arguments(
            "SELECT * FROM TABLE(ask('which sites?')) AS t",
            query(0, "SELECT * FROM ", SITES, " AS t")),
        arguments(
            "select * from lateral table ( Ask ( 'which sites?' ) )",
            query(0, "select * from lateral ", SITES)),
        arguments("SELECT * FROM TABLE(ASK 'which sites?')", query(0, "SELECT * FROM ", SITES)),
        arguments(
            "WITH a AS (ASK 'which sites?'), b AS (SELECT * FROM (ASK 'it''s') x) SELECT * FROM a, b",
            query(
                0,
                "WITH a AS ",
                SITES,
                ", b AS (SELECT * FROM ",
                literal("it's"),
                " x) SELECT * FROM a, b")),
        arguments(
            "SELECT * FROM sites WHERE id IN (ASK 'which sites?') AND EXISTS(ASK 'b')",
            query(0, "SELECT * FROM sites WHERE id IN ", SITES, " AND EXISTS", literal("b"))),
        arguments(
            "SELECT * FROM ((ASK 'which sites?')) t", query(0, "SELECT * FROM (", SITES, ") t")),
        arguments(
            "SELECT ?, '?', \"?\" /* ? */ FROM (ASK ?) t -- ?\n, TABLE(ask(?)) u WHERE a = ?",
            query(
                4,
                "SELECT ?, '?', \"?\" /* ? */ FROM ",
                new Question.Placeholder(1),
                " t -- ?\n, ",
                new Question.Placeholder(2),
                " u WHERE a = ?")));
  }

  @ParameterizedTest
  @MethodSource("queriesWithQuestions")
  void findsQuestionsInsideAQuery(String sql, ParsedStatement expected) throws SQLException {
    assertThat(StatementParser.parse(sql)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1",
        "SELECT ask FROM t",
        "SELECT (ask) FROM t",
        "SELECT (ask + 1), (ask.price), (ask, bid) FROM ask",
        "SELECT * FROM (ask \"a\" JOIN bid ON TRUE)",
        "SELECT * FROM (ask AS a)",
        "SELECT t.ask, s.t.ask FROM t",
        "SELECT price AS ask FROM t WHERE ask IN (ask, 2)",
        "SELECT ask('x'), f(ask('y')) FROM t",
        "SELECT * FROM s.TABLE(ask)",
        "SELECT * FROM TABLE(ask())",
        "SELECT * FROM TABLE(other('x'))",
        "SELECT '(ASK ''x'')' FROM t",
        "SELECT 1 -- (ASK 'x')\n",
        "SELECT 1 /* (ASK 'x') */ FROM t",
        "SELECT 1 // (ASK 'x')\n FROM t",
        "SELECT \"(ASK 'x')\", `(ASK 'x')` FROM t",
        "SELECT (\"ASK\" 'x')",
        "SELECT E'\\'(ASK \\'x\\')' FROM t",
        "SELECT e'a\\\\' || '(ASK ''x'')' FROM t",
        "SELECT U&'\\0041' UESCAPE '!', X'41', _UTF8'(ASK ''x'')'",
        "SELECT $$ask FROM t",
        "SELECT {fn UCASE(ask)}, {d '2026-01-01'} FROM {oj a LEFT JOIN b ON TRUE}",
        "SELECT 1.5e-3, .5, 1., t.\"a\".\"b\" FROM t",
        "SELECT task, asks, ask_1 FROM tasks",
        "SELECT a[1], m['ask'] FROM t",
        "VALUES (1, 'ASK')",
        "WITH ask AS (SELECT 1) SELECT * FROM ask",
        "DELETE FROM t",
        "nonsense (",
      })
  void leavesTheWordAskAlone(String sql) throws SQLException {
    assertThat(StatementParser.parse(sql)).isEqualTo(query(0, sql));
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        arguments(
            "",
            "The statement is empty. Write a query, or a question: ASK 'how many sites"
                + " are there?'"),
        arguments(" -- only this\n ;; ", "The statement is empty."),
        arguments("; SELECT 1", "begin with a semicolon (line 1, column 1)"),
        arguments("SELECT 1; SELECT 2", "a second one begins at line 1, column 11"),
        arguments("ASK 'a';\n\n  DROP TABLE t;", "a second one begins at line 3, column 3"),
        arguments("ASK 'a' -- x\r\n; -- y\r\nASK 'b'", "a second one begins at line 3, column 1"),
        arguments("ASK 'never", "The string that opens at line 1, column 5 has no closing '"),
        arguments("SELECT 1\nFROM \"t", "The quoted name that opens at line 2, column 6"),
        arguments("SELECT `t", "The quoted name that opens at line 1, column 8"),
        arguments("SELECT 1 /* /* ", "The comment that opens at line 1, column 10"),
        arguments("SELECT E'\\'", "The string that opens at line 1, column 9"),
        arguments("ASK ''", "The question is empty."),
        arguments("ASK ' \n '", "The question is empty."),
        arguments("SELECT *\nFROM (ASK '') t", "(line 2, column 11)"),
        arguments(
            "ASK",
            "The statement ends too early, at line 1, column 4. A question stands in"
                + " single quotes, as in ASK 'how many sites are there?'"),
        arguments("ASK which sites?", "Unexpected which at line 1, column 5. A question stands"),
        arguments("ASK\n  42", "Unexpected 42 at line 2, column 3."),
        arguments("ASK E'x'", "Unexpected E at line 1, column 5."),
        arguments("ASK ('x')", "Unexpected ( at line 1, column 5."),
        arguments("ASK \"what's late?\"", "Write ASK 'what''s late?' (line 1, column 5)."),
        arguments("ASK SQL `sites`", "Write ASK SQL 'sites' (line 1, column 9)."),
        arguments("ASK ‘which sites?’", "The quotes of a question are the straight ones"),
        arguments(
            "ASK 'x' WHERE a = 1",
            "Unexpected WHERE at line 1, column 9. Only ORDER BY, LIMIT, OFFSET and FETCH may"
                + " follow a question."),
        arguments("ASK 'x' 'y'", "Unexpected 'y' at line 1, column 9."),
        arguments("ASK ? ?", "Unexpected ? at line 1, column 7."),
        arguments("ASK SQL", "The statement ends too early, at line 1, column 8."),
        arguments("ASK RUN", "as in ASK RUN q4kx2m7p"),
        arguments("ASK RUN ?", "Unexpected ? at line 1, column 9."),
        arguments("ASK RUN q1 q2", "Unexpected q2 at line 1, column 12."),
        arguments("ASK RUN ''", "The id is empty."),
        arguments(
            "SELECT * FROM (ASK 'x' WHERE 1 = 1) t",
            "Unexpected WHERE at line 1, column 24. A" + " closing parenthesis must follow"),
        arguments("SELECT * FROM (ASK 'x'", "The statement ends too early, at line 1, column 23."),
        arguments("SELECT * FROM TABLE(ask('x'", "ends too early, at line 1, column 28."),
        arguments("SELECT * FROM TABLE(ask('x', 1))", "Unexpected , at line 1, column 28."),
        arguments(
            "SELECT * FROM (ASK SQL 'x') t",
            "Inside a query only (ASK '…') and (ASK MORE '…') are tables"),
        arguments("SELECT * FROM ASK 'x'", "a question stands in parentheses"),
        arguments("SELECT * FROM ASK MORE 'x'", "a question stands in parentheses"),
        arguments("SELECT * FROM (ASK MORE 'x'", "The statement ends too early"),
        arguments("SELECT 1 UNION ASK 'x'", "a question stands in parentheses"),
        arguments("SET mode", "Write SET <name> = '<value>'"),
        arguments("SET = 1", "Unexpected = at line 1, column 5."),
        arguments("SET mode =", "The statement ends too early, at line 1, column 11."),
        arguments("SET mode = a b", "Unexpected b at line 1, column 14."),
        arguments("SET mode = ?", "Unexpected ? at line 1, column 12."),
        arguments("RESET mode", "Unexpected mode at line 1, column 7. Write RESET ALL"),
        arguments("DISCARD", "The statement ends too early, at line 1, column 8."),
        arguments("EXPLAIN", "Write EXPLAIN PLAN FOR <query>"),
        arguments("EXPLAIN PLAN FOR", "The statement ends too early, at line 1, column 17."),
        arguments("EXPLAIN PLAN SELECT 1", "Unexpected SELECT at line 1, column 14."),
        arguments("EXPLAIN VERBOSE SELECT 1", "Unexpected VERBOSE at line 1, column 9."),
        arguments("EXPLAIN ANALYZE", "The statement ends too early, at line 1, column 16."),
        arguments("EXPLAIN ANALYZE ASK PROMPT 'x'", "Only a query or ASK '…' has a plan."),
        arguments("EXPLAIN ASK SQL 'x'", "Only a query or ASK '…' has a plan."),
        arguments("EXPLAIN EXPLAIN SELECT 1", "Unexpected EXPLAIN at line 1, column 9."),
        arguments("EXPLAIN SET mode = demo", "Unexpected SET at line 1, column 9."));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void saysWhatIsWrongAndWhere(String sql, String message) {
    assertThatThrownBy(() -> StatementParser.parse(sql))
        .isInstanceOf(SQLSyntaxErrorException.class)
        .hasMessageContaining(message)
        .extracting(e -> ((SQLException) e).getSQLState())
        .isEqualTo("42601");
  }

  @Test
  void limitsTheLengthOfAQuestion() throws SQLException {
    String longest = "a".repeat(Asker.MAX_QUESTION_LENGTH);
    assertThat(StatementParser.parse("ASK '" + longest + "'")).isEqualTo(new Ask(literal(longest)));
    assertThatThrownBy(() -> StatementParser.parse("SELECT * FROM (ASK '" + longest + "b') t"))
        .isInstanceOf(SQLSyntaxErrorException.class)
        .hasMessage(
            "The question has 10001 characters; at most 10000 are taken (line 1, column 20).");
  }

  @Test
  void countsColumnsInWholeCharacters() {
    assertThatThrownBy(() -> StatementParser.parse("SELECT '🚚🚚'; x"))
        .hasMessageContaining("line 1, column 14");
  }

  /** The pieces of a query, put together again, are its text; whatever stands between them. */
  @Test
  void piecesTogetherAreTheText() throws SQLException {
    List<String> sqlParts =
        List.of(
            "SELECT a",
            " ",
            "\n",
            "'x''(ASK ''y'')'",
            "\"ask\"",
            "`ask`",
            " ask ",
            ", ",
            "(",
            ")",
            "t.ask",
            " -- (ASK 'c')\n",
            "/* (ASK 'c') ? ; */",
            " ? ",
            "1.5",
            " TABLE ",
            "E'\\''",
            "{d '2026-01-01'}",
            " = ",
            "é🚚",
            "N'n'",
            " // ;'\n",
            "[1]",
            "::",
            "$1");
    Random random = new Random(42);
    for (int round = 0; round < 5_000; round++) {
      List<Object> expected = new ArrayList<>();
      StringBuilder text = new StringBuilder("SELECT ");
      StringBuilder sql = new StringBuilder(text);
      int placeholders = 0;
      int length = random.nextInt(12);
      for (int i = 0; i < length; i++) {
        if (random.nextInt(4) == 0) {
          boolean placeholder = random.nextBoolean();
          String question = "it's " + i + " (ASK";
          expected.add(sql.toString());
          expected.add(placeholder ? new Question.Placeholder(placeholders++) : literal(question));
          sql.setLength(0);
          text.append(placeholder ? "( ask ?)" : "(ASK/**/'" + question.replace("'", "''") + "' )");
          // Keeps the word TABLE in front of a question from becoming a part of it.
          sql.append(" x ");
          text.append(" x ");
        } else {
          // A bare "(" may not meet "ask" and a string: that would be a question.
          String part = sqlParts.get(random.nextInt(sqlParts.size())) + "| ";
          placeholders += part.equals(" ? | ") ? 1 : 0;
          sql.append(part);
          text.append(part);
        }
      }
      expected.add(sql.toString());
      assertThat(StatementParser.parse(text.toString()))
          .as(text.toString())
          .isEqualTo(query(placeholders, expected.toArray()));
    }
  }

  @Test
  void tokensTogetherAreTheText() throws SQLException {
    String alphabet = "aEnN_$?'\"`-/*; \n\r().0e1é🚚;:";
    int[] characters = alphabet.codePoints().toArray();
    Random random = new Random(7);
    int split = 0;
    for (int round = 0; round < 20_000; round++) {
      String text =
          random
              .ints(random.nextInt(14), 0, characters.length)
              .mapToObj(i -> Character.toString(characters[i]))
              .collect(Collectors.joining());
      try {
        List<Token> tokens = Lexer.split(text);
        assertThat(tokens.stream().map(Token::text).collect(Collectors.joining())).isEqualTo(text);
        split++;
      } catch (SQLSyntaxErrorException e) {
        assertThat(e.getMessage()).contains("has no closing");
      }
    }
    assertThat(split).isGreaterThan(1_000);
  }

  private static Question literal(String text) {
    return new Question.Literal(text);
  }

  private static Query query(int parameters, Object... parts) {
    List<Piece> pieces = new ArrayList<>();
    for (Object part : parts) {
      pieces.add(
          part instanceof Question question
              ? new Piece.Asked(question)
              : new Piece.Sql((String) part));
    }
    return new Query(pieces, parameters);
  }
}
