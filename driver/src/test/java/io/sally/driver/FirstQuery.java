package io.sally.driver;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.Properties;

/** What a fresh JVM is started for: to connect, to plan and run one query, and to read its rows. */
final class FirstQuery {
  private FirstQuery() {}

  /**
   * Prints the number of rows. The driver is named, as a tool has it: {@code DriverManager} would
   * load all that there are on the class path.
   *
   * @param arguments the driver's class, the URL and the query
   */
  public static void main(String[] arguments) throws ReflectiveOperationException, SQLException {
    int read = 0;
    Driver driver =
        Class.forName(arguments[0]).asSubclass(Driver.class).getDeclaredConstructor().newInstance();
    try (Connection connection =
            Objects.requireNonNull(driver.connect(arguments[1], new Properties()));
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(arguments[2])) {
      while (rows.next()) {
        read += rows.getObject(1) == null ? 0 : 1;
      }
    }
    System.out.println(read);
  }
}
