package io.sally.engine.planner;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.linq4j.function.Function1;
import org.jspecify.annotations.Nullable;

/**
 * Rows whose keys are wanted before all the rows themselves are. They are collected while the rows
 * pass; when they are wanted before the last row has passed, as many further rows as are few are
 * read and kept until they are asked for. Confined to the thread of its run.
 */
final class GivenKeys<T> extends AbstractEnumerable<T> {
  private final Enumerable<T> rows;
  private final Function1<T, @Nullable Object> key;
  private final int most;
  private final RunMemory.Held held;
  private @Nullable Set<Object> keys = new LinkedHashSet<>();
  private @Nullable Passing ahead;
  private @Nullable Passing passing;
  private boolean begun;
  private boolean complete;

  /**
   * @param most how many keys, and how many rows ahead, are few
   */
  GivenKeys(Enumerable<T> rows, Function1<T, @Nullable Object> key, int most, SourceRun run) {
    this.rows = rows;
    this.key = key;
    this.most = most;
    this.held = run.memory().held("the keys that are sent to a source");
  }

  /** The keys of all rows, each once; empty where they are too many, or not known yet. */
  Optional<Collection<Object>> keys() {
    if (!begun) {
      ahead = new Passing(rows.enumerator());
    }
    if (passing != null) {
      passing.readAhead();
    }
    return complete ? Optional.ofNullable(keys) : Optional.empty();
  }

  @Override
  public Enumerator<T> enumerator() {
    Passing read = ahead;
    ahead = null;
    return read == null ? new Passing(rows.enumerator()) : read;
  }

  private final class Passing implements Enumerator<T> {
    private final Enumerator<T> input;
    private final boolean first;
    private List<T> read = new ArrayList<>();
    private int taken;
    private boolean at;

    Passing(Enumerator<T> input) {
      this.input = input;
      this.first = !begun;
      if (first) {
        begun = true;
        passing = this;
      }
    }

    /** The row that the reader is at stays its current one. */
    void readAhead() {
      if (!read.isEmpty()) {
        return;
      }
      read = new ArrayList<>();
      if (at) {
        read.add(input.current());
        taken = 1;
      }
      while (keys != null && !complete && read.size() < most && advance()) {
        T row = input.current();
        // Counted until the run ends: they are few. What cannot do without is left its share.
        if (!held.takes(RowSize.of(row) + RowSize.ENTRY)) {
          keys = null;
        }
        read.add(row);
      }
    }

    private boolean advance() {
      boolean more = input.moveNext();
      if (!first) {
        return more;
      } else if (more) {
        collect(key.apply(input.current()));
      } else {
        complete = true;
      }
      return more;
    }

    /** A null is equal to nothing. */
    private void collect(@Nullable Object value) {
      Set<Object> collected = keys;
      if (value == null || collected == null || !collected.add(value)) {
        return;
      }
      if (collected.size() > most || !held.takes(RowSize.of(value) + RowSize.ENTRY)) {
        keys = null;
      }
    }

    @Override
    public boolean moveNext() {
      if (taken < read.size()) {
        taken++;
        return true;
      }
      read = List.of();
      taken = 0;
      at = !(first && complete) && advance();
      return at;
    }

    @Override
    public T current() {
      return taken > 0 ? read.get(taken - 1) : input.current();
    }

    @Override
    public void reset() {
      throw new UnsupportedOperationException("rows are read once");
    }

    @Override
    public void close() {
      read = List.of();
      at = false;
      if (passing == this) {
        passing = null;
      }
      input.close();
    }
  }
}
