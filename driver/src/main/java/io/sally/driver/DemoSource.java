package io.sally.driver;

import io.sally.demo.DemoColumn;
import io.sally.demo.DemoForeignKey;
import io.sally.demo.DemoSchema;
import io.sally.demo.DemoTable;
import io.sally.demo.DemoType;
import io.sally.engine.catalog.Column;
import io.sally.engine.catalog.ColumnType;
import io.sally.engine.catalog.ForeignKey;
import io.sally.engine.catalog.Table;
import io.sally.engine.catalog.TableName;
import io.sally.engine.catalog.UniqueKey;
import io.sally.engine.source.MemorySource;
import io.sally.engine.source.MemoryTable;
import io.sally.engine.source.Source;

/** The demo schema as a source: the same tables in the engine's words. */
final class DemoSource {
  /** The source's name, and its schema's. */
  static final String NAME = "demo";

  private DemoSource() {}

  static Source of(DemoSchema schema) {
    return new MemorySource(NAME, NAME, schema.tables().stream().map(DemoSource::table).toList());
  }

  private static MemoryTable table(DemoTable table) {
    Table definition =
        new Table(
            name(table.name()),
            Table.Kind.TABLE,
            table.comment(),
            table.columns().stream().map(DemoSource::column).toList(),
            new UniqueKey("pk_" + table.name(), table.primaryKey()),
            table.uniqueKeys().stream()
                .map(key -> new UniqueKey(key.name(), key.columns()))
                .toList(),
            table.foreignKeys().stream().map(DemoSource::foreignKey).toList(),
            (long) table.rowCount());
    return new MemoryTable(definition, table::rows);
  }

  private static TableName name(String table) {
    return new TableName(NAME, null, table);
  }

  private static Column column(DemoColumn column) {
    return new Column(column.name(), type(column.type()), column.nullable(), column.comment());
  }

  private static ColumnType type(DemoType type) {
    return switch (type.kind()) {
      case INTEGER -> ColumnType.integer();
      case VARCHAR -> ColumnType.varchar(type.precision());
      case DECIMAL -> ColumnType.decimal(type.precision(), type.scale());
      case DATE -> ColumnType.date();
      case TIMESTAMP -> ColumnType.timestamp(type.precision());
      case BOOLEAN -> ColumnType.bool();
    };
  }

  private static ForeignKey foreignKey(DemoForeignKey key) {
    return new ForeignKey(key.name(), key.columns(), name(key.targetTable()), key.targetColumns());
  }
}
