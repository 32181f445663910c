package io.sally.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Statements through JDBC over databases that are there, are not yet there, and are at work. */
@Timeout(300)
class RunningSourcesIT {
  private static final String JOIN =
      "SELECT c.name, o.id FROM pg.customers c JOIN local.orders o ON o.customer_id = c.id"
          + " ORDER BY o.id";
  private static final String LONG =
      "SELECT COUNT(*) FROM pg.numbers a, pg.numbers b, pg.numbers c WHERE a.n + b.n <> c.n";

  @TempDir static Path folder;

  private static EmbeddedPostgres postgres;

  @BeforeAll
  static void start() throws Exception {
    postgres = EmbeddedPostgres.builder().start();
    try (Connection pg = postgres.getPostgresDatabase().getConnection()) {
      run(
          pg,
          "CREATE TABLE customers (id int PRIMARY KEY, name text)",
          "INSERT INTO customers VALUES (1, 'Ada'), (2, 'Bob')",
          "CREATE TABLE numbers AS SELECT n FROM generate_series(1, 3000) n",
          "CREATE ROLE sally LOGIN PASSWORD 'right'",
          "GRANT SELECT ON ALL TABLES IN SCHEMA public TO sally");
    }
    try (Connection lite =
        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("local.db"))) {
      run(
          lite,
          "CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER)",
          "INSERT INTO orders VALUES (10, 1), (11, 2), (12, 1)");
    }
  }

  @AfterAll
  static void stop() throws IOException {
    postgres.close();
  }

  private static void run(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static List<String> rows(ResultSet rows) throws SQLException {
    List<String> read = new ArrayList<>();
    while (rows.next()) {
      List<String> row = new ArrayList<>();
      for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
        row.add(String.valueOf(rows.getString(i)));
      }
      read.add(String.join("|", row));
    }
    return read;
  }

  private static List<String> rows(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows(rows);
    }
  }

  private static String url(String name, String more) throws IOException {
    String text =
        """
        sources:
          pg: {type: postgresql, host: localhost, port: %d, database: postgres, user: sally, password: right}
          local: {type: sqlite, database: local.db}
        """
            .formatted(postgres.getPort());
    return "jdbc:sally:" + Files.writeString(folder.resolve(name), text + more);
  }

  private static Connection connect() throws SQLException, IOException {
    return DriverManager.getConnection(url("two.yaml", ""));
  }

  private static SQLException failure(ThrowingCallable call) {
    return catchThrowableOfType(SQLException.class, call);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static List<String> tables(Connection connection) throws SQLException {
    List<String> names = new ArrayList<>();
    try (ResultSet tables =
        connection.getMetaData().getTables(null, null, "%", new String[] {"TABLE"})) {
      while (tables.next()) {
        names.add(tables.getString("TABLE_SCHEM") + "." + tables.getString("TABLE_NAME"));
      }
    }
    return names;
  }

  @Test
  void aSourceThatIsDownHoldsUpOnlyItsTablesAndComesBackByItself() throws Exception {
    int port = freePort();
    String late =
        "  late: {type: postgresql, host: 127.0.0.1, port: %d, database: postgres, user: postgres}\n"
            .formatted(port);
    String states =
        "SELECT name, type, state, tables, last_error IS NULL FROM sally.sources"
            + " WHERE name IN ('pg', 'local', 'late') ORDER BY name";
    try (Connection connection = DriverManager.getConnection(url("late.yaml", late))) {
      assertThat(rows(connection, JOIN)).isEqualTo(List.of("Ada|10", "Bob|11", "Ada|12"));
      SQLException down = failure(() -> rows(connection, "SELECT * FROM late.things"));
      assertThat(down.getSQLState()).isEqualTo("08001");
      assertThat(down.getMessage()).contains("late");
      assertThat(tables(connection))
          .contains("pg.customers", "pg.numbers", "local.orders")
          .noneMatch(name -> name.startsWith("late."));
      assertThat(rows(connection, states))
          .isEqualTo(
              List.of(
                  "late|postgresql|down|0|false",
                  "local|sqlite|up|1|true",
                  "pg|postgresql|up|2|true"));
      try (EmbeddedPostgres server = EmbeddedPostgres.builder().setPort(port).start()) {
        try (Connection direct = server.getPostgresDatabase().getConnection()) {
          run(direct, "CREATE TABLE things (id int)", "INSERT INTO things VALUES (5)");
        }
        assertThat(rows(connection, "SELECT * FROM late.things")).isEqualTo(List.of("5"));
        assertThat(tables(connection)).contains("late.things");
        assertThat(rows(connection, states))
            .isEqualTo(
                List.of(
                    "late|postgresql|up|1|true",
                    "local|sqlite|up|1|true",
                    "pg|postgresql|up|2|true"));
      }
    }
  }

  @Test
  void explainShowsTheSqlOfEachSourceAndAnalyzeWhatItReallyDid() throws Exception {
    try (Connection connection = connect()) {
      String plan = String.join("\n", rows(connection, "EXPLAIN PLAN FOR " + JOIN));
      assertThat(plan)
          .contains("pg", "local", "\"customers\"", "\"orders\"")
          .containsIgnoringCase("select");
      String analyzed = String.join("\n", rows(connection, "EXPLAIN ANALYZE " + JOIN));
      assertThat(analyzed).contains("pg", "local", "\"customers\"", "\"orders\"");
      assertThat(analyzed).containsPattern("\\b2 rows").containsPattern("\\b3 rows");
    }
  }

  @Test
  void refreshCatalogShowsWhatWasMadeSince() throws Exception {
    try (Connection connection = connect();
        Connection pg = postgres.getPostgresDatabase().getConnection()) {
      assertThat(tables(connection)).doesNotContain("pg.made_later");
      run(pg, "CREATE TABLE made_later (id int)", "GRANT SELECT ON made_later TO sally");
      try {
        assertThat(tables(connection)).doesNotContain("pg.made_later");
        run(connection, "REFRESH CATALOG pg");
        assertThat(tables(connection)).contains("pg.made_later");
        assertThat(rows(connection, "SELECT COUNT(*) FROM pg.made_later")).isEqualTo(List.of("0"));
      } finally {
        run(pg, "DROP TABLE made_later");
      }
      run(connection, "REFRESH CATALOG");
      assertThat(tables(connection)).doesNotContain("pg.made_later");
    }
  }

  /** The statements that the product runs in PostgreSQL, by state. */
  private static List<String> atWork(String state) throws SQLException {
    try (Connection pg = postgres.getPostgresDatabase().getConnection()) {
      return rows(
          pg,
          "SELECT query FROM pg_stat_activity WHERE usename = 'sally' AND state = '" + state + "'");
    }
  }

  @Test
  void maxRowsAndFetchSizeReachTheSource() throws Exception {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.setMaxRows(7);
      try (ResultSet rows = statement.executeQuery("SELECT n FROM pg.numbers")) {
        assertThat(rows(rows)).hasSize(7);
      }
      statement.setFetchSize(2);
      try (ResultSet rows = statement.executeQuery("SELECT n FROM pg.numbers")) {
        assertThat(rows.next()).isTrue();
        assertThat(atWork("idle in transaction"))
            .singleElement()
            .satisfies(sql -> assertThat(sql).containsPattern("FETCH NEXT 7 ROWS|LIMIT 7"));
      }
      try (Statement second = connection.createStatement()) {
        second.setFetchSize(10);
        try (ResultSet rows = second.executeQuery("SELECT n FROM pg.numbers")) {
          assertThat(rows.next()).isTrue();
          // A cursor with rows left keeps its transaction: the source did not send all at once.
          assertThat(atWork("idle in transaction"))
              .singleElement()
              .satisfies(sql -> assertThat(sql).contains("\"numbers\""));
        }
      }
      assertThat(atWork("idle in transaction")).isEmpty();
    }
  }

  /** Who ends a statement. */
  private enum Ending {
    CANCEL,
    TIMEOUT,
    CLOSE_OF_STATEMENT,
    CLOSE,
    ABORT;

    void end(Statement statement) throws SQLException {
      switch (this) {
        case CANCEL -> statement.cancel();
        case CLOSE_OF_STATEMENT -> statement.close();
        case CLOSE -> statement.getConnection().close();
        case ABORT -> statement.getConnection().abort(Runnable::run);
        case TIMEOUT -> {
          // It was set before.
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRunningStatementEndsInTheSource(Ending ending) throws Exception {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(ending == Ending.TIMEOUT ? 3 : 0);
      CompletableFuture<SQLException> running =
          CompletableFuture.supplyAsync(
              () ->
                  failure(
                      () -> {
                        try (ResultSet rows = statement.executeQuery(LONG)) {
                          rows.next();
                        }
                      }));
      awaitAtWork(true);
      ending.end(statement);
      assertThat(running.get(10, TimeUnit.SECONDS).getSQLState())
          .isEqualTo(ending == Ending.TIMEOUT ? "HYT00" : "57014");
      awaitAtWork(false);
    }
  }

  private static void awaitAtWork(boolean expected) throws Exception {
    for (int i = 0; i < 100; i++) {
      // Reading the catalog is work, too, but not on this table.
      if (atWork("active").stream().anyMatch(sql -> sql.contains("\"numbers\"")) == expected) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    throw new AssertionError("At work in PostgreSQL: " + atWork("active"));
  }
}
