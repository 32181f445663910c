package io.sally.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.sally.ask.gemini.GeminiProtocolServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same questions, translated by a model that writes the SQL which its instructions ask for. */
@Timeout(180)
class TwelveQuestionsThroughGeminiTest {
  private final DemoData demo = new DemoData();
  private Gemini gemini;
  private Connection connection;

  @BeforeEach
  void connect() throws Exception {
    gemini = Gemini.start();
    connection = gemini.connect(Map.of());
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
    gemini.close();
  }

  @ParameterizedTest
  @EnumSource
  void givesTheRowsThatPlainJavaFindsForOneCallHoweverItIsAsked(DemoQuestion question)
      throws SQLException {
    gemini.answers(
        GeminiProtocolServer.sql(
            question.modelSql(), "What it says.", "What it took for granted."));
    List<List<@Nullable Object>> expected = question.rows(demo);

    String ask = "ASK '" + question.question() + "'";
    assertThat(Results.rows(connection, ask)).isNotEmpty().isEqualTo(expected);
    assertThat(Results.rows(connection, ask)).isEqualTo(expected);
    assertThat(Results.rows(connection, "  " + ask.toUpperCase(Locale.ROOT) + " ;"))
        .isEqualTo(expected);
    assertThat(prepared("ASK ?", question.question())).isEqualTo(expected);
    assertThat(prepared(ask, null)).isEqualTo(expected);
    assertThat(Results.rows(connection, "SELECT count(*) FROM (" + ask + ") z_q"))
        .isEqualTo(List.of(List.of((long) expected.size())));
    try (Connection another = gemini.connect(Map.of())) {
      assertThat(Results.rows(another, ask)).isEqualTo(expected);
    }

    assertThat(gemini.calls()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void showsTheSqlThatWasProvenWhichGivesTheSameRowsByHand(DemoQuestion question)
      throws SQLException {
    gemini.answers(
        GeminiProtocolServer.sql(
            question.modelSql(), "What it says.", "What it took for granted."));
    String sql;
    try (Statement statement = connection.createStatement();
        ResultSet shown = statement.executeQuery("ASK SQL '" + question.question() + "'")) {
      assertThat(shown.next()).isTrue();
      sql = shown.getString("sql");
    }
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("ASK '" + question.question() + "'")) {
      assertThat(Results.messages(result.getWarnings()))
          .containsExactly(
              "SQL: " + sql,
              "Explanation: What it says.",
              "Assumption: What it took for granted.",
              "Trust: generated (gemini)");
    }
    assertThat(Results.rows(connection, sql)).isEqualTo(question.rows(demo));
  }

  private List<List<@Nullable Object>> prepared(String sql, @Nullable String question)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      if (question != null) {
        statement.setString(1, question);
      }
      statement.getMetaData();
      try (ResultSet result = statement.executeQuery()) {
        return Results.rows(result);
      }
    }
  }

  @Test
  void theModelReadsTheQuestionTheDayAndTheCatalogAndNoRow() throws SQLException {
    gemini.answers(GeminiProtocolServer.sql("SELECT COUNT(*) FROM \"demo\".\"vendors\" v"));
    Results.rows(connection, "ASK 'How many vendors are there?'");
    assertThat(gemini.server().requests().get(0).lastTurn())
        .contains(
            "\"How many vendors are there?\"",
            "Today is Sunday, 2026-03-15.",
            "TABLE \"demo\".\"shipments\" (about 15,000 rows)",
            "\"destination_site_id\" INTEGER NOT NULL",
            "Number of kits left. 0 means out of stock")
        .doesNotContain("Brennmark Vectors", "Ravensbrook Clinic Lyon", "Marta Kowalczyk");
  }
}
