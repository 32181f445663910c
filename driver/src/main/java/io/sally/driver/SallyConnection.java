package io.sally.driver;

import io.sally.driver.config.Configuration;
import io.sally.driver.metadata.ClientInfoListing;
import io.sally.driver.statement.JdbcEscapes;
import io.sally.engine.SqlErrors;
import java.sql.ClientInfoStatus;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection: a session over a backend that it shares with others. Thread-safe: any number of
 * threads may each use statements of their own.
 *
 * <p>Nothing is written, so there are no transactions; auto-commit is kept as a setting and {@code
 * commit} and {@code rollback} have nothing to do.
 */
final class SallyConnection extends ReadOnlyConnection {
  private static final Logger LOG = LoggerFactory.getLogger(SallyConnection.class);

  private final String url;
  private final Configuration configuration;
  private final Backends.Lease lease;
  private final SessionState state;
  private final StatementRunner runner;
  private final ClientInfo clientInfo = new ClientInfo();
  private final Warnings warnings = new Warnings();
  private final AtomicBoolean closed = new AtomicBoolean();
  // Weak, so that a statement that a program forgot to close can be collected.
  private final Set<SallyStatement> statements =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));
  private volatile boolean autoCommit = true;
  private volatile @Nullable Request request;

  /** What a borrower of this connection finds, and its pool shall find again. */
  private record Request(SessionState.Settings settings, @Nullable String applicationName) {}

  private SallyConnection(
      String url, Configuration configuration, Backends.Lease lease, SessionState state) {
    this.url = url;
    this.configuration = configuration;
    this.lease = lease;
    this.state = state;
    this.runner = new StatementRunner(lease.backend(), state, configuration.ask());
  }

  /**
   * A connection that owns {@code lease} from here on.
   *
   * @param url the URL without its parameters
   * @param user whose row filters hold, or null for nobody's
   * @throws SQLException when the configuration's mode has no sources; the lease is given back
   */
  static SallyConnection open(
      String url, Configuration configuration, @Nullable String user, Backends.Lease lease)
      throws SQLException {
    try {
      return new SallyConnection(
          url, configuration, lease, new SessionState(lease.backend(), configuration.mode(), user));
    } catch (SQLException | RuntimeException e) {
      try (lease) {
        throw e;
      }
    }
  }

  String url() {
    return url;
  }

  Configuration configuration() {
    return configuration;
  }

  /** Whose row filters hold, or "" where the connection named nobody. */
  String user() {
    String user = state.session().user();
    return user == null ? "" : user;
  }

  Backend backend() {
    return lease.backend();
  }

  StatementRunner runner() {
    return runner;
  }

  // Statements

  @Override
  public Statement createStatement() throws SQLException {
    return opened(new SallyStatement(this, false));
  }

  @Override
  public Statement createStatement(int type, int concurrency) throws SQLException {
    return createStatement(type, concurrency, ResultSet.HOLD_CURSORS_OVER_COMMIT);
  }

  @Override
  public Statement createStatement(int type, int concurrency, int holdability) throws SQLException {
    requireOpen();
    ResultOptions.check(type, concurrency, holdability).forEach(warnings::add);
    return createStatement();
  }

  @Override
  public PreparedStatement prepareStatement(@Nullable String sql) throws SQLException {
    requireOpen();
    return opened(new SallyPreparedStatement(this, SallyStatement.parse(sql, true)));
  }

  @Override
  public PreparedStatement prepareStatement(@Nullable String sql, int type, int concurrency)
      throws SQLException {
    return prepareStatement(sql, type, concurrency, ResultSet.HOLD_CURSORS_OVER_COMMIT);
  }

  @Override
  public PreparedStatement prepareStatement(
      @Nullable String sql, int type, int concurrency, int holdability) throws SQLException {
    requireOpen();
    ResultOptions.check(type, concurrency, holdability).forEach(warnings::add);
    return prepareStatement(sql);
  }

  private <S extends SallyStatement> S opened(S statement) throws SQLException {
    statements.add(statement);
    // A close that ran before the statement was listed has not closed it.
    if (closed.get()) {
      statement.close();
    }
    requireOpen();
    return statement;
  }

  void forget(SallyStatement statement) {
    statements.remove(statement);
  }

  @Override
  public String nativeSQL(@Nullable String sql) throws SQLException {
    requireOpen();
    if (sql == null) {
      throw SqlErrors.syntax("The statement is null.", null);
    }
    return Guarded.call(() -> JdbcEscapes.expand(sql));
  }

  @Override
  public DatabaseMetaData getMetaData() throws SQLException {
    requireOpen();
    return new SallyDatabaseMetaData(this);
  }

  // Transactions

  @Override
  public boolean getAutoCommit() throws SQLException {
    requireOpen();
    return autoCommit;
  }

  @Override
  public void setAutoCommit(boolean on) throws SQLException {
    requireOpen();
    autoCommit = on;
  }

  @Override
  public void commit() throws SQLException {
    requireManualCommit("commit");
  }

  @Override
  public void rollback() throws SQLException {
    requireManualCommit("rollback");
  }

  private void requireManualCommit(String method) throws SQLException {
    requireOpen();
    if (autoCommit) {
      throw SqlErrors.callSequence(
          method + " was called in auto-commit mode. Call setAutoCommit(false) before.");
    }
  }

  @Override
  public int getTransactionIsolation() throws SQLException {
    requireOpen();
    return Connection.TRANSACTION_NONE;
  }

  /** Takes the level that there is, so that a pool can restore it; refuses the others. */
  @Override
  public void setTransactionIsolation(int level) throws SQLException {
    requireOpen();
    switch (level) {
      case Connection.TRANSACTION_NONE -> {}
      case Connection.TRANSACTION_READ_UNCOMMITTED,
          Connection.TRANSACTION_READ_COMMITTED,
          Connection.TRANSACTION_REPEATABLE_READ,
          Connection.TRANSACTION_SERIALIZABLE ->
          throw refused("transactions: a statement reads what is there when it runs");
      default ->
          throw SqlErrors.invalidParameter("There is no isolation level " + level + ".", null);
    }
  }

  @Override
  public boolean isReadOnly() throws SQLException {
    requireOpen();
    return true;
  }

  /**
   * A hint, as JDBC has it: the connection stays read-only. Pools and tools call this with false as
   * a matter of course, so that a warning would only be noise.
   */
  @Override
  public void setReadOnly(boolean readOnly) throws SQLException {
    requireOpen();
  }

  @Override
  public int getHoldability() throws SQLException {
    requireOpen();
    return ResultSet.HOLD_CURSORS_OVER_COMMIT;
  }

  @Override
  public void setHoldability(int holdability) throws SQLException {
    requireOpen();
    ResultOptions.requireHoldability(holdability);
    if (holdability != ResultSet.HOLD_CURSORS_OVER_COMMIT) {
      throw refused("results that a commit closes");
    }
  }

  // Session

  @Override
  public @Nullable String getSchema() throws SQLException {
    requireOpen();
    return state.schema();
  }

  /** Has unqualified table names looked for in this schema alone; null has it as it began. */
  @Override
  public void setSchema(@Nullable String schema) throws SQLException {
    requireOpen();
    Guarded.run(() -> state.setSchema(schema));
  }

  /** Null: a source is a schema, and there are no catalogs. */
  @Override
  public @Nullable String getCatalog() throws SQLException {
    requireOpen();
    return null;
  }

  /** Without catalogs the request is ignored, as JDBC wants it. */
  @Override
  public void setCatalog(@Nullable String catalog) throws SQLException {
    requireOpen();
  }

  @Override
  public Map<String, Class<?>> getTypeMap() throws SQLException {
    requireOpen();
    return new HashMap<>();
  }

  @Override
  public void setTypeMap(@Nullable Map<String, Class<?>> map) throws SQLException {
    requireOpen();
    if (map != null && !map.isEmpty()) {
      throw refused("user-defined types that could be mapped");
    }
  }

  @Override
  public @Nullable String getClientInfo(@Nullable String name) throws SQLException {
    requireOpen();
    return ClientInfo.knows(name) ? clientInfo.applicationName() : null;
  }

  @Override
  public Properties getClientInfo() throws SQLException {
    requireOpen();
    return clientInfo.toProperties();
  }

  /** An unknown name is told in a warning, as JDBC wants it. */
  @Override
  public void setClientInfo(@Nullable String name, @Nullable String value)
      throws SQLClientInfoException {
    if (closed.get()) {
      throw SqlErrors.clientInfoOnClosed(
          Collections.singletonMap(String.valueOf(name), ClientInfoStatus.REASON_UNKNOWN));
    }
    if (ClientInfo.knows(name)) {
      clientInfo.applicationName(value);
    } else {
      warnings.add("There is no client info property " + name + ".");
    }
  }

  @Override
  public void setClientInfo(@Nullable Properties properties) throws SQLClientInfoException {
    Properties given = properties == null ? new Properties() : properties;
    setClientInfo(
        ClientInfoListing.APPLICATION_NAME, given.getProperty(ClientInfoListing.APPLICATION_NAME));
    for (String name : given.stringPropertyNames()) {
      if (!ClientInfo.knows(name)) {
        setClientInfo(name, given.getProperty(name));
      }
    }
  }

  /** A pool lends the connection: what is set until {@link #endRequest} is the borrower's own. */
  @Override
  public void beginRequest() {
    request = new Request(state.settings(), clientInfo.applicationName());
  }

  /**
   * The borrower gives the connection back: mode and schema are again as it got them, also where it
   * set them by {@code SET}, which a pool does not see, and what it asked is forgotten.
   */
  @Override
  public void endRequest() {
    Request ended = request;
    request = null;
    if (ended != null) {
      state.restore(ended.settings());
      clientInfo.applicationName(ended.applicationName());
      warnings.clear();
    }
  }

  @Override
  public @Nullable SQLWarning getWarnings() throws SQLException {
    requireOpen();
    return warnings.first();
  }

  @Override
  public void clearWarnings() throws SQLException {
    requireOpen();
    warnings.clear();
  }

  /** 0: between the driver and its engine there is no network. */
  @Override
  public int getNetworkTimeout() throws SQLException {
    requireOpen();
    return 0;
  }

  @Override
  public void setNetworkTimeout(@Nullable Executor executor, int milliseconds) throws SQLException {
    requireOpen();
    if (milliseconds < 0) {
      throw SqlErrors.invalidParameter("The network timeout cannot be " + milliseconds + ".", null);
    }
    if (milliseconds > 0) {
      throw refused("a network timeout: set a query timeout on the statement");
    }
  }

  // Ending

  @Override
  public boolean isValid(int timeoutSeconds) throws SQLException {
    if (timeoutSeconds < 0) {
      throw SqlErrors.invalidParameter("The timeout cannot be " + timeoutSeconds + ".", null);
    }
    return !closed.get();
  }

  @Override
  public boolean isClosed() {
    return closed.get();
  }

  @Override
  public void close() throws SQLException {
    if (closed.compareAndSet(false, true)) {
      release();
    }
  }

  /** Closes at once for all callers; what the statements hold is let go in the background. */
  @Override
  public void abort(@Nullable Executor executor) throws SQLException {
    if (executor == null) {
      throw SqlErrors.invalidParameter("abort needs an executor, and it is null.", null);
    }
    if (closed.compareAndSet(false, true)) {
      Guarded.run(() -> executor.execute(this::releaseQuietly));
    }
  }

  private void releaseQuietly() {
    try {
      release();
    } catch (SQLException e) {
      LOG.warn("An aborted connection could not be closed in full", e);
    }
  }

  private void release() throws SQLException {
    List<SallyStatement> open;
    synchronized (statements) {
      open = new ArrayList<>(statements);
    }
    try (lease) {
      SQLException failure = null;
      for (SallyStatement statement : open) {
        failure = close(statement, failure);
      }
      if (failure != null) {
        throw failure;
      }
    }
  }

  private static @Nullable SQLException close(
      SallyStatement statement, @Nullable SQLException earlier) {
    try {
      statement.close();
      return earlier;
    } catch (SQLException e) {
      if (earlier == null) {
        return e;
      }
      earlier.addSuppressed(e);
      return earlier;
    }
  }

  @Override
  void requireOpen() throws SQLException {
    if (closed.get()) {
      throw SqlErrors.connectionClosed();
    }
  }
}
