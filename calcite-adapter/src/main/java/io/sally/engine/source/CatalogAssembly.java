package io.sally.engine.source;

import io.sally.engine.catalog.Catalog;
import io.sally.engine.catalog.Column;
import io.sally.engine.catalog.ForeignKey;
import io.sally.engine.catalog.Table;
import io.sally.engine.catalog.TableName;
import io.sally.engine.catalog.UniqueKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Puts a catalog together from the rows of a few queries over all tables. What refers to a table or
 * a column that is not shown is left out. Confined to one thread.
 */
final class CatalogAssembly {
  private final String source;
  private final String defaultSchema;
  private final Map<TableName, Draft> tables = new LinkedHashMap<>();

  /**
   * An empty catalog.
   *
   * @param defaultSchema the schema whose tables are found without naming it
   */
  CatalogAssembly(String source, String defaultSchema) {
    this.source = source;
    this.defaultSchema = defaultSchema;
  }

  private static final class Draft {
    final Table.Kind kind;
    final @Nullable String comment;
    final @Nullable Long rowCount;
    final List<Column> columns = new ArrayList<>();
    final Map<String, ReadExpression> reads = new HashMap<>();
    final Map<String, List<@Nullable String>> uniqueKeys = new LinkedHashMap<>();
    final Map<String, Reference> references = new LinkedHashMap<>();
    final Map<String, Double> distinctValues = new HashMap<>();
    @Nullable String primaryKey;

    Draft(Table.Kind kind, @Nullable String comment, @Nullable Long rowCount) {
      this.kind = kind;
      this.comment = comment == null || comment.isBlank() ? null : comment;
      this.rowCount = rowCount;
    }
  }

  private record Reference(TableName target, List<String> columns, List<String> targetColumns) {}

  private TableName name(String schema, String table) {
    return new TableName(source, schema.equals(defaultSchema) ? null : schema, table);
  }

  /**
   * A table; a second one of the same name is ignored.
   *
   * @param rowCount null or negative where the source has no estimate
   */
  void table(
      String schema,
      String table,
      Table.Kind kind,
      @Nullable String comment,
      @Nullable Long rowCount) {
    tables.putIfAbsent(
        name(schema, table),
        new Draft(kind, comment, rowCount == null || rowCount < 0 ? null : rowCount));
  }

  /** The next column of a table. */
  void column(
      String schema,
      String table,
      String column,
      MappedType type,
      boolean nullable,
      @Nullable String comment) {
    Draft draft = tables.get(name(schema, table));
    if (draft != null) {
      draft.columns.add(
          new Column(
              column,
              type.type(),
              nullable,
              comment == null || comment.isBlank() ? null : comment));
      ReadExpression read = type.read();
      if (read != null) {
        draft.reads.put(column, read);
      }
    }
  }

  /**
   * The next column of a unique key.
   *
   * @param column null for an expression, which makes the key none of columns
   */
  void key(String schema, String table, String key, boolean primary, @Nullable String column) {
    Draft draft = tables.get(name(schema, table));
    if (draft != null) {
      draft.uniqueKeys.computeIfAbsent(key, k -> new ArrayList<>()).add(column);
      if (primary) {
        draft.primaryKey = key;
      }
    }
  }

  /** The next pair of columns of a foreign key. */
  void reference(
      String schema,
      String table,
      String key,
      String column,
      String targetSchema,
      String targetTable,
      String targetColumn) {
    Draft draft = tables.get(name(schema, table));
    if (draft != null) {
      Reference reference =
          draft.references.computeIfAbsent(
              key,
              k ->
                  new Reference(
                      name(targetSchema, targetTable), new ArrayList<>(), new ArrayList<>()));
      reference.columns().add(column);
      reference.targetColumns().add(targetColumn);
    }
  }

  /** How many different values a column is thought to have, where that is a number at all. */
  void distinctValues(String schema, String table, String column, double values) {
    Draft draft = tables.get(name(schema, table));
    if (draft != null && values > 0) {
      draft.distinctValues.merge(column, values, Math::max);
    }
  }

  /** The rows that a table is thought to have, or a negative number. */
  long rowCount(String schema, String table) {
    Draft draft = tables.get(name(schema, table));
    return draft == null || draft.rowCount == null ? -1 : draft.rowCount;
  }

  /** The columns of a table's primary key so far, in their order. */
  List<String> primaryKey(String schema, String table) {
    Draft draft = tables.get(name(schema, table));
    if (draft == null || draft.primaryKey == null) {
      return List.of();
    }
    return draft.uniqueKeys.getOrDefault(draft.primaryKey, List.of()).stream()
        .filter(Objects::nonNull)
        .map(Object::toString)
        .toList();
  }

  /** The catalog, in the order in which the tables came. */
  Catalog catalog() {
    List<Table> complete = new ArrayList<>();
    tables.forEach(
        (name, draft) -> {
          if (!draft.columns.isEmpty()) {
            complete.add(table(name, draft));
          }
        });
    return new Catalog(source, complete);
  }

  /** How columns are selected that are not simply selected. */
  Map<TableName, Map<String, ReadExpression>> reads() {
    Map<TableName, Map<String, ReadExpression>> reads = new HashMap<>();
    tables.forEach((name, draft) -> reads.put(name, Map.copyOf(draft.reads)));
    return Map.copyOf(reads);
  }

  private Table table(TableName name, Draft draft) {
    @Nullable UniqueKey primary = null;
    List<UniqueKey> unique = new ArrayList<>();
    for (Map.Entry<String, List<@Nullable String>> key : draft.uniqueKeys.entrySet()) {
      List<String> columns = new ArrayList<>();
      for (String column : key.getValue()) {
        if (column != null && has(draft, column)) {
          columns.add(column);
        }
      }
      if (columns.size() < key.getValue().size()) {
        continue;
      }
      if (key.getKey().equals(draft.primaryKey)) {
        primary = new UniqueKey(key.getKey(), columns);
      } else {
        unique.add(new UniqueKey(key.getKey(), columns));
      }
    }
    List<ForeignKey> references = new ArrayList<>();
    draft.references.forEach(
        (key, reference) -> {
          Draft target = tables.get(reference.target());
          if (target != null
              && reference.columns().stream().allMatch(column -> has(draft, column))
              && reference.targetColumns().stream().allMatch(column -> has(target, column))) {
            references.add(
                new ForeignKey(
                    key, reference.columns(), reference.target(), reference.targetColumns()));
          }
        });
    return new Table(
        name,
        draft.kind,
        draft.comment,
        draft.columns,
        primary,
        unique,
        references,
        draft.rowCount,
        draft.distinctValues);
  }

  private static boolean has(Draft draft, String column) {
    return draft.columns.stream().anyMatch(c -> c.name().equals(column));
  }
}
