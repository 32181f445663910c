package io.sally.engine.source;

import io.sally.engine.Engine;
import io.sally.engine.Execution;
import io.sally.engine.Limits;
import io.sally.engine.Plan;
import io.sally.engine.RowCursor;
import io.sally.engine.Session;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A program for a JVM with little memory: it runs statements over the sources that its arguments
 * name and prints a line for each: the number of rows, or the SQLState and the message.
 *
 * <p>Arguments: the port and database of PostgreSQL, those of MariaDB, the file of SQLite, and then
 * the statements.
 */
final class Exhaustion {
  private static final int FIRST_STATEMENT = 5;

  private Exhaustion() {}

  public static void main(String[] arguments) throws SQLException {
    try (Engine engine =
        Engine.over(
            List.of(
                new PostgreSqlSource(
                    settings("pg", Integer.valueOf(arguments[0]), arguments[1], "postgres")),
                new MySqlSource(
                    settings("shop", Integer.valueOf(arguments[2]), arguments[3], "root")),
                new SqliteSource(settings("lite", null, arguments[4], null))))) {
      HeapWatch heap = new HeapWatch();
      for (String sql : List.of(arguments).subList(FIRST_STATEMENT, arguments.length)) {
        long start = System.nanoTime();
        String outcome = run(engine, sql);
        System.err.println(
            (System.nanoTime() - start) / 1_000_000
                + " ms, peak heap "
                + heap.takePeak()
                + " MB: "
                + sql);
        System.err.println(outcome);
        System.out.println(outcome);
      }
    }
  }

  private static SourceSettings settings(
      String name,
      @org.jspecify.annotations.Nullable Integer port,
      String database,
      @org.jspecify.annotations.Nullable String user) {
    return SourceSettings.ofDatabase(
        name,
        port == null ? null : "127.0.0.1",
        port,
        database,
        user,
        user == null ? null : () -> user.equals("root") ? "" : user,
        List.of());
  }

  private static String run(Engine engine, String sql) {
    try (Execution execution =
        engine.begin(new Limits(Duration.ofMinutes(5), 0, 0), Clock.systemUTC())) {
      Plan plan = engine.prepare(sql, new Session(List.of()), execution);
      long rows = 0;
      try (RowCursor cursor = plan.execute(List.of(), execution)) {
        while (cursor.next()) {
          rows++;
        }
      }
      return rows + " rows";
    } catch (SQLException e) {
      return e.getSQLState() + " " + e.getMessage();
    }
  }

  /** Looks from time to time how much of the heap is in use; dead objects count until they go. */
  private static final class HeapWatch {
    private static final long LOOK_MILLIS = 2;

    private final AtomicLong peak = new AtomicLong();

    HeapWatch() {
      Thread thread = new Thread(this::watch, "heap-watch");
      thread.setDaemon(true);
      thread.start();
    }

    private void watch() {
      Runtime runtime = Runtime.getRuntime();
      while (true) {
        peak.accumulateAndGet(runtime.totalMemory() - runtime.freeMemory(), Math::max);
        LockSupport.parkNanos(LOOK_MILLIS * 1_000_000);
      }
    }

    long takePeak() {
      return peak.getAndSet(0) >> 20;
    }
  }
}
