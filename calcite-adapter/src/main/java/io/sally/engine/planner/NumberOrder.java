package io.sally.engine.planner;

import org.jspecify.annotations.Nullable;

/**
 * The order of floating-point numbers that PostgreSQL has: NaN equals itself and is greater than
 * any other number, and there is one zero. Called by generated code; thread-safe.
 */
public final class NumberOrder {
  private NumberOrder() {}

  /** Negative, zero or positive; null for a null number. */
  public static @Nullable Integer compareNumbers(@Nullable Number left, @Nullable Number right) {
    if (left == null || right == null) {
      return null;
    }
    // Of the two zeros one is added to, which makes it the positive one.
    return Double.compare(left.doubleValue() + 0.0, right.doubleValue() + 0.0);
  }

  /** An integer that is less than another where the number is less than the other's. */
  public static @Nullable Long numberKey(@Nullable Number number) {
    return number == null ? null : (Long) flip(Double.doubleToLongBits(number.doubleValue() + 0.0));
  }

  /** The number that has this {@link #numberKey}. */
  public static @Nullable Double ofNumberKey(@Nullable Number key) {
    return key == null ? null : (Double) Double.longBitsToDouble(flip(key.longValue()));
  }

  /** The bits of negative numbers count backwards. */
  private static long flip(long bits) {
    return bits ^ ((bits >> 63) & Long.MAX_VALUE);
  }
}
