package io.sally.ask.offline;

import java.util.List;

/** The question cannot be read; becomes {@code Outcome.NotUnderstood} and leaves no further. */
final class NotUnderstoodException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<Alternative> alternatives;

  NotUnderstoodException(String reason, List<? extends Alternative> alternatives) {
    super(reason);
    this.alternatives = List.copyOf(alternatives);
  }

  String reason() {
    return String.valueOf(getMessage());
  }

  /** Other ways to ask, the better ones first; some of them may not be understood either. */
  List<Alternative> alternatives() {
    return alternatives;
  }
}
