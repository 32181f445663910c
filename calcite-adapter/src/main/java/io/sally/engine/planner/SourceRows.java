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
  private final RunProfile.SourceFigures figures;
  private final int width;
  private final long maxRows;
  private long given;

  SourceRows(Operator operator, SourceText text, boolean oneAtMost, SourceRun run)
      throws SQLException {
    this.run = run;
    this.maxRows = run.execution().limits().maxRows();
    this.figures = run.profile().source(operator.number());
    this.width = text.types().size();
    figures.opened();
    this.rows = run.open(text, maxRows, oneAtMost);
  }

  @Override
  public boolean next() throws SQLException {
    run.execution().check();
    boolean more = (maxRows == 0 || given < maxRows) && rows.next();
    if (more) {
      given++;
    }
    if (run.profile().isMeasuring()) {
      measure(more);
    }
    return more;
  }

  private void measure(boolean more) {
    figures.moved(more);
    for (int i = 0; more && i < width; i++) {
      figures.read(rows.value(i));
    }
  }

  @Override
  public @Nullable Object value(int column) {
    return rows.value(column);
  }

  @Override
  public void close() throws SQLException {
    try (run) {
      rows.close();
    }
  }
}
