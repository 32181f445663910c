package io.sally.engine.planner;

import io.sally.engine.RowCursor;
import java.sql.SQLException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Rows as they come from the source, on the thread that wants them. */
final class DirectRows implements RowStream {
  private final RowCursor cursor;
  private final List<UnaryOperator<@Nullable Object>> readers;
  private final SourceRun run;
  private final RunProfile.SourceFigures figures;
  private final boolean measuring;

  DirectRows(
      RowCursor cursor,
      List<UnaryOperator<@Nullable Object>> readers,
      SourceRun run,
      RunProfile.SourceFigures figures,
      boolean measuring) {
    this.cursor = cursor;
    this.readers = readers;
    this.run = run;
    this.figures = figures;
    this.measuring = measuring;
  }

  @Override
  public boolean next() throws SQLException {
    boolean more = cursor.next();
    figures.moved(more);
    if (more && measuring) {
      figures.read(row());
    }
    return more;
  }

  @Override
  public @Nullable Object row() {
    return read(cursor, readers, run);
  }

  /** The current row of a cursor in the form in which generated code takes it. */
  static @Nullable Object read(
      RowCursor cursor, List<UnaryOperator<@Nullable Object>> readers, SourceRun run) {
    if (readers.size() == 1) {
      return told(readers.get(0).apply(cursor.value(0)), run);
    }
    @Nullable Object[] row = new Object[readers.size()];
    for (int i = 0; i < row.length; i++) {
      row[i] = told(readers.get(i).apply(cursor.value(i)), run);
    }
    return row;
  }

  private static @Nullable Object told(@Nullable Object value, SourceRun run) {
    if (value instanceof StrayValue stray) {
      run.met(stray);
    } else if (value instanceof List<?> elements) {
      elements.forEach(element -> told(element, run));
    }
    return value;
  }

  @Override
  public void close() throws SQLException {
    cursor.close();
  }
}
