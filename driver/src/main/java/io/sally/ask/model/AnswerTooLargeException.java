package io.sally.ask.model;

import java.io.IOException;

/** The service sends more than any answer can need. */
final class AnswerTooLargeException extends IOException {
  private static final long serialVersionUID = 1L;

  AnswerTooLargeException(long bytes) {
    super("the response is larger than " + bytes + " bytes");
  }
}
