package io.sally.engine.source;

import io.sally.engine.Engine;
import io.sally.engine.Execution;
import io.sally.engine.Limits;
import io.sally.engine.Plan;
import io.sally.engine.RowCursor;
import io.sally.engine.Session;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

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
      for (String sql : List.of(arguments).subList(FIRST_STATEMENT, arguments.length)) {
        long start = System.nanoTime();
        String outcome = run(engine, sql);
        System.err.println(
            (System.nanoTime() - start) / 1_000_000 + " ms, peak heap " + peak() + " MB: " + sql);
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

  private static long peak() {
    List<MemoryPoolMXBean> pools = new ArrayList<>(ManagementFactory.getMemoryPoolMXBeans());
    long bytes =
        pools.stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .mapToLong(pool -> pool.getPeakUsage().getUsed())
            .sum();
    pools.forEach(MemoryPoolMXBean::resetPeakUsage);
    return bytes >> 20;
  }
}
