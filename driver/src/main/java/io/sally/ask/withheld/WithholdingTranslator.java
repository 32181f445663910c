package io.sally.ask.withheld;

import io.sally.ask.NarrationRequest;
import io.sally.ask.Outcome;
import io.sally.ask.OutgoingRequest;
import io.sally.ask.TranslationRequest;
import io.sally.ask.TranslationRequest.Answered;
import io.sally.ask.TranslationRequest.FailedAttempt;
import io.sally.ask.Translator;
import io.sally.ask.Trust;
import io.sally.engine.Execution;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Has another translator translate without the texts that stand in double quotes in a question:
 * placeholders leave in their place, in the question, in what it builds on and in what is sent back
 * for repair, and become the texts again in the SQL and in what is told of it. Pinned examples
 * leave only where they hold no text at all. Values of rows that the source lets leave as samples
 * leave as they are: nothing tells the model that one of them is meant. Thread-safe.
 */
public final class WithholdingTranslator implements Translator {
  private final Translator model;

  /** Withholds from this translator, which is owned from here on. */
  public WithholdingTranslator(Translator model) {
    this.model = Objects.requireNonNull(model, "model");
  }

  @Override
  public String name() {
    return model.name();
  }

  @Override
  public Optional<String> model() {
    return model.model();
  }

  @Override
  public String identity() {
    return model.identity() + " without quoted texts";
  }

  @Override
  public Trust trust() {
    return model.trust();
  }

  @Override
  public Outcome translate(TranslationRequest request, Execution execution) throws SQLException {
    WithheldTexts texts = texts(request);
    Outcome outcome = model.translate(hidden(request, texts), execution);
    if (outcome instanceof Outcome.Unanswerable none) {
      return new Outcome.Unanswerable(texts.shown(none.reason()), shown(none.suggestions(), texts));
    } else if (outcome instanceof Outcome.NotUnderstood none) {
      return new Outcome.NotUnderstood(
          texts.shown(none.reason()), shown(none.suggestions(), texts));
    }
    Outcome.Translated translated = (Outcome.Translated) outcome;
    Optional<String> missed = texts.missedBy(translated.sql(), request.question());
    if (missed.isPresent()) {
      return new Outcome.NotUnderstood(
          "The language model made no use of “"
              + missed.get()
              + "”, or none that can be told, which ask.quoted: kept withholds from it. Say what it"
              + " is, as in: the site with the name “"
              + missed.get()
              + "”; or write it without quotes, and it will leave",
          List.of());
    }
    return new Outcome.Translated(
        texts.restored(translated.sql()),
        texts.shown(translated.explanation()),
        shown(translated.assumptions(), texts));
  }

  @Override
  public Optional<String> narrate(NarrationRequest request, Execution execution)
      throws SQLException {
    WithheldTexts texts = WithheldTexts.of(Stream.of(request.question()));
    return model.narrate(request.in(texts::hidden), execution).map(texts::shown);
  }

  @Override
  public OutgoingRequest preview(TranslationRequest request) throws SQLException {
    return model.preview(hidden(request, texts(request)));
  }

  private static WithheldTexts texts(TranslationRequest request) {
    Answered previous = request.previous();
    return WithheldTexts.of(
        Stream.concat(
            Stream.ofNullable(previous).map(Answered::question), Stream.of(request.question())));
  }

  private static TranslationRequest hidden(TranslationRequest request, WithheldTexts texts) {
    List<Answered> examples =
        request.examples().stream()
            .filter(example -> !example.sql().contains("'"))
            .filter(example -> WithheldTexts.of(Stream.of(example.question())).isEmpty())
            .toList();
    if (texts.isEmpty()) {
      return request.withExamples(examples);
    }
    return request.with(
        texts.question(request.question()),
        request.failures().stream()
            .map(
                failure ->
                    new FailedAttempt(texts.hidden(failure.sql()), texts.hidden(failure.error())))
            .toList(),
        examples,
        hidden(request.previous(), texts));
  }

  private static @Nullable Answered hidden(@Nullable Answered previous, WithheldTexts texts) {
    return previous == null
        ? null
        : new Answered(texts.hidden(previous.question()), texts.hidden(previous.sql()));
  }

  private static List<String> shown(List<String> told, WithheldTexts texts) {
    return told.stream().map(texts::shown).toList();
  }

  @Override
  public void close() {
    model.close();
  }
}
