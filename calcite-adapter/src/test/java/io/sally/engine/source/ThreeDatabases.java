package io.sally.engine.source;

import io.sally.engine.Engine;
import io.sally.engine.Execution;
import io.sally.engine.Limits;
import io.sally.engine.Plan;
import io.sally.engine.RowCursor;
import io.sally.engine.Session;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL as {@code pg}, MariaDB as {@code shop} and SQLite as {@code lite}, each with a table
 * {@code n} of the numbers from 1 to 3,000 and their names.
 */
final class ThreeDatabases implements AutoCloseable {
  static final int ROWS = 3_000;

  final Engine engine;
  private final String database;

  ThreeDatabases(String database, Path directory, int connections) throws SQLException {
    this.database = database;
    String file = directory.resolve(database + ".db").toString();
    PostgreSql.create(database);
    fill(
        PostgreSql.connect(database),
        "SELECT id::int, 'name ' || id AS name FROM generate_series(1, " + ROWS + ") id");
    MariaDb.create(database);
    fill(
        MariaDb.connect(database),
        "SELECT CAST(seq AS SIGNED) AS id, CONCAT('name ', seq) AS name FROM ("
            + MariaDb.numbers()
            + ") numbers WHERE seq <= "
            + ROWS);
    fill(
        DriverManager.getConnection("jdbc:sqlite:" + file),
        "WITH RECURSIVE n(id) AS (VALUES (1) UNION ALL SELECT id + 1 FROM n WHERE id < "
            + ROWS
            + ") SELECT CAST(id AS INTEGER) AS id, 'name ' || id AS name FROM n");
    this.engine =
        Engine.over(
            List.of(
                new PostgreSqlSource(
                    settings("pg", PostgreSql.port(), database, "postgres", connections)),
                new MySqlSource(settings("shop", MariaDb.port(), database, "root", connections)),
                new SqliteSource(settings("lite", null, file, null, connections))));
  }

  private static void fill(Connection opened, String query) throws SQLException {
    try (Connection connection = opened;
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE n AS " + query);
    }
  }

  private static SourceSettings settings(
      String name,
      @Nullable Integer port,
      String database,
      @Nullable String user,
      int connections) {
    return new SourceSettings(
        name,
        port == null ? null : "127.0.0.1",
        port,
        database,
        null,
        user,
        user == null ? null : () -> user.equals("root") ? "" : user,
        List.of(),
        connections,
        SourceSettings.DEFAULT_CONNECT_TIMEOUT);
  }

  Execution begin(Duration timeout) {
    return engine.begin(new Limits(timeout, 0, 0), Clock.systemUTC());
  }

  Plan plan(String sql, Execution execution) throws SQLException {
    return engine.prepare(sql, new Session(List.of()), execution);
  }

  List<List<@Nullable Object>> rows(String sql, Execution execution) throws SQLException {
    Plan plan = plan(sql, execution);
    List<List<@Nullable Object>> rows = new ArrayList<>();
    try (RowCursor cursor = plan.execute(List.of(), execution)) {
      while (cursor.next()) {
        List<@Nullable Object> row = new ArrayList<>();
        for (int i = 0; i < plan.columns().size(); i++) {
          row.add(cursor.value(i));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  List<List<@Nullable Object>> rows(String sql) throws SQLException {
    try (Execution execution = begin(Duration.ofMinutes(2))) {
      return rows(sql, execution);
    }
  }

  /** How many queries of the sources are running now, by the databases' own account. */
  int running() throws SQLException {
    return count(
            PostgreSql.connect(database),
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'Sally' AND datname ="
                + " current_database() AND state = 'active'")
        + count(
            MariaDb.connect(database),
            "SELECT count(*) FROM information_schema.processlist WHERE db = DATABASE() AND id <>"
                + " CONNECTION_ID() AND command IN ('Query', 'Execute')");
  }

  /** How many connections are open to the two servers. */
  int connected() throws SQLException {
    return count(
            PostgreSql.connect(database),
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'Sally' AND datname ="
                + " current_database()")
        + count(
            MariaDb.connect(database),
            "SELECT count(*) FROM information_schema.processlist WHERE db = DATABASE() AND id <>"
                + " CONNECTION_ID()");
  }

  private static int count(Connection opened, String sql) throws SQLException {
    try (Connection connection = opened;
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getInt(1) : 0;
    }
  }

  /** The threads that read from sources or cancel there. */
  static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("sally-read-") || name.startsWith("sally-cancel-"))
        .toList();
  }

  @Override
  public void close() throws SQLException {
    engine.close();
  }
}
