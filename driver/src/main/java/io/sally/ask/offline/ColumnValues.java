package io.sally.ask.offline;

import io.sally.engine.Execution;
import io.sally.engine.catalog.Table;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * The distinct values of text columns that have few of them, so that a question may name a value
 * without its column. They never leave the machine. Thread-safe.
 */
public interface ColumnValues {
  /** Knows no values. */
  ColumnValues NONE = (table, execution) -> new Values(Map.of(), true);

  /**
   * What is known of one table.
   *
   * @param byColumn the values of a column by the column's name, in any order; columns that are not
   *     indexed are left out
   * @param complete false when something failed, so that it is worth asking again later
   */
  record Values(Map<String, List<String>> byColumn, boolean complete) {
    public Values {
      byColumn = Map.copyOf(byColumn);
    }

    /** How many there are. */
    int count() {
      return byColumn.values().stream().mapToInt(List::size).sum();
    }
  }

  /**
   * The values of a table's columns.
   *
   * @throws SQLException only when {@code execution} was stopped
   */
  Values of(Table table, Execution execution) throws SQLException;
}
