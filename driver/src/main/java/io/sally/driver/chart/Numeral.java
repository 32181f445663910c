package io.sally.driver.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import io.sally.driver.value.Texts;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A number as a chart has it. Browsers know doubles only (RFC 8259 §6): where a number is written
 * with more digits than a double keeps, the nearest double says where it is drawn and {@code text}
 * what it is.
 *
 * @param text all digits
 * @param exact whether a browser shows all digits of {@code json}
 */
record Numeral(JsonNode json, String text, boolean exact) {
  /** What Vega prints of a number without being told a format. */
  private static final int SHOWN_DIGITS = 12;

  private static final int LONGEST_PLAIN = 25;

  /** The numeral of a value; empty for what cannot be drawn: null, NaN, the infinities, a text. */
  static Optional<Numeral> of(@Nullable Object value) {
    if (!(value instanceof Number number) || !Double.isFinite(number.doubleValue())) {
      return Optional.empty();
    }
    if (number instanceof Float || number instanceof Double) {
      // The float 0.1 is 0.1 and not the double that lies nearest to it.
      double exact = Double.parseDouble(number.toString());
      return Optional.of(new Numeral(DoubleNode.valueOf(exact), Texts.toText(value), true));
    }
    BigDecimal decimal =
        number instanceof BigDecimal given
            ? given.stripTrailingZeros()
            : BigDecimal.valueOf(number.longValue());
    boolean plain = decimal.precision() <= SHOWN_DIGITS && Math.abs(decimal.scale()) < SHOWN_DIGITS;
    return Optional.of(new Numeral(json(decimal, plain), text(value), plain));
  }

  private static JsonNode json(BigDecimal decimal, boolean plain) {
    if (!plain) {
      return DoubleNode.valueOf(decimal.doubleValue());
    }
    return decimal.scale() <= 0
        ? LongNode.valueOf(decimal.longValueExact())
        : DecimalNode.valueOf(decimal);
  }

  private static String text(Object value) {
    return value instanceof BigDecimal decimal && Math.abs(decimal.scale()) > LONGEST_PLAIN
        ? decimal.toString()
        : Texts.toText(value);
  }
}
