package io.sally.clients;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/** A PostgreSQL server with the demo's tables, started once a JVM, and the sally.yaml for it. */
final class PostgreSql {
  private static final List<String> TABLES =
      List.of("studies", "vendors", "sites", "inventory", "shipments", "tasks");

  private static final class Running {
    static final EmbeddedPostgres SERVER = start();
  }

  private PostgreSql() {}

  /** The file to connect with. */
  static Path configuration() throws IOException {
    return Files.writeString(
        Path.of(System.getProperty("sally.folder"), "clients.yaml"),
        """
        mode: production
        sources:
          pg: {type: postgresql, host: localhost, port: %d, database: postgres, user: postgres, password: postgres}
        """
            .formatted(Running.SERVER.getPort()));
  }

  private static EmbeddedPostgres start() {
    try {
      EmbeddedPostgres server = EmbeddedPostgres.builder().start();
      try (Connection postgres = server.getPostgresDatabase().getConnection();
          Statement statement = postgres.createStatement();
          Connection demo = DriverManager.getConnection(Database.DEMO.url())) {
        statement.execute(schema());
        for (String table : TABLES) {
          copy(table, demo, postgres);
        }
        statement.execute("ANALYZE");
      }
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String schema() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(PostgreSql.class.getResourceAsStream("postgresql.sql"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void copy(String table, Connection from, Connection to) throws SQLException {
    try (Statement select = from.createStatement();
        ResultSet rows = select.executeQuery("SELECT * FROM " + table)) {
      int columns = rows.getMetaData().getColumnCount();
      String marks = String.join(", ", Collections.nCopies(columns, "?"));
      try (PreparedStatement insert =
          to.prepareStatement("INSERT INTO " + table + " VALUES (" + marks + ")")) {
        while (rows.next()) {
          for (int i = 1; i <= columns; i++) {
            insert.setObject(i, rows.getObject(i));
          }
          insert.addBatch();
        }
        insert.executeBatch();
      }
    }
  }
}
