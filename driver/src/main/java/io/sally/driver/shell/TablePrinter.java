package io.sally.driver.shell;

import java.io.PrintStream;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Prints rows as a table. The widths come from the first rows, so that a result of any length
 * prints as it streams and in constant memory.
 */
final class TablePrinter {
  private static final int ROWS_FOR_WIDTHS = 500;
  private static final int WIDEST_COLUMN = 60;
  private static final String NULL = "NULL";

  private final PrintStream out;
  private final boolean[] rightAligned;
  private final int[] widths;

  private TablePrinter(ResultSetMetaData columns, PrintStream out) throws SQLException {
    this.out = out;
    this.rightAligned = new boolean[columns.getColumnCount()];
    this.widths = new int[columns.getColumnCount()];
    for (int i = 0; i < widths.length; i++) {
      rightAligned[i] = isNumber(columns.getColumnType(i + 1));
    }
  }

  /**
   * Prints all rows with a heading.
   *
   * @param progress says how many rows there are until the first is printed, and ends with that
   * @return the number of rows
   */
  static long print(ResultSet rows, PrintStream out, ProgressLine progress) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    TablePrinter printer = new TablePrinter(columns, out);
    List<String> heading = new ArrayList<>();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      heading.add(columns.getColumnLabel(i));
    }
    List<List<String>> first = new ArrayList<>();
    while (first.size() < ROWS_FOR_WIDTHS && rows.next()) {
      first.add(cells(rows, heading.size()));
      progress.doing("Reading, " + first.size() + (first.size() == 1 ? " row" : " rows"));
    }
    progress.end();
    printer.fit(heading);
    first.forEach(printer::fit);
    printer.line(heading);
    printer.rule();
    first.forEach(printer::line);
    long count = first.size();
    while (count >= ROWS_FOR_WIDTHS && rows.next()) {
      printer.line(cells(rows, heading.size()));
      count++;
    }
    return count;
  }

  private static List<String> cells(ResultSet rows, int columns) throws SQLException {
    List<String> cells = new ArrayList<>(columns);
    for (int i = 1; i <= columns; i++) {
      cells.add(cell(rows.getString(i)));
    }
    return cells;
  }

  private static String cell(@Nullable String value) {
    return Objects.requireNonNullElse(value, NULL);
  }

  private void fit(List<String> cells) {
    for (int i = 0; i < widths.length; i++) {
      int width = cells.get(i).lines().mapToInt(TablePrinter::width).max().orElse(0);
      widths[i] = Math.max(widths[i], Math.min(width, WIDEST_COLUMN));
    }
  }

  /** A cell of several lines, such as SQL, stands on as many lines. */
  private void line(List<String> cells) {
    List<List<String>> lines = cells.stream().map(cell -> cell.lines().toList()).toList();
    int height = Math.max(1, lines.stream().mapToInt(List::size).max().orElse(1));
    for (int row = 0; row < height; row++) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String cell = row < lines.get(i).size() ? lines.get(i).get(row) : "";
        String padding = " ".repeat(Math.max(0, widths[i] - width(cell)));
        text.append(i == 0 ? "" : "  ").append(rightAligned[i] ? padding + cell : cell + padding);
      }
      out.println(text.toString().stripTrailing());
    }
  }

  private void rule() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      text.append(i == 0 ? "" : "  ").append("-".repeat(widths[i]));
    }
    out.println(text);
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }

  private static boolean isNumber(int jdbcType) {
    return switch (jdbcType) {
      case Types.TINYINT,
          Types.SMALLINT,
          Types.INTEGER,
          Types.BIGINT,
          Types.DECIMAL,
          Types.NUMERIC,
          Types.REAL,
          Types.FLOAT,
          Types.DOUBLE ->
          true;
      default -> false;
    };
  }
}
