package io.sally.engine.planner;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.EnumerableDefaults;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.linq4j.Linq4j;
import org.apache.calcite.linq4j.function.EqualityComparer;
import org.apache.calcite.linq4j.function.Function1;
import org.apache.calcite.linq4j.function.Function2;
import org.apache.calcite.linq4j.function.Predicate2;
import org.jspecify.annotations.Nullable;

/**
 * Calcite's hash join where its right side fits in memory. Where it does not, both sides are
 * divided by their keys on disk, and joined part by part (a Grace hash join). Confined to the
 * thread of its run.
 */
final class SpillingJoin<T, I, K, R> {
  /**
   * How rows of the left side are joined with rows of the right one, as {@link
   * EnumerableDefaults#hashJoin} takes it.
   */
  record How<T, I, K, R>(
      Function1<T, K> leftKey,
      Function1<I, K> rightKey,
      Function2<T, I, R> result,
      @Nullable EqualityComparer<K> comparer,
      boolean nullsOnLeft,
      boolean nullsOnRight,
      @Nullable Predicate2<T, I> condition) {

    @SuppressWarnings("NullAway") // Calcite takes null for what is not asked for.
    Enumerator<R> joined(Enumerable<T> left, Enumerable<I> right) {
      return EnumerableDefaults.hashJoin(
              left,
              right,
              leftKey,
              rightKey,
              result,
              comparer,
              nullsOnLeft,
              nullsOnRight,
              condition)
          .enumerator();
    }

    /** A null is equal to nothing, and may go anywhere. */
    int hash(@Nullable K key) {
      return Objects.hashCode(ComparedKey.of(key, comparer));
    }
  }

  private final SourceRun run;
  private final RunMemory.Held held;
  private final How<T, I, K, R> how;

  /**
   * @param held what the join holds
   */
  SpillingJoin(SourceRun run, RunMemory.Held held, How<T, I, K, R> how) {
    this.run = run;
    this.held = held;
    this.how = how;
  }

  Enumerable<R> of(Enumerable<T> left, Enumerable<I> right) {
    return new AbstractEnumerable<>() {
      @Override
      public Enumerator<R> enumerator() {
        return joined(left, right, 0);
      }
    };
  }

  private Enumerator<R> joined(Enumerable<T> left, Enumerable<I> right, int level) {
    List<I> inMemory = new ArrayList<>();
    @Nullable Partitions<I> rights = null;
    try (Enumerator<I> all = right.enumerator()) {
      while (all.moveNext()) {
        I row = all.current();
        if (rights == null && !Partitions.fits(held, RowSize.of(row) + RowSize.ENTRY, level)) {
          rights = new Partitions<>(run, level);
          for (I before : inMemory) {
            rights.add(how.hash(how.rightKey().apply(before)), before);
          }
          inMemory = List.of();
          held.clear();
        }
        if (rights == null) {
          inMemory.add(row);
        } else {
          rights.add(how.hash(how.rightKey().apply(row)), row);
        }
      }
    }
    return rights == null
        ? how.joined(left, Linq4j.asEnumerable(inMemory))
        : byParts(left, rights, level);
  }

  private Enumerator<R> byParts(Enumerable<T> left, Partitions<I> rights, int level) {
    Partitions<T> lefts = new Partitions<>(run, level);
    try (Enumerator<T> all = left.enumerator()) {
      while (all.moveNext()) {
        T row = all.current();
        lefts.add(how.hash(how.leftKey().apply(row)), row);
      }
    }
    return new Concatenation<>(
        Partitions.COUNT,
        number -> {
          if (number > 0) {
            held.clear();
            lefts.close(number - 1);
            rights.close(number - 1);
          }
          return joined(lefts.rows(number), rights.rows(number), level + 1);
        },
        () -> {
          lefts.close();
          rights.close();
        });
  }
}
