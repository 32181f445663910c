package io.sally.engine.planner;

import com.google.common.base.Throwables;
import io.sally.engine.Execution;
import io.sally.engine.SqlErrors;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.util.Objects;
import org.apache.calcite.runtime.CalciteException;

/** Makes of what generated code throws an error with its SQLState. */
final class RunErrors {
  private RunErrors() {}

  static SQLException of(Throwable thrown, Execution execution) {
    if (execution.isStopped()) {
      return execution.stopReason();
    }
    Throwable cause = Throwables.getRootCause(thrown);
    if (cause instanceof SQLException e) {
      return e;
    }
    String message = Objects.requireNonNullElse(cause.getMessage(), cause.toString());
    if (cause instanceof NumberFormatException) {
      return SqlErrors.data("A text cannot be read as a number: " + message + ".", "22018", thrown);
    } else if (cause instanceof DateTimeException) {
      return SqlErrors.data("A text cannot be read as a date or time: " + message, "22007", thrown);
    } else if (cause instanceof ArithmeticException) {
      return arithmetic(message, thrown);
    } else if (message.contains("SINGLE_VALUE") || message.contains("more than one value in agg")) {
      return SqlErrors.data(
          "A sub-query that stands for one value gave more than one row.", "21000", thrown);
    } else if (cause instanceof StackOverflowError) {
      return SqlErrors.invalid("The statement is nested too deeply to be run.", thrown);
    } else if (cause instanceof CalciteException
        || cause instanceof IllegalArgumentException
        || cause instanceof ClassCastException
        || cause instanceof IndexOutOfBoundsException) {
      return SqlErrors.data("A value cannot be computed: " + message, "22000", thrown);
    }
    return SqlErrors.internal("The query failed while it ran: " + message + ".", thrown);
  }

  private static SQLException arithmetic(String message, Throwable thrown) {
    if (message.contains("zero") || message.contains("undefined")) {
      return SqlErrors.data("A number is divided by zero.", "22012", thrown);
    }
    return SqlErrors.data(
        "A number is out of the range of its type: " + message + ".", "22003", thrown);
  }
}
