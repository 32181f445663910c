package io.sally.engine.source;

import io.sally.engine.Execution;
import io.sally.engine.RowCursor;
import io.sally.engine.catalog.ColumnType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One query on one connection, from its text to the end of its rows. Confined to one thread at a
 * time; its execution may be stopped by any.
 */
final class QueryRun implements RowCursor {
  private final JdbcSource source;
  private final Connection connection;
  private final Execution execution;
  private @Nullable PreparedStatement statement;
  private @Nullable ResultSet rows;
  private @Nullable QueryStop stop;
  private @Nullable FetchSize fetch;
  private String text = "";
  private String statementText = "";
  private List<ColumnType> types = List.of();
  private ColumnReader[] readers = new ColumnReader[0];
  private @Nullable Object[] row = new Object[0];
  private boolean exhausted;
  private boolean failed;
  private boolean lost;
  private boolean closed;

  QueryRun(JdbcSource source, Connection connection, Execution execution) {
    this.source = source;
    this.connection = connection;
    this.execution = execution;
  }

  RowCursor start(
      String sql,
      List<ColumnType> columns,
      List<? extends @Nullable Object> parameters,
      SqlSource.Rows expected)
      throws SQLException {
    text = sql;
    types = columns;
    int firstFetch = firstFetch(columns);
    boolean tooWide = expected == SqlSource.Rows.FEW_AT_MOST && firstFetch < SqlSource.Rows.FEW;
    source.begin(connection, tooWide ? SqlSource.Rows.ANY_NUMBER : expected);
    ResultSet result = null;
    if (expected == SqlSource.Rows.PROBABLY_FEW && source.givesFewAtOnce()) {
      result = fewRows(sql, parameters, firstFetch);
      if (result == null) {
        source.begin(connection, SqlSource.Rows.ANY_NUMBER);
      }
    }
    if (result == null) {
      result = execute(sql, ResultSet.TYPE_FORWARD_ONLY, parameters, firstFetch);
    }
    source.look(sql, columns, result);
    readers = new ColumnReader[columns.size()];
    for (int i = 0; i < readers.length; i++) {
      readers[i] = source.reader(columns.get(i));
    }
    row = new Object[readers.length];
    return this;
  }

  /** All rows where they are no more than are fetched at first; null where they are more. */
  private @Nullable ResultSet fewRows(
      String sql, List<? extends @Nullable Object> parameters, int most) throws SQLException {
    String limited = sql + " LIMIT " + (most + 1);
    ResultSet result = execute(limited, ResultSet.TYPE_SCROLL_INSENSITIVE, parameters, 0);
    if (!result.absolute(most + 1)) {
      result.beforeFirst();
      return result;
    }
    if (stop != null) {
      stop.close();
    }
    giveBack(result);
    execution.check();
    return null;
  }

  private ResultSet execute(
      String sql, int scrolling, List<? extends @Nullable Object> parameters, int fetchSize)
      throws SQLException {
    PreparedStatement prepared = source.prepare(connection, sql, scrolling);
    statement = prepared;
    statementText = sql;
    prepared.setFetchSize(fetchSize);
    for (int i = 0; i < parameters.size(); i++) {
      source.bind(prepared, i + 1, parameters.get(i));
    }
    stop = new QueryStop(source, connection, prepared, execution);
    // Each value would pass through the pool's own class, which does nothing for it.
    ResultSet result = prepared.executeQuery().unwrap(ResultSet.class);
    rows = result;
    return result;
  }

  /** A source that gives its rows one by one has a number of its own for that. */
  private int firstFetch(List<ColumnType> columns) {
    int own = source.fetchSize();
    if (own <= 0) {
      return own;
    }
    int wanted = execution.limits().fetchSize();
    FetchSize adapting =
        new FetchSize(
            columns, wanted > 0 ? Math.min(wanted, own) : own, Runtime.getRuntime().maxMemory());
    fetch = adapting;
    return adapting.size();
  }

  @Override
  public boolean next() throws SQLException {
    ResultSet open = rows;
    if (closed || exhausted || open == null) {
      return false;
    }
    execution.check();
    try {
      if (!open.next()) {
        exhausted = true;
        return false;
      }
    } catch (SQLException e) {
      throw failure(e, source.errors().running(e));
    }
    int column = 0;
    try {
      for (; column < row.length; column++) {
        row[column] = readers[column].read(open, column + 1);
      }
    } catch (SQLException e) {
      throw failure(e, source.unread(text, types.get(column), open, column + 1, e));
    }
    FetchSize adapting = fetch;
    if (adapting != null && adapting.changedBy(row)) {
      open.setFetchSize(adapting.size());
    }
    return true;
  }

  private SQLException failure(SQLException thrown, SQLException named) {
    failed = true;
    if (source.errors().isConnectionLost(thrown)) {
      lost = true;
      source.pool().renew();
    }
    return execution.isStopped() ? execution.stopReason() : named;
  }

  @Override
  public @Nullable Object value(int column) {
    return row[column];
  }

  /** Gives everything back after the query failed to start. */
  void fail(Throwable reason, boolean connectionLost) {
    lost |= connectionLost;
    try {
      close();
    } catch (SQLException e) {
      reason.addSuppressed(e);
    }
  }

  @Override
  public void close() throws SQLException {
    if (closed) {
      return;
    }
    closed = true;
    if (stop != null) {
      stop.close();
    }
    // A cancel that is late would hit the next query of this connection.
    boolean useless = lost || execution.isStopped();
    if (!useless && !exhausted && rows != null) {
      useless = !source.abandon(connection);
    }
    if (useless) {
      source.pool().discard(connection);
      return;
    }
    try (connection) {
      giveBack(rows);
      source.release(connection);
    } catch (SQLException e) {
      throw source.errors().running(e);
    }
  }

  private void giveBack(@Nullable ResultSet result) throws SQLException {
    PreparedStatement used = statement;
    statement = null;
    rows = null;
    if (used == null) {
      return;
    } else if (result == null || failed) {
      used.close();
      return;
    }
    try {
      result.close();
    } catch (SQLException e) {
      try (used) {
        throw e;
      }
    }
    source.giveBack(connection, statementText, used);
  }
}
