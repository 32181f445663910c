package io.sally.ask;

import io.sally.engine.Execution;
import io.sally.engine.Session;
import java.sql.SQLException;

/**
 * Answers {@code ASK}: translates a question, proves the translation, and keeps it. Thread-safe;
 * shared by all connections to the same configuration.
 */
public interface Asker extends AutoCloseable {
  /** The most characters that a question may have. */
  int MAX_QUESTION_LENGTH = 10_000;

  /**
   * A proven translation of the question: the one that is known for the same question (white space
   * and case aside), catalog and translator, or a new one.
   *
   * @throws SQLException when the question cannot be answered, was not understood, or no
   *     translation passed the proof within the bounded number of attempts
   */
  Translation translate(String question, Session session, Execution execution) throws SQLException;

  /**
   * The translation of this id.
   *
   * @throws SQLException with SQLState SA007 when there is none
   */
  Translation byId(String id) throws SQLException;

  /**
   * The exact request that would leave the machine for this question. Nothing is sent.
   *
   * @throws SQLException when the catalog cannot be read
   */
  OutgoingRequest preview(String question, Session session, Execution execution)
      throws SQLException;

  @Override
  void close();
}
