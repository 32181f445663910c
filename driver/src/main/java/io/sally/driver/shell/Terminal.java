package io.sally.driver.shell;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What a person sees beside rows: what takes long, and charts. Confined to the thread that runs
 * statements.
 */
final class Terminal {
  private final PrintStream out;
  private final @Nullable PrintStream notices;
  private final ChartPage pages;

  /**
   * @param notices where to say what takes long, or null to say nothing
   */
  Terminal(PrintStream out, @Nullable PrintStream notices, ChartPage pages) {
    this.out = out;
    this.notices = notices;
    this.pages = pages;
  }

  /** Begins to watch a statement. */
  ProgressLine running(String sql) {
    boolean asks = sql.stripLeading().regionMatches(true, 0, "ASK", 0, 3);
    return ProgressLine.of(notices, asks ? "Asking" : "Running");
  }

  /**
   * Draws the chart of the current row, and writes its page.
   *
   * @throws IOException when the page cannot be written
   */
  void draw(ResultSet chart) throws SQLException, IOException {
    String spec = chart.getString("spec");
    new BarPrinter(out).print(chart.getString("chart_type"), spec);
    Path page = pages.write(chart.getString("title"), spec);
    out.println("Chart: " + chart.getString("chart_type") + ", in " + page);
    out.flush();
  }

  void say(String line) {
    out.println(line);
    out.flush();
  }
}
