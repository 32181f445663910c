package io.sally.engine;

import io.sally.engine.catalog.Catalog;
import io.sally.engine.catalog.Catalogs;
import io.sally.engine.source.Source;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * Plans and runs SQL over a fixed set of sources. Thread-safe; shared by all connections to the
 * same configuration and closed with the last of them.
 */
public final class Engine implements AutoCloseable {
  private final List<Source> sources;

  private Engine(List<Source> sources) {
    this.sources = List.copyOf(sources);
  }

  /** An engine over these sources. It owns them from here on and closes them. */
  public static Engine over(List<? extends Source> sources) {
    return new Engine(List.copyOf(sources));
  }

  /**
   * The snapshot of all sources.
   *
   * @throws SQLException when a source cannot be read
   */
  public Catalogs catalogs() throws SQLException {
    List<Catalog> catalogs = new ArrayList<>();
    for (Source source : sources) {
      catalogs.add(source.readCatalog());
    }
    return new Catalogs(catalogs);
  }

  /**
   * Starts the execution of one statement: its time runs from here.
   *
   * @param clock what the statement takes for now, in the session's time zone
   */
  public Execution begin(Limits limits, Clock clock) {
    return new Execution(limits, clock);
  }

  /**
   * Parses, validates, guards and plans one query. Plans are kept, so that the same text in the
   * same session is planned once.
   *
   * @param sql one query; a trailing semicolon and comments are taken
   * @throws SQLException when the text is no query, names what is not there, or is not permitted;
   *     the message says what, where, and what is near
   */
  public Plan prepare(String sql, Session session, Execution execution) throws SQLException {
    execution.check();
    throw SqlErrors.notSupported("Planning is not there yet: " + sql);
  }

  @Override
  public void close() throws SQLException {}
}
