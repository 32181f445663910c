package io.sally.ask.offline;

import io.sally.ask.words.Sense;
import org.jspecify.annotations.Nullable;

/** A comparison of two values. */
enum Comparison {
  GREATER("more than"),
  AT_LEAST("at least"),
  LESS("less than"),
  AT_MOST("at most"),
  EQUAL("exactly"),
  NOT_EQUAL("other than");

  private final String words;

  Comparison(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  Comparison negated() {
    return switch (this) {
      case GREATER -> AT_MOST;
      case AT_LEAST -> LESS;
      case LESS -> AT_LEAST;
      case AT_MOST -> GREATER;
      case EQUAL -> NOT_EQUAL;
      case NOT_EQUAL -> EQUAL;
    };
  }

  static @Nullable Comparison of(@Nullable Sense sense) {
    if (sense == null) {
      return null;
    }
    return switch (sense) {
      case GREATER -> GREATER;
      case AT_LEAST -> AT_LEAST;
      case LESS -> LESS;
      case AT_MOST -> AT_MOST;
      case EQUAL -> EQUAL;
      case NOT_EQUAL -> NOT_EQUAL;
      default -> null;
    };
  }
}
