package io.sally.engine.source;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A report, not a test: the 22 queries of TPC-H over two PostgreSQL and a MySQL (or MariaDB), by
 * Sally, by Trino and by plain Calcite, those of one database also by its own driver, and by Sally
 * with an SQLite file in the place of the second PostgreSQL, each in a JVM of its own, one after
 * the other in one run.
 *
 * <p>{@code -Dtpch.scale=1} (the default), {@code -Dtpch.heap=512m} for Sally's JVM, {@code
 * -Dtpch.runs=5}, {@code -Dtpch.queries=Q01,Q09}; {@code -Dtpch.trino=folder} is where Trino's
 * server is unpacked with its JDBC driver beside it as {@code trino-jdbc.jar}, {@code
 * -Dtpch.trino.java=folder} the JDK that it needs; {@code -Dtpch.calcite=60} the seconds that plain
 * Calcite has for each query, 0 leaves it out.
 */
@Timeout(10_800)
final class TpchReport {
  private static final double SCALE = Double.parseDouble(System.getProperty("tpch.scale", "1"));
  private static final String RUNS = System.getProperty("tpch.runs", "5");
  private static final String WITH_SQLITE = "Sally with SQLite";
  private static final long CALCITE_SECONDS = Long.getLong("tpch.calcite", 60);

  /** What one way took for one query. */
  private record Taken(long first, long median, long rows) {}

  @Test
  void report(@TempDir Path folder) throws Exception {
    try (EmbeddedPostgres sales = EmbeddedPostgres.builder().start();
        EmbeddedPostgres parts = EmbeddedPostgres.builder().start()) {
      MariaDb.create(TpchDatabases.DATABASE);
      List<String> places =
          List.of(
              "jdbc:postgresql://localhost:" + sales.getPort() + "/postgres",
              "postgres",
              "jdbc:mysql://127.0.0.1:" + MariaDb.port() + "/" + TpchDatabases.DATABASE,
              "root",
              "jdbc:postgresql://localhost:" + parts.getPort() + "/postgres",
              "postgres");
      fill(places);
      Map<String, Map<String, Taken>> ways = new TreeMap<>();
      @Nullable String chosen = System.getProperty("tpch.queries");
      List<String> names =
          chosen == null
              ? List.copyOf(TpchDatabases.queries().keySet())
              : List.of(chosen.split(",", -1));
      String heap = "-Xmx" + System.getProperty("tpch.heap", "2g");
      ways.put("Sally", java(heap, "sally", names, places));
      ways.put("Own driver", java("-Xmx1g", "own", names, places));
      @Nullable String trino = System.getProperty("tpch.trino");
      if (trino != null) {
        try (TrinoServer server = TrinoServer.start(Path.of(trino), folder, places)) {
          ways.put("Trino", java("-Xmx1g", server.url(), names, places));
        }
      }
      if (CALCITE_SECONDS > 0) {
        Map<String, Taken> calcite = new TreeMap<>();
        for (String name : names) {
          calcite.putAll(java("-Xmx4g", "calcite", List.of(name), places));
        }
        ways.put("Calcite", calcite);
      }
      ways.put(WITH_SQLITE, java(heap, "sally", names, withSqlite(places, folder)));
      print(ways, names);
    }
  }

  private static List<String> withSqlite(List<String> places, Path folder) throws SQLException {
    String url = "jdbc:sqlite:" + folder.resolve("parts.db");
    try (Connection connection = DriverManager.getConnection(url)) {
      new TpchTables(SCALE).fill(connection, "ANALYZE", TpchProgram.PARTS);
    }
    List<String> others = new ArrayList<>(places.subList(0, 4));
    others.add(url);
    others.add("nobody");
    return others;
  }

