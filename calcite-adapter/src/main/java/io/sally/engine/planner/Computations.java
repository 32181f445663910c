package io.sally.engine.planner;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What generated code calls where Calcite's own functions give a wrong value silently. Each gives
 * null for a null argument, and throws ArithmeticException when the result does not fit its type.
 */
public final class Computations {
  private static final long MILLIS_PER_DAY = 86_400_000L;
  private static final BigDecimal MIN_BIGINT = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal MAX_BIGINT = BigDecimal.valueOf(Long.MAX_VALUE);

  /** The years that a date or timestamp can have, as literals and ISO 8601 write them. */
  private static final LocalDate FIRST_DATE = LocalDate.of(1, 1, 1);

  private static final LocalDate LAST_DATE = LocalDate.of(9999, 12, 31);

  private Computations() {}

  /** ABS of an integer: the least integer of each type has none. */
  public static @Nullable Long absolute(@Nullable Number value) {
    return value == null ? null : (Long) Math.absExact(value.longValue());
  }

  /** ROUND of an integer to tens, hundreds and so on. */
  public static @Nullable Long round(@Nullable Number value, @Nullable Number digits) {
    return value == null || digits == null
        ? null
        : (Long)
            BigDecimal.valueOf(value.longValue())
                .setScale(Math.min(digits.intValue(), 0), RoundingMode.HALF_UP)
                .longValueExact();
  }

  /** A floating-point number as an integer, a half away from zero as for decimals. */
  public static @Nullable Long toBigint(@Nullable Number number) {
    if (number == null) {
      return null;
    }
    double value = number.doubleValue();
    BigDecimal rounded = finite(value).setScale(0, RoundingMode.HALF_UP);
    if (rounded.compareTo(MIN_BIGINT) < 0 || rounded.compareTo(MAX_BIGINT) > 0) {
      throw outOfRange(value);
    }
    return rounded.longValue();
  }

  /** A floating-point number as a decimal of its shortest writing, a half away from zero. */
  public static @Nullable BigDecimal toDecimal(@Nullable Number number, int precision, int scale) {
    if (number == null) {
      return null;
    }
    double value = number.doubleValue();
    BigDecimal rounded = finite(value).setScale(scale, RoundingMode.HALF_UP);
    if (rounded.precision() > precision) {
      throw outOfRange(value);
    }
    return rounded;
  }

  /** A DOUBLE as a REAL. */
  public static @Nullable Float toReal(@Nullable Number number) {
    if (number == null) {
      return null;
    }
    double value = number.doubleValue();
    float real = (float) value;
    if (Float.isInfinite(real) && !Double.isInfinite(value)) {
      throw outOfRange(value);
    }
    return real;
  }

  private static BigDecimal finite(double value) {
    if (!Double.isFinite(value)) {
      throw outOfRange(value);
    }
    return BigDecimal.valueOf(value);
  }

  private static ArithmeticException outOfRange(double value) {
    return new ArithmeticException("Value " + value + " out of range");
  }

  /** A day that a calendar has, which infinity is not. */
  public static @Nullable Integer finiteDay(@Nullable Number day) {
    if (day == null) {
      return null;
    } else if (infinite(day)) {
      throw new ArithmeticException(RunErrors.DATE_OUT_OF_RANGE);
    }
    return day.intValue();
  }

  private static boolean infinite(Number day) {
    return day.intValue() == Integer.MAX_VALUE || day.intValue() == Integer.MIN_VALUE;
  }

  /**
   * The day so many months on; the last of the month where there is no such day. Infinity stays
   * what it is, as in PostgreSQL.
   */
  public static @Nullable Integer datePlusMonths(
      @Nullable Number day, @Nullable Number months, int sign) {
    if (day == null || months == null) {
      return null;
    } else if (infinite(day)) {
      return day.intValue();
    }
    return (int) plusMonths(day.longValue(), Math.multiplyExact(months.longValue(), sign));
  }

  /** The day so many whole days on. */
  public static @Nullable Integer datePlusMillis(
      @Nullable Number day, @Nullable Number millis, int sign) {
    if (day == null || millis == null) {
      return null;
    } else if (infinite(day)) {
      return day.intValue();
    }
    long days = Math.multiplyExact(millis.longValue(), sign) / MILLIS_PER_DAY;
    return (int) inRange(Math.addExact(day.longValue(), days));
  }

  private static long plusMonths(long day, long months) {
    try {
      return inRange(LocalDate.ofEpochDay(day).plusMonths(months).toEpochDay());
    } catch (DateTimeException e) {
      throw (ArithmeticException) new ArithmeticException(RunErrors.DATE_OUT_OF_RANGE).initCause(e);
    }
  }

  private static long inRange(long day) {
    if (day < FIRST_DATE.toEpochDay() || day > LAST_DATE.toEpochDay()) {
      throw new ArithmeticException(RunErrors.DATE_OUT_OF_RANGE);
    }
    return day;
  }

  /** In which of so many parts of equal size a row lies; the first parts have the rows left. */
  public static @Nullable Long tile(
      @Nullable Number row, @Nullable Number rows, @Nullable Number tiles) {
    if (row == null || rows == null || tiles == null) {
      return null;
    }
    long parts = tiles.longValue();
    if (parts <= 0) {
      throw new ArithmeticException("NTILE cannot make " + parts + " parts");
    }
    long before = row.longValue() - 1;
    long size = rows.longValue() / parts;
    long larger = rows.longValue() % parts;
    long inLarger = larger * (size + 1);
    return before < inLarger ? before / (size + 1) + 1 : larger + (before - inLarger) / size + 1;
  }

  /** The value itself, at the moment when the row needs it. */
  public static @Nullable Long whenReached(@Nullable Number value) {
    return value == null ? null : (Long) value.longValue();
  }
}
