package io.sally.engine.planner;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.linq4j.Linq4j;
import org.apache.calcite.linq4j.function.EqualityComparer;
import org.apache.calcite.linq4j.function.Function0;
import org.apache.calcite.linq4j.function.Function1;
import org.apache.calcite.linq4j.function.Function2;
import org.apache.calcite.linq4j.function.Predicate2;
import org.jspecify.annotations.Nullable;

/**
 * Rows on their way from one operator to the next. At each it looks whether the execution was
 * stopped, and counts what the taker holds, since Calcite's operators do neither. Confined to the
 * thread of its run.
 */
final class PassingRows<T> extends AbstractEnumerable<T> {
  private final Enumerable<T> rows;
  private final Passage passage;
  private final SourceRun run;
  private final long first;
  private @Nullable KeptRows<T> kept;
  private long keptAt;

  /**
   * @param first how many rows are held with {@link Passage.Holding#FIRST}
   */
  PassingRows(Enumerable<T> rows, Passage passage, SourceRun run, long first) {
    this.rows = rows;
    this.passage = passage;
    this.run = run;
    this.first = first;
  }

  @Override
  public Enumerator<T> enumerator() {
    return switch (passage.reading()) {
      case EACH_TIME -> opened(passage.holding(), held());
      case ONCE -> {
        KeptRows<?> once = run.kept(passage);
        if (once == null) {
          // Kept for longer than the taker holds what it holds.
          once = read(run.memory().held("the kept rows of " + passage.giver().title()));
          run.keep(passage, once);
        }
        @SuppressWarnings("unchecked") // They were read here.
        KeptRows<T> own = (KeptRows<T>) once;
        yield checked(own);
      }
      case ONCE_AN_OPENING -> {
        KeptRows<T> once = kept;
        if (once == null || keptAt != run.openings(passage.taker())) {
          kept = null;
          if (once != null) {
            once.close(run);
          }
          held().clear();
          keptAt = run.openings(passage.taker());
          once = read(held());
          kept = once;
        }
        yield checked(once);
      }
    };
  }

  private RunMemory.Held held() {
    return run.held(passage.taker());
  }

  private Enumerator<T> opened(Passage.Holding holding, RunMemory.Held held) {
    run.opens(passage.giver());
    RunProfile.Figures figures = run.profile().operator(passage.giver().number());
    figures.opened();
    return new Passing(rows.enumerator(), holding, held, figures);
  }

  /** For rows that were read before. */
  private Enumerator<T> checked(KeptRows<T> rowsBefore) {
    return new Passing(
        rowsBefore.enumerator(), Passage.Holding.NONE, held(), RunProfile.none().operator(0));
  }

  private KeptRows<T> read(RunMemory.Held held) {
    return new KeptRows<>(opened(Passage.Holding.NONE, held), run, held);
  }

  /** Whether the taker can put on disk what it cannot hold. */
  boolean spills() {
    return passage.reading() == Passage.Reading.EACH_TIME && run.memory().spill().exists();
  }

  /** The rows for a taker that counts itself what it holds. */
  private Enumerable<T> uncounted() {
    return new AbstractEnumerable<>() {
      @Override
      public Enumerator<T> enumerator() {
        return opened(Passage.Holding.NONE, held());
      }
    };
  }

  /** Whether a join with these rows on its right side can put on disk what it cannot hold. */
  boolean canSpillWith(PassingRows<?> right) {
    return !passage.keepsOrder() && right.spills();
  }

  <I, K> Enumerable<T> semiJoin(PassingRows<I> right, SpillingSemiJoin.How<T, I, K> how) {
    return new SpillingSemiJoin<>(run, held(), how).of(this, right.uncounted());
  }

  /** Calcite's hash join, whose right side may be larger than memory. */
  @Override
  public <I, K, R> Enumerable<R> hashJoin(
      Enumerable<I> inner,
      Function1<T, K> outerKeySelector,
      Function1<I, K> innerKeySelector,
      Function2<T, I, R> resultSelector,
      @Nullable EqualityComparer<K> comparer,
      boolean generateNullsOnLeft,
      boolean generateNullsOnRight,
      @Nullable Predicate2<T, I> predicate) {
    if (!(inner instanceof PassingRows<I> right) || !canSpillWith(right)) {
      return super.hashJoin(
          inner,
          outerKeySelector,
          innerKeySelector,
          resultSelector,
          comparer,
          generateNullsOnLeft,
          generateNullsOnRight,
          predicate);
    }
    return new SpillingJoin<>(
            run,
            held(),
            new SpillingJoin.How<>(
                outerKeySelector,
                innerKeySelector,
                resultSelector,
                comparer,
                generateNullsOnLeft,
                generateNullsOnRight,
                predicate))
        .of(this, right.uncounted());
  }

