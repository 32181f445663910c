package io.sally.driver.remote;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/**
 * Columns as the protocol can carry them: a type that it has no form for is text, large objects are
 * the text or the bytes that they hold. The name of the type stays the true one. Immutable.
 */
final class WireColumns implements InvocationHandler {
  private static final int MILLISECONDS = 3;

  private final ResultSetMetaData columns;

  WireColumns(ResultSetMetaData columns) {
    this.columns = columns;
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] values)
      throws Throwable {
    if (values != null && values.length == 1 && values[0] instanceof Integer column) {
      int given = columns.getColumnType(column);
      int carried = carried(given);
      if (method.getName().equals("getColumnType")) {
        return carried;
      } else if (method.getName().equals("getPrecision") && isTimeOfDay(given)) {
        // A client of Avatica writes that many digits of a second.
        return Math.min(columns.getScale(column), MILLISECONDS);
      } else if (method.getName().equals("getColumnClassName") && carried != given) {
        return (carried == Types.VARCHAR ? String.class : byte[].class).getName();
      }
    }
    return WireConnection.call(columns, method, values);
  }

  /** The type of {@link Types} that the protocol carries this column as. */
  static int carried(ResultSetMetaData columns, int column) throws SQLException {
    return carried(columns.getColumnType(column));
  }

  private static boolean isTimeOfDay(int type) {
    return type == Types.TIME || type == Types.TIMESTAMP;
  }

  private static int carried(int type) {
    return switch (type) {
      case Types.BOOLEAN,
          Types.TINYINT,
          Types.SMALLINT,
          Types.INTEGER,
          Types.BIGINT,
          Types.REAL,
          Types.FLOAT,
          Types.DOUBLE,
          Types.NUMERIC,
          Types.DECIMAL,
          Types.DATE,
          Types.TIME,
          Types.TIMESTAMP,
          Types.CHAR,
          Types.VARCHAR,
          Types.LONGVARCHAR,
          Types.BINARY,
          Types.VARBINARY ->
          type;
      case Types.LONGVARBINARY, Types.BLOB -> Types.VARBINARY;
      default -> Types.VARCHAR;
    };
  }
}
