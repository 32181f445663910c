package io.sally.driver;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The calls that Metabase's drivers for JDBC make, in its order and with its arguments, as its
 * public sources have them (metabase.driver.sql-jdbc, its sync, and the fingerprints of analysis).
 */
final class MetabaseCalls {
  private static final int FORWARD = ResultSet.TYPE_FORWARD_ONLY;
  private static final int READS = ResultSet.CONCUR_READ_ONLY;
  private static final int CLOSES = ResultSet.CLOSE_CURSORS_AT_COMMIT;

  private final Connection connection;
  private final List<String> seen = new ArrayList<>();

  MetabaseCalls(Connection connection) {
    this.connection = connection;
  }

  /** What is set on each connection, and asked of it before a database is saved. */
  List<String> canConnect() throws SQLException {
    DatabaseMetaData metadata = connection.getMetaData();
    List<Integer> levels = new ArrayList<>();
    for (int level : List.of(1, 2, 4, 8)) {
      if (metadata.supportsTransactionIsolationLevel(level)) {
        levels.add(level);
        connection.setTransactionIsolation(level);
      }
    }
    seen.add("isolation levels: " + levels);
    connection.setReadOnly(true);
    connection.setAutoCommit(true);
    try {
      connection.setHoldability(CLOSES);
    } catch (SQLFeatureNotSupportedException e) {
      seen.add("holdability: " + e.getSQLState());
    }
    seen.add(
        "database: "
            + metadata.getDatabaseProductName()
            + " "
            + metadata.getDatabaseMajorVersion()
            + "."
            + metadata.getDatabaseMinorVersion());
    seen.add("valid: " + connection.isValid(5));
    seen.add("can connect: " + query("SELECT 1"));
    return seen;
  }

  /** A sync of the schemas, tables, columns and keys. */
  List<String> sync() throws SQLException {
    DatabaseMetaData metadata = connection.getMetaData();
    for (String schema : DBeaverCalls.list(metadata.getSchemas(), "TABLE_SCHEM")) {
      String[] types = {
        "TABLE",
        "PARTITIONED TABLE",
        "VIEW",
        "FOREIGN TABLE",
        "MATERIALIZED VIEW",
        "EXTERNAL TABLE",
        "DYNAMIC_TABLE"
      };
      for (String table :
          DBeaverCalls.list(metadata.getTables(null, escaped(schema), "%", types), "TABLE_NAME")) {
        seen.add(schema + "." + table + ": " + probe(schema, table));
        describe(metadata, schema, table);
      }
    }
    return seen;
  }

  private static String escaped(String name) {
    return name.replace("\\", "\\\\").replace("_", "\\_").replace("%", "\\%");
  }

  private boolean probe(String schema, String table) throws SQLException {
    String sql =
        "SELECT TRUE AS \"_\" FROM \"%s\".\"%s\" WHERE 1 <> 1 LIMIT 0".formatted(schema, table);
    try (PreparedStatement statement = connection.prepareStatement(sql, FORWARD, READS, CLOSES)) {
      statement.setQueryTimeout(15);
      return statement.execute();
    }
  }

  private void describe(DatabaseMetaData metadata, String schema, String table)
      throws SQLException {
    List<String> columns = new ArrayList<>();
    try (ResultSet rows = metadata.getColumns(null, escaped(schema), escaped(table), null)) {
      while (rows.next()) {
        boolean required =
            rows.getString("COLUMN_DEF") == null
                && rows.getInt("NULLABLE") == 0
                && "NO".equals(rows.getString("IS_AUTOINCREMENT"));
        columns.add(
            rows.getString("COLUMN_NAME")
                + " "
                + rows.getString("TYPE_NAME")
                + (required ? " required" : ""));
      }
    }
    seen.add("  " + String.join(", ", columns));
    seen.add(
        "  key "
            + DBeaverCalls.list(metadata.getPrimaryKeys(null, schema, table), "COLUMN_NAME")
            + " references "
            + DBeaverCalls.list(
                metadata.getImportedKeys(null, schema, table),
                "FKCOLUMN_NAME",
                "PKTABLE_SCHEM",
                "PKTABLE_NAME",
                "PKCOLUMN_NAME")
            + " indexes "
            + DBeaverCalls.list(
                metadata.getIndexInfo(null, schema, table, false, true), "COLUMN_NAME"));
  }

  /** The rows of a question, read by the classes that Metabase reads each type with. */
  List<List<@Nullable Object>> query(String sql, Object... parameters) throws SQLException {
    try (Statement statement = statement(sql, parameters)) {
      statement.setFetchDirection(ResultSet.FETCH_FORWARD);
      if (statement.getFetchSize() == 0) {
        statement.setFetchSize(500);
      }
      statement.setMaxRows(10_000);
      boolean hasRows =
          statement instanceof PreparedStatement prepared
              ? prepared.execute()
              : statement.execute(sql);
      if (!hasRows) {
        throw new AssertionError("no rows: " + sql);
      }
      try (ResultSet rows = statement.getResultSet()) {
        ResultSetMetaData columns = rows.getMetaData();
        List<List<@Nullable Object>> all = new ArrayList<>();
        while (rows.next()) {
          List<@Nullable Object> row = new ArrayList<>();
          for (int i = 1; i <= columns.getColumnCount(); i++) {
            row.add(value(rows, columns.getColumnType(i), i));
          }
          all.add(row);
        }
        return all;
      }
    }
  }

  private Statement statement(String sql, Object... parameters) throws SQLException {
    if (parameters.length == 0) {
      return connection.createStatement(FORWARD, READS, CLOSES);
    }
    PreparedStatement prepared = connection.prepareStatement(sql, FORWARD, READS, CLOSES);
    if (prepared.getParameterMetaData().getParameterCount() < parameters.length) {
      throw new AssertionError("more parameters than places: " + sql);
    }
    for (int i = 0; i < parameters.length; i++) {
      if (parameters[i] instanceof LocalDate date) {
        prepared.setObject(i + 1, date, Types.DATE);
      } else if (parameters[i] instanceof LocalDateTime at) {
        prepared.setObject(i + 1, at, Types.TIMESTAMP);
      } else {
        prepared.setObject(i + 1, parameters[i]);
      }
    }
    return prepared;
  }

  private static @Nullable Object value(ResultSet rows, int type, int column) throws SQLException {
    return switch (type) {
      case Types.DATE -> rows.getObject(column, LocalDate.class);
      case Types.TIME -> rows.getObject(column, LocalTime.class);
      case Types.TIMESTAMP -> rows.getObject(column, LocalDateTime.class);
      case Types.TIMESTAMP_WITH_TIMEZONE -> rows.getObject(column, OffsetDateTime.class);
      default -> rows.getObject(column);
    };
  }
}
