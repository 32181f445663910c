package io.sally.driver.config;

import io.sally.engine.SqlErrors;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong in one configuration, collected so that a person corrects it in one go. Confined to
 * one reading. What is added here must hold no secret.
 */
final class Problems {
  private final List<String> messages = new ArrayList<>();
  private @Nullable Throwable cause;

  /** Something is wrong with a value, or with what stands at its place. */
  void add(GivenValue value, String message) {
    add(value.position(), message);
  }

  /** Something is wrong at a place of the file, or nowhere in particular. */
  void add(@Nullable FilePosition position, String message) {
    messages.add(position == null ? message : "File " + position + ": " + message);
  }

  /** The same with the exception that told of it, whose text must hold no secret either. */
  void add(GivenValue value, String message, Throwable thrown) {
    add(value, message);
    cause = thrown;
  }

  boolean isEmpty() {
    return messages.isEmpty();
  }

  /**
   * Ends the reading when anything is wrong.
   *
   * @throws SQLException with SQLState 22023 and all that is wrong
   */
  void throwIfAny() throws SQLException {
    if (!messages.isEmpty()) {
      throw SqlErrors.invalidParameter(text(), cause);
    }
  }

  private String text() {
    if (messages.size() == 1) {
      return messages.get(0);
    }
    return messages.stream()
        .map(message -> "\n- " + message)
        .collect(
            Collectors.joining("", "The configuration has " + messages.size() + " errors:", ""));
  }
}
