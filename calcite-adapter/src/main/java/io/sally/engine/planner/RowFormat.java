package io.sally.engine.planner;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.calcite.avatica.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Writes the values of rows and reads them again as they were: same class, same scale, same text
 * down to a half of a surrogate pair. Values of rare classes stay in memory, and the file has their
 * number. Confined to one thread.
 */
final class RowFormat {
  private static final int NULL = 0;
  private static final int TRUE = 1;
  private static final int FALSE = 2;
  private static final int BYTE = 3;
  private static final int SHORT = 4;
  private static final int INT = 5;
  private static final int LONG = 6;
  private static final int FLOAT = 7;
  private static final int DOUBLE = 8;
  private static final int LATIN_TEXT = 9;
  private static final int TEXT = 10;
  private static final int SHORT_DECIMAL = 11;
  private static final int DECIMAL = 12;
  private static final int INTEGER = 13;
  private static final int BYTES = 14;
  private static final int LIST = 15;
  private static final int ROW = 16;
  private static final int UUID_VALUE = 17;
  private static final int ASIDE = 18;

  private final RunMemory.Held held;
  private final List<Object> aside = new ArrayList<>();

  RowFormat(RunMemory.Held held) {
    this.held = held;
  }

  void write(@Nullable Object value, DataOutputStream out) throws IOException {
    if (value instanceof Object[] row && row.getClass() == Object[].class) {
      out.writeByte(ROW);
      out.writeInt(row.length);
      for (Object each : row) {
        write(each, out);
      }
    } else if (value == null) {
      out.writeByte(NULL);
    } else if (value instanceof String text) {
      text(text, out);
    } else if (value instanceof Number number) {
      number(number, out);
    } else if (value instanceof Boolean flag) {
      out.writeByte(flag ? TRUE : FALSE);
    } else if (value instanceof ByteString bytes) {
      out.writeByte(BYTES);
      bytes(bytes.getBytes(), out);
    } else if (value instanceof ArrayList<?> list) {
      out.writeByte(LIST);
      out.writeInt(list.size());
      for (Object each : list) {
        write(each, out);
      }
    } else if (value instanceof UUID uuid) {
      out.writeByte(UUID_VALUE);
      out.writeLong(uuid.getMostSignificantBits());
      out.writeLong(uuid.getLeastSignificantBits());
    } else {
      keep(value, out);
    }
  }

  private void number(Number value, DataOutputStream out) throws IOException {
    if (value instanceof Long number) {
      out.writeByte(LONG);
      out.writeLong(number);
    } else if (value instanceof Integer number) {
      out.writeByte(INT);
      out.writeInt(number);
    } else if (value instanceof BigDecimal number) {
      decimal(number, out);
    } else if (value instanceof Double number) {
      out.writeByte(DOUBLE);
      out.writeDouble(number);
    } else if (value instanceof Short number) {
      out.writeByte(SHORT);
      out.writeShort(number);
    } else if (value instanceof Byte number) {
      out.writeByte(BYTE);
      out.writeByte(number);
    } else if (value instanceof Float number) {
      out.writeByte(FLOAT);
      out.writeFloat(number);
    } else if (value instanceof BigInteger number) {
      out.writeByte(INTEGER);
      bytes(number.toByteArray(), out);
    } else {
      keep(value, out);
    }
  }

  private static void decimal(BigDecimal number, DataOutputStream out) throws IOException {
    BigInteger digits = number.unscaledValue();
    if (digits.bitLength() < Long.SIZE) {
      out.writeByte(SHORT_DECIMAL);
      out.writeInt(number.scale());
      out.writeLong(digits.longValue());
    } else {
      out.writeByte(DECIMAL);
      out.writeInt(number.scale());
      bytes(digits.toByteArray(), out);
    }
  }

  private static void text(String text, DataOutputStream out) throws IOException {
    boolean latin = true;
    for (int i = 0; i < text.length() && latin; i++) {
      latin = text.charAt(i) <= 0xFF;
    }
    if (latin) {
      out.writeByte(LATIN_TEXT);
      bytes(text.getBytes(StandardCharsets.ISO_8859_1), out);
    } else {
      // No encoder: it would replace what is no character.
      out.writeByte(TEXT);
      out.writeInt(text.length());
      out.writeChars(text);
    }
  }

  private static void bytes(byte[] bytes, DataOutputStream out) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private void keep(Object value, DataOutputStream out) throws IOException {
    held.add(RowSize.of(value) + RowSize.ENTRY);
    out.writeByte(ASIDE);
    out.writeInt(aside.size());
    aside.add(value);
  }

  @Nullable Object read(DataInputStream in) throws IOException {
    int kind = in.readByte();
    return switch (kind) {
      case NULL -> null;
      case TRUE -> true;
      case FALSE -> false;
      case BYTE -> in.readByte();
      case SHORT -> in.readShort();
      case INT -> in.readInt();
      case LONG -> in.readLong();
      case FLOAT -> in.readFloat();
      case DOUBLE -> in.readDouble();
      case LATIN_TEXT -> new String(bytes(in), StandardCharsets.ISO_8859_1);
      case TEXT -> {
        char[] characters = new char[in.readInt()];
        for (int i = 0; i < characters.length; i++) {
          characters[i] = in.readChar();
        }
        yield new String(characters);
      }
      case SHORT_DECIMAL -> {
        int scale = in.readInt();
        yield BigDecimal.valueOf(in.readLong(), scale);
      }
      case DECIMAL -> {
        int scale = in.readInt();
        yield new BigDecimal(new BigInteger(bytes(in)), scale);
      }
      case INTEGER -> new BigInteger(bytes(in));
      case BYTES -> new ByteString(bytes(in));
      case LIST -> {
        int size = in.readInt();
        List<@Nullable Object> list = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
          list.add(read(in));
        }
        yield list;
      }
      case ROW -> {
        @Nullable Object[] row = new Object[in.readInt()];
        for (int i = 0; i < row.length; i++) {
          row[i] = read(in);
        }
        yield row;
      }
      case UUID_VALUE -> new UUID(in.readLong(), in.readLong());
      case ASIDE -> aside.get(in.readInt());
      default -> throw new IOException("no kind of value: " + kind);
    };
  }

  private static byte[] bytes(DataInputStream in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return bytes;
  }
}
