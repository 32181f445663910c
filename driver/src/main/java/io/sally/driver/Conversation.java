package io.sally.driver;

import io.sally.ask.Translation;
import io.sally.engine.Session;
import io.sally.engine.SqlErrors;
import java.sql.SQLException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a connection has asked last, which {@code ASK MORE} builds on. Thread-safe. */
final class Conversation {
  /** A question's translation, and for a follow-up what it was built on. */
  private record Turn(
      Session session,
      Translation translation,
      @Nullable String followUp,
      @Nullable Translation base) {}

  private volatile @Nullable Turn last;

  /**
   * What a follow-up builds on: the last question; the same as before where the last question is
   * this very follow-up, so that asking it again gives the same.
   *
   * @throws SQLException with SQLState HY010 when nothing was asked in this session
   */
  Translation base(String followUp, Session session) throws SQLException {
    Turn turn = last;
    if (turn == null || !turn.session().equals(session)) {
      throw SqlErrors.callSequence(
          "There is no question that ASK MORE could build on: none was asked yet on this connection"
              + " in this mode and schema. Ask first with ASK '<question>'.");
    }
    Translation base = turn.base();
    return base != null && text(followUp).equals(turn.followUp()) ? base : turn.translation();
  }

  void asked(Translation translation, Session session) {
    last = new Turn(session, translation, null, null);
  }

  void followed(String followUp, Translation base, Translation translation, Session session) {
    last = new Turn(session, translation, text(followUp), base);
  }

  void forget() {
    last = null;
  }

  private static String text(String followUp) {
    return followUp.strip().toLowerCase(Locale.ROOT);
  }
}
