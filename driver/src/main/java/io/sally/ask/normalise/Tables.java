package io.sally.ask.normalise;

import io.sally.engine.catalog.Catalogs;
import io.sally.engine.catalog.Table;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables of the catalog, by whatever path a model gives. Immutable. */
final class Tables {
  /** Schemas that models know from other databases and put before names that have none here. */
  private static final Set<String> HABITUAL = Set.of("public", "dbo", "main");

  private final Catalogs catalogs;
  private final List<String> schemaPath;

  Tables(Catalogs catalogs, List<String> schemaPath) {
    this.catalogs = catalogs;
    this.schemaPath = List.copyOf(schemaPath);
  }

  boolean has(String name) {
    return !matching(List.of(name)).isEmpty();
  }

  /** The table meant, where that is plain. */
  Optional<Table> find(net.sf.jsqlparser.schema.Table table) {
    return find(meant(table));
  }

  /** The path as Calcite takes it. */
  String written(net.sf.jsqlparser.schema.Table table) {
    return meant(table).stream().map(Names::quoted).collect(Collectors.joining("."));
  }

  private List<String> meant(net.sf.jsqlparser.schema.Table table) {
    List<String> path = path(table);
    if (find(path).isEmpty()
        && path.size() == 2
        && HABITUAL.contains(path.get(0).toLowerCase(Locale.ROOT))) {
      return path.subList(1, 2);
    }
    return path;
  }

  private static List<String> path(net.sf.jsqlparser.schema.Table table) {
    List<String> parts = new ArrayList<>();
    for (String part : table.getNameParts()) {
      if (part != null && !part.isEmpty()) {
        parts.add(Names.bare(part));
      }
    }
    Collections.reverse(parts);
    return parts;
  }

  private Optional<Table> find(List<String> path) {
    List<Table> found = matching(path);
    if (found.size() == 1) {
      return Optional.of(found.get(0));
    }
    for (String schema : schemaPath) {
      for (Table table : found) {
        if (table.name().schemaLabel().equalsIgnoreCase(schema)) {
          return Optional.of(table);
        }
      }
    }
    return Optional.empty();
  }

  private List<Table> matching(List<String> path) {
    return catalogs
        .tables()
        .filter(
            table -> {
              List<String> whole =
                  Stream.concat(
                          Stream.of(table.name().schemaLabel().split("\\.")),
                          Stream.of(table.name().table()))
                      .toList();
              int skipped = whole.size() - path.size();
              if (skipped < 0) {
                return false;
              }
              for (int i = 0; i < path.size(); i++) {
                if (!whole.get(skipped + i).equalsIgnoreCase(path.get(i))) {
                  return false;
                }
              }
              return true;
            })
        .toList();
  }
}
