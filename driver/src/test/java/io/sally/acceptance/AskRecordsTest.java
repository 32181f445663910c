package io.sally.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sally.ask.gemini.GeminiProtocolServer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is written down of questions, and what budgets keep from leaving. */
@Timeout(300)
class AskRecordsTest {
  private static final String SQL = "SELECT COUNT(*) AS \"n\" FROM \"demo\".\"sites\" s";

  private Gemini gemini;

  @BeforeEach
  void start() throws Exception {
    gemini = Gemini.start().answers(GeminiProtocolServer.sql(SQL));
  }

  @AfterEach
  void stop() {
    gemini.close();
  }

  @Test
  void everyAskingIsLoggedOnceWithWhatItCost() throws SQLException {
    gemini.answersInTurn(
        GeminiProtocolServer.sql("SELECT nothing FROM \"demo\".\"sites\""),
        GeminiProtocolServer.sql(SQL),
        GeminiProtocolServer.unanswerable("There are no prices."));
    try (Connection connection = gemini.connect(Map.of())) {
      rows(connection, "ASK 'How many sites?'");
      rows(connection, "ASK 'how many sites?'");
      rows(connection, "ASK SQL 'How many sites?'");
      failure(connection, "ASK 'What does it cost?'");
      assertThat(
              rows(
                  connection,
                  "SELECT question, sql IS NOT NULL, translator, model, attempts, tokens_in,"
                      + " tokens_out, \"rows\", outcome, error FROM sally.questions"))
          .containsExactly(
              "What does it cost?|false|null|gemini-test-flash|1|1200|80|null|failed|The data"
                  + " cannot answer this. There are no prices.",
              "How many sites?|true|gemini|gemini-test-flash|0|0|0|null|translated|null",
              "how many sites?|true|gemini|gemini-test-flash|0|0|0|1|answered|null",
              "How many sites?|true|gemini|gemini-test-flash|2|2400|160|1|answered|null");
    }
  }

  @Test
  void everyByteThatLeftIsWrittenDownAndNoKey() throws SQLException {
    gemini.answersInTurn(
        GeminiProtocolServer.error(503, "UNAVAILABLE", "Busy."), GeminiProtocolServer.sql(SQL));
    try (Connection connection = gemini.connect(Map.of())) {
      rows(connection, "ASK 'How many sites?'");
      rows(connection, "ASK 'How many sites?'");
      rows(connection, "ASK PROMPT 'How many sites?'");
      String destination =
          "POST "
              + gemini.server().baseUrl()
              + "/v1beta/models/gemini-test-flash:generateContent|translate";
      assertThat(
              rows(
                  connection,
                  "SELECT e.destination, e.purpose, q.question FROM sally.egress e"
                      + " JOIN sally.questions q ON q.id = e.question_id"))
          .containsExactly(destination + "|How many sites?", destination + "|How many sites?");
      long body = gemini.server().requests().get(0).body().getBytes(StandardCharsets.UTF_8).length;
      for (String bytes : rows(connection, "SELECT bytes_out, bytes_in FROM sally.egress")) {
        String[] outAndIn = bytes.split("\\|", -1);
        assertThat(Long.parseLong(outAndIn[0])).isBetween(body + 200, body + 1000);
        assertThat(Long.parseLong(outAndIn[1])).isBetween(100L, 1000L);
      }
      List<String> all = new ArrayList<>(rows(connection, "SELECT * FROM sally.egress"));
      all.addAll(rows(connection, "SELECT * FROM sally.questions"));
      all.addAll(rows(connection, "SELECT * FROM sally.translations"));
      assertThat(all).noneMatch(row -> row.contains(GeminiProtocolServer.KEY));
    }
  }

  @Test
  void translationsAreShownWithTheirTrust() throws SQLException {
    try (Connection connection = gemini.connect(Map.of())) {
      String id = rows(connection, "ASK SQL 'How many sites?'").get(0).split("\\|", 2)[0];
      String shown = "SELECT id, question, trust, tables FROM sally.translations";
      assertThat(rows(connection, shown))
          .containsExactly(id + "|How many sites?|generated|demo.sites");
      try (Statement statement = connection.createStatement()) {
        assertThat(statement.executeUpdate("ASK PIN " + id)).isZero();
      }
      assertThat(rows(connection, shown))
          .containsExactly(id + "|How many sites?|verified|demo.sites");
    }
  }

  @Test
  void theBudgetOfCallsStopsBeforeTheSpend() throws SQLException {
    gemini.answers(GeminiProtocolServer.sql("SELECT wrong FROM \"demo\".\"sites\""));
    try (Connection connection = gemini.connect(Map.of("ask.maxCallsPerDay", "2"))) {
      SQLException failure = failure(connection, "ASK 'How many sites?'");
      assertThat(failure.getSQLState()).isEqualTo("53400");
      assertThat(failure.getMessage())
          .startsWith(
              "The budget of calls is used up: 2 of 2 of today left already"
                  + " (ask.maxCallsPerDay). Nothing was sent.");
      assertThat(gemini.calls()).isEqualTo(2);
      assertThat(rows(connection, "SELECT COUNT(*) FROM sally.egress")).containsExactly("2");
    }
  }

  @Test
  void theBudgetOfTokensCountsWhatTheServiceSaysAndStopsBeforeTheSpend() throws SQLException {
    // An answer costs 1,280 tokens; a request alone is estimated at more than 700.
    try (Connection connection = gemini.connect(Map.of("ask.maxTokensPerDay", "5000"))) {
      int asked = 0;
      SQLException failure = null;
      while (failure == null && asked < 10) {
        try {
          rows(connection, "ASK 'How many sites are there, " + asked + " times?'");
          asked++;
        } catch (SQLException e) {
          failure = e;
        }
      }
      assertThat(asked).isBetween(1, 3);
      assertThat(gemini.calls()).isEqualTo(asked);
      SQLException spent = Objects.requireNonNull(failure);
      assertThat(spent.getSQLState()).isEqualTo("53400");
      assertThat(spent.getMessage())
          .contains("of 5000 a day (ask.maxTokensPerDay) " + asked * 1280 + " are used");
      // What is known costs nothing.
      assertThat(rows(connection, "ASK 'How many sites are there, 0 times?'")).hasSize(1);
    }
  }

  @Test
  void anAnswerThatIsExpectedToBeTooLargeIsNotRun() throws SQLException {
    gemini.answers(GeminiProtocolServer.sql("SELECT * FROM \"demo\".\"shipments\" s"));
    try (Connection connection = gemini.connect(Map.of("ask.maxEstimatedRows", "10"))) {
      SQLException failure = failure(connection, "ASK 'All shipments'");
      assertThat(failure.getSQLState()).isEqualTo("54000");
      assertThat(failure.getMessage()).contains("ask.maxEstimatedRows allows 10");
      assertThat(rows(connection, "ASK SQL 'All shipments'")).hasSize(1);
      assertThat(rows(connection, "SELECT COUNT(*) FROM (ASK 'All shipments') t")).hasSize(1);
    }
  }

  private static SQLException failure(Connection connection, String sql) {
    return catchThrowableOfType(SQLException.class, () -> rows(connection, sql));
  }

  private static List<String> rows(Connection connection, String sql) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          row.add(rows.getString(i));
        }
        texts.add(String.join("|", row.stream().map(String::valueOf).toList()));
      }
    }
    return texts;
  }
}
