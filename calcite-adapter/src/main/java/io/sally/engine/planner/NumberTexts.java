package io.sally.engine.planner;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Numbers and truths as texts, written as PostgreSQL writes them: {@code 0.01}, {@code 1e+300},
 * {@code true}. Each gives null for null. Called by generated code; thread-safe.
 */
public final class NumberTexts {
  /** From this power of ten on, and below {@link #LEAST_PLAIN}, PostgreSQL writes an exponent. */
  private static final int DOUBLE_EXPONENT = 15;

  private static final int REAL_EXPONENT = 6;
  private static final int LEAST_PLAIN = -4;

  private NumberTexts() {}

  /** With every digit after the point that the value has. */
  public static @Nullable String decimal(@Nullable BigDecimal value) {
    return value == null ? null : value.toPlainString();
  }

  /** The shortest text that gives the number back. */
  public static @Nullable String doublePrecision(@Nullable Number number) {
    return number == null
        ? null
        : text(number.doubleValue(), Double.toString(number.doubleValue()), DOUBLE_EXPONENT);
  }

  /** The shortest text that gives the number back as a REAL. */
  public static @Nullable String real(@Nullable Number number) {
    return number == null
        ? null
        : text(number.floatValue(), Float.toString(number.floatValue()), REAL_EXPONENT);
  }

  public static @Nullable String truth(@Nullable Boolean value) {
    return value == null ? null : value.toString();
  }

  private static String text(double value, String digits, int exponentFrom) {
    if (!Double.isFinite(value)) {
      return digits;
    } else if (value == 0) {
      return digits.startsWith("-") ? "-0" : "0";
    }
    BigDecimal exact = new BigDecimal(digits).stripTrailingZeros();
    int exponent = exact.precision() - exact.scale() - 1;
    if (exponent >= LEAST_PLAIN && exponent < exponentFrom) {
      return exact.toPlainString();
    }
    String significant = exact.unscaledValue().abs().toString();
    return (exact.signum() < 0 ? "-" : "")
        + significant.charAt(0)
        + (significant.length() > 1 ? "." + significant.substring(1) : "")
        + (exponent < 0 ? "e-" : "e+")
        + (Math.abs(exponent) < 10 ? "0" : "")
        + Math.abs(exponent);
  }
}
