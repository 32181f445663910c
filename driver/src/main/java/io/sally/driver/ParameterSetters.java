package io.sally.driver;

import io.sally.engine.SqlErrors;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.JDBCType;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.Ref;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import org.jspecify.annotations.Nullable;

/**
 * The setters of a prepared statement. A stream is read when it is set, since a statement can be
 * executed again.
 */
abstract class ParameterSetters extends SallyStatement implements PreparedStatement {
  private static final int UNSCALED = -1;
  private static final String REFERENCES = "references to rows";

  private final ParameterBindings bindings;

  ParameterSetters(SallyConnection connection, int parameterCount) {
    super(connection, true);
    bindings = new ParameterBindings(parameterCount);
  }

  @Override
  public void setBoolean(int index, boolean value) throws SQLException {
    bind(index, value);
  }

  @Override
  public void setByte(int index, byte value) throws SQLException {
    bind(index, value);
  }

  @Override
  public void setShort(int index, short value) throws SQLException {
    bind(index, value);
  }

  @Override
  public void setInt(int index, int value) throws SQLException {
    bind(index, value);
  }

  @Override
  public void setLong(int index, long value) throws SQLException {
    bind(index, value);
  }

  @Override
  public void setFloat(int index, float value) throws SQLException {
    bind(index, value);
  }

  @Override
  public void setDouble(int index, double value) throws SQLException {
    bind(index, value);
  }

  @Override
  public void setBigDecimal(int index, @Nullable BigDecimal value) throws SQLException {
    bind(index, value);
  }

  @Override
  public void setString(int index, @Nullable String value) throws SQLException {
    bind(index, value);
  }

  @Override
  public void setNString(int index, @Nullable String value) throws SQLException {
    bind(index, value);
  }

  @Override
  public void setBytes(int index, byte @Nullable [] value) throws SQLException {
    bind(index, value);
  }

  @Override
  public void setDate(int index, @Nullable Date value) throws SQLException {
    bind(index, value);
  }

  @Override
  public void setTime(int index, @Nullable Time value) throws SQLException {
    bind(index, value);
  }

  @Override
  public void setTimestamp(int index, @Nullable Timestamp value) throws SQLException {
    bind(index, value);
  }

  @Override
  public void setURL(int index, @Nullable URL value) throws SQLException {
    bind(index, value);
  }

  @Override
  public void setArray(int index, @Nullable Array value) throws SQLException {
    bind(index, value);
  }

  @Override
  public void setClob(int index, @Nullable Clob value) throws SQLException {
    bind(index, value);
  }

  @Override
  public void setNClob(int index, @Nullable NClob value) throws SQLException {
    bind(index, value);
  }

  @Override
  public void setBlob(int index, @Nullable Blob value) throws SQLException {
    bind(index, value);
  }

  @Override
  public void setObject(int index, @Nullable Object value) throws SQLException {
    bind(index, value);
  }

  @Override
  public void setDate(int index, @Nullable Date value, @Nullable Calendar calendar)
      throws SQLException {
    bind(index, value == null ? null : TemporalParameters.date(value, calendar));
  }

  @Override
  public void setTime(int index, @Nullable Time value, @Nullable Calendar calendar)
      throws SQLException {
    bind(index, value == null ? null : TemporalParameters.time(value, calendar));
  }

  @Override
  public void setTimestamp(int index, @Nullable Timestamp value, @Nullable Calendar calendar)
      throws SQLException {
    bind(index, value == null ? null : TemporalParameters.timestamp(value, calendar));
  }

  @Override
  public void setObject(int index, @Nullable Object value, int targetType) throws SQLException {
    setObject(index, value, targetType, UNSCALED);
  }

  @Override
  public void setObject(int index, @Nullable Object value, int targetType, int scaleOrLength)
      throws SQLException {
    bind(index, value, ParameterValues.type(targetType), scaleOrLength);
  }

  @Override
  public void setObject(int index, @Nullable Object value, @Nullable SQLType targetType)
      throws SQLException {
    setObject(index, value, targetType, UNSCALED);
  }

  @Override
  public void setObject(
      int index, @Nullable Object value, @Nullable SQLType targetType, int scaleOrLength)
      throws SQLException {
    requireOpen();
    Integer code = targetType == null ? null : targetType.getVendorTypeNumber();
    if (code == null) {
      throw SqlErrors.invalidParameter("The target type of a parameter is null.", null);
    }
    setObject(index, value, code, scaleOrLength);
  }

  @Override
  public void setNull(int index, int sqlType) throws SQLException {
    requireOpen();
    ParameterValues.type(sqlType);
    bind(index, null);
  }

  @Override
  public void setNull(int index, int sqlType, @Nullable String typeName) throws SQLException {
    setNull(index, sqlType);
  }

