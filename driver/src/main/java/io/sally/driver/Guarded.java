package io.sally.driver;

import io.sally.engine.SqlErrors;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The border that no unchecked exception crosses: whatever goes wrong behind a JDBC method, its
 * caller gets an SQLException.
 */
final class Guarded {
  /** Work that may fail in any way. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws SQLException;
  }

  /** Work that makes a value, which may be null. */
  @FunctionalInterface
  interface ValueWork {
    @Nullable Object run() throws SQLException;
  }

  /** Work that gives nothing. */
  @FunctionalInterface
  interface Action {
    void run() throws SQLException;
  }

  private Guarded() {}

  static <T> T call(Work<T> work) throws SQLException {
    try {
      return work.run();
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError | AssertionError e) {
      throw unforeseen(e);
    }
  }

  static @Nullable Object value(ValueWork work) throws SQLException {
    try {
      return work.run();
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError | AssertionError e) {
      throw unforeseen(e);
    }
  }

  static void run(Action action) throws SQLException {
    try {
      action.run();
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError | AssertionError e) {
      throw unforeseen(e);
    }
  }

  /** What the caller gets for an unchecked exception or error. */
  static SQLException unforeseen(Throwable cause) {
    if (cause instanceof OutOfMemoryError) {
      return SqlErrors.outOfMemory(cause);
    }
    return SqlErrors.internal("Something unforeseen went wrong: " + cause + ".", cause);
  }
}