  /** Calcite's ORDER BY, whose rows may be more than fit in memory. */
  @Override
  public <K> Enumerable<T> orderBy(
      Function1<T, K> keySelector, @Nullable Comparator<K> comparator) {
    return spills()
        ? new SpillingSort<>(run, held(), keySelector, comparator).of(uncounted())
        : super.orderBy(keySelector, comparator);
  }

  /** Calcite's GROUP BY, with each new group counted. */
  @Override
  public <K, A, R> Enumerable<R> groupBy(
      Function1<T, K> keySelector,
      Function0<A> accumulatorInitializer,
      Function2<A, T, A> accumulatorAdder,
      Function2<K, A, R> resultSelector) {
    if (spills()) {
      return grouped(
          this, keySelector, accumulatorInitializer, accumulatorAdder, resultSelector, null);
    }
    Groups<T, K> groups = groups();
    return super.groupBy(
        groups.key(keySelector),
        groups.initializer(accumulatorInitializer),
        groups.adder(accumulatorAdder),
        resultSelector);
  }

  /** Groups what was made of these rows. */
  <S, K, A, R> Enumerable<R> grouped(
      Enumerable<S> madeOfThese,
      Function1<S, K> keySelector,
      Function0<A> accumulatorInitializer,
      Function2<A, S, A> accumulatorAdder,
      Function2<K, A, R> resultSelector,
      @Nullable EqualityComparer<K> comparer) {
    return new SpillingGroups<>(
            run,
            held(),
            new SpillingGroups.How<>(
                keySelector,
                accumulatorInitializer,
                accumulatorAdder,
                resultSelector,
                comparer,
                passage.holding() == Passage.Holding.GROWING_GROUPS))
        .of(madeOfThese);
  }

  @Override
  public <K, A, R> Enumerable<R> groupBy(
      Function1<T, K> keySelector,
      Function0<A> accumulatorInitializer,
      Function2<A, T, A> accumulatorAdder,
      Function2<K, A, R> resultSelector,
      EqualityComparer<K> comparer) {
    if (spills()) {
      return grouped(
          this, keySelector, accumulatorInitializer, accumulatorAdder, resultSelector, comparer);
    }
    Groups<T, K> groups = groups();
    return super.groupBy(
        groups.key(keySelector),
        groups.initializer(accumulatorInitializer),
        groups.adder(accumulatorAdder),
        resultSelector,
        comparer);
  }

  /** What counts the groups that the taker makes of these rows. */
  <K> Groups<T, K> groups() {
    return new Groups<>(held(), passage.holding() == Passage.Holding.GROWING_GROUPS);
  }

  /** Calcite's DISTINCT and semi-join select the key, and then hold each key once. */
  @Override
  public <R> Enumerable<R> select(Function1<T, R> selector) {
    return switch (passage.holding()) {
      case GROUPS, GROWING_GROUPS ->
          new Keys<>(super.select(selector), held(), spills() ? run : null);
      case KEYS -> new Keys<>(super.select(selector), held(), null);
      case NONE, ROWS, FIRST, LAST -> super.select(selector);
    };
  }

  /** A DISTINCT of rows that are keys as they are. */
  @Override
  public Enumerable<T> distinct() {
    return passage.holding() == Passage.Holding.GROUPS ? keys().distinct() : super.distinct();
  }

  @Override
  public Enumerable<T> distinct(EqualityComparer<T> comparer) {
    return passage.holding() == Passage.Holding.GROUPS
        ? keys().distinct(comparer)
        : super.distinct(comparer);
  }

  private Keys<T> keys() {
    return new Keys<>(this, held(), spills() ? run : null);
  }

  /** Ends a run from inside; the cursor turns it into the exception that tells the reason. */
  static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1;

