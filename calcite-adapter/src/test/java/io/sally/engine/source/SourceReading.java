package io.sally.engine.source;

import io.sally.engine.Engine;
import io.sally.engine.Execution;
import io.sally.engine.Limits;
import io.sally.engine.RowCursor;
import io.sally.engine.catalog.Catalog;
import io.sally.engine.catalog.Column;
import io.sally.engine.catalog.ColumnType;
import io.sally.engine.catalog.Table;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Reads from a source as the engine does: the table's columns through their read expressions. */
final class SourceReading {
  private SourceReading() {}

  static Execution execution() {
    return execution(Limits.NONE);
  }

  static Execution execution(Limits limits) {
    return Engine.over(List.of()).begin(limits, Clock.systemUTC());
  }

  static Table table(JdbcSource source, String name) throws SQLException {
    return source.readCatalog().tables().stream()
        .filter(table -> table.name().table().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no table " + name));
  }

  static List<String> names(Catalog catalog) {
    return catalog.tables().stream().map(table -> table.name().toString()).toList();
  }

  static String selectAll(JdbcSource source, Table table) {
    String columns =
        table.columns().stream()
            .map(column -> selected(source, table, column))
            .collect(Collectors.joining(", "));
    return "SELECT " + columns + " FROM " + identifier(source, source.path(table.name()));
  }

  private static String selected(JdbcSource source, Table table, Column column) {
    SqlIdentifier identifier = new SqlIdentifier(column.name(), SqlParserPos.ZERO);
    return source.read(table, column, identifier).toSqlString(source.dialect()).getSql();
  }

  private static String identifier(JdbcSource source, List<String> path) {
    return new SqlIdentifier(path, SqlParserPos.ZERO).toSqlString(source.dialect()).getSql();
  }

  static List<List<@Nullable Object>> rows(JdbcSource source, String tableName)
      throws SQLException {
    Table table = table(source, tableName);
    return rows(
        source,
        selectAll(source, table) + " ORDER BY 1",
        table.columns().stream().map(Column::type).toList());
  }

  static List<List<@Nullable Object>> rows(
      JdbcSource source, String sql, List<ColumnType> types, @Nullable Object... parameters)
      throws SQLException {
    try (Execution execution = execution();
        RowCursor cursor =
            source.open(
                sql, types, new ArrayList<>(java.util.Arrays.asList(parameters)), execution)) {
      List<List<@Nullable Object>> rows = new ArrayList<>();
      while (cursor.next()) {
        List<@Nullable Object> row = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
          row.add(cursor.value(i));
        }
        rows.add(row);
      }
      return rows;
    }
  }
}
