package io.sally.driver;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;

/**
 * What a forward-only, read-only result refuses: to move back, to write, and the types that SQL
 * here does not have. A closed result says that it is closed, whatever is asked of it.
 */
abstract class ForwardOnlyResultSet extends JdbcObject implements ResultSet {
  private static final String SCROLLING = "results that move other than forward: call next()";
  private static final String UPDATES = "results that write: it only reads";
  private static final String TYPE = "values of this type";

  abstract void requireOpen() throws SQLException;

  private SQLException refusal(String feature) throws SQLException {
    requireOpen();
    return refused(feature);
  }

  @Override
  public boolean absolute(int row) throws SQLException {
    throw refusal(SCROLLING);
  }

  @Override
  public boolean relative(int rows) throws SQLException {
    throw refusal(SCROLLING);
  }

  @Override
  public boolean previous() throws SQLException {
    throw refusal(SCROLLING);
  }

  @Override
  public boolean first() throws SQLException {
    throw refusal(SCROLLING);
  }

  @Override
  public boolean last() throws SQLException {
    throw refusal(SCROLLING);
  }

  @Override
  public boolean isLast() throws SQLException {
    throw refusal(SCROLLING);
  }

  @Override
  public void beforeFirst() throws SQLException {
    throw refusal(SCROLLING);
  }

  @Override
  public void afterLast() throws SQLException {
    throw refusal(SCROLLING);
  }

  @Override
  public void cancelRowUpdates() throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void deleteRow() throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void insertRow() throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void moveToCurrentRow() throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void moveToInsertRow() throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void refreshRow() throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public boolean rowDeleted() throws SQLException {
    requireOpen();
    return false;
  }

  @Override
  public boolean rowInserted() throws SQLException {
    requireOpen();
    return false;
  }

  @Override
  public boolean rowUpdated() throws SQLException {
    requireOpen();
    return false;
  }

  @Override
  public void updateArray(String columnLabel, Array value) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateArray(int columnIndex, Array value) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateAsciiStream(String columnLabel, InputStream value, int length)
      throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateAsciiStream(String columnLabel, InputStream value, long length)
      throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateAsciiStream(String columnLabel, InputStream value) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateAsciiStream(int columnIndex, InputStream value, int length)
      throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateAsciiStream(int columnIndex, InputStream value, long length)
      throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateAsciiStream(int columnIndex, InputStream value) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateBigDecimal(String columnLabel, BigDecimal value) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateBigDecimal(int columnIndex, BigDecimal value) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateBinaryStream(String columnLabel, InputStream value, int length)
      throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateBinaryStream(String columnLabel, InputStream value, long length)
      throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateBinaryStream(String columnLabel, InputStream value) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateBinaryStream(int columnIndex, InputStream value, int length)
      throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateBinaryStream(int columnIndex, InputStream value, long length)
      throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateBinaryStream(int columnIndex, InputStream value) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateBlob(String columnLabel, InputStream value, long length) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateBlob(String columnLabel, InputStream value) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateBlob(String columnLabel, Blob value) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateBlob(int columnIndex, InputStream value, long length) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateBlob(int columnIndex, InputStream value) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateBlob(int columnIndex, Blob value) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateBoolean(String columnLabel, boolean value) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateBoolean(int columnIndex, boolean value) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateByte(String columnLabel, byte value) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateByte(int columnIndex, byte value) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateBytes(String columnLabel, byte[] value) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateBytes(int columnIndex, byte[] value) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateCharacterStream(String columnLabel, Reader value, int length)
      throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateCharacterStream(String columnLabel, Reader value, long length)
      throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateCharacterStream(String columnLabel, Reader value) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateCharacterStream(int columnIndex, Reader value, int length) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateCharacterStream(int columnIndex, Reader value, long length)
      throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateCharacterStream(int columnIndex, Reader value) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateClob(String columnLabel, Reader value, long length) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateClob(String columnLabel, Reader value) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateClob(String columnLabel, Clob value) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateClob(int columnIndex, Reader value, long length) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateClob(int columnIndex, Reader value) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateClob(int columnIndex, Clob value) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateDate(String columnLabel, Date value) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateDate(int columnIndex, Date value) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateDouble(String columnLabel, double value) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateDouble(int columnIndex, double value) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateFloat(String columnLabel, float value) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateFloat(int columnIndex, float value) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateInt(String columnLabel, int value) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateInt(int columnIndex, int value) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateLong(String columnLabel, long value) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateLong(int columnIndex, long value) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateNCharacterStream(String columnLabel, Reader value, long length)
      throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateNCharacterStream(String columnLabel, Reader value) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateNCharacterStream(int columnIndex, Reader value, long length)
      throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateNCharacterStream(int columnIndex, Reader value) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateNClob(String columnLabel, Reader value, long length) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateNClob(String columnLabel, Reader value) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateNClob(String columnLabel, NClob value) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateNClob(int columnIndex, Reader value, long length) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateNClob(int columnIndex, Reader value) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateNClob(int columnIndex, NClob value) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateNString(String columnLabel, String value) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateNString(int columnIndex, String value) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateNull(String columnLabel) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateNull(int columnIndex) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateObject(String columnLabel, Object value, int length) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateObject(String columnLabel, Object value, SQLType length, int x3)
      throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateObject(String columnLabel, Object value, SQLType length) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateObject(String columnLabel, Object value) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateObject(int columnIndex, Object value, int length) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateObject(int columnIndex, Object value, SQLType length, int x3)
      throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateObject(int columnIndex, Object value, SQLType length) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateObject(int columnIndex, Object value) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateRef(String columnLabel, Ref value) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateRef(int columnIndex, Ref value) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateRow() throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateRowId(String columnLabel, RowId value) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateRowId(int columnIndex, RowId value) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateSQLXML(String columnLabel, SQLXML value) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateSQLXML(int columnIndex, SQLXML value) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateShort(String columnLabel, short value) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateShort(int columnIndex, short value) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateString(String columnLabel, String value) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateString(int columnIndex, String value) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateTime(String columnLabel, Time value) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateTime(int columnIndex, Time value) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateTimestamp(String columnLabel, Timestamp value) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public void updateTimestamp(int columnIndex, Timestamp value) throws SQLException {
    throw refusal(UPDATES);
  }

  @Override
  public String getCursorName() throws SQLException {
    throw refusal("named cursors");
  }

  @Override
  public Ref getRef(int columnIndex) throws SQLException {
    throw refusal(TYPE);
  }

  @Override
  public Ref getRef(String columnLabel) throws SQLException {
    throw refusal(TYPE);
  }

  @Override
  public RowId getRowId(int columnIndex) throws SQLException {
    throw refusal(TYPE);
  }

  @Override
  public RowId getRowId(String columnLabel) throws SQLException {
    throw refusal(TYPE);
  }

  @Override
  public SQLXML getSQLXML(int columnIndex) throws SQLException {
    throw refusal(TYPE);
  }

  @Override
  public SQLXML getSQLXML(String columnLabel) throws SQLException {
    throw refusal(TYPE);
  }

  @Deprecated
  @Override
  public InputStream getUnicodeStream(int columnIndex) throws SQLException {
    throw refusal("getUnicodeStream: call getCharacterStream");
  }

  @Deprecated
  @Override
  public InputStream getUnicodeStream(String columnLabel) throws SQLException {
    throw refusal("getUnicodeStream: call getCharacterStream");
  }
}
