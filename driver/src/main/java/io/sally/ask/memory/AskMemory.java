package io.sally.ask.memory;

import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What ASK remembers. All of it is bounded: what was not used for longest, or is oldest, goes
 * first; what is pinned stays. Thread-safe. Every method fails with an SQLException when what is
 * remembered cannot be read or written.
 */
public interface AskMemory extends AutoCloseable {
  /** The translations of a question in its compared form, the newest first. */
  List<Remembered> of(String question, List<String> schemaPath) throws SQLException;

  /** The translation of this id. */
  Optional<Remembered> byId(String id) throws SQLException;

  /** Keeps a translation, in the place of one of the same id. */
  void keep(Remembered translation) throws SQLException;

  /**
   * Pins the translation, and takes the pin off all others of the same question; or unpins it.
   *
   * @return whether there is a translation of this id
   */
  boolean pin(String id, boolean pinned) throws SQLException;

  /** The translations, the newest first. */
  List<Remembered> translations() throws SQLException;

  /** Those that are pinned, the newest first. */
  List<Remembered> pinned() throws SQLException;

  /** Adds to the log of questions. */
  void log(AskedQuestion question) throws SQLException;

  /** The log of questions, the newest first. */
  List<AskedQuestion> questions() throws SQLException;

  /**
   * Counts a call as spent, where the day's budget allows it; who asks at the same time is counted
   * first or after, in whatever process.
   *
   * @param tokens an estimate of what it will cost, until {@link #spend} says more
   * @return what was spent before on that day, and whether the call was counted
   */
  Spent reserve(LocalDate day, long tokens, Budget budget) throws SQLException;

  /** Adds to the tokens of a day; a negative number takes back what was reserved in excess. */
  void spend(LocalDate day, long tokens) throws SQLException;

  /** Adds to the list of what left. */
  void sent(Departure departure) throws SQLException;

  /** Tells of a request that left how many bytes came back for it. */
  void answered(String departure, long bytesIn) throws SQLException;

  /** What left, the newest first. */
  List<Departure> departures() throws SQLException;

  /** Why what is remembered will be forgotten although it was to be kept, or empty. */
  default Optional<String> trouble() {
    return Optional.empty();
  }

  @Override
  void close();
}
