package io.sally.driver;

import io.sally.engine.SqlErrors;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/** The bounds and hints that a statement's setters keep. Confined to the statement's thread. */
final class StatementOptions {
  private long maxRows;
  private int queryTimeoutSeconds;
  private int fetchSize;
  private int maxFieldSize;
  private boolean escapeProcessing = true;
  private boolean poolable;
  private boolean closeOnCompletion;

  StatementOptions(boolean poolable) {
    this.poolable = poolable;
  }

  long maxRows() {
    return maxRows;
  }

  void maxRows(long max) throws SQLException {
    maxRows = notNegative("The maximum of rows", max);
  }

  int queryTimeoutSeconds() {
    return queryTimeoutSeconds;
  }

  Duration timeout() {
    return Duration.ofSeconds(queryTimeoutSeconds);
  }

  void queryTimeout(int seconds) throws SQLException {
    queryTimeoutSeconds = (int) notNegative("The query timeout", seconds);
  }

  int fetchSize() {
    return fetchSize;
  }

  void fetchSize(int rows) throws SQLException {
    fetchSize = (int) notNegative("The fetch size", rows);
  }

  /** A direction other than forward is a hint that is not followed. */
  static void requireDirection(int direction) throws SQLException {
    if (direction != ResultSet.FETCH_FORWARD
        && direction != ResultSet.FETCH_REVERSE
        && direction != ResultSet.FETCH_UNKNOWN) {
      throw SqlErrors.invalidParameter("There is no fetch direction " + direction + ".", null);
    }
  }

  int maxFieldSize() {
    return maxFieldSize;
  }

  void maxFieldSize(int max) throws SQLException {
    maxFieldSize = (int) notNegative("The maximum field size", max);
  }

  boolean escapeProcessing() {
    return escapeProcessing;
  }

  void escapeProcessing(boolean enable) {
    escapeProcessing = enable;
  }

  boolean poolable() {
    return poolable;
  }

  void poolable(boolean hint) {
    poolable = hint;
  }

  boolean closeOnCompletion() {
    return closeOnCompletion;
  }

  void setCloseOnCompletion() {
    closeOnCompletion = true;
  }

  private static long notNegative(String what, long value) throws SQLException {
    if (value < 0) {
      throw SqlErrors.invalidParameter(what + " cannot be " + value + ".", null);
    }
    return value;
  }
}
