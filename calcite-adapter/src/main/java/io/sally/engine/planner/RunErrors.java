package io.sally.engine.planner;

import com.google.common.base.Throwables;
import io.sally.engine.Execution;
import io.sally.engine.SqlErrors;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.runtime.CalciteException;

/** Makes of what generated code throws an error with its SQLState. */
final class RunErrors {
  private static final Pattern FAILED_CONSTANT =
      Pattern.compile("Exception ([\\w.$]+): (.*) \\[in thread \".*\"\\]", Pattern.DOTALL);

  /** What Calcite says when a text is no date, time or timestamp. */
  private static final Pattern NO_DATE_TIME =
      Pattern.compile("Invalid (?:DATE|TIME|TIMESTAMP).*|Value of .* out of range in .*");

  /** A text that was meant as an integer, in the message of NumberFormatException. */
  private static final Pattern INTEGER_TEXT =
      Pattern.compile("For input string: \"[+-]?\\d+\".*", Pattern.DOTALL);

  /** What {@link Computations} says of a date or timestamp before the year 1 or after 9999. */
  static final String DATE_OUT_OF_RANGE = "the date is not within the years 1 to 9999";

  private RunErrors() {}

  static SQLException of(Throwable thrown, SourceRun run) {
    Execution execution = run.execution();
    if (execution.isStopped()) {
      return execution.stopReason();
    }
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof RunFailure failure) {
        return failure.failure();
      }
    }
    Throwable cause = remembered(Throwables.getRootCause(thrown));
    if (cause instanceof SQLException e) {
      return e;
    }
    StrayValue stray = run.stray();
    if (stray != null && cause instanceof ClassCastException cast && StrayValue.isIn(cast)) {
      return stray.refusal();
    }
    String message = Objects.requireNonNullElse(cause.getMessage(), cause.toString());
    if (cause instanceof NumberFormatException && INTEGER_TEXT.matcher(message).matches()) {
      return arithmetic(message, thrown);
    } else if (cause instanceof NumberFormatException) {
      return SqlErrors.data("A text cannot be read as a number: " + message + ".", "22018", thrown);
    } else if (cause instanceof DateTimeException) {
      return SqlErrors.data("A text cannot be read as a date or time: " + message, "22007", thrown);
    } else if (cause instanceof IllegalArgumentException
        && NO_DATE_TIME.matcher(message).matches()) {
      return SqlErrors.data("A text cannot be read as a date or time: " + message, "22007", thrown);
    } else if (cause instanceof ArithmeticException) {
      // In code that runs often, the JVM throws one exception without a message for each x / 0.
      return arithmetic(cause.getMessage() == null ? "/ by zero" : message, thrown);
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

  /**
   * Generated code computes its constants when a class of it is initialised. When one fails, the
   * JVM gives the exception itself to the first run alone, and to each later run of the same plan
   * an error that holds the exception's class and message as a text (JDK 17 and newer).
   */
  private static Throwable remembered(Throwable cause) {
    Matcher text = FAILED_CONSTANT.matcher(Objects.requireNonNullElse(cause.getMessage(), ""));
    if (!(cause instanceof ExceptionInInitializerError) || !text.matches()) {
      return cause;
    }
    String message = text.group(2);
    return switch (text.group(1)) {
      case "java.lang.ArithmeticException" -> new ArithmeticException(message);
      case "java.lang.NumberFormatException" -> new NumberFormatException(message);
      case "java.time.DateTimeException", "java.time.format.DateTimeParseException" ->
          new DateTimeException(message);
      case "java.lang.IllegalArgumentException" -> new IllegalArgumentException(message);
      case "org.apache.calcite.runtime.CalciteException" -> new CalciteException(message, null);
      default -> cause;
    };
  }

  private static SQLException arithmetic(String message, Throwable thrown) {
    if (message.contains("zero") || message.contains("undefined")) {
      return SqlErrors.data("A number is divided by zero.", "22012", thrown);
    }
    if (message.equals(DATE_OUT_OF_RANGE)) {
      return SqlErrors.data("A date cannot be computed: " + message + ".", "22008", thrown);
    }
    return SqlErrors.data(
        "A number is out of the range of its type: " + message + ".", "22003", thrown);
  }
}
