package io.sally.ask.offline;

import io.sally.engine.Execution;
import io.sally.engine.catalog.Catalog;
import io.sally.engine.catalog.Table;
import io.sally.engine.catalog.TableName;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The values of one source, read table by table on a thread of its own. A source that fails time
 * and again is left alone, and what it has is bounded. Thread-safe: one thread reads, any may look.
 */
final class SourceValues {
  /** The most values of one source that are kept; the tables after them have none. */
  static final int MOST = 20_000;

  /** So many tables in a row that cannot be read mean that the source cannot. */
  private static final int MOST_FAILURES = 2;

  private final Catalog catalog;
  private final ColumnValues values;
  private final SortedMap<TableName, ColumnValues.Values> read = new ConcurrentSkipListMap<>();

  SourceValues(Catalog catalog, ColumnValues values) {
    this.catalog = catalog;
    this.values = values;
  }

  /** Reads all tables; returns when that is done, given up or stopped. */
  void read(Execution execution) {
    int failures = 0;
    int count = 0;
    for (Table table : tables()) {
      ColumnValues.Values of = new ColumnValues.Values(Map.of(), true);
      if (count < MOST) {
        try {
          of = values.of(table, execution);
        } catch (SQLException e) {
          return;
        }
      }
      int size = of.count();
      if (!of.complete()) {
        failures++;
      } else if (count + size > MOST) {
        read.put(table.name(), new ColumnValues.Values(Map.of(), true));
        count = MOST;
      } else {
        read.put(table.name(), of);
        count += size;
        failures = 0;
      }
      if (failures == MOST_FAILURES || execution.isStopped()) {
        return;
      }
    }
  }

  /** What was read so far, in the order of the names. */
  SortedMap<TableName, ColumnValues.Values> known() {
    return new TreeMap<>(read);
  }

  /** The tables that were not read so far. */
  List<Table> unread() {
    return tables().stream().filter(table -> !read.containsKey(table.name())).toList();
  }

  private List<Table> tables() {
    return catalog.tables().stream().filter(t -> t.kind() != Table.Kind.SYSTEM_TABLE).toList();
  }
}
