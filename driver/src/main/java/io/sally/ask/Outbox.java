package io.sally.ask;

import java.sql.SQLException;

/**
 * Where a translator announces each request before its first byte leaves. Thread-safe. A translator
 * that works on this machine alone never calls it.
 */
@FunctionalInterface
public interface Outbox {
  /** Lets all leave and remembers nothing: for what is no question, such as a trial of the key. */
  Outbox UNMETERED = (destination, bytes) -> (answered, tokensIn, tokensOut) -> {};

  /**
   * Announces a request, each try of it anew.
   *
   * @param destination the method and address, without any credential
   * @param bytes what will leave, before compression and encryption
   * @throws SQLException when a budget does not allow it; then the request must not be sent
   */
  Sent leaving(String destination, long bytes) throws SQLException;

  /** A request that left. */
  @FunctionalInterface
  interface Sent {
    /**
     * Tells how it ended; called once.
     *
     * @param bytes what came back
     * @param tokensIn the tokens of the request as the service counts them, 0 where it does not say
     * @param tokensOut those of the answer and of what the model thought
     */
    void ended(long bytes, long tokensIn, long tokensOut);
  }
}
