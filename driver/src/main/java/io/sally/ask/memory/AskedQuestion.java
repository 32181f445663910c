package io.sally.ask.memory;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One asking of a question.
 *
 * @param id names it in the list of what left
 * @param sql what it became, or null where nothing passed the proof
 * @param translator who translated, or null where nobody did
 * @param model the translator's model, or null where it has none
 * @param attempts how many queries were tried; 0 where the translation was known
 * @param millis from the statement to its last row
 * @param rows those that were read, or null where none were to be read
 * @param outcome what came of it
 * @param error what went wrong, or null
 */
public record AskedQuestion(
    String id,
    Instant at,
    String question,
    @Nullable String sql,
    @Nullable String translator,
    @Nullable String model,
    int attempts,
    long tokensIn,
    long tokensOut,
    long millis,
    @Nullable Long rows,
    Outcome outcome,
    @Nullable String error) {
  /** What can come of a question. */
  public enum Outcome {
    /** Its rows were read. */
    ANSWERED,
    /** It was translated, and nothing was to be run. */
    TRANSLATED,
    /** It, or its query, failed. */
    FAILED
  }
}
