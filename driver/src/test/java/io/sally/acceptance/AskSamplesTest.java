package io.sally.acceptance;

import static io.sally.acceptance.Results.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

/** Values of rows that leave where a source allows it, and what they are good for. */
@Timeout(300)
class AskSamplesTest {
  private static final String QUESTION = "How many sites are in Texas?";
  private static final String TEXAS =
      "SELECT COUNT(*) AS \"sites\" FROM \"shop\".\"sites\" s WHERE s.\"state\" = 'Texas'";
  private static final String TX = TEXAS.replace("Texas", "TX");
  private static final String FILE =
      """
      sources:
        shop:
          type: sqlite
          database: ./shop.db
          mask: [sites.phone]
          ask: {samples: values, denyColumns: [sites.grade]}
        other: {type: sqlite, database: ./other.db}
      """;

  @TempDir Path folder;
  private Gemini gemini;

  @BeforeEach
  void start() throws Exception {
    gemini = Gemini.start().answers(GeminiProtocolServer.sql(TEXAS));
    sqlite(
        "shop.db",
        "CREATE TABLE sites (id INTEGER PRIMARY KEY, name VARCHAR(20) NOT NULL UNIQUE, state"
            + " VARCHAR(10), phone VARCHAR(10), grade VARCHAR(10), note VARCHAR(90))",
        "INSERT INTO sites (name, state, phone, grade, note) VALUES ('Alamo', 'TX', '555', 'good',"
            + " '"
            + "long ".repeat(16)
            + "'), ('Baker', 'TX', '556', 'bad', NULL), ('Coast',"
            + " 'CA', '557', 'good', NULL)");
    sqlite(
        "other.db",
        "CREATE TABLE visits (site VARCHAR(20), outcome VARCHAR(10))",
        "INSERT INTO visits VALUES ('Alamo', 'withheld')");
    Files.writeString(folder.resolve("sally.yaml"), FILE);
  }

  @AfterEach
  void stop() {
    gemini.close();
  }

  private void sqlite(String file, String... statements) throws SQLException {
    try (Connection lite = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(file));
        Statement statement = lite.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private Connection connect(Map<String, String> further) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:sally:" + folder.resolve("sally.yaml"), gemini.properties(further));
  }

  private String prompt(Connection connection) throws SQLException {
    return lines(connection, "ASK PROMPT '" + QUESTION + "'").get(0);
  }

  @Test
  void valuesOfFewKindsLeaveWhereTheSourceAllowsIt() throws SQLException {
    gemini.answers(GeminiProtocolServer.sql(TX));
    try (Connection connection = connect(Map.of())) {
      assertThat(lines(connection, "ASK '" + QUESTION + "'")).containsExactly("2");
    }
    String sent = gemini.server().requests().get(0).lastTurn();
    assertThat(sent)
        .contains("\"state\" VARCHAR VALUES [\"CA\", \"TX\"]\n")
        .contains("\"outcome\" VARCHAR\n")
        .doesNotContain("Alamo", "555", "good", "long long", "withheld");
  }

  @Test
  void noValueLeavesUnlessSomebodySaysSo() throws Exception {
    Files.writeString(folder.resolve("sally.yaml"), FILE.replace("samples: values, ", ""));
    try (Connection connection = connect(Map.of())) {
      assertThat(lines(connection, "ASK '" + QUESTION + "'")).containsExactly("0");
    }
    assertThat(gemini.calls()).isEqualTo(1);
    assertThat(gemini.server().requests().get(0).lastTurn()).doesNotContain("TX", " VALUES [");
  }

  @Test
  void whatMayLeaveIsDecidedInTheFile() {
    for (Map<String, String> loosened :
        List.of(Map.of("ask.samples", "values"), Map.of("sources.other.ask.samples", "values"))) {
      assertThatThrownBy(() -> connect(loosened))
          .hasMessageContaining("is decided where the source is");
    }
  }

  @Test
  void theRequestShownIsTheRequestSent() throws SQLException {
    try (Connection connection = connect(Map.of())) {
      String shown = prompt(connection);
      lines(connection, "ASK '" + QUESTION + "'");
      assertThat(shown).endsWith("|" + gemini.server().requests().get(0).body());
      assertThat(prompt(connection)).isEqualTo(shown);
    }
  }

