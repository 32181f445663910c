package io.sally.ask;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A question as it is asked once.
 *
 * @param previous the translation that it builds on, or null where it stands alone
 * @param costs is told what answering it costs
 */
public record Inquiry(String question, @Nullable Translation previous, Costs costs) {
  /** Stands between a question and its follow-up. */
  static final String AND_THEN = " — ";

  public Inquiry {
    Objects.requireNonNull(question, "question");
    Objects.requireNonNull(costs, "costs");
  }

  /** A question that stands alone. */
  public static Inquiry of(String question) {
    return new Inquiry(question, null, new Costs());
  }

  /** The question with what it builds on, for people. */
  public String text() {
    return previous == null ? question : previous.question() + AND_THEN + question;
  }
}
