package io.sally.acceptance;

import java.sql.Connection;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What comes out of JDBC, as values that can be compared whole. */
final class Results {
  /** The demo around {@link DemoData#TODAY}, with questions translated without a model. */
  static final String OFFLINE_DEMO =
      "jdbc:sally:demo?demoDate=" + DemoData.TODAY + "&llm.provider=offline";

  private Results() {}

  static Connection offlineDemo() throws SQLException {
    return DriverManager.getConnection(OFFLINE_DEMO);
  }

  /** The rows of a query, which is closed afterwards. */
  static List<List<@Nullable Object>> rows(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      return rows(result);
    }
  }

  /** The rows that are left, dates and timestamps as those of {@code java.time}. */
  static List<List<@Nullable Object>> rows(ResultSet result) throws SQLException {
    int columns = result.getMetaData().getColumnCount();
    List<List<@Nullable Object>> rows = new ArrayList<>();
    while (result.next()) {
      List<@Nullable Object> row = new ArrayList<>();
      for (int column = 1; column <= columns; column++) {
        row.add(modern(result.getObject(column)));
      }
      rows.add(row);
    }
    return rows;
  }

  /** The rows of a query as the texts of their values, with bars between them. */
  static List<String> lines(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      List<String> lines = new ArrayList<>();
      while (result.next()) {
        List<String> values = new ArrayList<>();
        for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
          values.add(String.valueOf(result.getString(column)));
        }
        lines.add(String.join("|", values));
      }
      return lines;
    }
  }

  private static @Nullable Object modern(@Nullable Object value) {
    if (value instanceof Date date) {
      return date.toLocalDate();
    }
    return value instanceof Timestamp timestamp ? timestamp.toLocalDateTime() : value;
  }

  /** The labels of the columns. */
  static List<String> labels(ResultSetMetaData columns) throws SQLException {
    List<String> labels = new ArrayList<>();
    for (int column = 1; column <= columns.getColumnCount(); column++) {
      labels.add(columns.getColumnLabel(column));
    }
    return labels;
  }

  /** The messages of a chain of warnings. */
  static List<String> messages(@Nullable SQLWarning first) {
    List<String> messages = new ArrayList<>();
    for (SQLWarning warning = first; warning != null; warning = warning.getNextWarning()) {
      messages.add(String.valueOf(warning.getMessage()));
    }
    return messages;
  }
}
