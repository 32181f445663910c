package io.sally.engine.planner;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.linq4j.function.Function1;
import org.jspecify.annotations.Nullable;

/**
 * Sorts rows in memory as long as they fit; what does not goes to disk in sorted runs, which are
 * merged. Rows of equal keys stay in the order in which they came. Confined to the thread of its
 * run.
 */
final class SpillingSort<T, K> {
  /** More runs than this are made one: each that is merged has a buffer. */
  private static final int MOST_RUNS = 64;

  /** One less than a power of two. */
  private static final int LOOK_EVERY = 4095;

  private record Keyed<T, K>(K key, T row) {
    /** A record with two references, beside what they refer to. */
    static final int SIZE = 24;
  }

  private final SourceRun run;
  private final RunMemory.Held held;
  private final Function1<T, K> key;
  private final Comparator<Keyed<T, K>> order;
  private int compared;

  /**
   * @param held what the sort holds
   * @param order of the keys, or null for their own
   */
  SpillingSort(
      SourceRun run, RunMemory.Held held, Function1<T, K> key, @Nullable Comparator<K> order) {
    this.run = run;
    this.held = held;
    this.key = key;
    Comparator<K> keys = order == null ? natural() : order;
    this.order = (one, other) -> compare(keys, one, other);
  }

  @SuppressWarnings("unchecked") // Keys without a comparator are comparable.
  private static <K> Comparator<K> natural() {
    return (Comparator<K>) Comparator.<Comparable<Object>>naturalOrder();
  }

  /** Sorting a full memory takes seconds, within which it may have to stop. */
  private int compare(Comparator<K> keys, Keyed<T, K> one, Keyed<T, K> other) {
    if ((++compared & LOOK_EVERY) == 0 && run.execution().isStopped()) {
      throw new PassingRows.Stopped();
    }
    return keys.compare(one.key(), other.key());
  }

  Enumerable<T> of(Enumerable<T> rows) {
    return new AbstractEnumerable<>() {
      @Override
      public Enumerator<T> enumerator() {
        return sorted(rows);
      }
    };
  }

  private Enumerator<T> sorted(Enumerable<T> rows) {
    List<RowFile<T>> runs = new ArrayList<>();
    List<Keyed<T, K>> inMemory = new ArrayList<>();
    try (Enumerator<T> all = rows.enumerator()) {
      while (all.moveNext()) {
        T row = all.current();
        if (!held.takes(RowSize.of(row) + RowSize.ENTRY + Keyed.SIZE)) {
          runs.add(written(inMemory));
          inMemory.clear();
          held.clear();
          if (runs.size() == MOST_RUNS) {
            RowFile<T> one;
            try (Merging merging = new Merging(runs)) {
              one = written(merging);
            }
            runs.add(one);
          }
          held.addAnyway(RowSize.of(row) + RowSize.ENTRY + Keyed.SIZE);
        }
        inMemory.add(new Keyed<>(key.apply(row), row));
      }
    }
    inMemory.sort(order);
    if (runs.isEmpty()) {
      return new InMemory(inMemory.iterator());
    }
    return new Merging(runs, new InMemory(inMemory.iterator()));
  }

  private RowFile<T> written(List<Keyed<T, K>> rows) {
    rows.sort(order);
    return written(new InMemory(rows.iterator()));
  }

  private RowFile<T> written(Enumerator<T> rows) {
    RowFile<T> file = run.spillFile();
    while (rows.moveNext()) {
      file.add(rows.current());
    }
    return file;
  }

  private final class InMemory implements Enumerator<T> {
    private final Iterator<Keyed<T, K>> rows;
    private @Nullable Keyed<T, K> row;

    InMemory(Iterator<Keyed<T, K>> rows) {
      this.rows = rows;
    }

    @Override
    public boolean moveNext() {
      row = rows.hasNext() ? rows.next() : null;
      return row != null;
    }

    @Override
    public T current() {
      return Objects.requireNonNull(row, "no row").row();
    }

    @Override
    public void reset() {
      throw new UnsupportedOperationException("rows are read once");
    }

    @Override
    public void close() {
      row = null;
    }
  }

  /** Sorted rows of several runs in one order; of equal ones those of an earlier run first. */
  private final class Merging implements Enumerator<T> {
    private record Head<T, K>(int run, Keyed<T, K> row, Enumerator<T> rest) {}

    private final PriorityQueue<Head<T, K>> heads =
        new PriorityQueue<>(
            Comparator.<Head<T, K>, Keyed<T, K>>comparing(Head::row, order)
                .thenComparingInt(Head::run));
    private final List<RowFile<T>> runs;
    private @Nullable Head<T, K> head;

    /**
     * @param runs closed with this
     */
    Merging(List<RowFile<T>> runs) {
      this.runs = runs;
      for (int i = 0; i < runs.size(); i++) {
        offer(i, runs.get(i).enumerator());
      }
    }

    Merging(List<RowFile<T>> runs, Enumerator<T> last) {
      this(runs);
      offer(runs.size(), last);
    }

    private void offer(int number, Enumerator<T> rows) {
      if (rows.moveNext()) {
        T row = rows.current();
        heads.add(new Head<>(number, new Keyed<>(key.apply(row), row), rows));
      }
    }

    @Override
    public boolean moveNext() {
      Head<T, K> before = head;
      if (before != null) {
        offer(before.run(), before.rest());
      }
      head = heads.poll();
      return head != null;
    }

    @Override
    public T current() {
      return Objects.requireNonNull(head, "no row").row().row();
    }

    @Override
    public void reset() {
      throw new UnsupportedOperationException("rows are read once");
    }

    @Override
    public void close() {
      heads.clear();
      head = null;
      runs.forEach(run::close);
      runs.clear();
    }
  }
}
