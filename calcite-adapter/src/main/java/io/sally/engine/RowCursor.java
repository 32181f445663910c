package io.sally.engine;

import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows, one at a time, forward only. Confined to one thread at a time.
 *
 * <p>A value's Java type follows from the column's JDBC type and from nothing else: {@code
 * Boolean}; {@code Byte}, {@code Short}, {@code Integer}, {@code Long} for the integers by size;
 * {@code BigDecimal} for DECIMAL and NUMERIC; {@code Float} for REAL, {@code Double} for FLOAT and
 * DOUBLE; {@code String} for every text; {@code byte[]} for every binary; {@code LocalDate}, {@code
 * LocalTime}, {@code LocalDateTime} for DATE, TIME, TIMESTAMP; {@code OffsetTime}, {@code
 * OffsetDateTime} for those with time zone; {@code UUID} for a UUID; {@code java.time.Period} for
 * intervals of years and months, {@code java.time.Duration} for those of days and time; {@code
 * List} for arrays. One exception: a value that a source holds although its column's type has none
 * such ({@code NaN} in PostgreSQL's numeric, 25 hours in MySQL's TIME, a word in SQLite's INTEGER)
 * is the source's text for it, a {@code String}. No value depends on the JVM's time zone.
 */
public interface RowCursor extends AutoCloseable {
  /**
   * Moves to the next row.
   *
   * @return false after the last row
   * @throws SQLException when the source fails, or the execution was cancelled or ran out of time
   */
  boolean next() throws SQLException;

  /**
   * The value of the current row in a column.
   *
   * @param column zero-based
   */
  @Nullable Object value(int column);

  /** Ends the work behind the cursor, on the sources too. Closing again does nothing. */
  @Override
  void close() throws SQLException;

  /** A cursor over rows that are already there. */
  static RowCursor over(Iterable<? extends List<? extends @Nullable Object>> rows) {
    Iterator<? extends List<? extends @Nullable Object>> iterator = rows.iterator();
    return new RowCursor() {
      private List<? extends @Nullable Object> row = List.of();

      @Override
      public boolean next() {
        if (!iterator.hasNext()) {
          return false;
        }
        row = iterator.next();
        return true;
      }

      @Override
      public @Nullable Object value(int column) {
        return row.get(column);
      }

      @Override
      public void close() {}
    };
  }
}
