package io.sally.ask.offline;

import io.sally.engine.catalog.Column;
import io.sally.engine.catalog.ColumnType;
import io.sally.engine.catalog.ForeignKey;
import io.sally.engine.catalog.Table;
import io.sally.engine.catalog.TableName;
import io.sally.engine.catalog.UniqueKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A table of a hand-made catalog, with the values of its columns. Its first column is its key. */
final class TableBuilder {
  private final TableName name;
  private final List<Column> columns = new ArrayList<>();
  private final List<ForeignKey> keys = new ArrayList<>();
  private final Map<String, List<String>> values = new LinkedHashMap<>();
  private @Nullable UniqueKey primaryKey;

  TableBuilder(String source, String table) {
    this.name = new TableName(source, null, table);
  }

  TableBuilder id(String column) {
    primaryKey = new UniqueKey("pk", List.of(column));
    return add(column, ColumnType.integer(), false);
  }

  TableBuilder text(String column, String... known) {
    if (known.length > 0) {
      values.put(column, Arrays.asList(known));
    }
    return add(column, ColumnType.varchar(100), false);
  }

  TableBuilder number(String column) {
    return add(column, ColumnType.integer(), false);
  }

  TableBuilder money(String column) {
    return add(column, ColumnType.decimal(12, 2), true);
  }

  TableBuilder date(String column) {
    return add(column, ColumnType.date(), false);
  }

  TableBuilder maybeDate(String column) {
    return add(column, ColumnType.date(), true);
  }

  TableBuilder time(String column) {
    return add(column, ColumnType.timestamp(3), false);
  }

  TableBuilder flag(String column) {
    return add(column, ColumnType.bool(), false);
  }

  TableBuilder refers(String column, String target) {
    return refers(column, target, "id", false);
  }

  TableBuilder mayRefer(String column, String target) {
    return refers(column, target, "id", true);
  }

  TableBuilder refersTo(String column, String target, String targetColumn) {
    return refers(column, target, targetColumn, false);
  }

  private TableBuilder refers(String column, String target, String targetColumn, boolean nullable) {
    keys.add(
        new ForeignKey(
            name.table() + "_" + column,
            List.of(column),
            new TableName(name.source(), null, target),
            List.of(targetColumn)));
    return add(column, ColumnType.integer(), nullable);
  }

  private TableBuilder add(String column, ColumnType type, boolean nullable) {
    columns.add(new Column(column, type, nullable, null));
    return this;
  }

  Table table() {
    return new Table(name, Table.Kind.TABLE, null, columns, primaryKey, List.of(), keys, 1000L);
  }

  ColumnValues.Values values() {
    return new ColumnValues.Values(values, true);
  }
}
