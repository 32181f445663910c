package io.sally.engine.planner;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.apache.calcite.avatica.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * How many bytes of heap a row takes, by its actual values: object headers and references as a
 * 64-bit JVM with compressed references lays them out. What values share is counted with each.
 */
final class RowSize {
  /** A reference in a list, an entry of a hash table with its share of the table. */
  static final long ENTRY = 48;

  private static final int REFERENCE = 4;
  private static final int BOX = 16;
  private static final int LONG_BOX = 24;
  private static final int ARRAY = 16;
  private static final int OBJECT = 40;

  private RowSize() {}

  /** The bytes of a row, or of the one value that a row of one column is. */
  static long of(@Nullable Object row) {
    if (row instanceof Object[] values) {
      long size = ARRAY + (long) REFERENCE * values.length;
      for (Object value : values) {
        size += of(value);
      }
      return size;
    } else if (row == null || row instanceof Boolean || row instanceof Byte) {
      return 0;
    } else if (row instanceof Integer || row instanceof Short || row instanceof Float) {
      return BOX;
    } else if (row instanceof Long || row instanceof Double) {
      return LONG_BOX;
    } else if (row instanceof String text) {
      return OBJECT + aligned((long) text.length() * bytesPerCharacter(text));
    } else if (row instanceof BigDecimal decimal) {
      // Up to 18 digits are kept in a long, more in a BigInteger with an array of its own.
      return decimal.precision() <= 18 ? OBJECT : OBJECT + of(decimal.unscaledValue());
    } else if (row instanceof BigInteger integer) {
      return OBJECT + ARRAY + aligned(integer.bitLength() / 8 + 1);
    } else if (row instanceof ByteString bytes) {
      return BOX + ARRAY + aligned(bytes.length());
    } else if (row instanceof byte[] bytes) {
      return ARRAY + aligned(bytes.length);
    }
    return ofOther(row);
  }

  private static long ofOther(Object value) {
    if (value instanceof Iterable<?> values) {
      long size = OBJECT;
      for (Object element : values) {
        size += REFERENCE + of(element);
      }
      return size;
    } else if (value instanceof Map<?, ?> map) {
      return OBJECT + of(List.copyOf(map.keySet())) + ENTRY * map.size();
    }
    return 2L * OBJECT;
  }

  /** The JVM keeps a text of Latin letters in one byte each, any other in two. */
  private static int bytesPerCharacter(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0xFF) {
        return Character.BYTES;
      }
    }
    return 1;
  }

  private static long aligned(long bytes) {
    return (bytes + 7) & ~7L;
  }
}
