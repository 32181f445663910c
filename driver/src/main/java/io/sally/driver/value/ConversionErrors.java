package io.sally.driver.value;

import io.sally.engine.SqlErrors;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Why a value cannot be given as the type that is wanted. */
final class ConversionErrors {
  private static final int SHOWN = 60;

  private ConversionErrors() {}

  /** 07006: there is no conversion between the two types. */
  static SQLException noConversion(Object value, String target) {
    return SqlErrors.data(
        "A value of type "
            + SqlTypeNames.of(value)
            + " cannot be read as "
            + target
            + ". Read it with getObject or getString, or CAST it in the statement.",
        "07006",
        null);
  }

  /** 22003: the value is outside of the type's range. */
  static SQLException outOfRange(Object value, String target) {
    return SqlErrors.data(
        "The value " + shown(value) + " is outside of the range of " + target + ".", "22003", null);
  }

  /** 22018: the text is not one of the type's. */
  static SQLException notA(String text, String target, @Nullable Throwable cause) {
    return SqlErrors.data(
        "The text \"" + shown(text) + "\" cannot be read as " + target + ".", "22018", cause);
  }

  /** 22007: the text is no date, time or timestamp. */
  static SQLException notATime(String text, String target, Throwable cause) {
    return SqlErrors.data(
        "The text \"" + shown(text) + "\" cannot be read as " + target + ".", "22007", cause);
  }

  private static String shown(Object value) {
    String text = value.toString();
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }
}