  @Override
  public void setCharacterStream(int index, @Nullable Reader value) throws SQLException {
    bindText(index, value, Long.MAX_VALUE);
  }

  @Override
  public void setCharacterStream(int index, @Nullable Reader value, long length)
      throws SQLException {
    bindText(index, value, length);
  }

  @Override
  public void setNCharacterStream(int index, @Nullable Reader value) throws SQLException {
    bindText(index, value, Long.MAX_VALUE);
  }

  @Override
  public void setNCharacterStream(int index, @Nullable Reader value, long length)
      throws SQLException {
    bindText(index, value, length);
  }

  @Override
  public void setClob(int index, @Nullable Reader value) throws SQLException {
    bindText(index, value, Long.MAX_VALUE);
  }

  @Override
  public void setClob(int index, @Nullable Reader value, long length) throws SQLException {
    bindText(index, value, length);
  }

  @Override
  public void setNClob(int index, @Nullable Reader value) throws SQLException {
    bindText(index, value, Long.MAX_VALUE);
  }

  @Override
  public void setNClob(int index, @Nullable Reader value, long length) throws SQLException {
    bindText(index, value, length);
  }

  @Override
  public void setCharacterStream(int index, @Nullable Reader value, int length)
      throws SQLException {
    bindText(index, value, length);
  }

  @Override
  public void setBinaryStream(int index, @Nullable InputStream value) throws SQLException {
    bindBytes(index, value, Long.MAX_VALUE);
  }

  @Override
  public void setBinaryStream(int index, @Nullable InputStream value, long length)
      throws SQLException {
    bindBytes(index, value, length);
  }

  @Override
  public void setBlob(int index, @Nullable InputStream value) throws SQLException {
    bindBytes(index, value, Long.MAX_VALUE);
  }

  @Override
  public void setBlob(int index, @Nullable InputStream value, long length) throws SQLException {
    bindBytes(index, value, length);
  }

  @Override
  public void setBinaryStream(int index, @Nullable InputStream value, int length)
      throws SQLException {
    bindBytes(index, value, length);
  }

  @Override
  public void setAsciiStream(int index, @Nullable InputStream value) throws SQLException {
    setAsciiStream(index, value, Long.MAX_VALUE);
  }

  @Override
  public void setAsciiStream(int index, @Nullable InputStream value, int length)
      throws SQLException {
    setAsciiStream(index, value, (long) length);
  }

  @Override
  public void setAsciiStream(int index, @Nullable InputStream value, long length)
      throws SQLException {
    bindText(
        index,
        value == null ? null : new InputStreamReader(value, StandardCharsets.US_ASCII),
        length);
  }

  @Deprecated
  @Override
  public void setUnicodeStream(int index, @Nullable InputStream value, int length)
      throws SQLException {
    throw refusedParameter(index, "setUnicodeStream: call setCharacterStream");
  }

  @Override
  public void setRef(int index, @Nullable Ref value) throws SQLException {
    throw refusedParameter(index, REFERENCES);
  }

  @Override
  public void setRowId(int index, @Nullable RowId value) throws SQLException {
    throw refusedParameter(index, REFERENCES);
  }

  @Override
  public void setSQLXML(int index, @Nullable SQLXML value) throws SQLException {
    throw refusedParameter(index, "values of type SQLXML: set a text");
  }

  @Override
  public void clearParameters() throws SQLException {
    requireOpen();
    bindings.clear();
  }

  final ParameterBindings bindings() {
    return bindings;
  }

  private void bind(int index, @Nullable Object value) throws SQLException {
    requireParameter(index);
    bindings.set(index, Guarded.value(() -> ParameterValues.of(value)));
  }

  private void bind(int index, @Nullable Object value, JDBCType type, int scale)
      throws SQLException {
    requireParameter(index);
    bindings.set(index, Guarded.value(() -> ParameterValues.as(value, type, scale)));
  }

  private void bindText(int index, @Nullable Reader value, long length) throws SQLException {
    requireParameter(index);
    requireLength(length);
    bind(index, value == null ? null : ParameterValues.text(value, length));
  }

  private void bindBytes(int index, @Nullable InputStream value, long length) throws SQLException {
    requireParameter(index);
    requireLength(length);
    bind(index, value == null ? null : ParameterValues.bytes(value, length));
  }

  private void requireParameter(int index) throws SQLException {
    requireOpen();
    bindings.requireIndex(index);
  }

  private static void requireLength(long length) throws SQLException {
    if (length < 0) {
      throw SqlErrors.invalidParameter("The length cannot be " + length + ".", null);
    }
  }

  private SQLException refusedParameter(int index, String feature) throws SQLException {
    requireParameter(index);
    return refused(feature);
  }
}
