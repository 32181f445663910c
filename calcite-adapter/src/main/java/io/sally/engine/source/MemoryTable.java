package io.sally.engine.source;

import io.sally.engine.Execution;
import io.sally.engine.catalog.Table;
import java.sql.SQLException;
import java.util.function.Supplier;
import org.apache.calcite.linq4j.Enumerable;

/**
 * A table of rows held or computed in memory.
 *
 * @param definition what the catalog says of it
 * @param rows gives the rows, each with one value a column, in the Java types that {@link
 *     io.sally.engine.RowCursor} documents; called once a scan, by any thread
 */
public record MemoryTable(Table definition, Rows rows) {
  /** The rows of one scan. */
  @FunctionalInterface
  public interface Rows {
    /**
     * The rows, for one statement.
     *
     * @param execution that of the statement, which is not waited for once it is stopped
     * @throws SQLException when they cannot be had
     */
    Enumerable<Object[]> read(Execution execution) throws SQLException;
  }

  /** A table whose rows are there at once. */
  public MemoryTable(Table definition, Supplier<Enumerable<Object[]>> rows) {
    this(definition, (Execution execution) -> rows.get());
  }
}
