package io.sally.ask.context;

import java.util.Objects;

/** What a word means in the organisation whose data it is. Immutable. */
public record GlossaryTerm(String term, String meaning) {
  public GlossaryTerm {
    Objects.requireNonNull(term, "term");
    Objects.requireNonNull(meaning, "meaning");
  }
}
