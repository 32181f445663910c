package io.sally.engine.policy;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One line of a policy. Immutable.
 *
 * @param text a name as a person wrote it: {@code table}, {@code schema.table}, or a column behind
 *     either; {@code *} in a part's place stands for all
 * @param place where it was written, to begin an error with, or null where that is not known
 */
public record PolicyEntry(String text, @Nullable String place) {
  public PolicyEntry {
    Objects.requireNonNull(text, "text");
  }

  /** An error about this entry. */
  public String error(String message) {
    return (place == null ? "" : place + ": ") + message;
  }
}
