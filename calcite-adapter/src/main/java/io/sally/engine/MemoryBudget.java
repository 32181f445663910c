package io.sally.engine;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes all statements of one engine together may hold in memory: what they sort, build
 * for joins, group, keep for windows, and read ahead. What merely streams through counts only while
 * it waits to be read. Sizes are estimates from the actual values. Thread-safe.
 */
public final class MemoryBudget {
  private static final int SHARE_OF_HEAP = 4;
  private static final long SPILL_BYTES = 10L << 30;

  private final long bytes;
  private final SpillSpace spill;
  private final AtomicLong held = new AtomicLong();

  private MemoryBudget(long bytes, SpillSpace spill) {
    if (bytes < 1) {
      throw new IllegalArgumentException("A memory budget needs at least one byte");
    }
    this.bytes = bytes;
    this.spill = spill;
  }

  /** A budget of this size, past which there is an error. */
  public static MemoryBudget ofBytes(long bytes) {
    return new MemoryBudget(bytes, SpillSpace.NONE);
  }

  /**
   * A quarter of the most that the JVM's heap may grow to; of what does not fit, ten gigabytes go
   * to the system's folder for temporary files.
   */
  public static MemoryBudget quarterOfHeap() {
    return ofBytes(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP)
        .spillingTo(SpillSpace.inTemporaryFolder(SPILL_BYTES));
  }

  /** A budget of the same size, nothing of it held, past which rows go to disk where they can. */
  public MemoryBudget spillingTo(SpillSpace space) {
    return new MemoryBudget(bytes, space);
  }

  /** Where rows go that do not fit. */
  public SpillSpace spill() {
    return spill;
  }

  /** The size of the budget. */
  public long bytes() {
    return bytes;
  }

  /** What is held of it now. */
  public long held() {
    return held.get();
  }

  /**
   * Takes a part of the budget, if that much is left.
   *
   * @return whether it was taken; it is to be given back then
   */
  public boolean take(long part) {
    long before = held.get();
    while (part <= bytes - before) {
      if (held.compareAndSet(before, before + part)) {
        return true;
      }
      before = held.get();
    }
    return false;
  }

  /** Takes a part, even past the budget: little, without which a statement could not go on. */
  public void takeAnyway(long part) {
    held.addAndGet(part);
  }

  /** Gives back what was taken. */
  public void giveBack(long part) {
    held.addAndGet(-part);
  }

  /** A number of bytes as people read it. */
  public static String describe(long bytes) {
    if (bytes < 10_000) {
      return bytes + " bytes";
    }
    return bytes < 10_000_000 ? bytes / 1_000 + " kB" : bytes / 1_000_000 + " MB";
  }
}
