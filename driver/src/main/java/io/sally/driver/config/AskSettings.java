package io.sally.driver.config;

import java.time.Duration;
import java.util.Objects;

/**
 * The bounds of ASK.
 *
 * @param attempts how many times a question is translated until a translation passes the proof
 * @param maxRows the most rows of an answer
 * @param timeout the longest that the translation of one question may take
 */
public record AskSettings(Approval approval, int attempts, long maxRows, Duration timeout) {
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
