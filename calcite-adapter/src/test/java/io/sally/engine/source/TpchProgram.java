package io.sally.engine.source;

import io.sally.engine.Engine;
import io.sally.engine.Execution;
import io.sally.engine.Limits;
import io.sally.engine.Plan;
import io.sally.engine.RowCursor;
import io.sally.engine.Session;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.calcite.adapter.jdbc.JdbcSchema;
import org.apache.calcite.schema.SchemaPlus;
import org.apache.calcite.schema.impl.ViewTable;

/**
 * A program for a JVM of its own: it runs queries of TPC-H in one of the ways that {@link
 * TpchReport} compares, and prints a line for each: its name, the milliseconds of the first run,
 * the median of the others, and the number of rows; or its name and why it failed.
 *
 * <p>Arguments: the way ({@code sally}, {@code calcite}, {@code own}: the source's own driver, for
 * queries of one source alone, or the JDBC URL of another), the runs, the names of the queries with
 * commas between, and where the tables are: a JDBC URL and a user each, of lineitem and orders, of
 * customer, nation and region, of part, partsupp and supplier.
 */
final class TpchProgram {
  static final Set<String> SALES = Set.of("lineitem", "orders");
  static final Set<String> CUSTOMERS = Set.of("customer", "nation", "region");
  static final Set<String> PARTS = Set.of("part", "partsupp", "supplier");

  /** A query that has taken this long altogether is not run again. */
  private static final Duration ENOUGH = Duration.ofSeconds(60);

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** Runs a query and counts its rows. */
  @FunctionalInterface
  private interface Way {
    long rows(String sql) throws SQLException;
  }

  private TpchProgram() {}

  public static void main(String[] arguments) throws SQLException {
    String way = arguments[0];
    int runs = Integer.parseInt(arguments[1]);
    Set<String> names = Set.of(arguments[2].split(",", -1));
    List<String> places = List.of(arguments).subList(3, arguments.length);
    if (way.equals("sally")) {
      try (Engine engine = engine(places)) {
        run(sql -> sally(engine, sql), names, runs);
      }
    } else if (way.equals("own")) {
      List<Set<String>> tables = List.of(SALES, CUSTOMERS, PARTS);
      for (int i = 0; i < tables.size(); i++) {
        Set<String> ofIt = tables.get(i);
        Set<String> alone =
            TpchDatabases.queries().entrySet().stream()
                .filter(query -> names.contains(query.getKey()))
                .filter(query -> ofIt.containsAll(tables(query.getValue())))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        String user = places.get(2 * i + 1);
        try (Connection own =
            DriverManager.getConnection(places.get(2 * i), user, user.equals("root") ? "" : user)) {
          run(sql -> jdbc(own, sql), alone, runs);
        }
      }
    } else if (way.equals("calcite")) {
      try (Connection calcite = calcite(places)) {
        run(sql -> jdbc(calcite, sql), names, runs);
      }
    } else {
      try (Connection other = DriverManager.getConnection(way, "bench", null)) {
        run(sql -> jdbc(other, sql), names, runs);
      }
    }
  }

  /** The tables that a query names. */
  private static Set<String> tables(String sql) {
    Set<String> words = new HashSet<>(List.of(sql.toLowerCase(Locale.ROOT).split("\\W+", -1)));
    return Stream.of(SALES, CUSTOMERS, PARTS)
        .flatMap(Set::stream)
        .filter(words::contains)
        .collect(Collectors.toSet());
  }

  private static void run(Way way, Set<String> names, int runs) {
    for (Map.Entry<String, String> query : TpchDatabases.queries().entrySet()) {
      if (!names.contains(query.getKey())) {
        continue;
      }
      try {
        long[] times = new long[runs + 1];
        long total = 0;
        int done = 0;
        long rows = 0;
        for (; done < times.length && total < ENOUGH.toNanos(); done++) {
          long start = System.nanoTime();
          rows = way.rows(query.getValue());
          times[done] = System.nanoTime() - start;
          total += times[done];
          if (done == 0) {
            // Whoever has no patience for more has this one.
            print(query.getKey(), times, 1, rows);
          }
        }
        print(query.getKey(), times, done, rows);
      } catch (SQLException | RuntimeException | OutOfMemoryError e) {
        System.out.println(
            query.getKey() + " " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
      }
    }
  }

  /** The first run, the median of the others, and the rows. */
  private static void print(String name, long[] times, int done, long rows) {
    long[] warm = Arrays.copyOfRange(times, done > 1 ? 1 : 0, done);
    Arrays.sort(warm);
    System.out.printf(
        "%s %d %d %d%n", name, times[0] / 1_000_000, warm[warm.length / 2] / 1_000_000, rows);
    System.out.flush();
  }

  private static Engine engine(List<String> places) {
    return Engine.over(
        List.of(
            new PostgreSqlSource(settings("sales", places, 0)),
            new MySqlSource(settings("customers", places, 1)),
            places.get(4).startsWith("jdbc:sqlite:")
                ? new SqliteSource(settings("parts", places, 2))
                : new PostgreSqlSource(settings("parts", places, 2))));
  }

  private static SourceSettings settings(String name, List<String> places, int index) {
    String user = places.get(2 * index + 1);
    return SourceSettings.ofUrl(
        name, places.get(2 * index), user, () -> user.equals("root") ? "" : user, List.of());
  }

  private static long sally(Engine engine, String sql) throws SQLException {
    try (Execution execution = engine.begin(new Limits(PATIENCE, 0, 0), Clock.systemUTC())) {
      Plan plan =
          engine.prepare(sql, new Session(List.of("sales", "customers", "parts")), execution);
      long rows = 0;
      try (RowCursor cursor = plan.execute(List.of(), execution)) {
        while (cursor.next()) {
          rows++;
        }
      }
      return rows;
    }
  }

  /** Its tables stand in the root schema by views, so that the texts need no names of schemas. */
  private static Connection calcite(List<String> places) throws SQLException {
    PlainCalcite calcite = new PlainCalcite();
    SchemaPlus root = calcite.connection().getRootSchema();
    List<String> schemas = new ArrayList<>(List.of("sales", "customers", "parts"));
    List<Set<String>> tables = List.of(SALES, CUSTOMERS, PARTS);
    for (int i = 0; i < schemas.size(); i++) {
      String schema = schemas.get(i);
      String user = places.get(2 * i + 1);
      calcite.with(
          schema,
          JdbcSchema.dataSource(places.get(2 * i), null, user, user.equals("root") ? "" : user));
      for (String table : tables.get(i)) {
        root.add(
            table,
            ViewTable.viewMacro(
                root,
                "SELECT * FROM \"" + schema + "\".\"" + table + "\"",
                List.of(),
                List.of(table),
                false));
      }
    }
    return calcite.connection();
  }

  private static long jdbc(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int width = result.getMetaData().getColumnCount();
      long rows = 0;
      while (result.next()) {
        for (int i = 1; i <= width; i++) {
          result.getObject(i);
        }
        rows++;
      }
      return rows;
    }
  }
}
