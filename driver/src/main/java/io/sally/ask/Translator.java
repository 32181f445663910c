package io.sally.ask;

import io.sally.engine.Execution;
import java.sql.SQLException;
import java.util.Optional;

/** Makes SQL of a question. Thread-safe. */
public interface Translator extends AutoCloseable {
  /** The name that the log and the messages use, for example {@code gemini} or {@code offline}. */
  String name();

  /** The model's name, or empty where there is no model. */
  default Optional<String> model() {
    return Optional.empty();
  }

  /** All that decides what is made of a question: the name, the model, its settings; no secret. */
  default String identity() {
    return name();
  }

  /** What the translations of this translator can claim. */
  Trust trust();

  /**
   * Translates one question once: no proof, no repair, those are the caller's.
   *
   * @return the SQL, or the reason why the question cannot be answered
   * @throws SQLException when the translator itself fails, or the execution was stopped
   */
  Outcome translate(TranslationRequest request, Execution execution) throws SQLException;

  /**
   * Tells an answer in a sentence or two; whether they are true to it, the caller looks.
   *
   * @return empty where this translator tells nothing
   * @throws SQLException when the translator itself fails, or the execution was stopped
   */
  default Optional<String> narrate(NarrationRequest request, Execution execution)
      throws SQLException {
    return Optional.empty();
  }

  /**
   * What would leave the machine for this request, to the byte. Nothing is sent.
   *
   * @throws SQLException when the request cannot be made
   */
  OutgoingRequest preview(TranslationRequest request) throws SQLException;

  @Override
  void close();
}
