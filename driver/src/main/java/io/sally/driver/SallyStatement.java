package io.sally.driver;

import io.sally.driver.statement.JdbcEscapes;
import io.sally.driver.statement.ParsedStatement;
import io.sally.driver.statement.StatementParser;
import io.sally.engine.Execution;
import io.sally.engine.Limits;
import io.sally.engine.Plan;
import io.sally.engine.RowCursor;
import io.sally.engine.SqlErrors;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement. One thread uses it at a time, two that execute wait for each other; {@link #cancel}
 * and {@link #close} are safe from any thread at any moment.
 */
class SallyStatement extends QueryOnlyStatement {
  private static final int NO_UPDATE_COUNT = -1;

  private final SallyConnection connection;
  private final StatementOptions options;
  private final Object executing = new Object();
  private final Warnings ownWarnings = new Warnings();

  private volatile boolean closed;
  private volatile @Nullable Execution execution;
  private volatile @Nullable SallyResultSet resultSet;
  private volatile Warnings warnings = ownWarnings;
  private volatile int updateCount = NO_UPDATE_COUNT;

  SallyStatement(SallyConnection connection, boolean poolable) {
    this.connection = connection;
    this.options = new StatementOptions(poolable);
  }

  final StatementOptions options() {
    return options;
  }

  final SallyConnection connection() {
    return connection;
  }

  // Executing

  @Override
  public boolean execute(String sql) throws SQLException {
    return run(parse(sql), List.of());
  }

  @Override
  public ResultSet executeQuery(String sql) throws SQLException {
    return query(parse(sql), List.of());
  }

  @Override
  public long executeLargeUpdate(String sql) throws SQLException {
    return update(parse(sql), List.of());
  }

  private ParsedStatement parse(@Nullable String sql) throws SQLException {
    requireOpen();
    return parse(sql, options.escapeProcessing());
  }

  static ParsedStatement parse(@Nullable String sql, boolean escapes) throws SQLException {
    if (sql == null) {
      throw SqlErrors.syntax("The statement is null.", null);
    }
    return Guarded.call(() -> StatementParser.parse(escapes ? JdbcEscapes.expand(sql) : sql));
  }

  final ResultSet query(ParsedStatement statement, List<? extends @Nullable Object> parameters)
      throws SQLException {
    if (!statement.givesRows()) {
      requireOpen();
      throw SqlErrors.dynamicSql(
          "executeQuery was called with a statement that has no rows. Call execute.", "07005");
    }
    run(statement, parameters);
    ResultSet rows = resultSet;
    if (rows == null) {
      throw SqlErrors.callSequence("The statement was closed or executed by another thread.");
    }
    return rows;
  }

  final long update(ParsedStatement statement, List<? extends @Nullable Object> parameters)
      throws SQLException {
    if (statement.givesRows()) {
      requireOpen();
      refuseUpdate(statement, parameters);
    }
    run(statement, parameters);
    return 0;
  }

  /** Writing is refused as such by the engine; whatever else passes it is a query. */
  private void refuseUpdate(ParsedStatement statement, List<? extends @Nullable Object> parameters)
      throws SQLException {
    if (statement instanceof ParsedStatement.Query query && query.questions().findAny().isEmpty()) {
      plan(query, parameters);
    }
    throw SqlErrors.dynamicSql(
        "executeUpdate was called with a statement that gives rows. Call executeQuery or execute.",
        "07003");
  }

  final boolean run(ParsedStatement statement, List<? extends @Nullable Object> parameters)
      throws SQLException {
    synchronized (executing) {
      requireOpen();
      closeResult();
      ownWarnings.clear();
      warnings = ownWarnings;
      updateCount = NO_UPDATE_COUNT;
      Execution run = begin(statement);
      execution = run;
      if (closed) {
        // A close that found no execution to stop is made good here.
        run.cancel();
      }
      try {
        accept(Guarded.call(() -> connection.runner().run(statement, parameters, run)), run);
      } catch (SQLException | RuntimeException | Error e) {
        end(run);
        throw e;
      }
      if (closed) {
        closeResult();
        requireOpen();
      }
      return resultSet != null;
    }
  }

  /** Plans the statement without running it; {@link #cancel} and the timeout cover that too. */
  final Plan plan(ParsedStatement statement, List<? extends @Nullable Object> parameters)
      throws SQLException {
    synchronized (executing) {
      requireOpen();
      Execution before = execution;
      try (Execution planning = begin(statement)) {
        if (before == null) {
          execution = planning;
        }
        return Guarded.call(() -> connection.runner().plan(statement, parameters, planning));
      } finally {
        execution = before;
      }
    }
  }

  private Execution begin(ParsedStatement statement) {
    return connection
        .backend()
        .engine()
        .begin(
            new Limits(
                options.timeout(),
                connection.runner().rowsWanted(statement, options.maxRows()),
                options.fetchSize()),
            connection.configuration().statementClock());
  }

  private void accept(Answer answer, Execution run) {
    if (answer instanceof Answer.Rows rows) {
      warnings = rows.warnings();
      RowCursor cursor =
          options.maxRows() > 0
              ? new CappedRows(rows.cursor(), options.maxRows(), () -> {})
              : rows.cursor();
      resultSet =
          new SallyResultSet(
              rows.columns(),
              options.maxFieldSize() > 0
                  ? new CutFields(rows.columns(), cursor, options.maxFieldSize())
                  : cursor,
              warnings,
              new ResultOwner(run));
    } else {
      end(run);
      updateCount = 0;
    }
  }

  private void end(Execution run) {
    run.close();
    if (execution == run) {
      execution = null;
    }
  }

  private final class ResultOwner implements SallyResultSet.Owner {
    private final Execution run;

    ResultOwner(Execution run) {
      this.run = run;
    }

    @Override
    public Statement statement() {
      return SallyStatement.this;
    }

    @Override
    public void stop() {
      run.cancel();
    }

    @Override
    public void closed() throws SQLException {
      boolean isCurrent = execution == run;
      end(run);
      if (isCurrent && resultSet != null && options.closeOnCompletion()) {
        close();
      }
    }
  }

  /** Closes the current result on behalf of the statement, which does not complete by that. */
  private void closeResult() throws SQLException {
    SallyResultSet current = resultSet;
    resultSet = null;
    if (current != null) {
      current.close();
    }
  }

  // Ending

  /** Stops what the statement is doing; when it does nothing, nothing happens. */
  @Override
  public void cancel() throws SQLException {
    requireOpen();
    Execution running = execution;
    if (running != null) {
      running.cancel();
    }
  }

  @Override
  public void close() throws SQLException {
    synchronized (options) {
      if (closed) {
        return;
      }
      closed = true;
    }
    connection.forget(this);
    Execution running = execution;
    if (running != null && resultSet == null) {
      running.cancel();
    }
    closeResult();
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  final void requireOpen() throws SQLException {
    if (closed) {
      throw SqlErrors.callSequence("The statement is closed.");
    }
  }

  // Results

  @Override
  public @Nullable ResultSet getResultSet() throws SQLException {
    requireOpen();
    return resultSet;
  }

  @Override
  public int getUpdateCount() throws SQLException {
    requireOpen();
    return updateCount;
  }

  @Override
  public long getLargeUpdateCount() throws SQLException {
    return getUpdateCount();
  }

  /** A statement has one result: there are no more. */
  @Override
  public boolean getMoreResults() throws SQLException {
    return getMoreResults(CLOSE_CURRENT_RESULT);
  }

  @Override
  public boolean getMoreResults(int current) throws SQLException {
    requireOpen();
    switch (current) {
      case CLOSE_CURRENT_RESULT, CLOSE_ALL_RESULTS -> closeResult();
      case KEEP_CURRENT_RESULT -> throw refused("more than one open result of a statement");
      default ->
          throw SqlErrors.invalidParameter(
              "getMoreResults does not know the constant " + current + ".", null);
    }
    updateCount = NO_UPDATE_COUNT;
    return false;
  }

  @Override
  public @Nullable SQLWarning getWarnings() throws SQLException {
    requireOpen();
    return warnings.first();
  }

  /** Clears the statement's warnings; those of its result are the same. */
  @Override
  public void clearWarnings() throws SQLException {
    requireOpen();
    warnings.clear();
  }

  // Options

  @Override
  public int getMaxRows() throws SQLException {
    requireOpen();
    return (int) Math.min(options.maxRows(), Integer.MAX_VALUE);
  }

  @Override
  public long getLargeMaxRows() throws SQLException {
    requireOpen();
    return options.maxRows();
  }

  @Override
  public void setMaxRows(int max) throws SQLException {
    setLargeMaxRows(max);
  }

  @Override
  public void setLargeMaxRows(long max) throws SQLException {
    requireOpen();
    options.maxRows(max);
  }

  @Override
  public int getQueryTimeout() throws SQLException {
    requireOpen();
    return options.queryTimeoutSeconds();
  }

  @Override
  public void setQueryTimeout(int seconds) throws SQLException {
    requireOpen();
    options.queryTimeout(seconds);
  }

  @Override
  public int getFetchSize() throws SQLException {
    requireOpen();
    return options.fetchSize();
  }

  @Override
  public void setFetchSize(int rows) throws SQLException {
    requireOpen();
    options.fetchSize(rows);
  }

  @Override
  public int getFetchDirection() throws SQLException {
    requireOpen();
    return ResultSet.FETCH_FORWARD;
  }

  @Override
  public void setFetchDirection(int direction) throws SQLException {
    requireOpen();
    StatementOptions.requireDirection(direction);
  }

  @Override
  public int getMaxFieldSize() throws SQLException {
    requireOpen();
    return options.maxFieldSize();
  }

  /** Has texts end after so many characters, and binaries after so many bytes; 0 cuts nothing. */
  @Override
  public void setMaxFieldSize(int max) throws SQLException {
    requireOpen();
    options.maxFieldSize(max);
  }

  @Override
  public void setEscapeProcessing(boolean enable) throws SQLException {
    requireOpen();
    options.escapeProcessing(enable);
  }

  @Override
  public boolean isPoolable() throws SQLException {
    requireOpen();
    return options.poolable();
  }

  @Override
  public void setPoolable(boolean poolable) throws SQLException {
    requireOpen();
    options.poolable(poolable);
  }

  @Override
  public boolean isCloseOnCompletion() throws SQLException {
    requireOpen();
    return options.closeOnCompletion();
  }

  @Override
  public void closeOnCompletion() throws SQLException {
    requireOpen();
    options.setCloseOnCompletion();
  }

  @Override
  public int getResultSetType() throws SQLException {
    requireOpen();
    return ResultSet.TYPE_FORWARD_ONLY;
  }

  @Override
  public int getResultSetConcurrency() throws SQLException {
    requireOpen();
    return ResultSet.CONCUR_READ_ONLY;
  }

  @Override
  public int getResultSetHoldability() throws SQLException {
    requireOpen();
    return ResultSet.HOLD_CURSORS_OVER_COMMIT;
  }

  @Override
  public Connection getConnection() throws SQLException {
    requireOpen();
    return connection;
  }

  // Quoting

  @Override
  public String enquoteLiteral(@Nullable String value) throws SQLException {
    return super.enquoteLiteral(quotable(value));
  }

  @Override
  public String enquoteNCharLiteral(@Nullable String value) throws SQLException {
    return super.enquoteNCharLiteral(quotable(value));
  }

  @Override
  public String enquoteIdentifier(@Nullable String identifier, boolean alwaysQuote)
      throws SQLException {
    return super.enquoteIdentifier(quotable(identifier), alwaysQuote);
  }

  @Override
  public boolean isSimpleIdentifier(@Nullable String identifier) throws SQLException {
    return super.isSimpleIdentifier(quotable(identifier));
  }

  private String quotable(@Nullable String text) throws SQLException {
    requireOpen();
    if (text == null) {
      throw SqlErrors.invalidParameter("What is to be quoted is null.", null);
    }
    return text;
  }
}
