package io.sally.engine.catalog;

import java.util.List;

/** Columns whose values together occur at most once in a table; a primary key is one of these. */
public record UniqueKey(String name, List<String> columns) {
  public UniqueKey {
    columns = List.copyOf(columns);
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("Key " + name + " has no columns");
    }
  }
}
