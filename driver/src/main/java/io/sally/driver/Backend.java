package io.sally.driver;

import io.sally.ask.Asker;
import io.sally.driver.config.Mode;
import io.sally.engine.Engine;
import io.sally.engine.Session;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

/**
 * All that the connections of one configuration share. Thread-safe; closed with the last of them.
 *
 * @param sessions how a connection in each mode begins; a mode without sources has no entry
 */
record Backend(Engine engine, Asker asker, Map<Mode, Session> sessions) implements AutoCloseable {
  Backend {
    sessions = Map.copyOf(sessions);
  }

  Optional<Session> session(Mode mode) {
    return Optional.ofNullable(sessions.get(mode));
  }

  @Override
  public void close() throws SQLException {
    // The asker is closed first, since it uses the engine, and the engine whatever happens to it.
    try (engine) {
      asker.close();
    }
  }
}
