package io.sally.driver;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What a fresh JVM is started for: to connect, to plan and run one query, and to read its rows. */
final class FirstQuery {
  private FirstQuery() {}

  /**
   * Prints the number of rows.
   *
   * @param arguments the URL and the query
   */
  public static void main(String[] arguments) throws SQLException {
    int read = 0;
    try (Connection connection = DriverManager.getConnection(arguments[0]);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(arguments[1])) {
      while (rows.next()) {
        read += rows.getObject(1) == null ? 0 : 1;
      }
    }
    System.out.println(read);
  }
}
