package io.sally.engine.source;

import io.sally.engine.Engine;
import io.sally.engine.Execution;
import io.sally.engine.Limits;
import io.sally.engine.RowCursor;
import io.sally.engine.Session;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The tables of TPC-H in PostgreSQL, MariaDB and SQLite, all of them in each. */
final class TpchDatabases {
  static final String DATABASE = "tpch";

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-22T10:00:00Z"), ZoneOffset.UTC);

  private static final Set<String> ALL =
      Set.of("region", "nation", "supplier", "customer", "part", "partsupp", "orders", "lineitem");

  private final SourceSettings postgres;
  private final SourceSettings mariaDb;
  private final SourceSettings sqlite;

  TpchDatabases(SourceSettings postgres, SourceSettings mariaDb, SourceSettings sqlite) {
    this.postgres = postgres;
    this.mariaDb = mariaDb;
    this.sqlite = sqlite;
  }

  static TpchDatabases filled(double scale, Path directory) throws SQLException {
    TpchTables tables = new TpchTables(scale);
    PostgreSql.create(DATABASE);
    try (Connection connection =
        DriverManager.getConnection(
            "jdbc:postgresql://localhost:"
                + PostgreSql.port()
                + "/"
                + DATABASE
                + "?reWriteBatchedInserts=true",
            "postgres",
            "postgres")) {
      tables.fill(connection, "ANALYZE");
    }
    MariaDb.create(DATABASE);
    try (Connection connection =
        DriverManager.getConnection(
            "jdbc:mysql://127.0.0.1:"
                + MariaDb.port()
                + "/"
                + DATABASE
                + "?connectionTimeZone=UTC&rewriteBatchedStatements=true",
            "root",
            "")) {
      tables.fill(connection, "ANALYZE TABLE");
    }
    Path file = directory.resolve("tpch.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      tables.fill(connection, "ANALYZE");
    }
    return new TpchDatabases(
        PostgreSql.settings(DATABASE, "public"), MariaDb.settings(DATABASE), sqlite(file));
  }

  static SourceSettings sqlite(Path file) {
    return SourceSettings.ofDatabase("lite", null, null, file.toString(), null, null, List.of());
  }

  /** The sources that share the tables among them. */
  List<CountingSource> across() {
    return List.of(
        new CountingSource(new PostgreSqlSource(postgres), Set.of("lineitem", "orders")),
        new CountingSource(new MySqlSource(mariaDb), Set.of("customer", "nation", "region")),
        new CountingSource(new SqliteSource(sqlite), Set.of("part", "partsupp", "supplier")));
  }

  CountingSource allInPostgres() {
    return new CountingSource(new PostgreSqlSource(postgres), ALL);
  }

  CountingSource allInMariaDb() {
    return new CountingSource(new MySqlSource(mariaDb), ALL);
  }

  CountingSource allInSqlite() {
    return new CountingSource(new SqliteSource(sqlite), ALL);
  }

  /** The 22 queries by name, in their order. */
  static Map<String, String> queries() {
    Map<String, String> queries = new TreeMap<>();
    for (String part : SqlResource.read("tpch.sql").split("-- Q", -1)) {
      int end = part.indexOf('\n');
      if (end > 0) {
        String number = part.substring(0, end).strip();
        queries.put("Q" + (number.length() == 1 ? "0" : "") + number, part.substring(end).strip());
      }
    }
    return queries;
  }

  /** What the engine answers, and its plan. */
  static List<List<@Nullable Object>> rows(
      Engine engine, List<CountingSource> sources, String sql, List<String> plan)
      throws SQLException {
    try (Execution execution = engine.begin(Limits.NONE, CLOCK)) {
      var prepared =
          engine.prepare(
              sql, new Session(sources.stream().map(CountingSource::name).toList()), execution);
      plan.addAll(prepared.explain());
      int width = prepared.columns().size();
      List<List<@Nullable Object>> rows = new ArrayList<>();
      try (RowCursor cursor = prepared.execute(List.of(), execution)) {
        while (cursor.next()) {
          List<@Nullable Object> row = new ArrayList<>();
          for (int i = 0; i < width; i++) {
            row.add(cursor.value(i));
          }
          rows.add(row);
        }
      }
      return rows;
    }
  }

  /** What PostgreSQL answers through its own driver. */
  List<List<@Nullable Object>> alone(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:postgresql://localhost:" + postgres.port() + "/" + DATABASE,
                "postgres",
                "postgres");
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int width = result.getMetaData().getColumnCount();
      List<List<@Nullable Object>> rows = new ArrayList<>();
      while (result.next()) {
        List<@Nullable Object> row = new ArrayList<>();
        for (int i = 1; i <= width; i++) {
          row.add(result.getObject(i));
        }
        rows.add(row);
      }
      return rows;
    }
  }

  /**
   * Both as texts. PostgreSQL chooses the digits of a quotient by its size and Sally by its type:
   * they are compared to the digits that both have.
   */
  static List<String> comparable(
      List<List<@Nullable Object>> rows, List<List<@Nullable Object>> others) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      List<@Nullable Object> other = i < others.size() ? others.get(i) : List.of();
      List<String> values = new ArrayList<>();
      for (int j = 0; j < rows.get(i).size(); j++) {
        @Nullable Object value = rows.get(i).get(j);
        @Nullable Object twin = j < other.size() ? other.get(j) : null;
        values.add(
            value instanceof BigDecimal number && twin instanceof BigDecimal second
                ? number
                    .setScale(Math.min(number.scale(), second.scale()), RoundingMode.HALF_UP)
                    .stripTrailingZeros()
                    .toPlainString()
                : value instanceof BigDecimal number
                    ? number.stripTrailingZeros().toPlainString()
                    : String.valueOf(value));
      }
      texts.add(values.stream().collect(Collectors.joining(" | ")));
    }
    return texts;
  }
}
