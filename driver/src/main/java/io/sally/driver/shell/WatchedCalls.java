package io.sally.driver.shell;

import io.sally.driver.statement.ParsedStatement;
import io.sally.driver.statement.StatementParser;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * JDBC's objects with a person before them: what takes longer than a second says so, until the
 * first row is there, and a chart is drawn, instead of the long text that its last column is. All
 * other calls go through. Confined to one thread, but for cancelling.
 */
final class WatchedCalls {
  private WatchedCalls() {}

  /** The connection with its statements watched. */
  static Connection of(Connection connection, Terminal terminal) {
    return proxy(
        Connection.class,
        (proxy, method, arguments) -> {
          Object result = call(connection, method, arguments);
          return result instanceof Statement statement && method.getName().equals("createStatement")
              ? proxy(Statement.class, new WatchedStatement(statement, terminal))
              : result;
        });
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            WatchedCalls.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  /** The call itself, with the exception that it throws. */
  private static @Nullable Object call(
      Object target, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  private static final class WatchedStatement implements InvocationHandler {
    private final Statement statement;
    private final Terminal terminal;
    private String running = "";

    WatchedStatement(Statement statement, Terminal terminal) {
      this.statement = statement;
      this.terminal = terminal;
    }

    @Override
    public @Nullable Object invoke(
        Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
      boolean runs =
          method.getName().startsWith("execute")
              && arguments != null
              && arguments[0] instanceof String;
      if (!runs || arguments == null) {
        return watched(call(statement, method, arguments));
      }
      running = String.valueOf(arguments[0]);
      ProgressLine progress = terminal.running(running);
      try {
        return watched(call(statement, method, arguments));
      } finally {
        progress.end();
      }
    }

    private @Nullable Object watched(@Nullable Object result) throws SQLException {
      if (!(result instanceof ResultSet rows) || running.isEmpty()) {
        return result;
      }
      boolean isChart = StatementParser.parse(running) instanceof ParsedStatement.AskChart;
      return proxy(ResultSet.class, new WatchedRows(rows, running, isChart, terminal));
    }
  }

  private static final class WatchedRows implements InvocationHandler {
    private final ResultSet rows;
    private final String running;
    private final boolean isChart;
    private final Terminal terminal;
    private boolean read;

    WatchedRows(ResultSet rows, String running, boolean isChart, Terminal terminal) {
      this.rows = rows;
      this.running = running;
      this.isChart = isChart;
      this.terminal = terminal;
    }

    @Override
    public @Nullable Object invoke(
        Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
      if (method.getName().equals("next") && !read) {
        read = true;
        return firstRow(method);
      }
      Object result = call(rows, method, arguments);
      return isChart && result instanceof ResultSetMetaData columns
          ? withoutSpecification(columns)
          : result;
    }

    private @Nullable Object firstRow(Method next) throws Throwable {
      ProgressLine progress = terminal.running(running);
      Object found;
      try {
        found = call(rows, next, null);
      } finally {
        progress.end();
      }
      if (isChart && Boolean.TRUE.equals(found)) {
        try {
          terminal.draw(rows);
        } catch (IOException e) {
          terminal.say(
              "The chart cannot be written: " + e + ". Start with --chart <file> to name another.");
        }
      }
      return found;
    }

    /** It is the last column, and stands in the page. */
    private static ResultSetMetaData withoutSpecification(ResultSetMetaData columns) {
      return proxy(
          ResultSetMetaData.class,
          (proxy, method, arguments) -> {
            Object result = call(columns, method, arguments);
            return method.getName().equals("getColumnCount") && result instanceof Integer count
                ? count - 1
                : result;
          });
    }
  }
}
