package io.sally.ask.normalise;

/** Values as text. */
final class Texts {
  private Texts() {}

  /** The value as a text operand. */
  static String asText(Written value) {
    return switch (value.kind()) {
      case TEXT, UNKNOWN -> value.operand();
      // Calcite's word is TRUE.
      case BOOLEAN -> "LOWER(CAST(" + value.sql() + " AS VARCHAR))";
      default -> "CAST(" + value.sql() + " AS VARCHAR)";
    };
  }
}
