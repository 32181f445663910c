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
 * @param samples the values of rows that may leave
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
    Outbox outbox,
    Samples samples) {
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
    Objects.requireNonNull(samples, "samples");
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
    this(
        question,
        catalogs,
        schemaPath,
        today,
        failures,
        List.of(),
        null,
        0,
        Outbox.UNMETERED,
        Samples.NONE);
  }

  TranslationRequest withQuestion(String other) {
    return with(other, failures, examples, null, candidate, outbox, samples);
  }

  TranslationRequest withFailures(List<FailedAttempt> newFailures) {
    return with(question, newFailures, examples, previous, candidate, outbox, samples);
  }

  /** The same with examples. */
  public TranslationRequest withExamples(List<Answered> newExamples) {
    return with(question, failures, newExamples, previous, candidate, outbox, samples);
  }

  TranslationRequest withCandidate(int number) {
    return with(question, failures, examples, previous, number, outbox, samples);
  }

  TranslationRequest withOutbox(Outbox newOutbox) {
    return with(question, failures, examples, previous, candidate, newOutbox, samples);
  }

  /** The same with values of rows that may leave. */
  public TranslationRequest withSamples(Samples newSamples) {
    return with(question, failures, examples, previous, candidate, outbox, newSamples);
  }

  /** The same in other words. */
  public TranslationRequest with(
      String newQuestion,
      List<FailedAttempt> newFailures,
      List<Answered> newExamples,
      @Nullable Answered newPrevious) {
    return with(newQuestion, newFailures, newExamples, newPrevious, candidate, outbox, samples);
  }

  private TranslationRequest with(
      String newQuestion,
      List<FailedAttempt> newFailures,
      List<Answered> newExamples,
      @Nullable Answered newPrevious,
      int newCandidate,
      Outbox newOutbox,
      Samples newSamples) {
    return new TranslationRequest(
        newQuestion,
        catalogs,
        schemaPath,
        today,
        newFailures,
        newExamples,
        newPrevious,
        newCandidate,
        newOutbox,
        newSamples);
  }
}
