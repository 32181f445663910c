package io.sally.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many threads on one engine, and what is stopped while it works. */
class ConcurrencyTest {
  private static final int THREADS = 8;
  private static final String RECURSIVE =
      "WITH RECURSIVE t (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM t WHERE x < 300)"
          + " SELECT COUNT(*), SUM(x), MAX(x) FROM t";

  private static final StaffEngine STAFF = new StaffEngine();

  @AfterAll
  static void close() throws SQLException {
    STAFF.close();
  }

  @Test
  void eightThreadsOnOneEngineGetTheirOwnRows() throws Exception {
    List<Callable<String>> work = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      int mine = thread;
      expected.add(("" + (9_999 - mine) + "|4|" + mine + "\n").repeat(20));
      work.add(
          () -> {
            StringBuilder rows = new StringBuilder();
            for (int i = 0; i < 20; i++) {
              String sql =
                  i % 2 == 0
                      ? "SELECT COUNT(*), (SELECT COUNT(*) FROM dept), CAST(? AS INTEGER)"
                          + " FROM many WHERE id > ?"
                      : "SELECT COUNT(*), (SELECT COUNT(*) FROM dept), CAST(? AS INTEGER)"
                          + " FROM many WHERE id > ? + 0 * "
                          + mine;
              rows.append(STAFF.text(sql, mine, mine)).append('\n');
            }
            return rows.toString();
          });
    }
    assertThat(together(work)).isEqualTo(expected);
  }

  @Test
  void runsOfOneRecursivePlanDoNotMixTheirRows() throws Exception {
    Plan plan = STAFF.plan(RECURSIVE);
    Callable<String> run =
        () -> {
          try (Execution execution = STAFF.engine.begin(Limits.NONE, StaffEngine.NOON);
              RowCursor cursor = plan.execute(List.of(), execution)) {
            cursor.next();
            return cursor.value(0) + "|" + cursor.value(1) + "|" + cursor.value(2);
          }
        };
    assertThat(together(List.of(run, run, run, run))).containsOnly("300|45150|300");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // a sort, an aggregate, a hash join, a window, a nested loop: none may go on
        "SELECT a.id FROM many a, many b ORDER BY a.id + b.id",
        "SELECT a.id + b.id, COUNT(*) FROM many a, many b GROUP BY a.id + b.id",
        "SELECT COUNT(*) FROM many a, many b JOIN many c ON b.id / 5000 = c.id / 5000",
        "SELECT MAX(x) FROM (SELECT ROW_NUMBER() OVER (ORDER BY a.id) x FROM many a, many b) t",
        "SELECT COUNT(*) FROM many a, many b, many c WHERE a.id + b.id < c.id",
        "SELECT DISTINCT a.id + b.id * 10000 FROM many a, many b"
      })
  @Timeout(300)
  void aCancelEndsTheWorkWithinIt(String sql) throws Exception {
    STAFF.plan(sql);
    assertThat(stateWhenCancelledAfter(150, sql)).isEqualTo("57014");
  }

  @Test
  @Timeout(300)
  void aCancelEndsThePlanning() throws Exception {
    StringBuilder sql = new StringBuilder("SELECT t0.id FROM emp t0");
    for (int i = 1; i < 12; i++) {
      sql.append(
          " JOIN emp t%d ON t%d.id = t%d.dept_id AND t%d.n > %d".formatted(i, i, i - 1, i, i));
    }
    assertThat(stateWhenCancelledAfter(0, sql.toString())).isEqualTo("57014");
    try (Execution execution =
        STAFF.engine.begin(new Limits(Duration.ofNanos(1), 0, 0), StaffEngine.NOON)) {
      TimeUnit.MILLISECONDS.sleep(50);
      SQLException failure =
          catchThrowableOfType(SQLException.class, () -> STAFF.rows(execution, sql.toString()));
      assertThat(failure.getSQLState()).isEqualTo("HYT00");
    }
    assertThat(STAFF.rows(sql.toString())).isEmpty();
  }

  private static String stateWhenCancelledAfter(long millis, String sql) throws Exception {
    try (Execution execution = STAFF.engine.begin(Limits.NONE, StaffEngine.NOON)) {
      CountDownLatch started = new CountDownLatch(1);
      Thread canceller =
          new Thread(
              () -> {
                try {
                  started.await();
                  TimeUnit.MILLISECONDS.sleep(millis);
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
                execution.cancel();
              });
      canceller.start();
      started.countDown();
      SQLException failure =
          catchThrowableOfType(SQLException.class, () -> STAFF.rows(execution, sql));
      canceller.join();
      return failure.getSQLState();
    }
  }

  private static <T> List<T> together(List<Callable<T>> work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(work.size());
    CountDownLatch all = new CountDownLatch(work.size());
    try {
      List<Future<T>> running =
          IntStream.range(0, work.size())
              .mapToObj(
                  i ->
                      threads.submit(
                          () -> {
                            all.countDown();
                            all.await();
                            return work.get(i).call();
                          }))
              .toList();
      List<T> results = new ArrayList<>();
      for (Future<T> future : running) {
        results.add(future.get(60, TimeUnit.SECONDS));
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }
}
