package io.sally.ask.model;

import io.sally.engine.Execution;
import io.sally.engine.SqlErrors;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * How long to wait before the next try, and the waiting, which the end of the execution ends.
 * Immutable.
 *
 * @param first the wait before the second try; each later one is twice as long
 */
public record Backoff(Duration first) {
  /**
   * The wait after this many tries, a quarter more or less, so that clients do not march in step.
   */
  Duration after(int tries) {
    double jitter = ThreadLocalRandom.current().nextDouble(0.75, 1.25);
    return Duration.ofNanos((long) (first.toNanos() * Math.pow(2, tries - 1.0) * jitter));
  }

  /**
   * Waits.
   *
   * @throws SQLException when the execution was stopped, or the thread interrupted
   */
  static void await(Duration wait, Execution execution) throws SQLException {
    CountDownLatch stopped = new CountDownLatch(1);
    Runnable forget = execution.onStop(stopped::countDown);
    try {
      if (stopped.await(wait.toNanos(), TimeUnit.NANOSECONDS)) {
        throw execution.stopReason();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw SqlErrors.cancelled();
    } finally {
      forget.run();
    }
  }
}
