package io.sally.driver.value;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.Locale;

/** Values as booleans: 1 and 0, and the words that SQL and people have for them. */
public final class Booleans {
  private static final String TARGET = "BOOLEAN";

  private Booleans() {}

  /** The truth in {@code value}; a number other than 1 and 0 has none. */
  public static boolean toBoolean(Object value) throws SQLException {
    if (value instanceof Boolean truth) {
      return truth;
    }
    if (value instanceof Number) {
      BigDecimal number = Numbers.toBigDecimal(value);
      if (number.compareTo(BigDecimal.ONE) == 0) {
        return true;
      }
      if (number.signum() == 0) {
        return false;
      }
      throw ConversionErrors.notA(value.toString(), TARGET, null);
    }
    if (value instanceof String text) {
      return switch (text.strip().toLowerCase(Locale.ROOT)) {
        case "true", "t", "yes", "y", "on", "1" -> true;
        case "false", "f", "no", "n", "off", "0" -> false;
        default -> throw ConversionErrors.notA(text, TARGET, null);
      };
    }
    throw ConversionErrors.noConversion(value, TARGET);
  }
}
