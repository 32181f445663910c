package io.sally.engine.planner;

import io.sally.engine.Execution;
import io.sally.engine.RowCursor;
import io.sally.engine.SqlErrors;
import java.sql.SQLException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.calcite.linq4j.Enumerator;
import org.jspecify.annotations.Nullable;

/** The rows that generated code computes. Confined to one thread at a time. */
final class GeneratedRows implements RowCursor {
  private final Enumerator<?> rows;
  private final List<UnaryOperator<@Nullable Object>> readers;
  private final Execution execution;
  private final SourceRun sources;
  private final long maxRows;
  private long given;
  private boolean closed;
  private @Nullable Object row;

  GeneratedRows(
      Enumerator<?> rows,
      List<UnaryOperator<@Nullable Object>> readers,
      Execution execution,
      SourceRun sources) {
    this.rows = rows;
    this.readers = readers;
    this.execution = execution;
    this.sources = sources;
    this.maxRows = execution.limits().maxRows();
  }

  @Override
  public boolean next() throws SQLException {
    execution.check();
    if (closed || (maxRows > 0 && given == maxRows)) {
      return false;
    }
    try {
      if (!rows.moveNext()) {
        return false;
      }
      row = rows.current();
    } catch (OutOfMemoryError e) {
      throw SqlErrors.outOfMemory(e);
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      throw RunErrors.of(e, sources);
    }
    given++;
    return true;
  }

  /** A row is an array, or the value of its one column: no value is an array itself. */
  @Override
  public @Nullable Object value(int column) {
    Object current = row;
    Object value = current instanceof Object[] values ? values[column] : current;
    return readers.get(column).apply(value);
  }

  @Override
  public void close() throws SQLException {
    if (closed) {
      return;
    }
    closed = true;
    row = null;
    try (sources) {
      rows.close();
    } catch (RuntimeException e) {
      throw RunErrors.of(e, sources);
    }
  }
}
