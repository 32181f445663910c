package io.sally.driver;

import io.sally.driver.value.Binaries;
import io.sally.driver.value.Booleans;
import io.sally.driver.value.JavaTypes;
import io.sally.driver.value.Numbers;
import io.sally.driver.value.Temporals;
import io.sally.driver.value.Texts;
import io.sally.engine.SqlErrors;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.JDBCType;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Period;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a caller sets as a parameter, in the types that the engine takes. */
final class ParameterValues {
  private ParameterValues() {}

  /**
   * The value by its own class, as JDBC 4.3, Table B-4, maps it.
   *
   * @throws SQLException with SQLState 07006 when SQL here has no such values
   */
  static @Nullable Object of(@Nullable Object value) throws SQLException {
    if (value == null
        || value instanceof Boolean
        || value instanceof String
        || value instanceof UUID
        || value instanceof Period
        || value instanceof Duration) {
      return value;
    } else if (value instanceof Number number) {
      return number(number);
    } else if (value instanceof byte[] bytes) {
      return bytes.clone();
    } else if (value instanceof Character || value instanceof URL) {
      return value.toString();
    } else if (TemporalParameters.covers(value)) {
      return TemporalParameters.of(value);
    }
    return large(value);
  }

  private static Object number(Number number) throws SQLException {
    if (number instanceof BigInteger integer) {
      return new BigDecimal(integer);
    } else if (number instanceof Byte
        || number instanceof Short
        || number instanceof Integer
        || number instanceof Long
        || number instanceof Float
        || number instanceof Double
        || number instanceof BigDecimal) {
      return number;
    }
    throw unknown(number);
  }

  private static @Nullable Object large(Object value) throws SQLException {
    if (value instanceof Clob clob) {
      return clob.length() == 0 ? "" : clob.getSubString(1, length(clob.length()));
    } else if (value instanceof Blob blob) {
      return blob.length() == 0 ? new byte[0] : blob.getBytes(1, length(blob.length()));
    } else if (value instanceof Reader reader) {
      return text(reader, Long.MAX_VALUE);
    } else if (value instanceof InputStream stream) {
      return bytes(stream, Long.MAX_VALUE);
    } else if (value instanceof Array array) {
      return of(array.getArray());
    } else if (value instanceof Object[] elements) {
      return list(Arrays.asList(elements));
    } else if (value instanceof List<?> elements) {
      return list(elements);
    }
    throw unknown(value);
  }

  private static List<@Nullable Object> list(List<? extends @Nullable Object> elements)
      throws SQLException {
    List<@Nullable Object> list = new ArrayList<>();
    for (Object element : elements) {
      list.add(of(element));
    }
    return list;
  }

  /** The text of a reader, or its first {@code max} characters. */
  static String text(Reader reader, long max) throws SQLException {
    StringBuilder text = new StringBuilder();
    char[] buffer = new char[8192];
    try {
      while (text.length() < max) {
        int read = reader.read(buffer, 0, (int) Math.min(buffer.length, max - text.length()));
        if (read < 0) {
          break;
        }
        text.append(buffer, 0, read);
      }
      return text.toString();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** The bytes of a stream, or its first {@code max}. */
  static byte[] bytes(InputStream stream, long max) throws SQLException {
    try {
      return stream.readNBytes(length(Math.min(max, Integer.MAX_VALUE)));
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /**
   * The value converted to a JDBC type.
   *
   * @param scale the digits right of the point of an exact number, or -1 for as many as there are
   * @throws SQLException when the type is none that SQL here has, or the value does not fit it
   */
  static @Nullable Object as(@Nullable Object value, JDBCType type, int scale) throws SQLException {
    Object plain = of(value);
    if (plain == null) {
      return null;
    }
    return switch (type) {
      case BOOLEAN, BIT -> Booleans.toBoolean(plain);
      case TINYINT -> Numbers.toByte(plain);
      case SMALLINT -> Numbers.toShort(plain);
      case INTEGER -> Numbers.toInt(plain);
      case BIGINT -> Numbers.toLong(plain);
      case REAL -> Numbers.toFloat(plain);
      case FLOAT, DOUBLE -> Numbers.toDouble(plain);
      case DECIMAL, NUMERIC -> decimal(plain, scale);
      case CHAR, VARCHAR, LONGVARCHAR, NCHAR, NVARCHAR, LONGNVARCHAR, CLOB, NCLOB, DATALINK ->
          Texts.toText(plain);
      case BINARY, VARBINARY, LONGVARBINARY, BLOB -> Binaries.toBytes(plain);
      case DATE -> Temporals.toLocalDate(plain);
      case TIME -> Temporals.toLocalTime(plain);
      case TIMESTAMP -> Temporals.toLocalDateTime(plain);
      case TIME_WITH_TIMEZONE -> Temporals.toOffsetTime(plain);
      case TIMESTAMP_WITH_TIMEZONE -> Temporals.toOffsetDateTime(plain);
      case ARRAY -> JavaTypes.convert(plain, List.class);
      case OTHER, JAVA_OBJECT, NULL -> plain;
      case STRUCT, DISTINCT, REF, REF_CURSOR, ROWID, SQLXML ->
          throw SqlErrors.notSupported("Sally has no values of type " + type.getName() + ".");
    };
  }

  /** The JDBC type of this code. */
  static JDBCType type(int code) throws SQLException {
    for (JDBCType type : JDBCType.values()) {
      if (type.getVendorTypeNumber() == code) {
        return type;
      }
    }
    throw SqlErrors.notSupported(
        "There is no JDBC type " + code + ". Take a constant of java.sql.Types.");
  }

  private static BigDecimal decimal(Object value, int scale) throws SQLException {
    BigDecimal number = Numbers.toBigDecimal(value);
    return scale < 0 || number.scale() <= scale
        ? number
        : number.setScale(scale, RoundingMode.HALF_UP);
  }

  private static int length(long length) throws SQLException {
    if (length < 0 || length > Integer.MAX_VALUE) {
      throw SqlErrors.data(
          "A value of length " + length + " does not fit a parameter.", "22001", null);
    }
    return (int) length;
  }

  private static SQLException unreadable(IOException cause) {
    return SqlErrors.data("The stream of a parameter cannot be read: " + cause, "22000", cause);
  }

  private static SQLException unknown(Object value) {
    return SqlErrors.dynamicSql(
        "A parameter cannot be a "
            + value.getClass().getName()
            + ". Set a text, a number, a boolean, bytes, a UUID or a date or time.",
        "07006");
  }
}