  @Test
  void aValueThatIsNotThereIsMendedOnce() throws SQLException {
    gemini.answersInTurn(GeminiProtocolServer.sql(TEXAS), GeminiProtocolServer.sql(TX));
    try (Connection connection = connect(Map.of())) {
      assertThat(lines(connection, "ASK '" + QUESTION + "'")).containsExactly("2");
      assertThat(gemini.calls()).isEqualTo(2);
      assertThat(gemini.server().requests().get(1).lastTurn())
          .contains(
              "The query runs and can find nothing. No row holds \\\"Texas\\\" in"
                  + " shop.sites.state. All that it holds: \\\"TX\\\", \\\"CA\\\".");
      assertThat(lines(connection, "ASK '" + QUESTION + "'")).containsExactly("2");
      assertThat(gemini.calls()).isEqualTo(2);
      assertThat(lines(connection, "SELECT attempts, outcome FROM sally.questions"))
          .containsExactly("0|answered", "2|answered");
      assertThat(lines(connection, "SELECT COUNT(*) FROM sally.egress")).containsExactly("2");
    }
  }

  @Test
  void aModelThatInsistsIsBelievedAndItsQueryRemarked() throws SQLException {
    try (Connection connection = connect(Map.of())) {
      assertThat(lines(connection, "ASK '" + QUESTION + "'")).containsExactly("0");
      assertThat(gemini.calls()).isEqualTo(2);
      assertThat(lines(connection, "SELECT assumptions FROM sally.translations"))
          .containsExactly("No row of shop.sites holds “Texas” in state.");
    }
  }

  @Test
  void aMendingThatFailsCostsNoAnswer() throws SQLException {
    gemini.answersInTurn(
        GeminiProtocolServer.sql(TEXAS), GeminiProtocolServer.error(400, "INVALID", "No."));
    try (Connection connection = connect(Map.of("ask.maxCallsPerDay", "5"))) {
      assertThat(lines(connection, "ASK '" + QUESTION + "'")).containsExactly("0");
    }
    gemini.answers(GeminiProtocolServer.sql(TEXAS));
    try (Connection connection = connect(Map.of("ask.maxCallsPerDay", "1"))) {
      assertThat(lines(connection, "ASK '" + QUESTION + "'")).containsExactly("0");
      assertThat(lines(connection, "SELECT COUNT(*) FROM sally.egress")).containsExactly("1");
    }
  }

  @Test
  void whatIsOneOfSeveralChoicesIsNoMistake() throws SQLException {
    for (String condition :
        List.of(
            "s.\"state\" IN ('Texas', 'TX')",
            "s.\"state\" = 'Texas' OR s.\"state\" = 'TX'",
            "s.\"state\" = 'Texas' OR s.\"name\" = 'Alamo'",
            "s.\"state\" <> 'Texas'",
            "NOT (s.\"state\" = 'Texas')",
            "LOWER(s.\"state\") = 'tx'",
            "s.\"state\" LIKE 'T%'",
            "s.\"name\" = 'Texas'")) {
      int before = gemini.calls();
      gemini.answers(
          GeminiProtocolServer.sql("SELECT s.\"id\" FROM \"shop\".\"sites\" s WHERE " + condition));
      try (Connection connection = connect(Map.of())) {
        lines(connection, "ASK '" + condition.replace("'", "") + "'");
      }
      assertThat(gemini.calls() - before).as(condition).isEqualTo(1);
    }
  }

  @Test
  void aMistakeIsFoundWhereverAQueryCompares() throws SQLException {
    for (String query :
        List.of(
            "SELECT s.\"id\" FROM \"shop\".\"sites\" s WHERE LOWER(s.\"state\") = 'texas'",
            "SELECT \"id\" FROM \"sites\" WHERE 'Texas' = \"state\" AND \"id\" > 0",
            "SELECT s.\"id\" FROM \"shop\".\"sites\" s WHERE s.\"state\" LIKE '%Texas%'",
            "SELECT s.\"id\" FROM \"shop\".\"sites\" s WHERE s.\"state\" IN ('Texas', 'Ohio')",
            "SELECT COUNT(*) FILTER (WHERE s.\"state\" = 'Texas') FROM \"shop\".\"sites\" s",
            "WITH t AS (SELECT \"id\" FROM \"shop\".\"sites\" WHERE \"state\" = 'Texas') SELECT * FROM t",
            "SELECT v.\"site\" FROM \"other\".\"visits\" v WHERE v.\"site\" IN (SELECT"
                + " s.\"name\" FROM \"shop\".\"sites\" s WHERE s.\"state\" = 'Texas')")) {
      int before = gemini.calls();
      gemini.answers(GeminiProtocolServer.sql(query));
      try (Connection connection = connect(Map.of())) {
        lines(connection, "ASK SQL '" + query.replace("'", "") + "'");
      }
      assertThat(gemini.calls() - before).as(query).isEqualTo(2);
    }
  }
}
