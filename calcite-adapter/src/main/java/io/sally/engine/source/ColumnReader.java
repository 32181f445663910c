package io.sally.engine.source;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Reads the values of one column in the Java type that its column type has. Stateless. */
@FunctionalInterface
interface ColumnReader {
  /**
   * The value of the current row, or null.
   *
   * @param column one-based
   * @throws SQLException when the value does not fit the type
   */
  @Nullable Object read(ResultSet rows, int column) throws SQLException;
}
