package io.sally.engine.planner;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.linq4j.function.EqualityComparer;
import org.apache.calcite.linq4j.function.Function0;
import org.apache.calcite.linq4j.function.Function1;
import org.apache.calcite.linq4j.function.Function2;
import org.jspecify.annotations.Nullable;

/**
 * Groups rows in memory as long as groups fit. Then the groups that are there go on to take their
 * rows, and the rows of all others go to disk, divided by their keys, to be grouped part by part.
 * Confined to the thread of its run.
 */
final class SpillingGroups<T, K, A, R> {
  /**
   * How rows are grouped.
   *
   * @param comparer the equality of keys, or null for their own
   * @param growing whether a group grows with each of its rows
   */
  record How<T, K, A, R>(
      Function1<T, K> key,
      Function0<A> start,
      Function2<A, T, A> adder,
      Function2<K, A, R> result,
      @Nullable EqualityComparer<K> comparer,
      boolean growing) {}

  /** What an aggregate function of a group takes, and the group itself. */
  static final long GROUP = 160;

  private final SourceRun run;
  private final RunMemory.Held held;
  private final How<T, K, A, R> how;

  /**
   * @param held what the groups take
   */
  SpillingGroups(SourceRun run, RunMemory.Held held, How<T, K, A, R> how) {
    this.run = run;
    this.held = held;
    this.how = how;
  }

  Enumerable<R> of(Enumerable<T> rows) {
    return new AbstractEnumerable<>() {
      @Override
      public Enumerator<R> enumerator() {
        return grouped(rows, 0);
      }
    };
  }

  private Enumerator<R> grouped(Enumerable<T> rows, int level) {
    Map<Object, A> groups = new HashMap<>();
    @Nullable Partitions<T> others = null;
    try (Enumerator<T> all = rows.enumerator()) {
      while (all.moveNext()) {
        T row = all.current();
        K key = how.key().apply(row);
        Object compared = ComparedKey.of(key, how.comparer());
        A group = groups.get(compared);
        boolean isNew = group == null;
        if (isNew) {
          if (others == null
              && !Partitions.fits(held, RowSize.of(key) + RowSize.ENTRY + GROUP, level)) {
            others = new Partitions<>(run, level);
          }
          if (others != null) {
            others.add(Objects.hashCode(compared), row);
            continue;
          }
          group = how.start().apply();
        }
        if (how.growing()) {
          held.add(RowSize.of(row) + RowSize.ENTRY);
        }
        A added = how.adder().apply(group, row);
        if (isNew || added != group) {
          groups.put(compared, added);
        }
      }
    }
    Partitions<T> spilled = others;
    return spilled == null
        ? new Groups(groups)
        : new Concatenation<>(
            Partitions.COUNT + 1, number -> part(groups, spilled, number, level), spilled::close);
  }

  /** First the groups in memory, then those of each file. */
  private Enumerator<R> part(
      Map<Object, A> inMemory, Partitions<T> spilled, int number, int level) {
    if (number == 0) {
      return new Groups(inMemory);
    } else if (number == 1) {
      inMemory.clear();
    } else {
      spilled.close(number - 2);
    }
    held.clear();
    return grouped(spilled.rows(number - 1), level + 1);
  }

  private final class Groups implements Enumerator<R> {
    private final Iterator<Map.Entry<Object, A>> entries;
    private Map.@Nullable Entry<Object, A> entry;

    Groups(Map<Object, A> groups) {
      this.entries = groups.entrySet().iterator();
    }

    @Override
    public boolean moveNext() {
      entry = entries.hasNext() ? entries.next() : null;
      return entry != null;
    }

    @Override
    public R current() {
      Map.Entry<Object, A> current = Objects.requireNonNull(entry, "no group");
      return how.result().apply(key(current.getKey()), current.getValue());
    }

    @SuppressWarnings("unchecked") // What is no compared key is the key.
    private K key(Object compared) {
      return compared instanceof ComparedKey<?> wrapped ? (K) wrapped.key() : (K) compared;
    }

    @Override
    public void reset() {
      throw new UnsupportedOperationException("rows are read once");
    }

    @Override
    public void close() {
      entry = null;
    }
  }
}
