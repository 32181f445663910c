package io.sally.driver.remote;

import io.sally.driver.SallyDriver;
import io.sally.engine.SqlErrors;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.calcite.avatica.BuiltInConnectionProperty;
import org.apache.calcite.avatica.MissingResultsException;
import org.apache.calcite.avatica.NoSuchStatementException;
import org.apache.calcite.avatica.QueryState;
import org.apache.calcite.avatica.jdbc.JdbcMeta;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;

/** One user's connections as Avatica keeps them, over Sally's driver. Thread-safe. */
final class SallyMeta extends JdbcMeta {
  /** What a client may say of its connection; the rest is the server's to say. */
  private static final Set<String> OF_THE_CLIENT = Set.of("mode", "demoDate", "timeZone");

  /** What clients of Avatica send though it is for themselves or for the door. */
  private static final Set<String> IGNORED =
      Stream.concat(
              Stream.of("user", "password", "doas"),
              Arrays.stream(BuiltInConnectionProperty.values())
                  .map(BuiltInConnectionProperty::camelName))
          .map(name -> name.toLowerCase(Locale.ROOT))
          .collect(Collectors.toUnmodifiableSet());

  /** The rows of one answer; a client fetches the next by itself. */
  private static final int MOST_ROWS_AT_ONCE = 1_000;

  private static final int USUAL_ROWS_AT_ONCE = 100;

  private final SallyDriver driver;
  private final RemoteSettings settings;
  private final String user;
  private final RunningStatements running = new RunningStatements();

  SallyMeta(SallyDriver driver, RemoteSettings settings, String user, Properties bounds)
      throws SQLException {
    super(settings.url(), bounds);
    this.driver = driver;
    this.settings = settings;
    this.user = user;
  }

  // Connections

  @Override
  public void openConnection(ConnectionHandle handle, @Nullable Map<String, String> info) {
    Map<String, String> asked = new HashMap<>();
    if (info != null) {
      info.forEach((name, value) -> take(name, value, asked));
    }
    super.openConnection(handle, asked);
  }

  /**
   * A client that could name sources, keys or the model's address would reach files and machines of
   * the server through it.
   */
  private static void take(String name, String value, Map<String, String> asked) {
    if (OF_THE_CLIENT.contains(name)) {
      asked.put(name, value);
    } else if (!IGNORED.contains(name.toLowerCase(Locale.ROOT))) {
      throw new IllegalStateException(
          SqlErrors.notPermitted(
              "A remote client cannot set the property "
                  + name
                  + ". It may set "
                  + OF_THE_CLIENT.stream().sorted().collect(Collectors.joining(", "))
                  + "; the others are given to the server."));
    }
  }

  @Override
  protected Connection createConnection(String url, Properties info) throws SQLException {
    Properties own = new Properties();
    own.putAll(settings.properties());
    for (String name : OF_THE_CLIENT) {
      if (info.getProperty(name) != null) {
        own.setProperty(name, info.getProperty(name));
      }
    }
    if (!user.equals(RequestHandler.NOBODY)) {
      own.setProperty("user", user);
    }
    return WireConnection.of(connect(driver, url, own));
  }

  /** A connection of the driver. */
  static Connection connect(SallyDriver driver, String url, Properties properties)
      throws SQLException {
    Connection connection = driver.connect(url, properties);
    if (connection == null) {
      throw SqlErrors.cannotConnect(
          url + " is no URL of Sally. Serve jdbc:sally:demo, or a file by --config.", null);
    }
    return connection;
  }

  // Statements. None expires while it runs, or while a page of its rows is read.

  @Override
  public ExecuteResult prepareAndExecute(
      StatementHandle handle,
      String sql,
      long maxRowCount,
      int maxRowsInFirstFrame,
      PrepareCallback callback)
      throws NoSuchStatementException {
    running.add(handle);
    try {
      return super.prepareAndExecute(
          handle, sql, maxRowCount, bounded(maxRowsInFirstFrame), callback);
    } finally {
      running.remove(handle);
    }
  }

  @Override
  public ExecuteResult execute(
      StatementHandle handle, List<TypedValue> values, int maxRowsInFirstFrame)
      throws NoSuchStatementException {
    running.add(handle);
    try {
      return super.execute(handle, values, bounded(maxRowsInFirstFrame));
    } finally {
      running.remove(handle);
    }
  }

  @Override
  public Frame fetch(StatementHandle handle, long offset, int fetchMaxRowCount)
      throws NoSuchStatementException, MissingResultsException {
    running.add(handle);
    try {
      return super.fetch(handle, offset, bounded(fetchMaxRowCount));
    } finally {
      running.remove(handle);
    }
  }

  /** For none Avatica would answer that there are no rows at all. */
  private static int bounded(int rows) {
    return rows <= 0 ? USUAL_ROWS_AT_ONCE : Math.min(rows, MOST_ROWS_AT_ONCE);
  }

  /**
   * A client that lost its result in the middle asks to have the query run again and read on from
   * there. Rows may come in another order then: some would be missing and others come twice.
   */
  @Override
  public boolean syncResults(StatementHandle handle, QueryState state, long offset)
      throws NoSuchStatementException {
    if (offset > 0) {
      throw new IllegalStateException(
          SqlErrors.cursorState(
              "The result is gone: no request touched it for too long, or the server was started"
                  + " anew. Run the statement again."));
    }
    return super.syncResults(handle, state, offset);
  }

  // Ending

  long open() {
    return getConnectionCache().size();
  }

  void closeExpired() {
    for (StatementHandle handle : running.snapshot()) {
      getConnectionCache().getIfPresent(handle.connectionId);
      getStatementCache().getIfPresent(handle.id);
    }
    getStatementCache().cleanUp();
    getConnectionCache().cleanUp();
  }

  void closeAll() {
    getStatementCache().invalidateAll();
    getConnectionCache().invalidateAll();
  }
}
