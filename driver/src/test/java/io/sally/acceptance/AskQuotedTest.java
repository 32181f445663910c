package io.sally.acceptance;

import static io.sally.acceptance.Results.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sally.ask.gemini.GeminiProtocolServer;
import io.sally.ask.gemini.GeminiProtocolServer.Received;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts in quotes that stay on this machine. */
@Timeout(300)
class AskQuotedTest {
  private static final String QUESTION = "ASK 'Which site is led by \"Jane O''Roe\"?'";

  @TempDir Path folder;
  private Gemini gemini;

  @BeforeEach
  void start() throws Exception {
    gemini = Gemini.start();
    try (Connection lite = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("shop.db"));
        Statement statement = lite.createStatement()) {
      for (String sql :
          List.of(
              "CREATE TABLE sites (id INTEGER PRIMARY KEY, name VARCHAR(20), lead VARCHAR(20))",
              "INSERT INTO sites VALUES (1, 'Spree', 'Jane O''Roe'), (2, 'Isar', 'John Doe'),"
                  + " (3, 'Text', 'Weiß')")) {
        statement.execute(sql);
      }
    }
    Files.writeString(
        folder.resolve("sally.yaml"), "sources: {shop: {type: sqlite, database: ./shop.db}}\n");
  }

  @AfterEach
  void stop() {
    gemini.close();
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:sally:" + folder.resolve("sally.yaml"),
        gemini.properties(Map.of("ask.quoted", "kept")));
  }

  private void assertNothingLeft() {
    assertThat(gemini.server().requests())
        .extracting(Received::body)
        .noneMatch(body -> body.toLowerCase(Locale.ROOT).contains("roe"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT name FROM sites WHERE lead = 'Value1Text'",
        "SELECT name FROM sites WHERE LOWER(lead) = 'value1text'",
        "SELECT name FROM sites WHERE UPPER(lead) LIKE '%VALUE1TEXT%'",
        "SELECT name FROM sites WHERE lead = 'Value1Text' -- it's him",
      })
  void aPlaceholderLeavesAndTheTextIsPutIntoTheQuery(String sql) throws SQLException {
    gemini.answers(GeminiProtocolServer.sql(sql, "Sites led by Value1Text", "Value1Text leads"));
    try (Connection connection = connect()) {
      String shown = lines(connection, QUESTION.replace("ASK", "ASK PROMPT")).get(0);
      assertThat(lines(connection, QUESTION)).containsExactly("Spree");
      assertThat(shown).endsWith("|" + gemini.server().requests().get(0).body());
      assertThat(lines(connection, "SELECT explanation, assumptions FROM sally.translations"))
          .containsExactly("Sites led by Jane O'Roe|Jane O'Roe leads");
      assertThat(lines(connection, QUESTION.replace("Jane O''Roe", "John Doe")).size()).isOne();
    }
    assertNothingLeft();
  }

  @Test
  void whatIsSentBackHoldsItNeither() throws SQLException {
    gemini.answersInTurn(
        GeminiProtocolServer.sql("SELECT nme FROM sites WHERE lead = 'Value1Text'"),
        GeminiProtocolServer.sql("SELECT name FROM sites WHERE CAST(lead AS DATE) = Value1Text"),
        GeminiProtocolServer.sql("SELECT name FROM sites WHERE lead = 'Value1Text'"));
    try (Connection connection = connect()) {
      assertThatThrownBy(() -> lines(connection, QUESTION))
          .hasMessageContaining("made no use of “Jane O'Roe”");
      assertThat(lines(connection, QUESTION)).containsExactly("Spree");
      assertThat(lines(connection, "ASK MORE 'and its number'")).containsExactly("Spree");
    }
    assertThat(gemini.server().requests().get(1).lastTurn()).contains("Column 'nme' not found");
    assertNothingLeft();
  }

  @Test
  void eachOfSeveralTextsHasItsOwnPlaceholder() throws SQLException {
    String question = "ASK 'Is \"Text\" or “Value” led by «Weiß», as Weiß himself says of texts?'";
    gemini.answersInTurn(
        GeminiProtocolServer.sql(
            "SELECT nme FROM sites WHERE name IN ('ValueOf1Text', 'ValueOf2Text')"
                + " AND UPPER(lead) = 'VALUEOF3TEXT'"),
        GeminiProtocolServer.sql(
            "SELECT name FROM sites WHERE name IN ('ValueOf1Text', 'ValueOf2Text')"
                + " AND lead = 'ValueOf3Text'"));
    try (Connection connection = connect()) {
      assertThat(lines(connection, question)).containsExactly("Text");
    }
    assertThat(gemini.server().requests().get(0).lastTurn())
        .contains(
            "Is \\\"ValueOf1Text\\\" or “ValueOf2Text” led by «ValueOf3Text», as ValueOf3Text himself"
                + " says of texts?");
    assertThat(gemini.server().requests())
        .hasSize(2)
        .extracting(Received::body)
        .noneMatch(body -> body.contains("Weiß") || body.contains("WEISS"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT name FROM sites WHERE lead = 'VALUE1Text'",
        "SELECT name FROM sites WHERE lead IN ('Value1Text', $$Value1Text$$)",
        "SELECT name FROM sites -- WHERE lead = 'Value1Text'",
      })
  void aPlaceholderThatCannotBecomeTheTextIsRefused(String sql) throws SQLException {
    gemini.answers(GeminiProtocolServer.sql(sql));
    try (Connection connection = connect()) {
      assertThatThrownBy(() -> lines(connection, QUESTION))
          .hasMessageContaining("The language model made no use of “Jane O'Roe”");
    }
    assertNothingLeft();
  }

  @Test
  void aTextWithABackslashIsRefusedSinceMannersOfSqlReadItDifferently() throws SQLException {
    gemini.answers(GeminiProtocolServer.sql("SELECT name FROM sites WHERE lead = 'Value1Text'"));
    try (Connection connection = connect()) {
      assertThatThrownBy(() -> lines(connection, "ASK 'Who is \"Jane\\Roe\"?'"))
          .hasMessageContaining("made no use of “Jane\\Roe”");
    }
    assertNothingLeft();
  }

  @Test
  void rowsThatMayLeaveForANarrationLeaveWithoutIt() throws Exception {
    Files.writeString(
        folder.resolve("sally.yaml"),
        "sources: {shop: {type: sqlite, database: ./shop.db, ask: {samples: values}}}\n");
    gemini.answersInTurn(
        GeminiProtocolServer.sql(
            "SELECT lead AS \"who is Value1Text\", id FROM sites WHERE lead = 'Value1Text'"),
        GeminiProtocolServer.text("{\"narration\": \"Value1Text has number 1.\"}"));
    try (Connection connection = connect()) {
      assertThat(lines(connection, QUESTION.replace("ASK", "ASK NARRATE")))
          .containsExactly("Jane O'Roe has number 1.|gemini");
    }
    String sent = gemini.server().requests().get(1).body();
    assertThat(sent).contains("who is Value1Text").doesNotContain("Roe");
  }

  @Test
  void pinnedExamplesLeaveWithoutTextsAlone() throws SQLException {
    gemini.answers(GeminiProtocolServer.sql("SELECT name FROM sites WHERE lead = 'Value1Text'"));
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      String id = lines(connection, QUESTION.replace("ASK", "ASK SQL")).get(0).split("\\|", -1)[0];
      statement.execute("ASK PIN " + id);
      gemini.answers(GeminiProtocolServer.sql("SELECT COUNT(*) FROM sites"));
      assertThat(lines(connection, "ASK 'Which site is led by how many?'")).containsExactly("3");
    }
    assertNothingLeft();
  }
}
