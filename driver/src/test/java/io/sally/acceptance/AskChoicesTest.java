package io.sally.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sally.ask.gemini.GeminiProtocolServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Follow-ups, candidates that vote, and who answers when the model does not. */
@Timeout(300)
class AskChoicesTest {
  private static final String SITES = "SELECT COUNT(*) AS \"n\" FROM \"demo\".\"sites\" s";

  private Gemini gemini;

  @BeforeEach
  void start() throws Exception {
    gemini = Gemini.start();
  }

  @AfterEach
  void stop() {
    gemini.close();
  }

  @Test
  void aFollowUpBuildsOnTheLastQuestionOfItsConnection() throws SQLException {
    String active = SITES + " WHERE s.\"status\" = 'active'";
    gemini.answersInTurn(GeminiProtocolServer.sql(SITES), GeminiProtocolServer.sql(active));
    try (Connection connection = gemini.connect(Map.of());
        Connection other = gemini.connect(Map.of())) {
      rows(connection, "ASK 'How many sites?'");
      List<String> shown = rows(connection, "ASK MORE 'only the active ones'");
      assertThat(shown).hasSize(1);
      assertThat(gemini.server().requests().get(1).lastTurn())
          .contains("<previous>\n\"How many sites?\" -> \"SELECT COUNT(*)")
          .contains("only the active ones");
      // The same again, as a refresh does, is the same; and it is known.
      assertThat(rows(connection, "ASK MORE 'Only the active ones'")).isEqualTo(shown);
      assertThat(gemini.calls()).isEqualTo(2);
      assertThat(rows(connection, "SELECT question FROM sally.questions LIMIT 1"))
          .containsExactly("How many sites? — Only the active ones");
      assertThat(failure(other, "ASK MORE 'only the active ones'").getSQLState())
          .isEqualTo("HY010");
    }
  }

  @Test
  void describingAFollowUpDoesNotMoveTheConversation() throws SQLException {
    gemini.answers(GeminiProtocolServer.sql(SITES));
    try (Connection connection = gemini.connect(Map.of())) {
      rows(connection, "ASK 'How many sites?'");
      try (PreparedStatement more = connection.prepareStatement("ASK MORE 'by country'")) {
        assertThat(more.getMetaData().getColumnCount()).isEqualTo(1);
        for (int i = 0; i < 3; i++) {
          more.executeQuery().close();
        }
      }
      assertThat(gemini.calls()).isEqualTo(2);
    }
  }

  @Test
  void aFollowUpInsideAQueryBuildsOnTheLastQuestionAndDoesNotMoveTheConversation()
      throws SQLException {
    String active = SITES + " WHERE s.\"status\" = 'active'";
    gemini.answersInTurn(GeminiProtocolServer.sql(SITES), GeminiProtocolServer.sql(active));
    String nested = "SELECT t.\"n\" * 0 FROM (ASK MORE 'only the active ones') t";
    try (Connection connection = gemini.connect(Map.of())) {
      assertThat(failure(connection, nested).getSQLState()).isEqualTo("HY010");
      rows(connection, "ASK 'How many sites?'");
      assertThat(rows(connection, nested)).containsExactly("0");
      assertThat(gemini.server().requests().get(1).lastTurn())
          .contains("<previous>\n\"How many sites?\" -> ")
          .contains("only the active ones");
      try (PreparedStatement more =
          connection.prepareStatement("SELECT t.\"n\" * 0 FROM (ASK MORE ?) t WHERE 1 = ?")) {
        more.setString(1, "only the active ones");
        more.setInt(2, 1);
        try (ResultSet rows = more.executeQuery()) {
          assertThat(rows.next()).isTrue();
        }
      }
      assertThat(rows(connection, "EXPLAIN PLAN FOR " + nested)).isNotEmpty();
      rows(connection, "ASK MORE 'only the active ones'");
      assertThat(gemini.calls()).isEqualTo(2);
    }
  }

  @Test
  void whatNeedsApprovalIsTheFollowUpAndNotAQuestionOfItsText() throws SQLException {
    gemini.answers(GeminiProtocolServer.sql(SITES));
    try (Connection connection = gemini.connect(Map.of("ask.approval", "required"))) {
      rows(connection, "ASK SQL 'How many sites?'");
      for (String sql :
          List.of(
              "ASK MORE 'the active ones'",
              "SELECT * FROM (ASK MORE 'the active ones') t",
              "EXPLAIN ANALYZE SELECT * FROM (ASK MORE 'the active ones') t")) {
        assertThat(failure(connection, sql).getMessage()).startsWith("ask.approval is required");
      }
      assertThat(rows(connection, "SELECT question FROM sally.translations"))
          .containsExactlyInAnyOrder("How many sites?", "How many sites? — the active ones");
    }
  }

