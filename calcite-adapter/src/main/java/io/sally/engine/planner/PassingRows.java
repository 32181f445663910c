package io.sally.engine.planner;

import java.util.ArrayList;
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
  private @Nullable List<T> kept;
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
        List<?> once = run.kept(passage);
        if (once == null) {
          // Kept for longer than the taker holds what it holds.
          once = read(run.memory().held("the kept rows of " + passage.giver().title()));
          run.keep(passage, once);
        }
        @SuppressWarnings("unchecked") // They were read here.
        List<T> own = (List<T>) once;
        yield checked(own);
      }
      case ONCE_AN_OPENING -> {
        List<T> once = kept;
        if (once == null || keptAt != run.openings(passage.taker())) {
          kept = null;
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

  /** For {@code rows} that were read before. */
  private Enumerator<T> checked(List<T> list) {
    return new Passing(
        Linq4j.enumerator(list), Passage.Holding.NONE, held(), RunProfile.none().operator(0));
  }

  private List<T> read(RunMemory.Held held) {
    List<T> list = new ArrayList<>();
    try (Enumerator<T> all = opened(Passage.Holding.ROWS, held)) {
      while (all.moveNext()) {
        list.add(all.current());
      }
    }
    return list;
  }

  /** Calcite's GROUP BY, with each new group counted. */
  @Override
  public <K, A, R> Enumerable<R> groupBy(
      Function1<T, K> keySelector,
      Function0<A> accumulatorInitializer,
      Function2<A, T, A> accumulatorAdder,
      Function2<K, A, R> resultSelector) {
    Groups<T, K> groups = groups();
    return super.groupBy(
        groups.key(keySelector),
        groups.initializer(accumulatorInitializer),
        groups.adder(accumulatorAdder),
        resultSelector);
  }

  @Override
  public <K, A, R> Enumerable<R> groupBy(
      Function1<T, K> keySelector,
      Function0<A> accumulatorInitializer,
      Function2<A, T, A> accumulatorAdder,
      Function2<K, A, R> resultSelector,
      EqualityComparer<K> comparer) {
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
      case GROUPS, GROWING_GROUPS, KEYS -> new Keys<>(super.select(selector), held());
      case NONE, ROWS, FIRST, LAST -> super.select(selector);
    };
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

    Keys(Enumerable<K> keys, RunMemory.Held held) {
      this.keys = keys;
      this.held = held;
    }

    @Override
    public Enumerator<K> enumerator() {
      return keys.enumerator();
    }

    /** As a set, in which a semi-join looks its keys up. */
    @Override
    public Enumerable<K> distinct() {
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
      Set<Compared<K>> distinct = new HashSet<>();
      List<K> list = new ArrayList<>();
      try (Enumerator<K> all = keys.enumerator()) {
        while (all.moveNext()) {
          K key = all.current();
          if (distinct.add(new Compared<>(key, comparer))) {
            list.add(key);
            held.add(RowSize.of(key) + RowSize.ENTRY + Compared.SIZE);
          }
        }
      }
      return Linq4j.asEnumerable(list);
    }
  }

  /** A key with the equality that a comparer gives it. */
  private record Compared<K>(K key, EqualityComparer<K> comparer) {
    static final int SIZE = 24;

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Compared<?> compared && isEqual(compared.key());
    }

    @SuppressWarnings("unchecked") // All keys of one set have one type.
    private boolean isEqual(Object other) {
      return comparer.equal(key, (K) other);
    }

    @Override
    public int hashCode() {
      return comparer.hashCode(key);
    }
  }

  /** Counts groups as they are made. */
  static final class Groups<T, K> {
    /** What an aggregate function of a group takes, and the group itself. */
    private static final long GROUP = 160;

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
        held.add(RowSize.of(key) + RowSize.ENTRY + GROUP);
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
