package io.sally.ask;

import java.util.UUID;

/** What one asking of a question has cost so far. Thread-safe. */
public final class Costs {
  private final String id = UUID.randomUUID().toString();
  private int attempts;
  private long tokensIn;
  private long tokensOut;

  /** Names this asking in {@code sally.questions} and {@code sally.egress}. */
  public String id() {
    return id;
  }

  /** How many queries were tried; 0 where the translation was known. */
  public synchronized int attempts() {
    return attempts;
  }

  public synchronized long tokensIn() {
    return tokensIn;
  }

  public synchronized long tokensOut() {
    return tokensOut;
  }

  synchronized void attempted() {
    attempts++;
  }

  /** Adds the tokens of one request. */
  public synchronized void used(long in, long out) {
    tokensIn += in;
    tokensOut += out;
  }
}
