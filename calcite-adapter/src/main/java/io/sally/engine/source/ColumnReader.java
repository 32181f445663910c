package io.sally.engine.source;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Reads the values of one column in the Java type that its column type has. Stateless. */
@FunctionalInterface
interface ColumnReader {
  /**
   * The value of the current row, or null. A value that the column's type cannot hold, such as
   * {@code NaN} in a decimal, comes as the source's text for it.
   *
   * @param column one-based
   * @throws SQLException when the source's driver gives no value
   */
  @Nullable Object read(ResultSet rows, int column) throws SQLException;
}
