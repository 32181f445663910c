package io.sally.engine.planner;

import io.sally.engine.RowCursor;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.jspecify.annotations.Nullable;

/** Brings the rows of a source's query into generated code. Immutable; thread-safe. */
public final class SourceScan {
  private final SourceText text;
  private final List<UnaryOperator<@Nullable Object>> readers;

  SourceScan(SourceText text) {
    this.text = text;
    this.readers = text.types().stream().map(InternalValues::fromJdbc).toList();
  }

  /** Called by generated code. A row of one column is that column's value. */
  public Enumerable<@Nullable Object> rows(DataContext context) {
    SourceRun run = (SourceRun) Objects.requireNonNull(context.get(SourceRun.KEY), SourceRun.KEY);
    return new AbstractEnumerable<>() {
      @Override
      public Enumerator<@Nullable Object> enumerator() {
        try {
          return new Rows(run.open(text, 0), run, readers);
        } catch (SQLException e) {
          throw new Failure(e);
        }
      }
    };
  }

  /** Carries a source's exception through generated code, as it is. */
  static final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final SQLException failure;

    Failure(SQLException failure) {
      super(failure);
      this.failure = failure;
    }

    SQLException failure() {
      return failure;
    }
  }

  private static final class Rows implements Enumerator<@Nullable Object> {
    private final RowCursor cursor;
    private final SourceRun run;
    private final List<UnaryOperator<@Nullable Object>> readers;

    Rows(RowCursor cursor, SourceRun run, List<UnaryOperator<@Nullable Object>> readers) {
      this.cursor = cursor;
      this.run = run;
      this.readers = readers;
    }

    @Override
    public boolean moveNext() {
      try {
        return cursor.next();
      } catch (SQLException e) {
        throw new Failure(e);
      }
    }

    @Override
    public @Nullable Object current() {
      if (readers.size() == 1) {
        return readers.get(0).apply(cursor.value(0));
      }
      @Nullable Object[] row = new Object[readers.size()];
      for (int i = 0; i < row.length; i++) {
        row[i] = readers.get(i).apply(cursor.value(i));
      }
      return row;
    }

    @Override
    public void reset() {
      throw new UnsupportedOperationException("a source's rows are read once");
    }

    @Override
    public void close() {
      try {
        run.close(cursor);
      } catch (SQLException e) {
        throw new Failure(e);
      }
    }
  }
}
