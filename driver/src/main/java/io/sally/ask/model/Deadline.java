package io.sally.ask.model;

import java.time.Duration;

/** A moment by which something must be done. Immutable. */
public final class Deadline {
  private final Duration limit;
  private final long endNanos;

  private Deadline(Duration limit) {
    this.limit = limit;
    this.endNanos = System.nanoTime() + limit.toNanos();
  }

  static Deadline in(Duration limit) {
    return new Deadline(limit);
  }

  /** How long there was in all. */
  Duration limit() {
    return limit;
  }

  /** What is left, not below zero. */
  Duration remaining() {
    return Duration.ofNanos(Math.max(0, endNanos - System.nanoTime()));
  }

  /** Whether something that takes this long would still be done in time. */
  boolean allows(Duration wait) {
    return wait.compareTo(remaining()) < 0;
  }
}
