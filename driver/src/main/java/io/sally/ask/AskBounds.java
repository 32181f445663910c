package io.sally.ask;

import io.sally.ask.memory.Budget;
import java.time.Duration;
import java.util.Objects;

/**
 * How far the translation of a question may go.
 *
 * @param timeout how long one translation may take, its proof and its repairs included; zero for no
 *     limit of its own
 * @param attempts how many queries to try before giving a question up, at least 1
 * @param candidates how many translations of a question vote, at least 1
 * @param budget what a day may cost
 */
public record AskBounds(Duration timeout, int attempts, int candidates, Budget budget) {
  public AskBounds {
    Objects.requireNonNull(timeout, "timeout");
    Objects.requireNonNull(budget, "budget");
    if (timeout.isNegative() || attempts < 1 || candidates < 1) {
      throw new IllegalArgumentException(
          "timeout " + timeout + ", attempts " + attempts + ", candidates " + candidates);
    }
  }
}
