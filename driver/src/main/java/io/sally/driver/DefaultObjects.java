package io.sally.driver;

import io.sally.driver.value.Binaries;
import io.sally.driver.value.JavaTypes;
import io.sally.driver.value.LegacyTemporals;
import io.sally.driver.value.Numbers;
import io.sally.engine.catalog.ColumnType;
import java.io.InputStream;
import java.io.Reader;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.NClob;
import java.sql.SQLException;

/** What {@code getObject} gives: by the column's type, or as a class that the caller names. */
final class DefaultObjects {
  private DefaultObjects() {}

  /**
   * The value as the class that JDBC 4.3, Table B-3, pairs with the column's type, or the text of a
   * value that the type does not have ({@link io.sally.engine.RowCursor}).
   */
  static Object of(Object value, ColumnType type) throws SQLException {
    if (value instanceof String) {
      return switch (type.jdbcType()) {
        case CLOB, NCLOB -> LargeObjects.clob(value);
        case BLOB -> LargeObjects.blob(value);
        case BINARY, VARBINARY, LONGVARBINARY -> Binaries.toBytes(value);
        default -> value;
      };
    }
    return switch (type.jdbcType()) {
      case TINYINT, SMALLINT -> Numbers.toInt(value);
      case DATE -> LegacyTemporals.toDate(value, null);
      case TIME -> LegacyTemporals.toTime(value, null);
      case TIMESTAMP -> LegacyTemporals.toTimestamp(value, null);
      case BINARY, VARBINARY, LONGVARBINARY -> Binaries.toBytes(value);
      case CLOB, NCLOB -> LargeObjects.clob(value);
      case BLOB -> LargeObjects.blob(value);
      case ARRAY -> SallyArray.of(value, type);
      default -> value;
    };
  }

  /** The value as {@code target}, which may also be one of the JDBC interfaces. */
  static <T> T as(Object value, ColumnType type, Class<T> target) throws SQLException {
    if (target == Object.class) {
      return target.cast(of(value, type));
    } else if (target == Array.class) {
      return target.cast(SallyArray.of(value, type));
    } else if (target == Clob.class || target == NClob.class) {
      return target.cast(LargeObjects.clob(value));
    } else if (target == Blob.class) {
      return target.cast(LargeObjects.blob(value));
    } else if (target == InputStream.class) {
      return target.cast(LargeObjects.binaryStream(value));
    } else if (target == Reader.class) {
      return target.cast(LargeObjects.reader(value));
    } else if (target == URL.class) {
      return target.cast(LargeObjects.url(value));
    }
    return JavaTypes.convert(value, target);
  }
}
