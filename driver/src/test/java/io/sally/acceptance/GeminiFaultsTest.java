package io.sally.acceptance;

import static io.sally.ask.gemini.GeminiProtocolServer.blocked;
import static io.sally.ask.gemini.GeminiProtocolServer.brokenOff;
import static io.sally.ask.gemini.GeminiProtocolServer.empty;
import static io.sally.ask.gemini.GeminiProtocolServer.error;
import static io.sally.ask.gemini.GeminiProtocolServer.finish;
import static io.sally.ask.gemini.GeminiProtocolServer.hang;
import static io.sally.ask.gemini.GeminiProtocolServer.headersThenHang;
import static io.sally.ask.gemini.GeminiProtocolServer.quotaWithRetryAfter;
import static io.sally.ask.gemini.GeminiProtocolServer.quotaWithRetryInfo;
import static io.sally.ask.gemini.GeminiProtocolServer.raw;
import static io.sally.ask.gemini.GeminiProtocolServer.sql;
import static io.sally.ask.gemini.GeminiProtocolServer.text;
import static io.sally.ask.gemini.GeminiProtocolServer.unanswerable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.sally.ask.gemini.GeminiProtocolServer.Answer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What goes wrong between a connection and its model: each ends in its SQLState or in a right
 * answer, and the connection answers the next question.
 */
@Timeout(20)
class GeminiFaultsTest {
  private static final String QUESTION = "ASK 'How many sites are there?'";
  private static final Answer RIGHT = sql("SELECT COUNT(*) AS \"sites\" FROM \"demo\".\"sites\" s");
  private static final List<List<Long>> SITES = List.of(List.of(150L));

  private Gemini gemini;

  @BeforeEach
  void start() throws Exception {
    gemini = Gemini.start();
  }

  @AfterEach
  void stop() {
    gemini.close();
  }

  /** Patient enough for every fault that ends by itself, and not for a hang. */
  private Connection connect() throws SQLException {
    return gemini.connect(Map.of("llm.timeout", "2s"));
  }

  static Stream<Arguments> whatEndsInAnError() {
    return Stream.of(
        argumentSet("quota, too long", quotaWithRetryAfter("3600"), "SA005", 1),
        argumentSet("quota, too long, in the body", quotaWithRetryInfo("3600s"), "SA005", 1),
        argumentSet("hang", hang(), "HYT00", 1),
        argumentSet("hang in the body", headersThenHang(), "HYT00", 1),
        argumentSet("response is broken JSON", raw(200, "{\"candidates\": [{"), "SA006", 2),
        argumentSet("response is a page", raw(200, "<html>Welcome</html>"), "SA006", 2),
        argumentSet("answer is broken JSON", text("{\"answerable\": true, \"sql\": "), "SA006", 2),
        argumentSet("no candidate", empty(), "SA006", 2),
        argumentSet("no text", text(""), "SA006", 2),
        argumentSet("blocked question", blocked("PROHIBITED_CONTENT"), "SA006", 1),
        argumentSet("blocked answer", finish("SAFETY", ""), "SA006", 1),
        argumentSet(
            "cut off", finish("MAX_TOKENS", "{\"answerable\": true, \"sql\": \"SEL"), "SA006", 2),
        argumentSet("request refused", error(400, "INVALID_ARGUMENT", "No."), "SA006", 1),
        argumentSet("no such model", error(404, "NOT_FOUND", "No such model."), "22023", 1),
        argumentSet("no permission", error(403, "PERMISSION_DENIED", "No."), "28000", 1),
        argumentSet("no data", unanswerable("There is no weather.", "How many sites?"), "SA001", 1),
        argumentSet("no column", sql("SELECT s.\"nome\" FROM \"demo\".\"sites\" s"), "SA003", 3),
        argumentSet("no table", sql("SELECT * FROM \"demo\".\"patients\" p"), "SA003", 3),
        argumentSet("DELETE", sql("DELETE FROM \"demo\".\"sites\""), "SA003", 3),
        argumentSet("DROP", sql("DROP TABLE \"demo\".\"sites\""), "SA003", 3),
        argumentSet(
            "two statements",
            sql("SELECT 1 FROM \"demo\".\"sites\"; DELETE FROM \"demo\".\"sites\""),
            "SA003",
            3),
        argumentSet("parameter", sql("SELECT * FROM \"demo\".\"sites\" WHERE 1 = ?"), "SA003", 3),
        argumentSet("prose", text("I would count the rows of the table sites."), "SA006", 2));
  }

  @ParameterizedTest
  @MethodSource
  void whatEndsInAnError(Answer fault, String sqlState, int calls) throws SQLException {
    try (Connection connection = connect()) {
      gemini.answers(fault);
      SQLException error = failure(connection);
      assertThat(error.getSQLState()).as(error.getMessage()).isEqualTo(sqlState);
      assertThat(gemini.calls()).isEqualTo(calls);
      assertStillAnswers(connection);
    }
  }

