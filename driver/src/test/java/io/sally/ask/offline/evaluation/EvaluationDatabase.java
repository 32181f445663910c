package io.sally.ask.offline.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sally.ask.Outcome;
import io.sally.ask.TranslationRequest;
import io.sally.ask.offline.EngineColumnValues;
import io.sally.ask.offline.OfflineTranslator;
import io.sally.driver.evaluation.ResultRows;
import io.sally.engine.Engine;
import io.sally.engine.Execution;
import io.sally.engine.Limits;
import io.sally.engine.RowCursor;
import io.sally.engine.Session;
import io.sally.engine.source.PostgreSqlSource;
import io.sally.engine.source.Source;
import io.sally.engine.source.SourceSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Databases of the evaluation: asked through Sally, and the last of them beside it with the gold
 * queries.
 */
final class EvaluationDatabase implements AutoCloseable {
  private final Connection beside;
  private final Engine engine;
  private final OfflineTranslator translator;
  private final List<String> schemaPath;

  EvaluationDatabase(EmbeddedPostgres server, Path folder, String name)
      throws SQLException, IOException {
    this(server, folder, List.of(name));
  }

  /** Several databases at once; a table is found by its name alone in the first one only. */
  EvaluationDatabase(EmbeddedPostgres server, Path folder, List<String> names)
      throws SQLException, IOException {
    List<Source> sources = new ArrayList<>();
    for (String name : names) {
      sources.add(load(server, folder, name));
    }
    this.beside = connect(server, names.get(names.size() - 1));
    this.engine = Engine.over(sources);
    this.translator = new OfflineTranslator(new EngineColumnValues(engine));
    this.schemaPath = names;
  }

  private static Source load(EmbeddedPostgres server, Path folder, String name)
      throws SQLException, IOException {
    try (Connection connection = connect(server, "postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    List<String> schemas = new ArrayList<>();
    try (Connection connection = connect(server, name);
        Statement statement = connection.createStatement()) {
      statement.execute(Files.readString(folder.resolve(name + ".sql")));
      try (ResultSet found =
          statement.executeQuery(
              "SELECT DISTINCT table_schema FROM information_schema.tables"
                  + " WHERE table_schema NOT IN ('pg_catalog', 'information_schema')")) {
        while (found.next()) {
          schemas.add(found.getString(1));
        }
      }
      comment(statement, folder.resolve(name + ".json"));
      statement.execute("ANALYZE");
    }
    return new PostgreSqlSource(
        SourceSettings.ofDatabase(
            name, "localhost", server.getPort(), name, "postgres", () -> "postgres", schemas));
  }

  int tableCount() throws SQLException {
    return (int) engine.catalogs().tables().count();
  }

  private static Connection connect(EmbeddedPostgres server, String database) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://localhost:" + server.getPort() + "/" + database, "postgres", "postgres");
  }

  private static void comment(Statement statement, Path file) throws IOException, SQLException {
    JsonNode tables = new ObjectMapper().readTree(file.toFile()).path("table_metadata");
    for (var table : tables.properties()) {
      for (JsonNode column : table.getValue()) {
        statement.execute(
            "COMMENT ON COLUMN "
                + table.getKey()
                + "."
                + column.path("column_name").asText()
                + " IS '"
                + column.path("column_description").asText().replace("'", "''")
                + "'");
      }
    }
  }

  Outcome ask(String question) throws SQLException {
    try (Execution execution = engine.begin(Limits.NONE, Clock.systemUTC())) {
      return translator.translate(
          new TranslationRequest(
              question, engine.catalogs(), schemaPath, LocalDate.now(Clock.systemUTC()), List.of()),
          execution);
    }
  }

  /** The rows of a translation, proved and run by the engine. */
  ResultRows run(String sql) throws SQLException {
    try (Execution execution = engine.begin(Limits.NONE, Clock.systemUTC());
        RowCursor cursor =
            engine.prepare(sql, new Session(schemaPath), execution).execute(List.of(), execution)) {
      int columns = engine.prepare(sql, new Session(schemaPath), execution).columns().size();
      List<List<String>> rows = new ArrayList<>();
      while (cursor.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
          row.add(ResultRows.value(cursor.value(i)));
        }
        rows.add(row);
      }
      return new ResultRows(columns, rows);
    }
  }

  /** The rows of a gold query, run by the database itself. */
  ResultRows gold(String sql) throws SQLException {
    try (Statement statement = beside.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int columns = result.getMetaData().getColumnCount();
      List<List<String>> rows = new ArrayList<>();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          Object value = result.getObject(i);
          row.add(
              ResultRows.value(
                  value instanceof java.sql.Timestamp time ? time.toLocalDateTime() : value));
        }
        rows.add(row);
      }
      return new ResultRows(columns, rows);
    }
  }

  @Override
  public void close() throws SQLException {
    try (beside;
        engine) {
      translator.close();
    }
  }
}
