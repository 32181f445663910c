package io.sally.engine.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sources that are read at the same time, also when there are fewer connections than queries. */
@Timeout(300)
final class SideBySideIT {
  private static Path directory;

  @BeforeAll
  static void start(@TempDir Path temporary) {
    directory = temporary;
  }

  @Test
  void oneConnectionIsEnoughForManyQueriesOfOneSource() throws SQLException {
    try (ThreeDatabases databases = new ThreeDatabases("one_connection", directory, 1)) {
      for (String source : List.of("pg", "shop", "lite")) {
        assertThat(
                databases.rows(
                    "SELECT CAST(a.id AS INT), CAST(b.id AS INT), CAST(c.id AS INT) FROM %1$s.n a LEFT JOIN %1$s.n b ON SOUNDEX(a.name) ="
                            .formatted(source)
                        + " SOUNDEX(b.name) AND b.id < 3 LEFT JOIN %1$s.n c ON SOUNDEX(c.name) || 'x'"
                            .formatted(source)
                        + " = SOUNDEX(a.name) || 'x' AND c.id = 7 WHERE a.id = 5"))
            .containsExactlyInAnyOrder(List.of(5, 1, 7), List.of(5, 2, 7));
        assertThat(
                databases.rows(
                    "SELECT COUNT(*) FROM (SELECT a.id, SOUNDEX(b.name) AS s FROM %1$s.n a, %1$s.n b WHERE b.id <= 20 UNION ALL SELECT id, SOUNDEX(name) FROM %1$s.n) u"
                        .formatted(source)))
            .isEqualTo(List.of(List.of(63_000L)));
      }
      assertThat(ThreeDatabases.threads()).isEmpty();
    }
  }

  @Test
  void theErrorOfOneSourceEndsAllAndKeepsItsState() throws SQLException {
    try (ThreeDatabases databases = new ThreeDatabases("one_error", directory, 4)) {
      String sql =
          "SELECT a.id FROM shop.n a JOIN pg.n b ON a.id = b.id WHERE 1 / (b.id - 1500) <> 2";
      SQLException failure = catchThrowableOfType(SQLException.class, () -> databases.rows(sql));
      assertThat(failure.getSQLState()).isEqualTo("22012");
      assertThat(ThreeDatabases.threads()).isEmpty();
      assertThat(databases.rows("SELECT COUNT(*) FROM shop.n a JOIN pg.n b ON a.id = b.id"))
          .isEqualTo(List.of(List.of(3000L)));
    }
  }

  @Test
  void manyThreadsGetTheirOwnRightRows() throws Exception {
    try (ThreeDatabases databases = new ThreeDatabases("many_threads", directory, 3);
        Threads threads = new Threads(8)) {
      List<String> statements =
          List.of(
              "SELECT COUNT(*), MAX(a.id) FROM pg.n a JOIN shop.n b ON a.id = b.id JOIN lite.n c ON"
                  + " c.id = b.id",
              "SELECT a.id, b.name FROM pg.n a JOIN lite.n b ON a.id = b.id WHERE a.id < 50 ORDER BY"
                  + " a.id",
              "SELECT id, name FROM shop.n ORDER BY id",
              "SELECT s, COUNT(*) FROM (SELECT SOUNDEX(name) AS s FROM pg.n UNION ALL SELECT"
                  + " SOUNDEX(name) FROM lite.n) u GROUP BY s",
              "SELECT MAX(x) FROM (SELECT a.id + b.id AS x FROM lite.n a, shop.n b WHERE a.id < 20) p");
      List<List<List<@Nullable Object>>> expected = new ArrayList<>();
      for (String sql : statements) {
        expected.add(databases.rows(sql));
      }
      assertThat(expected.get(0)).isEqualTo(List.of(List.of(3000L, 3000)));
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
      List<Future<Integer>> results = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        int first = i;
        results.add(
            threads.submit(
                () -> {
                  int done = 0;
                  for (int j = first; System.nanoTime() < end; j++) {
                    int which = j % statements.size();
                    assertThat(databases.rows(statements.get(which)))
                        .isEqualTo(expected.get(which));
                    done++;
                  }
                  return done;
                }));
      }
      for (Future<Integer> result : results) {
        assertThat(result.get()).isPositive();
      }
      assertThat(ThreeDatabases.threads()).isEmpty();
      assertThat(databases.running()).isZero();
    }
  }

  /** Threads that end with their test. */
  private static final class Threads implements AutoCloseable {
    private final ExecutorService executor;

    Threads(int number) {
      this.executor = Executors.newFixedThreadPool(number);
    }

    <T> Future<T> submit(Callable<T> task) {
      return executor.submit(task);
    }

    @Override
    public void close() {
      executor.shutdownNow();
    }
  }
}
