package io.sally.engine.source;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A PostgreSQL server, started once a JVM; each test class gets a database of its own. */
final class PostgreSql {
  private static final class Running {
    static final EmbeddedPostgres SERVER = start();
  }

  private PostgreSql() {}

  private static EmbeddedPostgres start() {
    try {
      return EmbeddedPostgres.builder().start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static int port() {
    return Running.SERVER.getPort();
  }

  /** A new, empty database. */
  static void create(String database) throws SQLException {
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + database);
    }
  }

  /** A connection beside the product. */
  static Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://localhost:" + port() + "/" + database, "postgres", "postgres");
  }

  static SourceSettings settings(String database, String... schemas) {
    return SourceSettings.ofDatabase(
        "pg", "localhost", port(), database, "postgres", () -> "postgres", List.of(schemas));
  }
}
