package io.sally.engine.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.sally.engine.Engine;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The 22 queries of TPC-H over a Trino whose tables lie in two catalogs: PostgreSQL and memory. */
@Timeout(600)
@EnabledIfSystemProperty(
    named = "tpch.trino",
    matches = ".+",
    disabledReason = "needs a Trino: -Dtpch.trino and -Dtpch.trino.java")
final class TrinoTpchIT {
  private static final Set<String> TABLES =
      Set.of("region", "nation", "supplier", "customer", "part", "partsupp", "orders", "lineitem");

  /**
   * Trino has 38 digits for sums and for quotients alike, so that what divides or multiplies sums
   * is done here, on the few rows that are left.
   */
  private static final Set<String> QUOTIENTS_OF_SUMS = Set.of("Q08", "Q11", "Q14", "Q17");

  private static final Set<String> IN_MEMORY = Set.of("customer", "nation", "region", "part");

  @BeforeAll
  static void fill() throws SQLException {
    try (Connection postgres = TrinoServer.shared().postgres().getConnection();
        Statement statement = postgres.createStatement()) {
      statement.execute("CREATE SCHEMA tpch");
      statement.execute("SET search_path TO tpch");
      new TpchTables(0.01).fill(postgres, "ANALYZE");
    }
    try (Connection trino = TrinoServer.shared().connect("memory/default");
        Statement statement = trino.createStatement()) {
      statement.execute("CREATE SCHEMA memory.tpch");
      for (String table : TABLES) {
        statement.execute(
            (IN_MEMORY.contains(table) ? "CREATE TABLE" : "CREATE VIEW")
                + " memory.tpch."
                + table
                + " AS SELECT * FROM pg.tpch."
                + table);
      }
    }
  }

  /** What PostgreSQL answers, which has all the tables. */
  private static List<List<@Nullable Object>> alone(String sql) throws SQLException {
    try (Connection postgres = TrinoServer.shared().postgres().getConnection();
        Statement statement = postgres.createStatement()) {
      statement.execute("SET search_path TO tpch");
      List<List<@Nullable Object>> rows = new ArrayList<>();
      try (ResultSet result = statement.executeQuery(sql)) {
        while (result.next()) {
          List<@Nullable Object> row = new ArrayList<>();
          for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
            row.add(result.getObject(i));
          }
          rows.add(row);
        }
      }
      return rows;
    }
  }

  @Test
  void computesTheSameThereAlmostAlwaysWhole() throws SQLException {
    CountingSource source =
        new CountingSource(
            new TrinoSource(TrinoServer.shared().settings("memory", "tpch")), TABLES);
    Set<String> whole = new TreeSet<>();
    try (Engine engine = Engine.over(List.of(source))) {
      for (Map.Entry<String, String> query : TpchDatabases.queries().entrySet()) {
        List<String> plan = new ArrayList<>();
        List<List<@Nullable Object>> expected = alone(query.getValue());
        List<List<@Nullable Object>> actual =
            TpchDatabases.rows(engine, List.of(source), query.getValue(), plan);
        assertThat(TpchDatabases.comparable(actual, expected))
            .as("%s: %s", query.getKey(), plan)
            .isEqualTo(TpchDatabases.comparable(expected, actual));
        if (plan.size() == 2 && plan.get(0).startsWith("Source ")) {
          whole.add(query.getKey());
        }
      }
    }
    Set<String> expected = new TreeSet<>(TpchDatabases.queries().keySet());
    expected.removeAll(QUOTIENTS_OF_SUMS);
    assertThat(whole).isEqualTo(expected);
  }
}
