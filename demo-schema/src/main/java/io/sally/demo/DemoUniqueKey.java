package io.sally.demo;

import java.util.List;
import java.util.Objects;

/**
 * Columns whose values together occur once in a table, beside its primary key; none is nullable.
 */
public record DemoUniqueKey(String name, List<String> columns) {
  public DemoUniqueKey {
    Objects.requireNonNull(name, "name");
    columns = List.copyOf(columns);
  }
}
