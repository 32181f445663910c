package io.sally.ask;

import io.sally.engine.catalog.TableName;
import java.util.List;
import java.util.Map;

/**
 * Values of text columns with few of them, of those sources alone whose values may leave the
 * machine. Immutable.
 *
 * @param sources of each source its tables, of each table its columns, of each column all its
 *     values in their order; columns with too many are left out
 */
public record Samples(List<Map<TableName, Map<String, List<String>>>> sources) {
  /** No value may leave. */
  public static final Samples NONE = new Samples(List.of());

  public Samples {
    sources = List.copyOf(sources);
  }

  /** The values of the table's columns, by the columns' names. */
  public Map<String, List<String>> of(TableName table) {
    for (Map<TableName, Map<String, List<String>>> source : sources) {
      Map<String, List<String>> columns = source.get(table);
      if (columns != null) {
        return columns;
      }
    }
    return Map.of();
  }

  /** All values of a column; empty where they are not known or may not leave. */
  public List<String> of(TableName table, String column) {
    return of(table).getOrDefault(column, List.of());
  }

  /** Whether these are the very same values, read at the same time; it compares none of them. */
  public boolean isSame(Samples other) {
    if (sources.size() != other.sources.size()) {
      return false;
    }
    for (int i = 0; i < sources.size(); i++) {
      if (sources.get(i) != other.sources.get(i)) {
        return false;
      }
    }
    return true;
  }
}
