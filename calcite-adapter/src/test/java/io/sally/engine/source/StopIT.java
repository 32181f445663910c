package io.sally.engine.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sally.engine.Execution;
import io.sally.engine.RowCursor;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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

  private static final int CONNECTIONS = 4;
  private static final int ROUNDS = 100;
  private static final String MANY_PAIRS = "n a, %1$s.n b";
  private static final List<String> MEASURED = new ArrayList<>();
  private static ThreeDatabases databases;

  @BeforeAll
  static void start(@TempDir Path directory) throws SQLException {
    databases = new ThreeDatabases("stop", directory, CONNECTIONS);
  }

  @AfterAll
  static void stop() throws SQLException {
    databases.close();
    System.out.println("From a cancel to the error here, and to no query on any server, in ms:");
    MEASURED.forEach(System.out::println);
  }

  /**
   * Waits for the end of a run that is cancelled now, and of its queries; notes how long it took.
   */
  private static SQLException cancelled(
      String sql, Execution execution, CompletableFuture<SQLException> run) throws Exception {
    long begun = System.nanoTime();
    execution.cancel();
    SQLException failure = run.get(PROMISE.toMillis(), TimeUnit.MILLISECONDS);
    long failed = System.nanoTime() - begun;
    while (databases.running() > 0 && System.nanoTime() - begun < PROMISE.toNanos()) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    long gone = System.nanoTime() - begun;
    MEASURED.add(
        "%4d %4d  %s"
            .formatted(
                TimeUnit.NANOSECONDS.toMillis(failed), TimeUnit.NANOSECONDS.toMillis(gone), sql));
    return failure;
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
        "SELECT COUNT(*) FROM pg.n a, lite.n b, shop.n c WHERE a.id + b.id <> c.id",
        // The rows that a hash join keeps, and a sort of all rows.
        "SELECT COUNT(*) FROM shop.n a JOIN (SELECT p.id * q.id AS k FROM pg.n p, pg.n q) b ON a.id = b.k",
        "SELECT SOUNDEX(b.name) AS s FROM pg.n a, pg.n b ORDER BY s, a.id",
        // SQLite between two rows of which the first never comes.
        "WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r WHERE i < 2000000000) SELECT COUNT(*) FROM r",
        "SELECT SUM(LENGTH(a.name || b.name || c.name)) FROM lite.n a, lite.n b, lite.n c"
      })
  void endsTheStatementEverywhere(String sql) throws Exception {
    assertThatNothingRuns();
    SQLException failure;
    try (Execution execution = databases.begin(Duration.ofMinutes(2))) {
      CompletableFuture<SQLException> run =
          CompletableFuture.supplyAsync(() -> failure(sql, execution));
      TimeUnit.MILLISECONDS.sleep(700);
      assertThat(run).isNotDone();
      failure = cancelled(sql, execution, run);
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

  /** A join of so many tables over three sources takes longer to plan than to be stopped. */
  @Test
  void endsThePlanning() throws Exception {
    List<String> sources = List.of("pg", "shop", "lite");
    StringBuilder sql = new StringBuilder("SELECT t0.id FROM pg.n t0");
    for (int i = 1; i < 14; i++) {
      sql.append(
          " JOIN %s.n t%d ON t%d.id = t%d.id AND t%d.name <> '%d'"
              .formatted(sources.get(i % 3), i, i, i - 1, i, i));
    }
    databases.rows("SELECT COUNT(*) FROM pg.n, shop.n AS s, lite.n AS l WHERE s.id < 1");
    try (Execution execution = databases.begin(Duration.ofMinutes(2))) {
      CompletableFuture<SQLException> run =
          CompletableFuture.supplyAsync(
              () ->
                  catchThrowableOfType(
                      SQLException.class, () -> databases.plan(sql.toString(), execution)));
      TimeUnit.MILLISECONDS.sleep(20);
      assertThat(run).isNotDone();
      assertThat(cancelled("planning of 14 tables of three sources", execution, run).getSQLState())
          .isEqualTo("57014");
    }
    assertThat(databases.rows(sql.toString())).hasSize(ThreeDatabases.ROWS);
    assertThatNothingRuns();
  }

  @Tag("mysql")
  @ParameterizedTest
  @ValueSource(strings = {"pg", "shop", "lite"})
  void endsTheWaitForAConnection(String source) throws Exception {
    String sql = ("SELECT a.id, b.name FROM %1$s." + MANY_PAIRS).formatted(source);
    List<AutoCloseable> open = new ArrayList<>();
    try {
      for (int i = 0; i < CONNECTIONS; i++) {
        Execution holding = databases.begin(Duration.ofMinutes(2));
        open.add(0, holding);
        RowCursor rows = databases.plan(sql, holding).execute(List.of(), holding);
        open.add(0, rows);
        assertThat(rows.next()).isTrue();
      }
      try (Execution execution = databases.begin(Duration.ofMinutes(2))) {
        CompletableFuture<SQLException> run =
            CompletableFuture.supplyAsync(() -> failure(sql, execution));
        TimeUnit.MILLISECONDS.sleep(300);
        assertThat(run).isNotDone();
        execution.cancel();
        assertThat(run.get(PROMISE.toMillis(), TimeUnit.MILLISECONDS).getSQLState())
            .isEqualTo("57014");
      }
    } finally {
      for (AutoCloseable each : open) {
        each.close();
      }
    }
    assertThatNothingRuns();
  }

  /**
   * A cancel that is sent for one statement and arrives in the next one of the same session is a
   * defect that drivers have had. With one connection there is no other session for the next one.
   */
  @Tag("mysql")
  @ParameterizedTest
  @ValueSource(strings = {"pg", "shop", "lite"})
  void noCancelHitsTheNextStatement(String source, @TempDir Path directory) throws Exception {
    Random random = new Random(42);
    String sql = "SELECT COUNT(*), MAX(name) FROM %1$s.n".formatted(source);
    int cancelled = 0;
    try (ThreeDatabases single = new ThreeDatabases("stray_" + source, directory, 1)) {
      List<List<@Nullable Object>> answer = single.rows(sql);
      for (int i = 0; i < 20; i++) {
        single.rows(sql);
      }
      long begun = System.nanoTime();
      single.rows(sql);
      long run = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begun);
      // Cancels are spread over a time that grows where one came in time and shrinks where it came
      // too late, so that about half of them come too late, however fast the machine is just then.
      double spread = 2.0 * run;
      for (int i = 0; i < ROUNDS; i++) {
        try (Execution execution = single.begin(Duration.ofMinutes(2))) {
          CompletableFuture<Void> cancel =
              CompletableFuture.runAsync(
                  execution::cancel,
                  CompletableFuture.delayedExecutor(
                      random.nextLong((long) spread + 1), TimeUnit.MICROSECONDS));
          try {
            assertThat(single.rows(sql, execution)).isEqualTo(answer);
            spread *= 0.8;
          } catch (SQLException e) {
            assertThat(e.getSQLState()).isEqualTo("57014");
            cancelled++;
            spread *= 1.25;
          }
          if (i % 2 == 0) {
            cancel.join();
          }
        }
        assertThat(single.rows(sql)).isEqualTo(answer);
      }
    }
    assertThat(cancelled).isPositive();
  }
}
