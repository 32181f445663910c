package io.sally.driver.remote;

import io.sally.engine.SqlErrors;
import java.sql.SQLException;
import org.apache.calcite.avatica.AvaticaSeverity;
import org.apache.calcite.avatica.NoSuchConnectionException;
import org.apache.calcite.avatica.remote.AvaticaRuntimeException;
import org.apache.calcite.avatica.remote.Service.ErrorResponse;

/**
 * Gives clients an error with its message, SQLState and code, which Avatica finds in exceptions of
 * its own alone, and without the server's stack.
 */
final class PlainErrors {
  private PlainErrors() {}

  static AvaticaRuntimeException plain(Exception thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException e) {
        return error(e, e.getErrorCode());
      }
    }
    if (thrown instanceof NoSuchConnectionException) {
      // By this code a client knows that it may connect anew.
      return error(SqlErrors.connectionExpired(), ErrorResponse.MISSING_CONNECTION_ERROR_CODE);
    }
    // A defect of the driver comes as an SQLException that says so.
    SQLException error =
        SqlErrors.protocol(
            "The server does not understand the request, or something is missing in it. It speaks"
                + " Avatica's protocol, in JSON and Protocol Buffers.",
            thrown);
    return error(error, error.getErrorCode());
  }

  private static AvaticaRuntimeException error(SQLException e, int code) {
    AvaticaRuntimeException error =
        new AvaticaRuntimeException(
            String.valueOf(e.getMessage()),
            code,
            String.valueOf(e.getSQLState()),
            AvaticaSeverity.ERROR);
    error.setStackTrace(new StackTraceElement[0]);
    return error;
  }
}
