package io.sally.driver.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;

/**
 * Values as numbers. A fraction is cut where the target has none, as {@code (int) 1.9} does; a
 * value outside of the target's range is an error with SQLState 22003, never a wrapped number.
 */
public final class Numbers {
  private static final BigDecimal MIN_LONG = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal MAX_LONG = BigDecimal.valueOf(Long.MAX_VALUE);
  // The exponent of a text is bounded, so that a short text cannot become a number of gigabytes.
  private static final int MAX_EXPONENT = 10_000;
  private static final Map<String, Double> SPECIAL =
      Map.of(
          "nan", Double.NaN,
          "infinity", Double.POSITIVE_INFINITY,
          "-infinity", Double.NEGATIVE_INFINITY);

  private Numbers() {}

  public static byte toByte(Object value) throws SQLException {
    return (byte) whole(value, Byte.MIN_VALUE, Byte.MAX_VALUE, "TINYINT (byte)");
  }

  public static short toShort(Object value) throws SQLException {
    return (short) whole(value, Short.MIN_VALUE, Short.MAX_VALUE, "SMALLINT (short)");
  }

  public static int toInt(Object value) throws SQLException {
    if (value instanceof Integer number) {
      return number;
    }
    return (int) whole(value, Integer.MIN_VALUE, Integer.MAX_VALUE, "INTEGER (int)");
  }

  public static long toLong(Object value) throws SQLException {
    return whole(value, Long.MIN_VALUE, Long.MAX_VALUE, "BIGINT (long)");
  }

  public static float toFloat(Object value) throws SQLException {
    double number = toDouble(value, "REAL (float)");
    float narrowed = (float) number;
    if (Float.isInfinite(narrowed) && Double.isFinite(number)) {
      throw ConversionErrors.outOfRange(value, "REAL (float)");
    }
    return narrowed;
  }

  public static double toDouble(Object value) throws SQLException {
    return toDouble(value, "DOUBLE (double)");
  }

  public static BigDecimal toBigDecimal(Object value) throws SQLException {
    return exact(value, "DECIMAL (BigDecimal)");
  }

  public static BigInteger toBigInteger(Object value) throws SQLException {
    return exact(value, "BigInteger").toBigInteger();
  }

  /** The value as a number with {@code scale} digits right of the point, halves rounded up. */
  public static BigDecimal toBigDecimal(Object value, int scale) throws SQLException {
    try {
      return toBigDecimal(value).setScale(scale, RoundingMode.HALF_UP);
    } catch (ArithmeticException e) {
      throw ConversionErrors.outOfRange(value, "a DECIMAL of scale " + scale);
    }
  }

  private static long whole(Object value, long min, long max, String target) throws SQLException {
    long number;
    if (value instanceof Long || value instanceof Integer || isSmall(value)) {
      number = ((Number) value).longValue();
    } else if (value instanceof Boolean truth) {
      number = truth ? 1 : 0;
    } else {
      BigDecimal exact = exact(value, target).setScale(0, RoundingMode.DOWN);
      if (exact.compareTo(MIN_LONG) < 0 || exact.compareTo(MAX_LONG) > 0) {
        throw ConversionErrors.outOfRange(value, target);
      }
      number = exact.longValueExact();
    }
    if (number < min || number > max) {
      throw ConversionErrors.outOfRange(value, target);
    }
    return number;
  }

  private static double toDouble(Object value, String target) throws SQLException {
    if (value instanceof Double || value instanceof Float || isSmall(value)) {
      return ((Number) value).doubleValue();
    }
    if (value instanceof String text) {
      Double special = SPECIAL.get(text.strip().toLowerCase(Locale.ROOT));
      if (special != null) {
        return special;
      }
    }
    double number = exact(value, target).doubleValue();
    if (Double.isInfinite(number)) {
      throw ConversionErrors.outOfRange(value, target);
    }
    return number;
  }

  private static boolean isSmall(Object value) {
    return value instanceof Integer || value instanceof Short || value instanceof Byte;
  }

  private static BigDecimal exact(Object value, String target) throws SQLException {
    if (value instanceof BigDecimal number) {
      return number;
    } else if (value instanceof BigInteger number) {
      return new BigDecimal(number);
    } else if (value instanceof Long || isSmall(value)) {
      return BigDecimal.valueOf(((Number) value).longValue());
    } else if (value instanceof Double || value instanceof Float) {
      return ofFloating((Number) value, target);
    } else if (value instanceof Boolean truth) {
      return truth ? BigDecimal.ONE : BigDecimal.ZERO;
    } else if (value instanceof String text) {
      return ofText(text, target);
    }
    throw ConversionErrors.noConversion(value, target);
  }

  private static BigDecimal ofFloating(Number number, String target) throws SQLException {
    if (!Double.isFinite(number.doubleValue())) {
      throw ConversionErrors.outOfRange(number, target);
    }
    // Through the text, so that a float's 0.1 is 0.1 and not 0.100000001490116.
    return new BigDecimal(number.toString());
  }

  private static BigDecimal ofText(String text, String target) throws SQLException {
    try {
      BigDecimal number = new BigDecimal(text.strip());
      if (Math.abs((long) number.scale()) > MAX_EXPONENT) {
        throw ConversionErrors.outOfRange(text, target);
      }
      return number;
    } catch (NumberFormatException e) {
      throw ConversionErrors.notA(text, target, e);
    }
  }
}
