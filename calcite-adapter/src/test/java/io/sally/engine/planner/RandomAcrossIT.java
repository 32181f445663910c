package io.sally.engine.planner;

import static org.assertj.core.api.Assertions.assertThat;

import io.sally.engine.Engine;
import io.sally.engine.Limits;
import io.sally.engine.source.MariaDb;
import io.sally.engine.source.MySqlSource;
import io.sally.engine.source.PostgreSqlSource;
import io.sally.engine.source.SourceSettings;
import io.sally.engine.source.SqliteSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/** Statements whose tables are spread over three databases, against the same tables in memory. */
@Tag("mysql")
final class RandomAcrossIT {
  private static final List<String> SOURCES = List.of("pg", "shop", "lite");

  private static EmbeddedPostgres server;
  private static Path file;

  @BeforeAll
  static void start(@TempDir Path directory) throws IOException, SQLException {
    server = EmbeddedPostgres.builder().start();
    new Warehouse("pg").fill(server.getPostgresDatabase(), Map.of());
    WarehouseInMariaDb.filled("across", "shop");
    file = directory.resolve("warehouse.db");
    SQLiteDataSource lite = new SQLiteDataSource();
    lite.setUrl("jdbc:sqlite:" + file);
    new Warehouse("lite").fill(lite, Map.of("temporal as text", ""));
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  private static Engine databases() {
    return Engine.over(
        List.of(
            new PostgreSqlSource(settings("pg", server.getPort(), "postgres", "postgres")),
            new MySqlSource(settings("shop", MariaDb.port(), "across", "root")),
            new SqliteSource(settings("lite", null, file.toString(), null))));
  }

  private static SourceSettings settings(
      String name, @Nullable Integer port, String database, @Nullable String user) {
    return new SourceSettings(
        name,
        port == null ? null : "127.0.0.1",
        port,
        database,
        null,
        user,
        user == null ? null : () -> "",
        List.of(),
        4,
        SourceSettings.DEFAULT_CONNECT_TIMEOUT);
  }

  private static Engine memory() {
    return Engine.over(SOURCES.stream().map(name -> new Warehouse(name).inMemory()).toList());
  }

  /** The seed stands in the failure, so that a failing statement comes again. */
  @Test
  void givesTheRowsThatAreComputedInMemory() throws SQLException {
    try (Engine databases = databases();
        Engine memory = memory()) {
      int first = Integer.getInteger("random.seed", 0);
      for (int seed = first; seed < first + Integer.getInteger("random.statements", 60); seed++) {
        RandomStatements statements = new RandomStatements(seed);
        String sql = statements.nextAcross(SOURCES);
        List<Object> parameters = statements.parameters();
        assertThat(sorted(Warehouse.rows(databases, sql, List.of(), parameters, Limits.NONE)))
            .as("seed %s: %s %s", seed, sql, parameters)
            .isEqualTo(sorted(Warehouse.rows(memory, sql, List.of(), parameters, Limits.NONE)));
      }
    }
  }

  /** SQLite has 12.5 where the others have 12.50. */
  private static List<String> sorted(List<List<@Nullable Object>> rows) {
    return rows.stream()
        .map(
            row ->
                row.stream()
                    .map(
                        value ->
                            value instanceof BigDecimal number
                                ? number.stripTrailingZeros().toPlainString()
                                : String.valueOf(value))
                    .toList()
                    .toString())
        .sorted(Comparator.naturalOrder())
        .toList();
  }
}