  static Stream<Arguments> whatEndsInTheRightAnswer() {
    String right = "SELECT COUNT(*) FROM \"demo\".\"sites\" s";
    return Stream.of(
        argumentSet("quota, free again", quotaWithRetryAfter("1"), RIGHT, 2),
        argumentSet("busy once", error(503, "UNAVAILABLE", "Overloaded."), RIGHT, 2),
        argumentSet("broken off once", brokenOff(), RIGHT, 2),
        argumentSet("broken JSON once", text("{\"sql\": \"SELECT"), RIGHT, 2),
        argumentSet("empty once", empty(), RIGHT, 2),
        argumentSet("cut off once", finish("MAX_TOKENS", "{"), RIGHT, 2),
        argumentSet("DELETE once", sql("DELETE FROM \"demo\".\"sites\""), RIGHT, 2),
        argumentSet("two statements once", sql(right + "; " + right), RIGHT, 2),
        argumentSet("semicolon", sql(right + ";"), RIGHT, 1),
        argumentSet("fence in the SQL", sql("```sql\n" + right + "\n```"), RIGHT, 1),
        argumentSet("prose above the SQL", sql("Here is the query:\n" + right), RIGHT, 1),
        argumentSet(
            "prose around the answer",
            text("Sure!\n```sql\n" + right + ";\n```\nIt counts the sites."),
            RIGHT,
            1),
        argumentSet(
            "prose around the JSON",
            text(
                "Here it is: {\"answerable\": true, \"sql\": \""
                    + right.replace("\"", "\\\"")
                    + "\", \"explanation\": \"Counts.\"} Tell me if you need more."),
            RIGHT,
            1));
  }

  @ParameterizedTest
  @MethodSource
  void whatEndsInTheRightAnswer(Answer first, Answer later, int calls) throws SQLException {
    try (Connection connection = gemini.connect(Map.of())) {
      gemini.answersInTurn(first, later);
      assertThat(Results.rows(connection, QUESTION)).isEqualTo(SITES);
      assertThat(gemini.calls()).isEqualTo(calls);
    }
  }

  @Test
  void aServiceThatStaysBusyEndsWithinTheDeadline() throws SQLException {
    try (Connection connection = connect()) {
      gemini.answers(error(503, "UNAVAILABLE", "The model is overloaded."));
      SQLException error = failure(connection);
      assertThat(error.getSQLState()).isEqualTo("SA004");
      assertThat(error.getMessage()).contains("HTTP 503", "overloaded");
      assertStillAnswers(connection);
    }
  }

  @Test
  void aColumnThatIsNotThereIsRepairedByTheModelThatIsToldOfIt() throws SQLException {
    try (Connection connection = connect()) {
      gemini.answersInTurn(sql("SELECT COUNT(s.\"site_nr\") FROM \"demo\".\"sites\" s"), RIGHT);
      assertThat(Results.rows(connection, QUESTION)).isEqualTo(SITES);
      assertThat(gemini.calls()).isEqualTo(2);
      assertThat(gemini.server().requests().get(1).lastTurn())
          .contains("That query was refused", "Column 'site_nr' not found");
    }
  }

  @Test
  void whatIsNeverRepairedTellsTheLastQueryAndWhyItWasRefused() throws SQLException {
    try (Connection connection = connect()) {
      gemini.answers(sql("DELETE FROM \"demo\".\"sites\""));
      assertThat(failure(connection).getMessage())
          .contains("How many sites are there?", "DELETE FROM", "3 attempts");
      assertThat(Results.rows(connection, "SELECT COUNT(*) FROM sites")).isEqualTo(SITES);
    }
  }

  @Test
  void aWrongKeyIsRefusedAndShownNowhere() throws SQLException {
    String key = "AIzaWrongKeyThatNobodyMayEverRead000";
    Properties properties = gemini.properties(Map.of("llm.apiKey", key));
    try (Connection connection = DriverManager.getConnection(Gemini.URL, properties)) {
      SQLException error = failure(connection);
      assertThat(error.getSQLState()).isEqualTo("28000");
      assertThat(gemini.server().requests().get(0).key()).isEqualTo(key);
      assertThat(
              Stream.of(
                  stackTrace(error),
                  Results.messages(connection.getWarnings()).toString(),
                  Results.rows(connection, "ASK PROMPT 'How many sites?'").toString(),
                  connection.toString(),
                  connection.getMetaData().getURL(),
                  connection.getClientInfo().toString(),
                  described(Gemini.URL, properties)))
          .noneMatch(text -> text.contains(key));
      assertThat(Results.rows(connection, "SELECT COUNT(*) FROM sites")).isEqualTo(SITES);
    }
  }

