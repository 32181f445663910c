package io.sally.engine.planner;

import io.sally.engine.Execution;
import io.sally.engine.RowCursor;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.DataContext;
import org.jspecify.annotations.Nullable;

/**
 * What one run of a plan has open at its sources. Confined to one thread at a time, as the cursor
 * that owns it.
 */
final class SourceRun implements AutoCloseable {
  /** The name under which generated code finds it. */
  static final String KEY = "sallySources";

  private final List<? extends @Nullable Object> parameters;
  private final Execution execution;
  private final List<RowCursor> open = new ArrayList<>();
  private @Nullable DataContext context;

  /**
   * @param parameters the values of the statement's {@code ?}, in the Java types of {@link
   *     RowCursor}
   */
  SourceRun(List<? extends @Nullable Object> parameters, Execution execution) {
    this.parameters = parameters;
    this.execution = execution;
  }

  void context(DataContext newContext) {
    context = newContext;
  }

  @Nullable DataContext context() {
    return context;
  }

  List<? extends @Nullable Object> parameters() {
    return parameters;
  }

  Execution execution() {
    return execution;
  }

  RowCursor open(SourceText text, long maxRows) throws SQLException {
    execution.check();
    RowCursor cursor = text.open(this, maxRows);
    open.add(cursor);
    return cursor;
  }

  void close(RowCursor cursor) throws SQLException {
    open.remove(cursor);
    cursor.close();
  }

  /** Closes what is still open, last opened first; all of it, also when one fails. */
  @Override
  public void close() throws SQLException {
    @Nullable SQLException failure = null;
    while (!open.isEmpty()) {
      try {
        open.remove(open.size() - 1).close();
      } catch (SQLException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
