package io.sally.ask.literals;

import io.sally.engine.catalog.Catalogs;
import io.sally.engine.catalog.Column;
import io.sally.engine.catalog.Table;
import io.sally.engine.catalog.TableName;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tables that a place in a query sees, by the names under which it sees them. In doubt it knows
 * nothing. Confined to one query.
 */
final class TablesInScope {
  private final Catalogs catalogs;
  private final List<String> schemaPath;
  private final @Nullable TablesInScope outer;
  private final Map<String, Optional<Table>> tables = new LinkedHashMap<>();
  private final Set<String> hidden = new HashSet<>();

  TablesInScope(Catalogs catalogs, List<String> schemaPath, @Nullable TablesInScope outer) {
    this.catalogs = catalogs;
    this.schemaPath = schemaPath;
    this.outer = outer;
  }

  /** A column of a table. */
  record Place(TableName table, String column) {}

  /** This name is that of a query from here on. */
  void hide(String name) {
    hidden.add(lower(name));
  }

  /**
   * A table is seen under this name.
   *
   * @param path its name as the query writes it, or null for a query
   */
  void add(String alias, @Nullable List<String> path) {
    Optional<Table> table = path == null ? Optional.empty() : table(path);
    // Two of one name cannot be told apart.
    tables.merge(lower(alias), table, (one, two) -> Optional.empty());
  }

  /** The column that these parts of a name mean. */
  Optional<Place> column(List<String> parts) {
    String column = parts.get(parts.size() - 1);
    if (parts.size() == 1) {
      return unqualified(column);
    }
    String alias = lower(parts.get(parts.size() - 2));
    for (TablesInScope scope = this; scope != null; scope = scope.outer) {
      Optional<Table> table = scope.tables.get(alias);
      if (table != null) {
        return table.flatMap(t -> place(t, column));
      }
    }
    return Optional.empty();
  }

  private Optional<Place> unqualified(String column) {
    if (tables.values().stream().anyMatch(Optional::isEmpty)) {
      return Optional.empty();
    }
    List<Place> places =
        tables.values().stream()
            .flatMap(Optional::stream)
            .flatMap(table -> place(table, column).stream())
            .toList();
    return places.size() == 1 ? Optional.of(places.get(0)) : Optional.empty();
  }

  private static Optional<Place> place(Table table, String column) {
    return table
        .column(column)
        .or(
            () ->
                table.columns().stream()
                    .filter(c -> c.name().equalsIgnoreCase(column))
                    .reduce((one, two) -> one.name().equals(column) ? one : two))
        .map(Column::name)
        .map(name -> new Place(table.name(), name));
  }

  private Optional<Table> table(List<String> path) {
    String name = path.get(path.size() - 1);
    if (path.size() > 1) {
      return table(String.join(".", path.subList(0, path.size() - 1)), name);
    }
    for (TablesInScope scope = this; scope != null; scope = scope.outer) {
      if (scope.hidden.contains(lower(name))) {
        return Optional.empty();
      }
    }
    return schemaPath.stream()
        .map(schema -> table(schema, name))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<Table> table(String schema, String name) {
    List<Table> same =
        catalogs
            .tables()
            .filter(table -> table.name().schemaLabel().equalsIgnoreCase(schema))
            .filter(table -> table.name().table().equalsIgnoreCase(name))
            .toList();
    return same.size() == 1
        ? Optional.of(same.get(0))
        : same.stream().filter(table -> table.name().table().equals(name)).findFirst();
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
