package io.sally.engine.planner;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A source's rows in the form in which generated code takes them. Confined to one thread at a time.
 */
interface RowStream extends AutoCloseable {
  /**
   * Moves to the next row.
   *
   * @return false after the last row
   */
  boolean next() throws SQLException;

  /** The current row: an array, or the value itself where there is one column. */
  @Nullable Object row();

  /** Ends the work behind the rows. Closing again does nothing. */
  @Override
  void close() throws SQLException;
}
