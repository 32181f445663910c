package io.sally.driver;

import io.sally.driver.metadata.Listing;
import io.sally.engine.ResultColumn;
import io.sally.engine.RowCursor;
import io.sally.engine.SqlErrors;
import io.sally.engine.catalog.ColumnType;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a cursor. Read by one thread at a time; closing is safe from any thread, and stops a
 * reading that is under way.
 */
final class SallyResultSet extends LabelGetters {
  /** What a result belongs to, and tells of its end. */
  interface Owner {
    Statement statement();

    /** Stops what the cursor is doing, so that it can be closed. */
    void stop();

    /** Called once, when the result is closed. */
    void closed() throws SQLException;
  }

  private final List<ResultColumn> columns;
  private final RowCursor cursor;
  private final Warnings warnings;
  private final @Nullable Owner owner;
  private final ReentrantLock cursorLock = new ReentrantLock();

  private @Nullable Map<String, Integer> indexesByLabel;
  private @Nullable Boolean firstRowWaiting;
  private int row;
  private int fetchSize;
  private boolean onRow;
  private boolean exhausted;
  private boolean wasNull;
  private volatile boolean closed;

  SallyResultSet(
      List<ResultColumn> columns, RowCursor cursor, Warnings warnings, @Nullable Owner owner) {
    this.columns = columns;
    this.cursor = cursor;
    this.warnings = warnings;
    this.owner = owner;
  }

  /** A result that belongs to no statement. */
  static SallyResultSet of(List<ResultColumn> columns, RowCursor cursor) {
    return new SallyResultSet(columns, cursor, new Warnings(), null);
  }

  static SallyResultSet of(Listing listing) {
    return of(listing.columns(), RowCursor.over(listing.rows()));
  }

  @Override
  public boolean next() throws SQLException {
    requireOpen();
    if (exhausted) {
      return false;
    }
    boolean there = firstRowWaiting != null ? firstRowWaiting : advance();
    firstRowWaiting = null;
    onRow = there;
    if (there) {
      row++;
    } else {
      exhausted = true;
      // Nothing more will be read: what the sources hold for the cursor is let go at once.
      closeCursor();
    }
    return there;
  }

  /** Guarded without a lambda, as are the values: both are done for each row. */
  private boolean advance() throws SQLException {
    cursorLock.lock();
    try {
      requireOpen();
      return cursor.next();
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError | AssertionError e) {
      throw Guarded.unforeseen(e);
    } finally {
      cursorLock.unlock();
    }
  }

  private void closeCursor() throws SQLException {
    cursorLock.lock();
    try {
      Guarded.run(cursor::close);
    } finally {
      cursorLock.unlock();
    }
  }

  @Override
  public void close() throws SQLException {
    synchronized (warnings) {
      if (closed) {
        return;
      }
      closed = true;
    }
    try {
      if (owner != null && cursorLock.isLocked()) {
        owner.stop();
      }
      closeCursor();
    } finally {
      if (owner != null) {
        owner.closed();
      }
    }
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  @Nullable Object value(int columnIndex) throws SQLException {
    requireOpen();
    if (!onRow) {
      throw SqlErrors.cursorState(
          exhausted
              ? "The result is after its last row: there is no value to read."
              : "The result is before its first row: call next() first.");
    }
    requireColumn(columnIndex);
    Object value;
    try {
      value = cursor.value(columnIndex - 1);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError | AssertionError e) {
      throw Guarded.unforeseen(e);
    }
    wasNull = value == null;
    return value;
  }

  @Override
  ColumnType type(int columnIndex) {
    return columns.get(columnIndex - 1).type();
  }

  private void requireColumn(int columnIndex) throws SQLException {
    if (columnIndex < 1 || columnIndex > columns.size()) {
      throw SqlErrors.dynamicSql(
          "There is no column "
              + columnIndex
              + ": the first is 1, the last "
              + columns.size()
              + ".",
          "07009");
    }
  }

  @Override
  public boolean wasNull() throws SQLException {
    requireOpen();
    return wasNull;
  }

  /** The first column of this label, case aside. */
  @Override
  public int findColumn(@Nullable String columnLabel) throws SQLException {
    requireOpen();
    if (indexesByLabel == null) {
      indexesByLabel = indexesByLabel();
    }
    Integer index =
        columnLabel == null ? null : indexesByLabel.get(columnLabel.toLowerCase(Locale.ROOT));
    if (index == null) {
      throw SqlErrors.undefinedColumn(
          "The result has no column "
              + columnLabel
              + ". Its columns are "
              + columns.stream().map(ResultColumn::label).collect(Collectors.joining(", "))
              + ".",
          null);
    }
    return index;
  }

  private Map<String, Integer> indexesByLabel() {
    Map<String, Integer> indexes = new HashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      indexes.putIfAbsent(columns.get(i).label().toLowerCase(Locale.ROOT), i + 1);
    }
    return indexes;
  }

  @Override
  public boolean isBeforeFirst() throws SQLException {
    requireOpen();
    if (row > 0 || exhausted) {
      return false;
    }
    if (firstRowWaiting == null) {
      firstRowWaiting = advance();
    }
    return firstRowWaiting;
  }

  @Override
  public boolean isFirst() throws SQLException {
    requireOpen();
    return onRow && row == 1;
  }

  @Override
  public boolean isAfterLast() throws SQLException {
    requireOpen();
    return exhausted && row > 0;
  }

  @Override
  public int getRow() throws SQLException {
    requireOpen();
    return onRow ? row : 0;
  }

  @Override
  public ResultSetMetaData getMetaData() throws SQLException {
    requireOpen();
    return new SallyResultSetMetaData(columns);
  }

  /** The statement, or null for a list that the metadata made. */
  @Override
  public @Nullable Statement getStatement() throws SQLException {
    requireOpen();
    return owner == null ? null : owner.statement();
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

  @Override
  public int getType() throws SQLException {
    requireOpen();
    return ResultSet.TYPE_FORWARD_ONLY;
  }

  @Override
  public int getConcurrency() throws SQLException {
    requireOpen();
    return ResultSet.CONCUR_READ_ONLY;
  }

  @Override
  public int getHoldability() throws SQLException {
    requireOpen();
    return ResultSet.HOLD_CURSORS_OVER_COMMIT;
  }

  @Override
  public void setFetchDirection(int direction) throws SQLException {
    requireOpen();
    if (direction != ResultSet.FETCH_FORWARD) {
      throw SqlErrors.notSupported("A result is read forward only: set FETCH_FORWARD.");
    }
  }

  @Override
  public int getFetchDirection() throws SQLException {
    requireOpen();
    return ResultSet.FETCH_FORWARD;
  }

  /** A hint that is kept and, once the rows flow, changes nothing. */
  @Override
  public void setFetchSize(int rows) throws SQLException {
    requireOpen();
    if (rows < 0) {
      throw SqlErrors.invalidParameter("The fetch size cannot be " + rows + ".", null);
    }
    fetchSize = rows;
  }

  @Override
  public int getFetchSize() throws SQLException {
    requireOpen();
    return fetchSize;
  }

  @Override
  void requireOpen() throws SQLException {
    if (closed) {
      throw SqlErrors.callSequence(
          "The result is closed: it, its statement or its connection was closed, or the statement"
              + " was executed again.");
    }
  }
}
