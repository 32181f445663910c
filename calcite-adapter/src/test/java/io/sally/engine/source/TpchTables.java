package io.sally.engine.source;

import io.trino.tpch.TpchColumn;
import io.trino.tpch.TpchEntity;
import io.trino.tpch.TpchTable;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The tables of TPC-H with their data at a scale, the same in each database. */
final class TpchTables {
  private static final int ROWS_A_BATCH = 2000;

  private static final Map<String, String> KEYS =
      Map.of(
          "region", "r_regionkey",
          "nation", "n_nationkey",
          "supplier", "s_suppkey",
          "customer", "c_custkey",
          "part", "p_partkey",
          "partsupp", "ps_partkey, ps_suppkey",
          "orders", "o_orderkey",
          "lineitem", "l_orderkey, l_linenumber");

  /** The columns of foreign keys that no primary key begins with. */
  private static final Map<String, List<String>> INDEXES =
      Map.of(
          "supplier", List.of("s_nationkey"),
          "customer", List.of("c_nationkey"),
          "partsupp", List.of("ps_suppkey"),
          "orders", List.of("o_custkey"),
          "lineitem", List.of("l_partkey", "l_suppkey"));

  private final double scale;

  TpchTables(double scale) {
    this.scale = scale;
  }

  void fill(Connection connection, String analyze) throws SQLException {
    fill(connection, analyze, KEYS.keySet());
  }

  /** Makes and fills those of these names. */
  void fill(Connection connection, String analyze, Set<String> names) throws SQLException {
    List<TpchTable<?>> tables =
        TpchTable.getTables().stream()
            .filter(table -> names.contains(table.getTableName()))
            .toList();
    connection.setAutoCommit(false);
    for (TpchTable<?> table : tables) {
      fill(connection, table);
    }
    connection.commit();
    connection.setAutoCommit(true);
    try (Statement statement = connection.createStatement()) {
      for (TpchTable<?> table : tables) {
        statement.execute(analyze + " " + table.getTableName());
      }
    }
  }

  private <E extends TpchEntity> void fill(Connection connection, TpchTable<E> table)
      throws SQLException {
    String name = table.getTableName();
    List<TpchColumn<E>> columns = table.getColumns();
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          columns.stream()
              .map(column -> column.getColumnName() + " " + type(column) + " NOT NULL")
              .collect(
                  Collectors.joining(
                      ", ",
                      "CREATE TABLE " + name + " (",
                      ", PRIMARY KEY (" + KEYS.get(name) + "))")));
    }
    String places = columns.stream().map(column -> "?").collect(Collectors.joining(", "));
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO " + name + " VALUES (" + places + ")")) {
      boolean dates = !connection.getMetaData().getDatabaseProductName().equals("SQLite");
      int rows = 0;
      for (E row : table.createGenerator(scale, 1, 1)) {
        for (int i = 0; i < columns.size(); i++) {
          Object value = value(columns.get(i), row);
          insert.setObject(i + 1, dates || !(value instanceof LocalDate) ? value : "" + value);
        }
        insert.addBatch();
        if (++rows % ROWS_A_BATCH == 0) {
          insert.executeBatch();
        }
      }
      insert.executeBatch();
    }
    try (Statement statement = connection.createStatement()) {
      for (String column : INDEXES.getOrDefault(name, List.of())) {
        statement.execute("CREATE INDEX " + column + "_index ON " + name + " (" + column + ")");
      }
    }
  }

  private static String type(TpchColumn<?> column) {
    return switch (column.getType().getBase()) {
      case IDENTIFIER, INTEGER -> "INTEGER";
      case DOUBLE -> "DECIMAL(15, 2)";
      case DATE -> "DATE";
      case VARCHAR -> "VARCHAR(" + column.getType().getPrecision().orElse(255L) + ")";
    };
  }

  private static <E extends TpchEntity> Object value(TpchColumn<E> column, E row) {
    return switch (column.getType().getBase()) {
      case IDENTIFIER -> (int) column.getIdentifier(row);
      case INTEGER -> column.getInteger(row);
      case DOUBLE -> BigDecimal.valueOf(Math.round(column.getDouble(row) * 100), 2);
      case DATE -> LocalDate.ofEpochDay(column.getDate(row));
      case VARCHAR -> column.getString(row);
    };
  }
}
