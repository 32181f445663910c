package io.sally.driver;

import io.sally.driver.value.Binaries;
import io.sally.driver.value.Booleans;
import io.sally.driver.value.LegacyTemporals;
import io.sally.driver.value.Numbers;
import io.sally.driver.value.Texts;
import io.sally.engine.SqlErrors;
import io.sally.engine.catalog.ColumnType;
import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The getters of a result, by index: the value of the current row, converted. A null is null, zero
 * or false.
 */
abstract class ColumnGetters extends ForwardOnlyResultSet {
  /**
   * The value of the current row; remembers for {@code wasNull} whether it is null.
   *
   * @throws SQLException when the result is closed, not on a row, or has no such column
   */
  abstract @Nullable Object value(int columnIndex) throws SQLException;

  /** The type of a column that {@link #value} has taken. */
  abstract ColumnType type(int columnIndex);

  @Override
  public @Nullable String getString(int columnIndex) throws SQLException {
    Object value = value(columnIndex);
    return value == null ? null : Texts.toText(value);
  }

  @Override
  public boolean getBoolean(int columnIndex) throws SQLException {
    Object value = value(columnIndex);
    return value == null ? false : Booleans.toBoolean(value);
  }

  @Override
  public byte getByte(int columnIndex) throws SQLException {
    Object value = value(columnIndex);
    return value == null ? 0 : Numbers.toByte(value);
  }

  @Override
  public short getShort(int columnIndex) throws SQLException {
    Object value = value(columnIndex);
    return value == null ? 0 : Numbers.toShort(value);
  }

  @Override
  public int getInt(int columnIndex) throws SQLException {
    Object value = value(columnIndex);
    return value == null ? 0 : Numbers.toInt(value);
  }

  @Override
  public long getLong(int columnIndex) throws SQLException {
    Object value = value(columnIndex);
    return value == null ? 0 : Numbers.toLong(value);
  }

  @Override
  public float getFloat(int columnIndex) throws SQLException {
    Object value = value(columnIndex);
    return value == null ? 0 : Numbers.toFloat(value);
  }

  @Override
  public double getDouble(int columnIndex) throws SQLException {
    Object value = value(columnIndex);
    return value == null ? 0 : Numbers.toDouble(value);
  }

  @Override
  public @Nullable BigDecimal getBigDecimal(int columnIndex) throws SQLException {
    Object value = value(columnIndex);
    return value == null ? null : Numbers.toBigDecimal(value);
  }

  @Override
  public byte @Nullable [] getBytes(int columnIndex) throws SQLException {
    Object value = value(columnIndex);
    return value == null ? null : Binaries.toBytes(value);
  }

  @Override
  public @Nullable Date getDate(int columnIndex) throws SQLException {
    Object value = value(columnIndex);
    return value == null ? null : LegacyTemporals.toDate(value, null);
  }

  @Override
  public @Nullable Time getTime(int columnIndex) throws SQLException {
    Object value = value(columnIndex);
    return value == null ? null : LegacyTemporals.toTime(value, null);
  }

  @Override
  public @Nullable Timestamp getTimestamp(int columnIndex) throws SQLException {
    Object value = value(columnIndex);
    return value == null ? null : LegacyTemporals.toTimestamp(value, null);
  }

  @Override
  public @Nullable String getNString(int columnIndex) throws SQLException {
    Object value = value(columnIndex);
    return value == null ? null : Texts.toText(value);
  }

  @Override
  public @Nullable InputStream getAsciiStream(int columnIndex) throws SQLException {
    Object value = value(columnIndex);
    return value == null ? null : LargeObjects.asciiStream(value);
  }

  @Override
  public @Nullable InputStream getBinaryStream(int columnIndex) throws SQLException {
    Object value = value(columnIndex);
    return value == null ? null : LargeObjects.binaryStream(value);
  }

  @Override
  public @Nullable Reader getCharacterStream(int columnIndex) throws SQLException {
    Object value = value(columnIndex);
    return value == null ? null : LargeObjects.reader(value);
  }

  @Override
  public @Nullable Reader getNCharacterStream(int columnIndex) throws SQLException {
    Object value = value(columnIndex);
    return value == null ? null : LargeObjects.reader(value);
  }

  @Override
  public @Nullable Clob getClob(int columnIndex) throws SQLException {
    Object value = value(columnIndex);
    return value == null ? null : LargeObjects.clob(value);
  }

  @Override
  public @Nullable NClob getNClob(int columnIndex) throws SQLException {
    Object value = value(columnIndex);
    return value == null ? null : LargeObjects.clob(value);
  }

  @Override
  public @Nullable Blob getBlob(int columnIndex) throws SQLException {
    Object value = value(columnIndex);
    return value == null ? null : LargeObjects.blob(value);
  }

  @Override
  public @Nullable URL getURL(int columnIndex) throws SQLException {
    Object value = value(columnIndex);
    return value == null ? null : LargeObjects.url(value);
  }

  @Override
  public @Nullable Date getDate(int columnIndex, @Nullable Calendar calendar) throws SQLException {
    Object value = value(columnIndex);
    return value == null ? null : LegacyTemporals.toDate(value, calendar);
  }

  @Override
  public @Nullable Time getTime(int columnIndex, @Nullable Calendar calendar) throws SQLException {
    Object value = value(columnIndex);
    return value == null ? null : LegacyTemporals.toTime(value, calendar);
  }

  @Override
  public @Nullable Timestamp getTimestamp(int columnIndex, @Nullable Calendar calendar)
      throws SQLException {
    Object value = value(columnIndex);
    return value == null ? null : LegacyTemporals.toTimestamp(value, calendar);
  }

  @Deprecated
  @Override
  public @Nullable BigDecimal getBigDecimal(int columnIndex, int scale) throws SQLException {
    Object value = value(columnIndex);
    return value == null ? null : Numbers.toBigDecimal(value, scale);
  }

  @Override
  public @Nullable Array getArray(int columnIndex) throws SQLException {
    Object value = value(columnIndex);
    return value == null ? null : SallyArray.of(value, type(columnIndex));
  }

  @Override
  public @Nullable Object getObject(int columnIndex) throws SQLException {
    Object value = value(columnIndex);
    return value == null ? null : DefaultObjects.of(value, type(columnIndex));
  }

  /** The map changes nothing: there are no types that it could name. */
  @Override
  public @Nullable Object getObject(int columnIndex, @Nullable Map<String, Class<?>> map)
      throws SQLException {
    return getObject(columnIndex);
  }

  @Override
  public <T> @Nullable T getObject(int columnIndex, @Nullable Class<T> type) throws SQLException {
    Object value = value(columnIndex);
    if (type == null) {
      throw SqlErrors.invalidParameter("The class for getObject is null. Name one.", null);
    }
    return value == null ? null : DefaultObjects.as(value, type(columnIndex), type);
  }
}