    Stopped() {
      super("stopped", null, false, false);
    }
  }

  private final class Passing implements Enumerator<T> {
    private final Enumerator<T> input;
    private final Passage.Holding holding;
    private final RunMemory.Held held;
    private final RunProfile.Figures figures;
    private final long heldBefore;
    private long number;
    private long largest;

    Passing(
        Enumerator<T> input,
        Passage.Holding holding,
        RunMemory.Held held,
        RunProfile.Figures figures) {
      this.input = input;
      this.holding = holding;
      this.held = held;
      this.figures = figures;
      this.heldBefore = holding == Passage.Holding.LAST ? held.used() : 0;
    }

    @Override
    public T current() {
      return input.current();
    }

    @Override
    public boolean moveNext() {
      if (run.execution().isStopped()) {
        throw new Stopped();
      }
      boolean more = input.moveNext();
      figures.moved(more);
      if (more) {
        number++;
        hold();
      } else if (holding == Passage.Holding.LAST) {
        held.remove(heldBefore);
      }
      return more;
    }

    private void hold() {
      switch (holding) {
        case NONE, GROUPS, GROWING_GROUPS -> {}
        case ROWS, KEYS, LAST -> held.add(RowSize.of(input.current()) + RowSize.ENTRY);
        case FIRST -> holdFirst(RowSize.of(input.current()) + RowSize.ENTRY);
      }
    }

    /** Beyond the number that is held each row may take the place of a smaller one. */
    private void holdFirst(long size) {
      largest = Math.max(largest, size);
      if (number <= first) {
        held.add(size);
      } else if (first * largest > held.used()) {
        held.add(first * largest - held.used());
      }
    }

    @Override
    public void reset() {
      input.reset();
    }

    /** What gave these rows gives no more, and so holds nothing any more. */
    @Override
    public void close() {
      try (input) {
        run.held(passage.giver()).clear();
      }
    }
  }

  /** Keys of rows, each of which is held once where distinct ones are asked for. */
  private static final class Keys<K> extends AbstractEnumerable<K> {
    private final Enumerable<K> keys;
    private final RunMemory.Held held;
    private final @Nullable SourceRun spilling;

    /**
     * @param spilling the run, where keys that do not fit go to disk
     */
    Keys(Enumerable<K> keys, RunMemory.Held held, @Nullable SourceRun spilling) {
      this.keys = keys;
      this.held = held;
      this.spilling = spilling;
    }

    @Override
    public Enumerator<K> enumerator() {
      return keys.enumerator();
    }

    /** As a set, in which a semi-join looks its keys up. */
    @Override
    public Enumerable<K> distinct() {
      if (spilling != null) {
        return groups(spilling, null);
      }
      Set<K> distinct = new HashSet<>();
      try (Enumerator<K> all = keys.enumerator()) {
        while (all.moveNext()) {
          K key = all.current();
          if (distinct.add(key)) {
            held.add(RowSize.of(key) + RowSize.ENTRY);
          }
        }
      }
      return Linq4j.asEnumerable(distinct);
    }

    /** Keys that are arrays have no equality of their own. */
    @Override
    public Enumerable<K> distinct(EqualityComparer<K> comparer) {
      if (spilling != null) {
        return groups(spilling, comparer);
      }
      Set<ComparedKey<K>> distinct = new HashSet<>();
      List<K> list = new ArrayList<>();
      try (Enumerator<K> all = keys.enumerator()) {
        while (all.moveNext()) {
          K key = all.current();
          if (distinct.add(new ComparedKey<>(key, comparer))) {
            list.add(key);
            held.add(RowSize.of(key) + RowSize.ENTRY + ComparedKey.SIZE);
          }
        }
      }
      return Linq4j.asEnumerable(list);
    }

    /** Distinct keys are groups of which nothing is computed. */
    private Enumerable<K> groups(SourceRun run, @Nullable EqualityComparer<K> comparer) {
      return new SpillingGroups<>(
              run,
              held,
              new SpillingGroups.How<K, K, Boolean, K>(
                  key -> key,
                  () -> true,
                  (group, key) -> group,
                  (key, group) -> key,
                  comparer,
                  false))
          .of(keys);
    }
  }

  /** Counts groups as they are made. */
  static final class Groups<T, K> {
    private final RunMemory.Held held;
    private final boolean growing;
    private @Nullable K key;

    Groups(RunMemory.Held held, boolean growing) {
      this.held = held;
      this.growing = growing;
    }

    Function1<T, K> key(Function1<T, K> selector) {
      return row -> {
        K selected = selector.apply(row);
        key = selected;
        return selected;
      };
    }

    <A> Function0<A> initializer(Function0<A> initializer) {
      return () -> {
        held.add(RowSize.of(key) + RowSize.ENTRY + SpillingGroups.GROUP);
        return initializer.apply();
      };
    }

    <A> Function2<A, T, A> adder(Function2<A, T, A> adder) {
      return growing
          ? (accumulator, row) -> {
            held.add(RowSize.of(row) + RowSize.ENTRY);
            return adder.apply(accumulator, row);
          }
          : adder;
    }
  }
}
