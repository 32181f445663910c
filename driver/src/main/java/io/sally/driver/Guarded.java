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
  interface Work<T extends @Nullable Object> {
    T run() throws SQLException;
  }

  private Guarded() {}

  static <T extends @Nullable Object> T call(Work<T> work) throws SQLException {
    try {
      return work.run();
    } catch (RuntimeException | StackOverflowError | AssertionError e) {
      throw SqlErrors.internal("Something unforeseen went wrong: " + e + ".", e);
    }
  }
}
