package io.sally.driver.config;

import io.sally.ask.memory.Budget;
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
 * @param budget what a day may cost
 * @param maxEstimatedRows the most rows that the planner may expect of an answer, or null for no
 *     limit
 * @param candidates how many translations of a question vote
 * @param fallback who answers when the language model fails
 * @param samples which values of rows the language model may see, of sources that say nothing else
 * @param quoted what becomes of the texts that stand in quotes in a question
 */
public record AskSettings(
    Approval approval,
    int attempts,
    long maxRows,
    Duration timeout,
    @Nullable Path memory,
    Budget budget,
    @Nullable Long maxEstimatedRows,
    int candidates,
    Fallback fallback,
    Samples samples,
    Quoted quoted) {
  /** When a translation may run. */
  public enum Approval {
    /** At once. */
    AUTO,
    /** After {@code ASK SQL} has shown it, by {@code ASK RUN}. */
    REQUIRED
  }

  /** Who answers in the model's place. */
  public enum Fallback {
    /** Nobody: the failure is told. */
    NONE,
    /** The offline translator. */
    OFFLINE
  }

  /** What becomes of the texts in quotes of a question. */
  public enum Quoted {
    /** They leave with the question. */
    SENT,
    /** They stay on this machine: a placeholder leaves in the place of each. */
    KEPT
  }

  public AskSettings {
    Objects.requireNonNull(quoted, "quoted");
    Objects.requireNonNull(fallback, "fallback");
    Objects.requireNonNull(samples, "samples");
    Objects.requireNonNull(approval, "approval");
    Objects.requireNonNull(timeout, "timeout");
    Objects.requireNonNull(budget, "budget");
  }
}
