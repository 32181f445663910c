package io.sally.ask;

import io.sally.ask.memory.AskMemory;
import io.sally.engine.Execution;
import io.sally.engine.Session;
import io.sally.engine.catalog.TableName;
import java.sql.SQLException;
import java.util.Optional;
import java.util.SortedSet;

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
  Translation translate(Inquiry inquiry, Session session, Execution execution) throws SQLException;

  /** The same for a question that stands alone and whose costs nobody asks for. */
  default Translation translate(String question, Session session, Execution execution)
      throws SQLException {
    return translate(Inquiry.of(question), session, execution);
  }

  /**
   * The translation of this id.
   *
   * @throws SQLException with SQLState SA007 when there is none
   */
  Translation byId(String id) throws SQLException;

  /**
   * Pins a translation: its question is answered by it from now on, whoever translates, as long as
   * it passes the proof. Or unpins it.
   *
   * @throws SQLException with SQLState SA007 when there is no such translation, 58030 when it is to
   *     be kept in a file and cannot be, another when it does not pass the proof
   */
  void pin(String id, boolean pinned, Session session, Execution execution) throws SQLException;

  /**
   * Has the translator tell an answer in a sentence or two, where the rows of all sources that it
   * comes from may leave the machine; whether they are true to it, the caller looks.
   *
   * @param tables those that the answer was read from
   * @param costs is told what it costs
   * @return empty where rows may not leave, or the translator tells nothing
   * @throws SQLException when the translator fails, or the execution was stopped
   */
  Optional<String> narrate(
      NarrationRequest request, SortedSet<TableName> tables, Costs costs, Execution execution)
      throws SQLException;

  /**
   * Tries the translator on a question: a request leaves, is noted and counted, whatever is known
   * of the question, and what comes back is proven and not remembered.
   *
   * @throws SQLException as {@link #translate} does
   */
  void tryOut(String question, Session session, Execution execution) throws SQLException;

  /** What is remembered. */
  AskMemory memory();

  /** Who translates. */
  Translator translator();

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
