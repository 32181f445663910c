package io.sally.driver.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The bounds of ASK.
 *
 * @param attempts how many times a question is translated until a translation passes the proof
 * @param maxRows the most rows of an answer
 * @param timeout the longest that the translation of one question may take
 * @param memory the file in which translations are remembered, or null for in memory alone
 */
public record AskSettings(
    Approval approval, int attempts, long maxRows, Duration timeout, @Nullable Path memory) {
  /** When a translation may run. */
  public enum Approval {
    /** At once. */
    AUTO,
    /** After {@code ASK SQL} has shown it, by {@code ASK RUN}. */
    REQUIRED
  }

  public AskSettings {
    Objects.requireNonNull(approval, "approval");
    Objects.requireNonNull(timeout, "timeout");
  }
}
