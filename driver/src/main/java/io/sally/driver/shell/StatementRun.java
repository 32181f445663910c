package io.sally.driver.shell;

import io.sally.driver.statement.ParsedStatement;
import io.sally.driver.statement.StatementParser;
import java.io.IOException;
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
  private final Terminal terminal;

  StatementRun(Connection connection, PrintStream out, Terminal terminal) {
    this.connection = connection;
    this.out = out;
    this.terminal = terminal;
  }

  /**
   * Runs one statement.
   *
   * @throws SQLException when it fails; what was printed until then stays
   * @throws IOException when a chart's page cannot be written
   */
  void print(String sql) throws SQLException, IOException {
    ProgressLine progress = terminal.running(sql);
    try (Statement statement = connection.createStatement()) {
      print(statement, sql, progress);
    } finally {
      progress.end();
    }
  }

  private void print(Statement statement, String sql, ProgressLine progress)
      throws SQLException, IOException {
    Instant begin = Instant.now();
    boolean hasRows = statement.execute(sql);
    if (statement.getWarnings() != null || !hasRows) {
      progress.end();
    }
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
      if (StatementParser.parse(sql) instanceof ParsedStatement.AskChart) {
        progress.end();
        printChart(rows);
        return;
      }
      long count = TablePrinter.print(rows, out, progress);
      long millis = Duration.between(begin, Instant.now()).toMillis();
      out.println("(" + count + (count == 1 ? " row, " : " rows, ") + millis + " ms)");
    }
  }

  private void printChart(ResultSet chart) throws SQLException, IOException {
    while (chart.next()) {
      terminal.draw(chart);
    }
  }
}
