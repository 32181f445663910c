package io.sally.engine.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sally.engine.Execution;
import io.sally.engine.RowCursor;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cancel or a timeout ends a statement wherever it is, here and on the sources. */
final class StopIT {
  /** The promise is one second; the rest is for a machine that builds other things meanwhile. */
  private static final Duration PROMISE = Duration.ofSeconds(3);

  private static final String MANY_PAIRS = "n a, %1$s.n b";
  private static ThreeDatabases databases;

  @BeforeAll
  static void start(@TempDir Path directory) throws SQLException {
    databases = new ThreeDatabases("stop", directory, 4);
  }

  @AfterAll
  static void stop() throws SQLException {
    databases.close();
  }

  private static SQLException failure(String sql, Execution execution) {
    return catchThrowableOfType(SQLException.class, () -> databases.rows(sql, execution));
  }

  private static void assertThatNothingRuns() throws Exception {
    // The servers' own lists are a moment behind their answers, as is the end of a thread.
    for (int i = 0;
        i < 10 && (databases.running() > 0 || !ThreeDatabases.threads().isEmpty());
        i++) {
      Thread.sleep(100);
    }
    assertThat(databases.running()).isZero();
    assertThat(ThreeDatabases.threads()).isEmpty();
    assertThat(
            databases.rows(
                "SELECT (SELECT COUNT(*) FROM pg.n), (SELECT COUNT(*) FROM shop.n),"
                    + " (SELECT COUNT(*) FROM lite.n)"))
        .isEqualTo(List.of(List.of(3000L, 3000L, 3000L)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT COUNT(*) FROM pg.n a, pg.n b, pg.n c WHERE a.id + b.id <> c.id",
        "SELECT COUNT(*) FROM shop.n a, shop.n b, shop.n c WHERE a.id + b.id <> c.id",
        "SELECT COUNT(*) FROM lite.n a, lite.n b, lite.n c WHERE a.id + b.id <> c.id",
        // Two sources at work at the same time.
        "SELECT * FROM (SELECT COUNT(*) AS x FROM pg.n a, pg.n b, pg.n c WHERE a.id + b.id <> c.id) p,"
            + " (SELECT COUNT(*) AS y FROM shop.n a, shop.n b, shop.n c WHERE a.id + b.id <> c.id) s",
        // A sort, an aggregate and a join that are done here.
        "SELECT a.id, SOUNDEX(b.name) AS s FROM pg.n a, pg.n b ORDER BY s LIMIT 5",
        "SELECT SOUNDEX(b.name), COUNT(*) FROM shop.n a, shop.n b GROUP BY SOUNDEX(b.name)",
        "SELECT COUNT(*) FROM pg.n a, lite.n b, shop.n c WHERE a.id + b.id <> c.id"
      })
  void endsTheStatementEverywhere(String sql) throws Exception {
    assertThatNothingRuns();
    SQLException failure;
    try (Execution execution = databases.begin(Duration.ofMinutes(2))) {
      CompletableFuture<SQLException> run =
          CompletableFuture.supplyAsync(() -> failure(sql, execution));
      TimeUnit.MILLISECONDS.sleep(700);
      assertThat(run).isNotDone();
      execution.cancel();
      failure = run.get(PROMISE.toMillis(), TimeUnit.MILLISECONDS);
    }
    assertThat(failure.getSQLState()).isEqualTo("57014");
    assertThatNothingRuns();
  }

  @Tag("mysql")
  @ParameterizedTest
  @ValueSource(strings = {"pg", "shop", "lite"})
  void timeoutEndsTheStatement(String source) throws Exception {
    String sql =
        "SELECT COUNT(*) FROM %1$s.n a, %1$s.n b, %1$s.n c WHERE a.id + b.id <> c.id"
            .formatted(source);
    long start = System.nanoTime();
    try (Execution execution = databases.begin(Duration.ofMillis(900))) {
      assertThat(failure(sql, execution).getSQLState()).isEqualTo("HYT00");
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PROMISE.plusMillis(900));
    assertThatNothingRuns();
  }

  @Tag("mysql")
  @ParameterizedTest
  @ValueSource(strings = {"pg", "shop", "lite"})
  void endsWhileRowsAreFetched(String source) throws Exception {
    String sql = ("SELECT a.id, b.name FROM %1$s." + MANY_PAIRS).formatted(source);
    try (Execution execution = databases.begin(Duration.ofMinutes(2));
        RowCursor rows = databases.plan(sql, execution).execute(List.of(), execution)) {
      for (int i = 0; i < 1_500; i++) {
        assertThat(rows.next()).isTrue();
      }
      execution.cancel();
      assertThat(catchThrowableOfType(SQLException.class, rows::next).getSQLState())
          .isEqualTo("57014");
    }
    assertThatNothingRuns();
  }

  @Tag("mysql")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT a.id, b.name FROM %1$s.n a, %1$s.n b",
        "SELECT a.id, SOUNDEX(b.name) FROM %1$s.n a, %1$s.n b UNION ALL SELECT id, name FROM lite.n"
      })
  void aResultThatIsLeftHalfReadEndsOnItsSource(String sql) throws Exception {
    for (String source : List.of("pg", "shop", "lite")) {
      try (Execution execution = databases.begin(Duration.ofMinutes(2));
          RowCursor rows =
              databases.plan(sql.formatted(source), execution).execute(List.of(), execution)) {
        assertThat(rows.next()).isTrue();
      }
      assertThatNothingRuns();
    }
  }

  @Test
  void nothingLeaksWhenManyStatementsAreCancelled() throws Exception {
    String sql =
        "SELECT a.id, SOUNDEX(b.name), c.id FROM pg.n a JOIN shop.n b ON a.id <> b.id JOIN lite.n c"
            + " ON c.id = a.id";
    for (int i = 0; i < 200; i++) {
      try (Execution execution = databases.begin(Duration.ofMinutes(2))) {
        try (RowCursor rows = databases.plan(sql, execution).execute(List.of(), execution)) {
          if (i % 2 == 0) {
            assertThat(rows.next()).isTrue();
          }
          execution.cancel();
        }
      }
    }
    assertThatNothingRuns();
    assertThat(databases.connected()).isLessThanOrEqualTo(8);
  }
}