  @Test
  void offlineAFollowUpAndItsQuestionAreTakenAsOne() throws SQLException {
    try (Connection connection = gemini.connect(Map.of("llm.provider", "offline"))) {
      rows(connection, "ASK 'How many shipments are delayed?'");
      assertThat(warnings(connection, "ASK MORE 'by country'"))
          .contains(
              "Assumption: Both are taken as one question: “How many shipments are delayed, by"
                  + " country”.");
      rows(connection, "ASK 'How many shipments are delayed?'");
      assertThat(failure(connection, "ASK MORE 'frobnicated only'").getMessage())
          .startsWith(
              "The offline translator takes a follow-up and what it builds on as one question,");
    }
    assertThat(gemini.calls()).isZero();
  }

  @Test
  void candidatesThatMeanTheSameVoteAsOne() throws SQLException {
    gemini.answersInTurn(
        GeminiProtocolServer.sql("SELECT COUNT(*) AS \"n\" FROM \"demo\".\"shipments\" s"),
        GeminiProtocolServer.sql(SITES),
        GeminiProtocolServer.sql("SELECT COUNT(*) AS \"sites\" FROM \"demo\".\"sites\" AS x"));
    try (Connection connection = gemini.connect(Map.of("ask.candidates", "3"))) {
      assertThat(rows(connection, "ASK SQL 'How many sites?'").get(0))
          .contains("demo.sites")
          .endsWith("|0.66");
      assertThat(warnings(connection, "ASK 'How many sites?'"))
          .contains("Confidence: 2 of 3 candidates mean the same query");
      assertThat(gemini.calls()).isEqualTo(3);
    }
  }

  @Test
  void candidatesOverOtherColumnsAreNotTheSame() throws SQLException {
    gemini.answersInTurn(
        GeminiProtocolServer.sql("SELECT s.\"country\" FROM \"demo\".\"sites\" s"),
        GeminiProtocolServer.sql("SELECT s.\"name\" AS \"country\" FROM \"demo\".\"sites\" s"));
    try (Connection connection = gemini.connect(Map.of("ask.candidates", "2"))) {
      assertThat(rows(connection, "ASK SQL 'Where are sites?'").get(0)).endsWith("|0.50");
    }
  }

  @Test
  void aQuestionThatMostCandidatesRefuseIsRefused() throws SQLException {
    gemini.answersInTurn(
        GeminiProtocolServer.sql(SITES),
        GeminiProtocolServer.unanswerable("There are no prices."),
        GeminiProtocolServer.unanswerable("There are no prices."));
    try (Connection connection = gemini.connect(Map.of("ask.candidates", "3"))) {
      assertThat(failure(connection, "ASK 'What does a site cost?'").getSQLState())
          .isEqualTo("SA001");
    }
  }

  @Test
  void whenTheModelFailsTheOfflineTranslatorAnswersAndSaysSo() throws SQLException {
    gemini.answers(GeminiProtocolServer.text("I would rather not."));
    try (Connection connection = gemini.connect(Map.of("llm.fallback", "offline"))) {
      List<String> warnings = warnings(connection, "ASK 'How many shipments are delayed?'");
      assertThat(warnings).contains("Trust: offline");
      assertThat(warnings)
          .anyMatch(
              text ->
                  text.startsWith(
                      "Assumption: The language model failed, and the offline translator answers"
                          + " in its place (Gemini's answer is not the JSON"));
      gemini.answers(
          GeminiProtocolServer.sql("SELECT COUNT(*) AS \"n\" FROM \"demo\".\"shipments\" s"));
      assertThat(warnings(connection, "ASK 'How many shipments are delayed?'"))
          .contains("Trust: generated (gemini)");
    }
  }

  @Test
  void whatTheModelRefusesIsNotGivenToTheFallback() throws SQLException {
    gemini.answers(GeminiProtocolServer.unanswerable("Nothing is delayed here."));
    try (Connection connection = gemini.connect(Map.of("llm.fallback", "offline"))) {
      assertThat(failure(connection, "ASK 'How many shipments are delayed?'").getSQLState())
          .isEqualTo("SA001");
    }
  }

  private static SQLException failure(Connection connection, String sql) {
    return catchThrowableOfType(SQLException.class, () -> rows(connection, sql));
  }

  private static List<String> warnings(Connection connection, String sql) throws SQLException {
    List<String> warnings = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      for (SQLWarning w = rows.getWarnings(); w != null; w = w.getNextWarning()) {
        warnings.add(w.getMessage());
      }
    }
    return warnings;
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
