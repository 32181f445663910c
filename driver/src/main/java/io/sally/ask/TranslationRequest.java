package io.sally.ask;

import io.sally.engine.catalog.Catalogs;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All that a translator may know of one question.
 *
 * @param question the text inside {@code ASK '…'}
 * @param catalogs what the question may be about
 * @param schemaPath the schemas whose tables need no qualifier
 * @param today the day that "today" means
 * @param failures the earlier attempts at this question, oldest first, with what was wrong
 * @param examples questions over these catalogs with queries that a person verified, the likest
 *     first
 * @param previous what the question builds on, or null where it stands alone
 * @param candidate which of several translations this is, from 0; beyond the first a translator may
 *     vary
 * @param outbox is told of each request that leaves
 */
public record TranslationRequest(
    String question,
    Catalogs catalogs,
    List<String> schemaPath,
    LocalDate today,
    List<FailedAttempt> failures,
    List<Answered> examples,
    @Nullable Answered previous,
    int candidate,
    Outbox outbox) {
  /**
   * SQL that did not pass the proof.
   *
   * @param error the validator's message with the position, without any value of a row
   */
  public record FailedAttempt(String sql, String error) {}

  /** A question and the proven query that answers it. */
  public record Answered(String question, String sql) {}

  public TranslationRequest {
    Objects.requireNonNull(question, "question");
    Objects.requireNonNull(catalogs, "catalogs");
    Objects.requireNonNull(today, "today");
    Objects.requireNonNull(outbox, "outbox");
    schemaPath = List.copyOf(schemaPath);
    failures = List.copyOf(failures);
    examples = List.copyOf(examples);
  }

  /** A question that stands alone, without examples. */
  public TranslationRequest(
      String question,
      Catalogs catalogs,
      List<String> schemaPath,
      LocalDate today,
      List<FailedAttempt> failures) {
    this(question, catalogs, schemaPath, today, failures, List.of(), null, 0, Outbox.UNMETERED);
  }

  TranslationRequest withQuestion(String other) {
    return new TranslationRequest(
        other, catalogs, schemaPath, today, failures, examples, null, candidate, outbox);
  }

  TranslationRequest withFailures(List<FailedAttempt> newFailures) {
    return new TranslationRequest(
        question, catalogs, schemaPath, today, newFailures, examples, previous, candidate, outbox);
  }

  TranslationRequest withExamples(List<Answered> newExamples) {
    return new TranslationRequest(
        question, catalogs, schemaPath, today, failures, newExamples, previous, candidate, outbox);
  }

  TranslationRequest withCandidate(int number) {
    return new TranslationRequest(
        question, catalogs, schemaPath, today, failures, examples, previous, number, outbox);
  }

  TranslationRequest withOutbox(Outbox newOutbox) {
    return new TranslationRequest(
        question, catalogs, schemaPath, today, failures, examples, previous, candidate, newOutbox);
  }
}
