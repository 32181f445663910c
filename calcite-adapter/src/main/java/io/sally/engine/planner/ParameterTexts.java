package io.sally.engine.planner;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.HexFormat;

/** The text of a parameter where a text is asked for: what a cast of the value gives. */
final class ParameterTexts {
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter();
  private static final DateTimeFormatter OFFSET =
      new DateTimeFormatterBuilder().appendOffset("+HH:MM", "+00:00").toFormatter();

  private ParameterTexts() {}

  static String of(Object value) {
    if (value instanceof BigDecimal number) {
      return number.toPlainString();
    } else if (value instanceof LocalTime time) {
      return TIME.format(time);
    } else if (value instanceof LocalDateTime timestamp) {
      return timestamp.toLocalDate() + " " + TIME.format(timestamp);
    } else if (value instanceof OffsetTime time) {
      return TIME.format(time) + OFFSET.format(time);
    } else if (value instanceof OffsetDateTime moment) {
      return moment.toLocalDate() + " " + TIME.format(moment) + OFFSET.format(moment);
    } else if (value instanceof byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    }
    return value.toString();
  }
}
