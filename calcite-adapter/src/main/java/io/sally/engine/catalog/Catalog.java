package io.sally.engine.catalog;

import java.util.List;
import java.util.Objects;

/**
 * The snapshot of one source's tables, columns, types, keys, comments and row counts.
 *
 * @param source the source's name, which is also the name of its schema in SQL
 */
public record Catalog(String source, List<Table> tables) {
  public Catalog {
    Objects.requireNonNull(source, "source");
    tables = List.copyOf(tables);
  }
}
