package io.sally.driver;

import java.sql.SQLWarning;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A chain of warnings that grows at its end. Thread-safe. */
final class Warnings {
  /** ISO/IEC 9075-2 §24.1: a warning without a finer code. */
  static final String GENERAL = "01000";

  private @Nullable SQLWarning first;

  Warnings() {}

  Warnings(List<String> messages) {
    messages.forEach(this::add);
  }

  void add(String message) {
    add(new SQLWarning(message, GENERAL));
  }

  synchronized void add(SQLWarning warning) {
    if (first == null) {
      first = warning;
    } else {
      first.setNextWarning(warning);
    }
  }

  synchronized @Nullable SQLWarning first() {
    return first;
  }

  synchronized void clear() {
    first = null;
  }
}
