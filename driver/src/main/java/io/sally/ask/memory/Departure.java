package io.sally.ask.memory;

import java.time.Instant;
import java.util.Objects;

/**
 * A request that left the machine.
 *
 * @param destination the method and address, without any credential
 * @param purpose what for, in a word
 * @param bytesIn what came back; 0 as long as nothing did
 * @param questionId the asking that it was for
 */
public record Departure(
    String id,
    Instant at,
    String destination,
    String purpose,
    long bytesOut,
    long bytesIn,
    String questionId) {
  public Departure {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(at, "at");
  }

  Departure withAnswer(long bytes) {
    return new Departure(id, at, destination, purpose, bytesOut, bytes, questionId);
  }
}
