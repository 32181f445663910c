package io.sally.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sally.ask.gemini.GeminiProtocolServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What dashboards do to a question, and what of it reaches the model. */
@Timeout(300)
class DashboardTest {
  private static final String QUESTION = "How many orders by status?";
  private static final String SQL =
      "SELECT o.\"status\", COUNT(*) AS \"orders\" FROM \"shop\".\"orders\" o GROUP BY o.\"status\""
          + " ORDER BY o.\"status\"";
  private static final List<String> ROWS = List.of("late 1", "sent 2");
  private static final int VIEWERS = 8;
  private static final int REFRESHES = 20;

  @TempDir Path folder;
  private Gemini gemini;

  @BeforeEach
  void start() throws Exception {
    gemini = Gemini.start().answers(GeminiProtocolServer.sql(SQL));
    shop("CREATE TABLE orders (id INTEGER PRIMARY KEY, status VARCHAR(10) NOT NULL)");
    shop("CREATE TABLE customers (id INTEGER PRIMARY KEY, name VARCHAR(40))");
    shop("INSERT INTO orders (status) VALUES ('sent'), ('late'), ('sent')");
    Files.writeString(
        folder.resolve("sally.yaml"),
        """
        sources:
          shop: {type: sqlite, database: ./shop.db}
        ask: {memory: ./memory.db}
        """);
  }

  @AfterEach
  void stop() {
    gemini.close();
  }

  private void shop(String sql) throws SQLException {
    try (Connection shop = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("shop.db"));
        Statement statement = shop.createStatement()) {
      statement.execute(sql);
    }
  }

  private Connection connect(Map<String, String> further) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:sally:" + folder.resolve("sally.yaml"), gemini.properties(further));
  }

  private Connection connect() throws SQLException {
    return connect(Map.of());
  }

  @Test
  void oneCallLeavesHoweverOftenAndByHoweverManyItIsAsked() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(VIEWERS);
    try (Connection first = connect()) {
      List<Future<List<List<String>>>> viewers = new ArrayList<>();
      for (int i = 0; i < VIEWERS; i++) {
        viewers.add(threads.submit(this::view));
      }
      for (Future<List<List<String>>> viewer : viewers) {
        assertThat(viewer.get()).hasSize(REFRESHES).allMatch(ROWS::equals);
      }
      assertThat(gemini.calls()).isEqualTo(1);

      shop("ALTER TABLE customers ADD COLUMN city VARCHAR(40)");
      run(first, "REFRESH CATALOG");
      assertThat(rows(first, "ASK '" + QUESTION + "'")).isEqualTo(ROWS);
      assertThat(gemini.calls()).isEqualTo(1);

      shop("ALTER TABLE orders ADD COLUMN priority INTEGER");
      run(first, "REFRESH CATALOG");
      assertThat(rows(first, "ASK '" + QUESTION + "'")).isEqualTo(ROWS);
      assertThat(rows(first, "ASK '" + QUESTION + "'")).isEqualTo(ROWS);
      assertThat(gemini.calls()).isEqualTo(2);
    } finally {
      threads.shutdownNow();
    }
  }

  /** Prepares, describes, counts and runs, and then refreshes. */
  private List<List<String>> view() throws SQLException {
    List<List<String>> seen = new ArrayList<>();
    try (Connection connection = connect();
        PreparedStatement ask = connection.prepareStatement("ASK ?")) {
      ask.setString(1, QUESTION);
      assertThat(ask.getMetaData().getColumnLabel(2)).isEqualTo("orders");
      assertThat(rows(connection, "SELECT COUNT(*) FROM (ASK '" + QUESTION + "') t"))
          .containsExactly("2");
      for (int i = 0; i < REFRESHES; i++) {
        try (ResultSet rows = ask.executeQuery()) {
          seen.add(texts(rows));
        }
      }
    }
    return seen;
  }

  @Test
  void aRestartCostsNoCallAndKeepsIdsAndPins() throws Exception {
    String id;
    try (Connection connection = connect()) {
      id = rows(connection, "ASK SQL '" + QUESTION + "'").get(0).split(" ", 2)[0];
      run(connection, "ASK PIN " + id);
    }
    try (Connection connection = connect()) {
      assertThat(rows(connection, "ASK RUN " + id)).isEqualTo(ROWS);
      assertThat(warnings(connection, "ASK '" + QUESTION + "'"))
          .contains("Trust: verified (gemini)");
    }
    // A pin holds whoever translates, also after its table has changed, as long as it is proven.
    shop("ALTER TABLE orders ADD COLUMN priority INTEGER");
    try (Connection connection = connect(Map.of("llm.provider", "offline"))) {
      assertThat(rows(connection, "ASK '" + QUESTION + "'")).isEqualTo(ROWS);
    }
    assertThat(gemini.calls()).isEqualTo(1);
    try (Connection connection = connect()) {
      run(connection, "ASK UNPIN " + id);
      assertThat(rows(connection, "ASK '" + QUESTION + "'")).isEqualTo(ROWS);
      assertThat(gemini.calls()).isEqualTo(2);
    }
  }

  @Test
  void aPinThatIsNoLongerProvenGivesWayToANewTranslation() throws Exception {
    try (Connection connection = connect()) {
      String id = rows(connection, "ASK SQL '" + QUESTION + "'").get(0).split(" ", 2)[0];
      run(connection, "ASK PIN " + id);
      shop("ALTER TABLE orders RENAME COLUMN status TO state");
      run(connection, "REFRESH CATALOG");
      gemini.answers(GeminiProtocolServer.sql(SQL.replace("o.\"status\"", "o.\"state\"")));
      assertThat(rows(connection, "ASK '" + QUESTION + "'")).isEqualTo(ROWS);
      assertThat(gemini.calls()).isEqualTo(2);
    }
  }

  @Test
  void whoApprovesByAPinNeedNotApproveAgain() throws Exception {
    try (Connection connection = connect(Map.of("ask.approval", "required"))) {
      String id = rows(connection, "ASK SQL '" + QUESTION + "'").get(0).split(" ", 2)[0];
      assertThatThrownBy(() -> rows(connection, "ASK '" + QUESTION + "'")).hasMessageContaining(id);
      run(connection, "ASK PIN " + id);
      assertThat(rows(connection, "ASK '" + QUESTION + "'")).isEqualTo(ROWS);
    }
  }

  @Test
  void aBrokenMemoryFileCostsNoAnswer() throws Exception {
    Files.writeString(folder.resolve("memory.db"), "This is no database at all. ".repeat(50));
    try (Connection connection = connect()) {
      assertThat(rows(connection, "ASK '" + QUESTION + "'")).isEqualTo(ROWS);
      assertThat(rows(connection, "ASK '" + QUESTION + "'")).isEqualTo(ROWS);
      assertThat(gemini.calls()).isEqualTo(1);
      assertThat(warnings(connection, "ASK '" + QUESTION + "'"))
          .anyMatch(text -> text.contains("memory.db (ask.memory) cannot be used"));
      String id = rows(connection, "ASK SQL '" + QUESTION + "'").get(0).split(" ", 2)[0];
      assertThatThrownBy(() -> run(connection, "ASK PIN " + id))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("58030"));
    }
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<String> rows(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return texts(rows);
    }
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

  private static List<String> texts(ResultSet rows) throws SQLException {
    List<String> texts = new ArrayList<>();
    while (rows.next()) {
      List<String> row = new ArrayList<>();
      for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
        row.add(rows.getString(i));
      }
      texts.add(String.join(" ", row));
    }
    return texts;
  }
}
