package io.sally.ask;

import io.sally.engine.catalog.Catalogs;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;

/**
 * All that a translator may know of one question.
 *
 * @param question the text inside {@code ASK '…'}
 * @param catalogs what the question may be about
 * @param schemaPath the schemas whose tables need no qualifier
 * @param today the day that "today" means
 * @param failures the earlier attempts at this question, oldest first, with what was wrong
 */
public record TranslationRequest(
    String question,
    Catalogs catalogs,
    List<String> schemaPath,
    LocalDate today,
    List<FailedAttempt> failures) {
  /**
   * SQL that did not pass the proof.
   *
   * @param error the validator's message with the position, without any value of a row
   */
  public record FailedAttempt(String sql, String error) {}

  public TranslationRequest {
    Objects.requireNonNull(question, "question");
    Objects.requireNonNull(catalogs, "catalogs");
    Objects.requireNonNull(today, "today");
    schemaPath = List.copyOf(schemaPath);
    failures = List.copyOf(failures);
  }
}
