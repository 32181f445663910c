package io.sally.engine.planner;

import io.sally.engine.MemoryBudget;
import io.sally.engine.SpillSpace;
import io.sally.engine.SqlErrors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What one run of a plan holds of the engine's memory budget. Thread-safe; its {@link Held parts}
 * are confined to a thread each.
 */
final class RunMemory implements AutoCloseable {
  /**
   * The budget is shared by all statements: it is asked for a piece at a time, not for each row.
   */
  private static final long PIECE = 64 * 1024;

  /** What one operator may hold before it puts rows on disk, whatever the others hold. */
  private static final long MOST_FLOOR = 4 * 1024 * 1024;

  private static final long LEAST_READ_AHEAD = 4 * 1024 * 1024;
  private static final long MOST_READ_AHEAD = 64 * 1024 * 1024;

  private final MemoryBudget budget;
  private final long floor;

  /** Operators that can put rows on disk leave a quarter to those that cannot. */
  private final long soft;

  private final List<Held> parts = new ArrayList<>();
  private long taken;
  private long peak;
  private boolean closed;

  RunMemory(MemoryBudget budget) {
    this.budget = budget;
    this.floor = Math.min(MOST_FLOOR, budget.bytes() / 16);
    this.soft = budget.bytes() / 4 * 3;
  }

  /** Where rows go that do not fit. */
  SpillSpace spill() {
    return budget.spill();
  }

  /** How many bytes of a source may wait to be taken while the source goes on, if they are left. */
  long readAhead() {
    return Math.max(LEAST_READ_AHEAD, Math.min(MOST_READ_AHEAD, budget.bytes() / 16));
  }

  /** What one operator holds; {@code operator} names it in the error that tells of too much. */
  synchronized Held held(String operator) {
    Held part = new Held(operator);
    parts.add(part);
    return part;
  }

  /** The most that was held at a time. */
  synchronized long peak() {
    return peak;
  }

  private synchronized boolean take(Held part, long bytes) {
    if (closed || !budget.take(bytes)) {
      return closed;
    }
    part.taken += bytes;
    taken += bytes;
    peak = Math.max(peak, taken);
    return true;
  }

  private synchronized void takeAnyway(Held part, long bytes) {
    if (!closed) {
      budget.takeAnyway(bytes);
      part.taken += bytes;
      taken += bytes;
      peak = Math.max(peak, taken);
    }
  }

  private synchronized void giveBack(Held part, long bytes) {
    if (!closed) {
      part.taken -= bytes;
      taken -= bytes;
      budget.giveBack(bytes);
    }
  }

  private synchronized RunFailure exceeded(Held asking, long wanted) {
    Held largest = parts.stream().max(Comparator.comparingLong(part -> part.taken)).orElse(asking);
    return new RunFailure(
        SqlErrors.memoryBudget(
            asking.operator,
            wanted,
            largest == asking ? null : largest.operator + " holds " + describe(largest.taken),
            budget.held() - taken,
            budget.bytes()));
  }

  private static String describe(long bytes) {
    return MemoryBudget.describe(bytes);
  }

  /** Gives all back. */
  @Override
  public synchronized void close() {
    if (!closed) {
      budget.giveBack(taken);
      taken = 0;
      closed = true;
    }
  }

  /** What one operator of the run holds. Confined to one thread at a time. */
  final class Held {
    private final String operator;
    private long used;
    // Written by the thread of this part, with the lock of the whole.
    private long taken;

    Held(String operator) {
      this.operator = operator;
    }

    long used() {
      return used;
    }

    /**
     * Holds so much more.
     *
     * @throws RunFailure when the budget is used up
     */
    void add(long bytes) {
      if (!tryAdd(bytes)) {
        throw exceeded(this, used + bytes);
      }
    }

    /** Holds so much more if the budget has it. */
    boolean tryAdd(long bytes) {
      long wanted = used + bytes;
      if (wanted > taken) {
        long piece = Math.max(PIECE, wanted - taken);
        if (!take(this, piece) && !take(this, wanted - taken)) {
          return false;
        }
      }
      used = wanted;
      return true;
    }

    /**
     * Holds so much more if it is little, or there is enough left for the other operators.
     *
     * @return false where the operator is to put rows on disk
     */
    boolean takes(long bytes) {
      long wanted = used + bytes;
      if (wanted <= taken) {
        used = wanted;
        return true;
      } else if (wanted <= floor) {
        takeAnyway(this, wanted - taken);
        used = wanted;
        return true;
      }
      return budget.held() + wanted - taken <= soft && tryAdd(bytes);
    }

    /** Holds so much more. */
    void addAnyway(long bytes) {
      used += bytes;
      if (used > taken) {
        takeAnyway(this, used - taken);
      }
    }

    /** Holds so much less. */
    void remove(long bytes) {
      used -= bytes;
      long spare = taken - used;
      if (spare >= 2 * PIECE) {
        giveBack(this, spare - PIECE);
      }
    }

    /** Holds nothing any more. */
    void clear() {
      giveBack(this, taken);
      used = 0;
    }
  }
}
