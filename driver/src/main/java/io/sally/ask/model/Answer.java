package io.sally.ask.model;

import io.sally.ask.Outcome;

/** What a response of the service is worth. */
public sealed interface Answer {
  /** It says what the question becomes. */
  record Usable(Outcome outcome) implements Answer {}

  /** It tells an answer in words. */
  record Told(String narration) implements Answer {}

  /**
   * It cannot be used.
   *
   * @param reason why, as the rest of a sentence that begins with "The model's answer"
   * @param mayDiffer whether the same request may well be answered otherwise
   */
  record Unusable(String reason, boolean mayDiffer) implements Answer {}
}
