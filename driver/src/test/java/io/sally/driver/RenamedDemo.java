package io.sally.driver;

import io.sally.ask.context.GlossaryTerm;
import io.sally.demo.DemoColumn;
import io.sally.demo.DemoForeignKey;
import io.sally.demo.DemoSchema;
import io.sally.demo.DemoTable;
import io.sally.engine.catalog.Column;
import io.sally.engine.catalog.ColumnType;
import io.sally.engine.catalog.ForeignKey;
import io.sally.engine.catalog.Table;
import io.sally.engine.catalog.TableName;
import io.sally.engine.catalog.UniqueKey;
import io.sally.engine.source.MemorySource;
import io.sally.engine.source.MemoryTable;
import io.sally.engine.source.Source;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The rows of the demo under other names and without comments, and the glossary of those who still
 * use the old names.
 */
final class RenamedDemo {
  private static final String NAME = "renamed";

  private final DemoSchema demo;
  private final Map<String, String> names = new LinkedHashMap<>();

  RenamedDemo(DemoSchema demo) throws IOException {
    this.demo = demo;
    try (InputStream stream =
        Objects.requireNonNull(
            RenamedDemo.class.getResourceAsStream("renamed-demo.txt"), "renamed-demo.txt")) {
      new String(stream.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(" = ", 2))
          .forEach(pair -> names.put(pair[0], pair[1]));
    }
  }

  Source source() {
    return new MemorySource(NAME, demo.tables().stream().map(this::table).toList());
  }

  /** Each old name in words, with the new ones for which it stands. */
  List<GlossaryTerm> glossary() {
    Map<String, String> meanings = new LinkedHashMap<>();
    names.forEach(
        (old, name) -> {
          int dot = old.indexOf('.');
          String term = old.substring(dot + 1).replace('_', ' ');
          String meaning = dot < 0 ? name : renamed(old.substring(0, dot)) + "." + name;
          meanings.merge(term, meaning, (one, other) -> one + ", " + other);
        });
    return meanings.entrySet().stream()
        .map(entry -> new GlossaryTerm(entry.getKey(), entry.getValue()))
        .toList();
  }

  private String renamed(String old) {
    return Objects.requireNonNull(names.get(old), old);
  }

  private List<String> renamed(String table, List<String> columns) {
    return columns.stream().map(column -> renamed(table + "." + column)).toList();
  }

  private MemoryTable table(DemoTable table) {
    Table definition =
        new Table(
            new TableName(NAME, null, renamed(table.name())),
            Table.Kind.TABLE,
            null,
            table.columns().stream().map(column -> column(table, column)).toList(),
            new UniqueKey("pk", renamed(table.name(), table.primaryKey())),
            table.uniqueKeys().stream()
                .map(key -> new UniqueKey("unique", renamed(table.name(), key.columns())))
                .toList(),
            table.foreignKeys().stream().map(key -> foreignKey(table, key)).toList(),
            (long) table.rowCount());
    return new MemoryTable(definition, table::rows);
  }

  private Column column(DemoTable table, DemoColumn column) {
    ColumnType type =
        switch (column.type().kind()) {
          case INTEGER -> ColumnType.integer();
          case VARCHAR -> ColumnType.varchar(column.type().precision());
          case DECIMAL -> ColumnType.decimal(column.type().precision(), column.type().scale());
          case DATE -> ColumnType.date();
          case TIMESTAMP -> ColumnType.timestamp(column.type().precision());
          case BOOLEAN -> ColumnType.bool();
        };
    return new Column(renamed(table.name() + "." + column.name()), type, column.nullable(), null);
  }

  private ForeignKey foreignKey(DemoTable table, DemoForeignKey key) {
    return new ForeignKey(
        "fk",
        renamed(table.name(), key.columns()),
        new TableName(NAME, null, renamed(key.targetTable())),
        renamed(key.targetTable(), key.targetColumns()));
  }
}
