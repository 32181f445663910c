package io.sally.engine.planner;

import io.sally.engine.SqlErrors;
import java.sql.SQLException;
import java.time.LocalTime;
import java.util.function.UnaryOperator;
import org.apache.calcite.rel.type.RelDataType;
import org.jspecify.annotations.Nullable;

/**
 * A value that generated code cannot compute with, on its way through it: one that a source holds
 * although its column's type has none such, or a time of day finer than the milliseconds in which
 * Calcite counts it. Code that hands it on gets it to the result unchanged. Code that would compute
 * with it (compare, hash, show it) fails with an error that names it: no other value ever stands in
 * for it. Immutable.
 */
final class StrayValue implements Comparable<StrayValue> {
  private static final int NANOS_PER_MILLI = 1_000_000;

  private final String source;
  private final String column;
  private final RelDataType type;
  private final Object value;

  private StrayValue(String source, String column, RelDataType type, Object value) {
    this.source = source;
    this.column = column;
    this.type = type;
    this.value = value;
  }

  /**
   * A value of this column as generated code takes it.
   *
   * @param value as the source's cursor gives it: a text where the type has none is a value that
   *     the type does not have
   * @param conversion what makes the internal form of an ordinary value
   */
  static @Nullable Object or(
      UnaryOperator<@Nullable Object> conversion,
      @Nullable Object value,
      String source,
      String column,
      RelDataType type) {
    return value instanceof String || (value instanceof LocalTime time && isFine(time))
        ? new StrayValue(source, column, type, value)
        : conversion.apply(value);
  }

  private static boolean isFine(LocalTime time) {
    return time.toNanoOfDay() % NANOS_PER_MILLI != 0;
  }

  /** What the result has: the source's text for a value that its type does not have. */
  Object value() {
    return value;
  }

  /** 22018: the value takes part in a computation. */
  SQLException refusal() {
    String why =
        value instanceof LocalTime
            ? "' is finer than a millisecond, so that Sally shows it and cannot compute with it."
                + " Leave"
            : "' is no value of the type " + type + ", so that Sally cannot compute with it. Leave";
    return SqlErrors.data(
        "Source "
            + source
            + ", column "
            + column
            + ": '"
            + value
            + why
            + " the column out, cast it to a text, or leave such rows out by a condition that the"
            + " source computes.",
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
