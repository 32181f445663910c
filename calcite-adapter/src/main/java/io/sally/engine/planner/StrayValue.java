package io.sally.engine.planner;

import io.sally.engine.SqlErrors;
import java.sql.SQLException;
import org.apache.calcite.rel.type.RelDataType;
import org.jspecify.annotations.Nullable;

/**
 * A value that a source holds although its column's type has none such, on its way through
 * generated code. Code that hands it on gets it to the result, as the source's text for it. Code
 * that would compute with it (compare, hash, show it) fails with an error that names it: no other
 * value ever stands in for it. Immutable.
 */
final class StrayValue implements Comparable<StrayValue> {
  private final String source;
  private final String column;
  private final RelDataType type;
  private final String text;

  StrayValue(String source, String column, RelDataType type, String text) {
    this.source = source;
    this.column = column;
    this.type = type;
    this.text = text;
  }

  /** The source's text for it. */
  String text() {
    return text;
  }

  /** 22018: the value takes part in a computation. */
  SQLException refusal() {
    return SqlErrors.data(
        "Source "
            + source
            + ", column "
            + column
            + ": '"
            + text
            + "' is no value of the type "
            + type
            + ", so that Sally cannot compute with it. Leave the column out, cast it to a text, or"
            + " leave such rows out by a condition that the source computes.",
        "22018",
        null);
  }

  /**
   * Whether the failure is that of a stray value where generated code wanted a value. In code that
   * runs often, the JVM throws one exception without a message for each cast that fails.
   */
  static boolean isIn(ClassCastException failure) {
    String message = failure.getMessage();
    return message == null || message.contains(StrayValue.class.getName());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    throw new RunFailure(refusal());
  }

  @Override
  public int hashCode() {
    throw new RunFailure(refusal());
  }

  @Override
  public int compareTo(StrayValue other) {
    throw new RunFailure(refusal());
  }

  @Override
  public String toString() {
    throw new RunFailure(refusal());
  }
}
