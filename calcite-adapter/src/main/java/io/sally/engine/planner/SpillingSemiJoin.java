package io.sally.engine.planner;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.linq4j.Linq4j;
import org.apache.calcite.linq4j.function.EqualityComparer;
import org.apache.calcite.linq4j.function.Function1;
import org.apache.calcite.linq4j.function.Predicate2;
import org.jspecify.annotations.Nullable;

/**
 * The rows of the left side that have one on the right side, or those that have none. What of the
 * right side fits is kept in memory, its keys alone where nothing else is asked; the rest goes to
 * disk, divided by its keys, together with the rows of the left side that found nothing in memory.
 * Confined to the thread of its run.
 */
final class SpillingSemiJoin<T, I, K> {
  /**
   * Which rows belong together.
   *
   * @param comparer the equality of keys, or null for their own
   * @param condition what else has to hold of the two rows, or null
   * @param anti whether the rows that have none are asked for
   */
  record How<T, I, K>(
      Function1<T, K> leftKey,
      Function1<I, K> rightKey,
      @Nullable EqualityComparer<K> comparer,
      @Nullable Predicate2<T, I> condition,
      boolean anti) {

    /** The key with its equality; null, which is equal to nothing, for null. */
    @Nullable Object compared(@Nullable K key) {
      return ComparedKey.of(key, comparer);
    }
  }

  private final SourceRun run;
  private final RunMemory.Held held;
  private final How<T, I, K> how;

  /**
   * @param held what the join holds
   */
  SpillingSemiJoin(SourceRun run, RunMemory.Held held, How<T, I, K> how) {
    this.run = run;
    this.held = held;
    this.how = how;
  }

  Enumerable<T> of(Enumerable<T> left, Enumerable<I> right) {
    return new AbstractEnumerable<>() {
      @Override
      public Enumerator<T> enumerator() {
        return joined(left, right, 0);
      }
    };
  }

  /** The right side is not read where the left one has no row. */
  private Enumerator<T> joined(Enumerable<T> left, Enumerable<I> right, int level) {
    Enumerator<T> lefts = left.enumerator();
    if (!lefts.moveNext()) {
      lefts.close();
      return Linq4j.emptyEnumerator();
    }
    Map<Object, List<I>> inMemory = new HashMap<>();
    Partitions<I> rights = read(right, inMemory, level);
    if (rights == null) {
      return new Found(lefts, inMemory, null);
    }
    Partitions<T> others = new Partitions<>(run, level);
    return new Concatenation<>(
        Partitions.COUNT + 1,
        number -> {
          if (number == 0) {
            return new Found(lefts, inMemory, others);
          } else if (number == 1) {
            inMemory.clear();
          } else {
            others.close(number - 2);
            rights.close(number - 2);
          }
          held.clear();
          return joined(others.rows(number - 1), rights.rows(number - 1), level + 1);
        },
        () -> {
          others.close();
          rights.close();
        });
  }

  /** Returns what did not fit in memory, or null when all did. */
  private @Nullable Partitions<I> read(
      Enumerable<I> right, Map<Object, List<I>> inMemory, int level) {
    Partitions<I> rest = null;
    try (Enumerator<I> all = right.enumerator()) {
      while (all.moveNext()) {
        I row = all.current();
        K key = how.rightKey().apply(row);
        Object compared = how.compared(key);
        if (compared == null) {
          continue;
        }
        List<I> before = inMemory.get(compared);
        if (before != null && how.condition() == null) {
          continue;
        }
        long size = RowSize.of(how.condition() == null ? key : row) + RowSize.ENTRY;
        if (rest == null && !Partitions.fits(held, size, level)) {
          rest = new Partitions<>(run, level);
        }
        if (rest != null) {
          rest.add(compared.hashCode(), row);
        } else if (how.condition() == null) {
          inMemory.put(compared, List.of());
        } else if (before == null) {
          List<I> first = new ArrayList<>(1);
          first.add(row);
          inMemory.put(compared, first);
        } else {
          before.add(row);
        }
      }
    }
    return rest;
  }

  private boolean isFound(T row, Map<Object, List<I>> rights, @Nullable Object key) {
    List<I> ofKey = key == null ? null : rights.get(key);
    if (ofKey == null || how.condition() == null) {
      return ofKey != null;
    }
    for (I other : ofKey) {
      if (how.condition().apply(row, other)) {
        return true;
      }
    }
    return false;
  }

  /** Looks for each row of the left side, from the current one on. */
  private final class Found implements Enumerator<T> {
    private final Enumerator<T> lefts;
    private final Map<Object, List<I>> rights;
    private final @Nullable Partitions<T> others;
    private boolean first = true;

    /**
     * @param others takes the rows of which nothing is known yet, or null when all is known
     */
    Found(Enumerator<T> lefts, Map<Object, List<I>> rights, @Nullable Partitions<T> others) {
      this.lefts = lefts;
      this.rights = rights;
      this.others = others;
    }

    @Override
    public boolean moveNext() {
      while (first || lefts.moveNext()) {
        first = false;
        T row = lefts.current();
        Object key = how.compared(how.leftKey().apply(row));
        boolean found = isFound(row, rights, key);
        if (!found && key != null && others != null) {
          others.add(key.hashCode(), row);
        } else if (found != how.anti()) {
          return true;
        }
      }
      return false;
    }

    @Override
    public T current() {
      return lefts.current();
    }

    @Override
    public void reset() {
      throw new UnsupportedOperationException("rows are read once");
    }

    @Override
    public void close() {
      lefts.close();
    }
  }
}