  private static void fill(List<String> places) throws SQLException {
    long start = System.nanoTime();
    TpchTables tables = new TpchTables(SCALE);
    List<Set<String>> names = List.of(TpchProgram.SALES, TpchProgram.CUSTOMERS, TpchProgram.PARTS);
    for (int i = 0; i < names.size(); i++) {
      String url = places.get(2 * i);
      String user = places.get(2 * i + 1);
      try (Connection connection =
          DriverManager.getConnection(
              url
                  + (user.equals("root")
                      ? "?connectionTimeZone=UTC&rewriteBatchedStatements=true"
                      : "?reWriteBatchedInserts=true"),
              user,
              user.equals("root") ? "" : user)) {
        tables.fill(connection, user.equals("root") ? "ANALYZE TABLE" : "ANALYZE", names.get(i));
      }
    }
    System.out.printf(
        "TPC-H at scale %s filled in %d s%n", SCALE, (System.nanoTime() - start) / 1_000_000_000);
  }

  /**
   * Runs {@link TpchProgram}; plain Calcite is ended when its time is over, and has then its first
   * run alone, where it finished that.
   */
  private static Map<String, Taken> java(
      String heap, String way, List<String> names, List<String> places)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                heap,
                "-cp",
                System.getProperty("java.class.path")
                    + (way.startsWith("jdbc:")
                        ? System.getProperty("path.separator")
                            + Path.of(System.getProperty("tpch.trino"), "trino-jdbc.jar")
                        : ""),
                TpchProgram.class.getName(),
                way,
                RUNS,
                String.join(",", names)));
    command.addAll(places);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    Map<String, Taken> taken = new TreeMap<>();
    try (BufferedReader lines = process.inputReader()) {
      if (way.equals("calcite") && !process.waitFor(CALCITE_SECONDS, TimeUnit.SECONDS)) {
        System.out.println("calcite " + names + " not done in " + CALCITE_SECONDS + " s");
        // The process itself would close what it has written so far.
        process.toHandle().destroyForcibly();
        process.waitFor();
      }
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        System.out.println((way.startsWith("jdbc:") ? "trino" : way) + " " + line);
        String[] words = line.split(" ", -1);
        if (words.length == 4 && words[1].chars().allMatch(Character::isDigit)) {
          taken.put(
              words[0],
              new Taken(
                  Long.parseLong(words[1]), Long.parseLong(words[2]), Long.parseLong(words[3])));
        }
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    return taken;
  }

  private static void print(Map<String, Map<String, Taken>> ways, List<String> names) {
    Map<String, Taken> sally = ways.getOrDefault("Sally", Map.of());
    System.out.printf(
        "%nTPC-H at scale %s, medians of %s runs in ms (first run)%n%-6s", SCALE, RUNS, "");
    ways.keySet().forEach(way -> System.out.printf("%22s", way));
    System.out.println();
    for (String name : names) {
      System.out.printf("%-6s", name);
      for (Map<String, Taken> way : ways.values()) {
        @Nullable Taken taken = way.get(name);
        System.out.printf(
            "%22s", taken == null ? "-" : taken.median() + " (" + taken.first() + ")");
      }
      @Nullable Taken own = sally.get(name);
      if (own != null
          && ways.values().stream()
              .map(way -> way.get(name))
              .anyMatch(other -> other != null && other.rows() != own.rows())) {
        System.out.print("   the numbers of rows differ");
      }
      System.out.println();
    }
    for (Map.Entry<String, Map<String, Taken>> way : ways.entrySet()) {
      if (way.getKey().startsWith("Sally")) {
        continue;
      }
      double logs = 0;
      double worst = 0;
      int compared = 0;
      for (String name : names) {
        @Nullable Taken own = sally.get(name);
        @Nullable Taken other = way.getValue().get(name);
        if (own != null && other != null) {
          double ratio = (double) Math.max(1, own.median()) / Math.max(1, other.median());
          logs += Math.log(ratio);
          worst = Math.max(worst, ratio);
          compared++;
        }
      }
      System.out.printf(
          Locale.ROOT,
          "Sally / %s: geometric mean %.2f over %d queries, worst %.2f%n",
          way.getKey(),
          Math.exp(logs / compared),
          compared,
          worst);
    }
  }
}
