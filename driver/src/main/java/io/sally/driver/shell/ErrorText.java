package io.sally.driver.shell;

import java.sql.SQLException;

/** What a person at the command line reads of a failure: one paragraph. */
final class ErrorText {
  private ErrorText() {}

  static String of(SQLException e) {
    String message = e.getMessage() == null ? e.toString() : e.getMessage().strip();
    return "Error " + e.getSQLState() + ": " + message;
  }
}
