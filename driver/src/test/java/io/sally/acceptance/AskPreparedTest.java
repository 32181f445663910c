package io.sally.acceptance;

import static io.sally.acceptance.Results.lines;
import static org.assertj.core.api.Assertions.assertThat;

import io.sally.ask.gemini.GeminiProtocolServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same question with another value, with no call where that is safe and with one where not. */
@Timeout(300)
class AskPreparedTest {
  private static final String BERLIN = "SELECT s.name FROM sites s WHERE s.city = 'Berlin'";
  private static final String MORE_THAN_2 =
      "SELECT s.city, COUNT(*) AS n FROM sites s GROUP BY s.city HAVING COUNT(*) > 2";
  private static final String OTHER = "SELECT 'asked anew' AS said FROM sites s WHERE s.id = 1";

  @TempDir Path folder;
  private Gemini gemini;

  @BeforeEach
  void start() throws Exception {
    gemini = Gemini.start();
    try (Connection lite = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("shop.db"));
        Statement statement = lite.createStatement()) {
      for (String sql :
          List.of(
              "CREATE TABLE states (code VARCHAR(4) PRIMARY KEY, name VARCHAR(20))",
              "CREATE TABLE sites (id INTEGER PRIMARY KEY, name VARCHAR(20), city VARCHAR(20),"
                  + " state VARCHAR(4) REFERENCES states (code), status VARCHAR(10), beds INTEGER,"
                  + " phone VARCHAR(20))",
              "INSERT INTO states VALUES ('BY', 'Bavaria'), ('BE', 'Land BE'), ('GA', 'Georgia')",
              "INSERT INTO sites VALUES (1, 'Spree', 'Berlin', 'BE', 'active', 10, '5551'),"
                  + " (2, 'Havel', 'Berlin', 'BE', 'closed', 20, '5552'),"
                  + " (3, 'Isar', 'Munich', 'BY', 'active', 10, '5551'),"
                  + " (4, 'Rhone', 'New Lyon', 'BY', 'active', 30, 'March'),"
                  + " (5, 'Oconee', 'Georgia', 'GA', 'active', 30, 'x'),"
                  + " (6, 'May', 'May', 'GA', 'active', 30, 'x'),"
                  + " (7, 'Hub', 'HQ', 'GA', 'active', 30, 'x'),"
                  + " (8, 'In', 'In', 'GA', 'active', 30, 'x'),"
                  + " (9, 'Inn', 'Munich', 'BY', 'active', 31, 'x'),"
                  + " (10, 'Ilm', 'Munich', 'BY', 'active', 31, 'x')")) {
        statement.execute(sql);
      }
    }
    Files.writeString(
        folder.resolve("sally.yaml"),
        """
        sources:
          shop: {type: sqlite, database: ./shop.db, mask: [sites.phone]}
        glossary: {"hq": "the site named Hub"}
        """);
  }

  @AfterEach
  void stop() {
    gemini.close();
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:sally:" + folder.resolve("sally.yaml"), gemini.properties(Map.of()));
  }

  private static List<String> ask(Connection connection, String question) throws SQLException {
    return lines(connection, "ASK '" + question.replace("'", "''") + "'");
  }

  /** Has the model answer the first question so, and any other that reaches it by another query. */
  private List<String> askBoth(String sql, String first, String second) throws SQLException {
    gemini.answersInTurn(GeminiProtocolServer.sql(sql), GeminiProtocolServer.sql(OTHER));
    try (Connection connection = connect()) {
      ask(connection, first);
      return ask(connection, second);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "SELECT s.name FROM sites s WHERE s.city = 'Berlin';Sites in Berlin?;Sites in Munich?;"
            + "Isar,Inn,Ilm",
        "SELECT s.name FROM sites s WHERE s.city = 'Berlin';Sites in Berlin?;sites in new lyon;Rhone",
        "SELECT s.name FROM sites s WHERE LOWER(s.city) = 'berlin';Sites in Berlin;Sites in Munich;"
            + "Isar,Inn,Ilm",
        "SELECT s.name FROM sites s WHERE s.city = 'Berlin' AND s.status = 'active' AND s.beds > 9;"
            + "Active sites in Berlin with more than 9 beds?;"
            + "Active sites in Munich with more than 30 beds?;Inn,Ilm",
        "SELECT s.name FROM sites s WHERE s.name = 'Havel';Which site is \"Havel\"?;"
            + "Which site is \"Isar\"?;Isar",
        "SELECT s.city, COUNT(*) AS n FROM sites s GROUP BY s.city HAVING COUNT(*) > 2;"
            + "Cities with more than 2 sites?;Cities with more than 3 sites?;''",
        "SELECT s.name FROM sites s WHERE s.beds = 20;Sites with 20 beds;Sites with 31 beds;Inn,Ilm",
        "SELECT s.name FROM sites s ORDER BY s.beds DESC, s.id FETCH FIRST 3 ROWS ONLY;"
            + "Top 3 sites by beds;Top 2 sites by beds;Inn,Ilm",
      })
  void theSameQuestionWithAnotherValueNeedsNoCall(
      String sql, String first, String second, String rows) throws SQLException {
    assertThat(String.join(",", askBoth(sql, first, second)))
        .isEqualTo(rows.replaceAll("^''$", ""));
    assertThat(gemini.calls()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        // Another column holds it.
        "SELECT s.name FROM sites s WHERE s.city = 'Berlin';Sites in Berlin;Sites in Bavaria",
        // Another column holds it, too.
        "SELECT s.name FROM sites s WHERE s.city = 'Berlin';Sites in Berlin;Sites in Georgia",
        // It may be a month.
        "SELECT s.name FROM sites s WHERE s.city = 'Berlin';Sites in Berlin;Sites in May",
        // The glossary says what it means.
        "SELECT s.name FROM sites s WHERE s.city = 'Berlin';Sites in Berlin;Sites in HQ",
        // A short word in another case is another word.
        "SELECT s.name FROM sites s WHERE s.city = 'Berlin';Sites in Berlin;Sites in in",
        // There is more to it.
        "SELECT s.name FROM sites s WHERE s.city = 'Berlin';Sites in Berlin;Sites in Munich or Berlin",
        "SELECT s.name FROM sites s WHERE s.city = 'Berlin';Sites in Berlin;Sites not in Munich",
        // The query holds what follows of the value.
        "SELECT s.name FROM sites s WHERE s.city = 'Berlin' AND s.state = 'BE';Sites in Berlin;"
            + "Sites in Munich",
        "SELECT s.name FROM sites s WHERE s.city = 'Berlin' AND s.beds > 5;Sites in Berlin;"
            + "Sites in Munich",
        "SELECT s.name AS berlin_site FROM sites s WHERE s.city = 'Berlin';Sites in Berlin;"
            + "Sites in Munich",
        "SELECT s.name FROM sites s WHERE s.city LIKE '%Berlin%';Sites in Berlin;Sites in Munich",
        // A masked column holds nothing.
        "SELECT s.name FROM sites s WHERE s.phone = '5552';Sites with phone \"5552\";"
            + "Sites with phone \"5551\"",
        // It stands twice.
        "SELECT s.name FROM sites s WHERE s.beds > 10 AND s.beds <> 10;Sites with more than 10 beds;"
            + "Sites with more than 20 beds",
        "SELECT s.name FROM sites s WHERE s.city = 'Berlin' OR s.name = 'Berlin';Sites in Berlin;"
            + "Sites in Munich",
        "SELECT s.name AS over10 FROM sites s WHERE s.beds > 10;Sites with more than 10 beds;"
            + "Sites with more than 20 beds",
        // None and one are other questions.
        "SELECT s.city FROM sites s GROUP BY s.city HAVING COUNT(*) = 2;Cities with exactly 2 sites;"
            + "Cities with exactly 0 sites",
        // Of another kind.
        "SELECT s.name FROM sites s WHERE s.beds > 10;Sites with more than 10 beds;"
            + "Sites with more than average beds",
        "SELECT s.name FROM sites s WHERE s.beds > 10;Sites with more than 10 beds;"
            + "Sites with more than 12.5 beds",
        "SELECT s.name FROM sites s WHERE s.beds > 10;Sites with more than 10 beds;"
            + "Sites with more than 20% beds",
        "SELECT s.name FROM sites s WHERE s.beds > 10;Sites after 10;Sites after 2024",
        // The number is not a number of rows.
        "SELECT s.name FROM sites s ORDER BY s.id FETCH FIRST 10 ROWS ONLY;Sites with 10 beds;"
            + "Sites with 20 beds",
        // No row holds it.
        "SELECT s.name FROM sites s WHERE s.beds = 10;Sites with 10 beds;Sites with 11 beds",
      })
  void inDoubtTheModelIsAskedAnew(String sql, String first, String second) throws SQLException {
    assertThat(askBoth(sql, first, second)).containsExactly("asked anew");
    assertThat(gemini.calls()).isEqualTo(2);
  }

  @Test
  void aValueThatWasCommentedIsNotReplaced() throws SQLException {
    gemini.answersInTurn(
        GeminiProtocolServer.sql(BERLIN, "Sites in the city", "Berlin means the city"),
        GeminiProtocolServer.sql(OTHER));
    try (Connection connection = connect()) {
      ask(connection, "Sites in Berlin?");
      assertThat(ask(connection, "Sites in Munich?")).containsExactly("asked anew");
    }
  }

  @Test
  void twoQuestionsThatDisagreeAreNoModel() throws SQLException {
    gemini.answersInTurn(
        GeminiProtocolServer.sql(BERLIN),
        GeminiProtocolServer.sql("SELECT s.id FROM sites s WHERE s.city = 'Georgia'"),
        GeminiProtocolServer.sql(OTHER));
    try (Connection connection = connect()) {
      ask(connection, "Sites in Berlin?");
      assertThat(ask(connection, "Sites in Georgia?")).containsExactly("5");
      assertThat(ask(connection, "Sites in Munich?")).containsExactly("asked anew");
    }
  }

  @Test
  void whatWasTakenOverIsSaidAndNeverVerified() throws SQLException {
    gemini.answersInTurn(GeminiProtocolServer.sql(BERLIN), GeminiProtocolServer.sql(OTHER));
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      String shown = "ASK SQL 'Sites in Berlin?'";
      String id = lines(connection, shown).get(0).split("\\|", -1)[0];
      assertThat(lines(connection, "ASK SQL 'Sites in Munich?'").get(0))
          .contains(
              "|It is the translation of “Sites in Berlin?” with Munich in the place of Berlin.|",
              "|generated|");
      statement.execute("ASK PIN " + id);
      assertThat(lines(connection, "ASK SQL 'Sites in Munich?'").get(0))
          .contains(
              "|It is the verified translation of “Sites in Berlin?” with Munich in the place of"
                  + " Berlin, which nobody verified.|",
              "|generated|");
      assertThat(gemini.calls()).isEqualTo(1);
    }
  }

  @Test
  void aBoundThatChangesIsNotKeptFromTheTablesChange() throws SQLException {
    gemini.answersInTurn(GeminiProtocolServer.sql(MORE_THAN_2), GeminiProtocolServer.sql(OTHER));
    try (Connection connection = connect()) {
      assertThat(ask(connection, "Cities with more than 2 sites?")).containsExactly("Munich|3");
    }
    try (Connection lite = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("shop.db"));
        Statement statement = lite.createStatement()) {
      statement.execute("ALTER TABLE sites ADD COLUMN region VARCHAR(10)");
    }
    try (Connection connection = connect()) {
      assertThat(ask(connection, "Cities with more than 3 sites?")).containsExactly("asked anew");
    }
  }
}
