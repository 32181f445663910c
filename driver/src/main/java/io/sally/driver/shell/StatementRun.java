package io.sally.driver.shell;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;

/** Runs statements and prints what comes of each: what ASK has to say, the rows, and how many. */
final class StatementRun {
  private final Connection connection;
  private final PrintStream out;

  StatementRun(Connection connection, PrintStream out) {
    this.connection = connection;
    this.out = out;
  }

  /**
   * Runs one statement.
   *
   * @throws SQLException when it fails; what was printed until then stays
   */
  void print(String sql) throws SQLException {
    Instant begin = Instant.now();
    try (Statement statement = connection.createStatement()) {
      boolean hasRows = statement.execute(sql);
      for (SQLWarning notice = statement.getWarnings();
          notice != null;
          notice = notice.getNextWarning()) {
        out.println(notice.getMessage());
      }
      if (!hasRows) {
        out.println("OK");
        return;
      }
      if (statement.getWarnings() != null) {
        out.println();
      }
      try (ResultSet rows = statement.getResultSet()) {
        long count = TablePrinter.print(rows, out);
        long millis = Duration.between(begin, Instant.now()).toMillis();
        out.println("(" + count + (count == 1 ? " row, " : " rows, ") + millis + " ms)");
      }
    }
  }
}
