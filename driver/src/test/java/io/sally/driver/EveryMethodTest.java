package io.sally.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.Driver;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Calls every method of every JDBC interface: nothing but SQLExceptions may come out. */
class EveryMethodTest {
  /** Those that JDBC lets be called on closed objects, or that have nothing to do with closing. */
  private static final Set<String> FINE_WHEN_CLOSED =
      Set.of(
          "close",
          "isClosed",
          "abort",
          "isValid",
          "unwrap",
          "isWrapperFor",
          "beginRequest",
          "endRequest",
          "toString");

  /** A way of making an argument: some say yes to everything, some are null or out of range. */
  private interface Arguments {
    @Nullable Object of(Class<?> type);
  }

  private static final Arguments SENSIBLE = EveryMethodTest::sensible;
  private static final Arguments NOTHING =
      type -> type.isPrimitive() ? EveryMethodTest.number(type, 0) : null;
  private static final Arguments EXTREME =
      type ->
          type.isPrimitive()
              ? EveryMethodTest.number(type, Integer.MIN_VALUE)
              : EveryMethodTest.sensible(type);

  private final Fixture fixture = new Fixture();
  private final List<String> faults = new ArrayList<>();

  /** Makes a fresh object to call one method of. */
  private interface Maker {
    Object make() throws Exception;
  }

  @Test
  void openObjectsThrowNothingButSqlExceptions() {
    for (Arguments arguments : List.of(SENSIBLE, NOTHING, EXTREME)) {
      walk(Driver.class, () -> fixture.driver, arguments);
      walk(DataSource.class, SallyDataSource::new, arguments);
      walk(Connection.class, fixture::connect, arguments);
      walk(DatabaseMetaData.class, () -> fixture.connect().getMetaData(), arguments);
      walk(Statement.class, this::statement, arguments);
      walk(PreparedStatement.class, this::prepared, arguments);
      walk(ResultSet.class, this::resultBeforeFirst, arguments);
      walk(ResultSet.class, this::resultOnRow, arguments);
      walk(ResultSet.class, this::resultAfterLast, arguments);
      walk(ResultSetMetaData.class, () -> resultOnRow().getMetaData(), arguments);
      walk(ParameterMetaData.class, () -> prepared().getParameterMetaData(), arguments);
      walk(Array.class, EveryMethodTest::array, arguments);
    }
    assertThat(faults).isEmpty();
  }

  @Test
  void closedObjectsRefuseEveryMethod() {
    walkClosed(Connection.class, fixture::connect);
    walkClosed(Statement.class, this::statement);
    walkClosed(PreparedStatement.class, this::prepared);
    walkClosed(ResultSet.class, this::resultOnRow);
    assertThat(faults).isEmpty();
  }

  @Test
  void closingTheConnectionClosesWhatCameFromIt() throws SQLException {
    Connection connection = fixture.connect();
    Statement statement = connection.createStatement();
    ResultSet rows = statement.executeQuery("SELECT * FROM orders");
    connection.close();
    assertThat(List.of(connection.isClosed(), statement.isClosed(), rows.isClosed()))
        .containsOnly(true);
  }

  private void walk(Class<?> face, Maker maker, Arguments arguments) {
    methods(face)
        .forEach(
            method -> {
              SQLExceptionOrNull outcome = call(method, maker, arguments);
              if (outcome.fault() != null) {
                faults.add(face.getSimpleName() + "." + signature(method) + ": " + outcome.fault());
              }
            });
  }

  private void walkClosed(Class<?> face, Maker maker) {
    methods(face)
        .filter(method -> !FINE_WHEN_CLOSED.contains(method.getName()))
        .forEach(
            method -> {
              Maker closed =
                  () -> {
                    Object made = maker.make();
                    ((AutoCloseable) made).close();
                    return made;
                  };
              SQLExceptionOrNull outcome = call(method, closed, SENSIBLE);
              if (outcome.thrown() == null) {
                faults.add(face.getSimpleName() + "." + signature(method) + " did not throw");
              }
            });
  }

  private record SQLExceptionOrNull(@Nullable SQLException thrown, @Nullable String fault) {}

  private static SQLExceptionOrNull call(Method method, Maker maker, Arguments arguments) {
    try {
      Object target = maker.make();
      @Nullable Object[] values =
          Arrays.stream(method.getParameterTypes()).map(arguments::of).toArray();
      method.invoke(target, values);
      return new SQLExceptionOrNull(null, null);
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause();
      if (cause instanceof SQLException sql) {
        boolean internal = "XX000".equals(sql.getSQLState());
        boolean stateless = sql.getSQLState() == null && !method.isDefault();
        return new SQLExceptionOrNull(
            sql, internal || stateless ? sql.getSQLState() + " " + sql.getMessage() : null);
      }
      return new SQLExceptionOrNull(null, String.valueOf(cause));
    } catch (Exception e) {
      return new SQLExceptionOrNull(null, "could not be called: " + e);
    }
  }

  private static Stream<Method> methods(Class<?> face) {
    Set<Method> methods = new TreeSet<>(Comparator.comparing(Method::toGenericString));
    methods.addAll(List.of(face.getMethods()));
    return methods.stream()
        .filter(method -> !java.lang.reflect.Modifier.isStatic(method.getModifiers()));
  }

  private static String signature(Method method) {
    return method.getName()
        + Arrays.stream(method.getParameterTypes()).map(Class::getSimpleName).toList();
  }

  private Statement statement() throws SQLException {
    return fixture.connect().createStatement();
  }

  private PreparedStatement prepared() throws SQLException {
    PreparedStatement statement =
        fixture.connect().prepareStatement("SELECT * FROM orders WHERE id > ?");
    statement.setInt(1, 0);
    return statement;
  }

  private ResultSet resultBeforeFirst() throws SQLException {
    return statement().executeQuery("SELECT id, customer_id FROM orders");
  }

  private ResultSet resultOnRow() throws SQLException {
    ResultSet rows = resultBeforeFirst();
    rows.next();
    return rows;
  }

  private ResultSet resultAfterLast() throws SQLException {
    ResultSet rows = resultBeforeFirst();
    while (rows.next()) {}
    return rows;
  }

  private static Array array() throws SQLException {
    return SallyArray.of(
        List.of("a", "b"),
        new io.sally.engine.catalog.ColumnType(
            java.sql.JDBCType.ARRAY,
            "VARCHAR ARRAY",
            -1,
            0,
            io.sally.engine.catalog.ColumnType.varchar()));
  }

  static @Nullable Object sensible(Class<?> type) {
    if (type.isPrimitive()) {
      return number(type, 1);
    } else if (type == String.class || type == Object.class) {
      return "id";
    } else if (type == Class.class) {
      return String.class;
    } else if (type == Executor.class) {
      Executor direct = Runnable::run;
      return direct;
    } else if (type == Reader.class) {
      return new StringReader("id");
    } else if (type == InputStream.class) {
      return new ByteArrayInputStream(new byte[] {1});
    } else if (type == String[].class) {
      return new String[] {"TABLE"};
    } else if (type == int[].class) {
      return new int[] {Types.INTEGER};
    } else if (type == byte[].class) {
      return new byte[] {1};
    }
    return null;
  }

  private static Object number(Class<?> type, int value) {
    if (type == boolean.class) {
      return value != 0;
    } else if (type == byte.class) {
      return (byte) value;
    } else if (type == short.class) {
      return (short) value;
    } else if (type == long.class) {
      return (long) value;
    } else if (type == float.class) {
      return (float) value;
    } else if (type == double.class) {
      return (double) value;
    }
    return value;
  }
}
