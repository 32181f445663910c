package io.sally.ask.model;

import java.time.Duration;
import java.util.Optional;

/** How one call of the service ended. */
public sealed interface Reply {
  /** The service answered in its protocol. */
  record Answered(Answer answer) implements Reply {}

  /**
   * The service answered with an error.
   *
   * @param http the HTTP status
   * @param message what the service says of it, without the key
   * @param retryAfter how long the service asks to wait
   */
  record Refused(int http, String message, Optional<Duration> retryAfter) implements Reply {}

  /** The service answered in something that is not its protocol, or too much of it. */
  record Unreadable(String reason, Throwable cause) implements Reply {}

  /** There was no answer, since the connection failed. */
  record Unreachable(Throwable cause) implements Reply {}

  /** There was no answer in time. */
  record TimedOut(Throwable cause) implements Reply {}
}
