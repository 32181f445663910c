package io.sally.driver;

import io.sally.driver.config.Mode;
import io.sally.driver.metadata.TableListings;
import io.sally.engine.Session;
import io.sally.engine.SqlErrors;
import io.sally.engine.catalog.Catalogs;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a connection has set: its mode and the schemas in which it looks for tables. Thread-safe; a
 * statement sees what holds when it begins.
 */
final class SessionState {
  private final Backend backend;
  private final Conversation conversation = new Conversation();
  private final @Nullable String user;
  private final Mode firstMode;
  private volatile Mode mode;
  private volatile Session session;

  /** What is set at some moment. */
  record Settings(Mode mode, Session session) {}

  /**
   * A session in this mode.
   *
   * @param user whose row filters hold, or null where the connection names nobody
   * @throws SQLException when the mode has no sources
   */
  SessionState(Backend backend, Mode mode, @Nullable String user) throws SQLException {
    this.backend = backend;
    this.user = user;
    this.firstMode = mode;
    this.mode = mode;
    this.session = initial(backend, mode).of(user);
  }

  Session session() {
    return session;
  }

  Conversation conversation() {
    return conversation;
  }

  /**
   * Does what {@code SET <name> = '<value>'} says.
   *
   * @throws SQLException when there is no such setting, or it cannot have this value
   */
  void set(String name, String value) throws SQLException {
    switch (name.toLowerCase(Locale.ROOT)) {
      case "mode" -> setMode(value);
      case "schema" -> setSchema(value);
      default ->
          throw SqlErrors.invalidParameter(
              "There is no setting "
                  + name
                  + ". SET mode = 'demo' or 'production' and SET schema = '<name>' are there; what"
                  + " else can be set is a connection property.",
              null);
    }
  }

  private void setMode(String value) throws SQLException {
    switch (value.toLowerCase(Locale.ROOT)) {
      case "demo" -> begin(Mode.DEMO);
      case "production" -> begin(Mode.PRODUCTION);
      default ->
          throw SqlErrors.invalidParameter(
              "The mode cannot be \"" + value + "\". Choose demo or production.", null);
    }
  }

  private void begin(Mode newMode) throws SQLException {
    session = initial(backend, newMode).of(user);
    mode = newMode;
  }

  /** Has all as the connection began: mode, schema, and nothing asked that ASK MORE builds on. */
  void reset() throws SQLException {
    begin(firstMode);
    conversation.forget();
  }

  /** What is set now. */
  Settings settings() {
    return new Settings(mode, session);
  }

  /** Has all as it was then, and nothing asked that ASK MORE builds on. */
  void restore(Settings earlier) {
    session = earlier.session();
    mode = earlier.mode();
    conversation.forget();
  }

  private static Session initial(Backend backend, Mode mode) throws SQLException {
    return backend
        .session(mode)
        .orElseThrow(
            () ->
                SqlErrors.invalidParameter(
                    "The mode "
                        + mode.name().toLowerCase(Locale.ROOT)
                        + " has no sources in this configuration. Work with mode=demo on the"
                        + " bundled demo schema, or configure sources in a file and connect to"
                        + " jdbc:sally:<path to sally.yaml>.",
                    null));
  }

  /** The schema that is looked in first, or null where there is none. */
  @Nullable String schema() {
    List<String> path = session.schemaPath();
    return path.isEmpty() ? null : path.get(0);
  }

  /**
   * Has unqualified table names looked for in this schema alone, or for null where the mode begins,
   * so that a pool can hand on a connection as it was.
   *
   * @throws SQLException when there is no such schema
   */
  void setSchema(@Nullable String name) throws SQLException {
    if (name == null) {
      session = session.in(initial(backend, mode).schemaPath());
      return;
    }
    Catalogs catalogs = backend.engine().catalogs();
    List<String> names = TableListings.schemaNames(catalogs).toList();
    String found =
        names.stream()
            .filter(candidate -> candidate.equals(name))
            .findFirst()
            .or(
                () ->
                    names.stream()
                        .filter(candidate -> candidate.equalsIgnoreCase(name))
                        .findFirst())
            .orElseThrow(
                () ->
                    SqlErrors.invalidParameter(
                        "There is no schema "
                            + name
                            + ". The schemas are "
                            + names.stream().sorted().collect(Collectors.joining(", "))
                            + ".",
                        null));
    session = session.in(List.of(found));
  }
}
