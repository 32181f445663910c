package io.sally.engine;

import java.time.Duration;
import java.util.Objects;

/**
 * The bounds of one execution.
 *
 * @param timeout how long it may take, planning and reading included; zero for no limit
 * @param maxRows how many rows it may give, the rest is silently left out as {@code
 *     java.sql.Statement#setMaxRows} asks; 0 for no limit
 * @param fetchSize how many rows to fetch from a source at once; 0 leaves it to the engine
 */
public record Limits(Duration timeout, long maxRows, int fetchSize) {
  /** No bounds. */
  public static final Limits NONE = new Limits(Duration.ZERO, 0, 0);

  public Limits {
    Objects.requireNonNull(timeout, "timeout");
    if (timeout.isNegative() || maxRows < 0 || fetchSize < 0) {
      throw new IllegalArgumentException("Limits cannot be negative");
    }
  }
}
