package io.sally.driver;

import io.sally.engine.RowCursor;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The first rows of a cursor. Confined to one thread at a time, as the cursor is. */
final class CappedRows implements RowCursor {
  private final RowCursor rows;
  private final long max;
  private final Runnable onCut;
  private long given;

  /**
   * The first {@code max} rows of {@code rows}.
   *
   * @param onCut told once, when there would have been more
   */
  CappedRows(RowCursor rows, long max, Runnable onCut) {
    this.rows = rows;
    this.max = max;
    this.onCut = onCut;
  }

  @Override
  public boolean next() throws SQLException {
    if (given > max || !rows.next()) {
      return false;
    }
    given++;
    if (given > max) {
      onCut.run();
      return false;
    }
    return true;
  }

  @Override
  public @Nullable Object value(int column) {
    return rows.value(column);
  }

  @Override
  public void close() throws SQLException {
    rows.close();
  }
}
