package io.sally.driver.remote;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * A connection whose results are such as Avatica's protocol can carry: {@link WireColumns} says
 * which types become others, {@link WireRows} gives their values. All else is the connection's.
 * Immutable.
 */
final class WireConnection implements InvocationHandler {
  private final Object object;

  private WireConnection(Object object) {
    this.object = object;
  }

  static Connection of(Connection connection) {
    return proxy(Connection.class, new WireConnection(connection));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] values)
      throws Throwable {
    return wrapped(call(object, method, values));
  }

  private static @Nullable Object wrapped(@Nullable Object result) throws SQLException {
    if (result instanceof PreparedStatement statement) {
      return proxy(PreparedStatement.class, new WireConnection(statement));
    } else if (result instanceof Statement statement) {
      return proxy(Statement.class, new WireConnection(statement));
    } else if (result instanceof ResultSet rows) {
      return proxy(ResultSet.class, new WireRows(rows));
    } else if (result instanceof ResultSetMetaData columns) {
      return proxy(ResultSetMetaData.class, new WireColumns(columns));
    }
    return result;
  }

  static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            WireConnection.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  /** Calls the method, and throws what it throws. */
  static @Nullable Object call(Object target, Method method, @Nullable Object @Nullable [] values)
      throws Throwable {
    try {
      return method.invoke(target, values);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }
}
