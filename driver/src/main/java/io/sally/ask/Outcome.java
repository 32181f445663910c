package io.sally.ask;

import java.util.List;
import java.util.Objects;

/** What a translator made of a question. */
public sealed interface Outcome {
  /**
   * SQL that has not been proven yet.
   *
   * @param explanation what the SQL answers, in a sentence
   * @param assumptions what the translator took for granted, one sentence each
   */
  record Translated(String sql, String explanation, List<String> assumptions) implements Outcome {
    public Translated {
      Objects.requireNonNull(sql, "sql");
      Objects.requireNonNull(explanation, "explanation");
      assumptions = List.copyOf(assumptions);
    }
  }

  /**
   * The data cannot answer the question.
   *
   * @param reason what is missing, in a sentence
   * @param suggestions what is near and could be asked instead
   */
  record Unanswerable(String reason, List<String> suggestions) implements Outcome {
    public Unanswerable {
      Objects.requireNonNull(reason, "reason");
      suggestions = List.copyOf(suggestions);
    }
  }

  /**
   * The translator did not understand the question, which another translator or other words may.
   *
   * @param reason what was not understood, in a sentence that names the words
   * @param suggestions what is near and could be asked instead
   */
  record NotUnderstood(String reason, List<String> suggestions) implements Outcome {
    public NotUnderstood {
      Objects.requireNonNull(reason, "reason");
      suggestions = List.copyOf(suggestions);
    }
  }
}