  @Test
  void aKeyInTheUrlIsShownNowhere() throws SQLException {
    String key = "AIzaWrongKeyThatNobodyMayEverRead000";
    String url = Gemini.URL + "&llm.apiKey=" + key + "&llm.baseUrl=" + gemini.server().baseUrl();
    try (Connection connection = DriverManager.getConnection(url)) {
      gemini.answers(error(400, "INVALID_ARGUMENT", "API key not valid: " + key));
      assertThat(
              Stream.of(
                  stackTrace(failure(connection)),
                  connection.getMetaData().getURL(),
                  described(url, new Properties())))
          .noneMatch(text -> text.contains(key));
    }
  }

  @Test
  void aRightKeyIsInNoAnswerAndNoPrompt() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      gemini.answers(RIGHT);
      statement.executeQuery(QUESTION);
      String key = gemini.properties(Map.of()).getProperty("llm.apiKey");
      assertThat(
              Stream.of(
                  Results.messages(statement.getWarnings()).toString(),
                  Results.rows(connection, "ASK SQL 'How many sites are there?'").toString(),
                  Results.rows(connection, "ASK PROMPT 'How many sites are there?'").toString()))
          .noneMatch(text -> text.contains(key));
      assertThat(gemini.calls()).isEqualTo(1);
    }
  }

  @Test
  void askPromptShowsWhatWouldBeSentAndSendsNothing() throws SQLException {
    try (Connection connection = connect()) {
      List<@Nullable Object> shown =
          Results.rows(connection, "ASK PROMPT 'How many sites are there?'").get(0);
      assertThat(gemini.calls()).isZero();
      gemini.answers(RIGHT);
      Results.rows(connection, QUESTION);
      var sent = gemini.server().requests().get(0);
      assertThat(shown)
          .isEqualTo(List.of("POST " + gemini.server().baseUrl() + sent.path(), sent.body()));
    }
  }

  @Test
  void cancelFromAnotherThreadEndsAHang() throws Exception {
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try (Connection connection =
            gemini.connect(Map.of("llm.timeout", "10m", "ask.timeout", "10m"));
        Statement statement = connection.createStatement()) {
      gemini.answers(hang());
      Future<SQLException> asked =
          executor.submit(
              () ->
                  catchThrowableOfType(SQLException.class, () -> statement.executeQuery(QUESTION)));
      gemini.server().awaitRequests(1);
      statement.cancel();
      assertThat(asked.get().getSQLState()).isEqualTo("57014");
      assertStillAnswers(connection);
      assertThat(statement.executeQuery(QUESTION).next()).isTrue();
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void cancelEndsTheWaitForTheQuotaToo() throws Exception {
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try (Connection connection =
            gemini.connect(Map.of("llm.timeout", "10m", "ask.timeout", "10m"));
        Statement statement = connection.createStatement()) {
      gemini.answers(quotaWithRetryAfter("300"));
      Future<SQLException> asked =
          executor.submit(
              () ->
                  catchThrowableOfType(SQLException.class, () -> statement.executeQuery(QUESTION)));
      gemini.server().awaitRequests(1);
      statement.cancel();
      assertThat(asked.get().getSQLState()).isEqualTo("57014");
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void theQueryTimeoutEndsAHang() throws SQLException {
    try (Connection connection =
            gemini.connect(Map.of("llm.timeout", "10m", "ask.timeout", "10m"));
        Statement statement = connection.createStatement()) {
      gemini.answers(hang());
      statement.setQueryTimeout(1);
      SQLTimeoutException timeout =
          catchThrowableOfType(SQLTimeoutException.class, () -> statement.executeQuery(QUESTION));
      assertThat(timeout.getSQLState()).isEqualTo("HYT00");
      assertThat(timeout.getMessage()).contains("1 s", "setQueryTimeout");
      assertStillAnswers(connection);
    }
  }

  @Test
  void theTimeoutOfAskEndsAHang() throws SQLException {
    try (Connection connection =
        gemini.connect(Map.of("llm.timeout", "10m", "ask.timeout", "500ms"))) {
      gemini.answers(hang());
      SQLException timeout = failure(connection);
      assertThat((Throwable) timeout).isInstanceOf(SQLTimeoutException.class);
      assertThat(timeout.getSQLState()).isEqualTo("HYT00");
      assertThat(timeout.getMessage()).contains("ask.timeout");
    }
  }

  /** Also shows that a failed translation is not kept. */
  private void assertStillAnswers(Connection connection) throws SQLException {
    assertThat(connection.isValid(5)).isTrue();
    gemini.answers(RIGHT);
    assertThat(Results.rows(connection, QUESTION)).isEqualTo(SITES);
  }

  private static SQLException failure(Connection connection) {
    return catchThrowableOfType(SQLException.class, () -> Results.rows(connection, QUESTION));
  }

  private static String stackTrace(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  private static String described(String url, Properties properties) throws SQLException {
    DriverPropertyInfo[] infos = DriverManager.getDriver(url).getPropertyInfo(url, properties);
    return Arrays.stream(infos)
        .map(info -> info.name + "=" + info.value + " " + info.description)
        .toList()
        .toString();
  }
}
