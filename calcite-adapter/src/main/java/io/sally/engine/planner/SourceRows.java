package io.sally.engine.planner;

import io.sally.engine.RowCursor;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a plan that one source computes whole, as they come from it. Confined to one thread
 * at a time.
 */
final class SourceRows implements RowCursor {
  private final RowCursor rows;
  private final SourceRun run;
  private final long maxRows;
  private long given;

  SourceRows(SourceText text, SourceRun run) throws SQLException {
    this.run = run;
    this.maxRows = run.execution().limits().maxRows();
    this.rows = run.open(text, maxRows);
  }

  @Override
  public boolean next() throws SQLException {
    run.execution().check();
    if ((maxRows > 0 && given == maxRows) || !rows.next()) {
      return false;
    }
    given++;
    return true;
  }

  @Override
  public @Nullable Object value(int column) {
    return rows.value(column);
  }

  @Override
  public void close() throws SQLException {
    run.close();
  }
}
