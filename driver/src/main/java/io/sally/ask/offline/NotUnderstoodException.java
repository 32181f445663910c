package io.sally.ask.offline;

import java.util.List;

/** The question cannot be read; becomes {@code Outcome.NotUnderstood} and leaves no further. */
final class NotUnderstoodException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<String> suggestions;

  NotUnderstoodException(String reason, List<String> suggestions) {
    super(reason);
    this.suggestions = List.copyOf(suggestions);
  }

  String reason() {
    return String.valueOf(getMessage());
  }

  List<String> suggestions() {
    return suggestions;
  }
}
