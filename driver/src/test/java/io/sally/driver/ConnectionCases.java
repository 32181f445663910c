package io.sally.driver;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import javax.sql.DataSource;

/** What the methods do that lead to a connection, and those of the connection. */
final class ConnectionCases {
  private static final String QUERY = "SELECT id FROM orders ORDER BY id";
  private static final String ROWS = "[[10], [11]]";

  private ConnectionCases() {}

  static JdbcCases<Driver> driver(Fixture fixture) {
    return new JdbcCases<>(Driver.class, () -> fixture.driver)
        .is(
            "acceptsURL(String)",
            d -> List.of(d.acceptsURL("jdbc:sally:demo"), d.acceptsURL("jdbc:other:demo")),
            "[true, false]")
        .is(
            "connect(String, Properties)",
            d -> {
              try (Connection made =
                  Objects.requireNonNull(d.connect("jdbc:sally:", new Properties()))) {
                return List.of(made.isValid(1), d.connect("jdbc:other:", null) == null);
              }
            },
            "[true, true]")
        .are(
            """
            getMajorVersion 0
            getMinorVersion 1
            jdbcCompliant false
            """)
        .is("getParentLogger()", d -> d.getParentLogger().getName(), "io.sally")
        .is(
            "getPropertyInfo(String, Properties)",
            d -> d.getPropertyInfo("jdbc:sally:", null)[0].name,
            "mode");
  }

  static JdbcCases<DataSource> dataSource() {
    return new JdbcCases<DataSource>(DataSource.class, SallyDataSource::new)
        .is("getConnection()", d -> valid(d.getConnection()), "true")
        .is(
            "getConnection(String, String)",
            d -> {
              try (Connection made = d.getConnection("ada", "s3cret")) {
                return made.getMetaData().getUserName();
              }
            },
            "ada")
        .is("getLoginTimeout()", DataSource::getLoginTimeout, "0")
        .is(
            "setLoginTimeout(int)",
            d -> {
              d.setLoginTimeout(5);
              return d.getLoginTimeout();
            },
            "5")
        .is("getLogWriter()", DataSource::getLogWriter, "null")
        .is(
            "setLogWriter(PrintWriter)",
            d -> {
              PrintWriter writer = new PrintWriter(new StringWriter());
              d.setLogWriter(writer);
              return d.getLogWriter() == writer;
            },
            "true")
        .is("getParentLogger()", d -> d.getParentLogger().getName(), "io.sally")
        .is("unwrap(Class)", d -> d.unwrap(SallyDataSource.class) == d, "true")
        .is(
            "isWrapperFor(Class)",
            d -> List.of(d.isWrapperFor(DataSource.class), d.isWrapperFor(String.class)),
            "[true, false]")
        .refuses("createConnectionBuilder()", "createShardingKeyBuilder()");
  }

  private static boolean valid(Connection made) throws SQLException {
    try (made) {
      return made.isValid(1);
    }
  }

  static JdbcCases<Connection> connection(Fixture fixture) {
    JdbcCases<Connection> cases = new JdbcCases<>(Connection.class, fixture::connect);
    statements(cases);
    session(cases);
    transactions(cases);
    return ending(cases)
        .refusesAll(name -> name.startsWith("prepareCall(") || name.contains("Sharding"))
        .refuses(
            "createSQLXML()",
            "createStruct(String, Object[])",
            "prepareStatement(String, int[])",
            "prepareStatement(String, String[])",
            "releaseSavepoint(Savepoint)",
            "rollback(Savepoint)",
            "setSavepoint()",
            "setSavepoint(String)");
  }

  private static void statements(JdbcCases<Connection> cases) {
    int forward = ResultSet.TYPE_FORWARD_ONLY;
    int reads = ResultSet.CONCUR_READ_ONLY;
    int holds = ResultSet.HOLD_CURSORS_OVER_COMMIT;
    cases
        .is("createStatement()", c -> c.createStatement().executeQuery(QUERY), ROWS)
        .is(
            "createStatement(int, int)",
            c -> c.createStatement(forward, reads).executeQuery(QUERY),
            ROWS)
        .is(
            "createStatement(int, int, int)",
            c -> c.createStatement(forward, reads, holds).executeQuery(QUERY),
            ROWS)
        .is("prepareStatement(String)", c -> c.prepareStatement(QUERY).executeQuery(), ROWS)
        .is(
            "prepareStatement(String, int)",
            c -> c.prepareStatement(QUERY, Statement.NO_GENERATED_KEYS).executeQuery(),
            ROWS)
        .is(
            "prepareStatement(String, int, int)",
            c -> c.prepareStatement(QUERY, forward, reads).executeQuery(),
            ROWS)
        .is(
            "prepareStatement(String, int, int, int)",
            c -> c.prepareStatement(QUERY, forward, reads, holds).executeQuery(),
            ROWS)
        .is(
            "nativeSQL(String)",
            c -> c.nativeSQL("SELECT {d '2026-03-29'}"),
            "SELECT DATE '2026-03-29'")
        .is(
            "createArrayOf(String, Object[])",
            c -> c.createArrayOf("INTEGER", new Object[] {1, "2"}),
            "[1, 2]")
        .is("createBlob()", c -> c.createBlob().length(), "0")
        .is("createClob()", Connection::createClob, "")
        .is("createNClob()", Connection::createNClob, "");
  }

  private static void session(JdbcCases<Connection> cases) {
    cases
        .is("getCatalog()", Connection::getCatalog, "null")
        .is(
            "setCatalog(String)",
            c -> {
              c.setCatalog("any");
              return c.getCatalog();
            },
            "null")
        .is("getSchema()", Connection::getSchema, "shop")
        .is(
            "setSchema(String)",
            c -> {
              c.setSchema("SHOP");
              String set = c.getSchema();
              c.setSchema(null);
              return set + " " + c.getSchema();
            },
            "shop shop")
        .is("getClientInfo()", Connection::getClientInfo, "{}")
        .is("getClientInfo(String)", c -> c.getClientInfo("ApplicationName"), "null")
        .is(
            "setClientInfo(String, String)",
            c -> {
              c.setClientInfo("ApplicationName", "tests");
              return c.getClientInfo("ApplicationName");
            },
            "tests")
        .is(
            "setClientInfo(Properties)",
            c -> {
              Properties given = new Properties();
              given.setProperty("ApplicationName", "tests");
              c.setClientInfo(given);
              return c.getClientInfo();
            },
            "{ApplicationName=tests}")
        .is("getMetaData()", c -> c.getMetaData().getConnection() == c, "true")
        .is("getTypeMap()", Connection::getTypeMap, "{}")
        .is(
            "setTypeMap(Map)",
            c -> {
              c.setTypeMap(Map.of());
              return c.getTypeMap();
            },
            "{}")
        .is("getWarnings()", Connection::getWarnings, "null")
        .is(
            "clearWarnings()",
            c -> {
              c.setClientInfo("Colour", "red");
              boolean warned = c.getWarnings() != null;
              c.clearWarnings();
              return warned + " " + c.getWarnings();
            },
            "true null")
        .is("getNetworkTimeout()", Connection::getNetworkTimeout, "0")
        .is(
            "setNetworkTimeout(Executor, int)",
            c -> {
              c.setNetworkTimeout(Runnable::run, 0);
              return c.getNetworkTimeout();
            },
            "0");
  }

  private static void transactions(JdbcCases<Connection> cases) {
    cases
        .is("getAutoCommit()", Connection::getAutoCommit, "true")
        .is(
            "setAutoCommit(boolean)",
            c -> {
              c.setAutoCommit(false);
              return c.getAutoCommit();
            },
            "false")
        .is(
            "commit()",
            c -> {
              c.setAutoCommit(false);
              ResultSet rows = c.createStatement().executeQuery(QUERY);
              c.commit();
              return rows;
            },
            ROWS)
        .is(
            "rollback()",
            c -> {
              c.setAutoCommit(false);
              ResultSet rows = c.createStatement().executeQuery(QUERY);
              c.rollback();
              return rows;
            },
            ROWS)
        .is("isReadOnly()", Connection::isReadOnly, "true")
        .is(
            "setReadOnly(boolean)",
            c -> {
              c.setReadOnly(false);
              return c.isReadOnly();
            },
            "true")
        .is("getHoldability()", Connection::getHoldability, "1")
        .is(
            "setHoldability(int)",
            c -> {
              c.setHoldability(ResultSet.HOLD_CURSORS_OVER_COMMIT);
              return c.getHoldability();
            },
            "1")
        .is("getTransactionIsolation()", Connection::getTransactionIsolation, "0")
        .is(
            "setTransactionIsolation(int)",
            c -> {
              c.setTransactionIsolation(Connection.TRANSACTION_NONE);
              return c.getTransactionIsolation();
            },
            "0")
        .is(
            "beginRequest()",
            c -> {
              c.setSchema("shop");
              c.beginRequest();
              return c.getSchema();
            },
            "shop")
        .is(
            "endRequest()",
            c -> {
              c.endRequest();
              c.setClientInfo("ApplicationName", "pool");
              c.beginRequest();
              c.setClientInfo("ApplicationName", "borrower");
              c.endRequest();
              c.endRequest();
              return c.getClientInfo("ApplicationName");
            },
            "pool");
  }

  private static JdbcCases<Connection> ending(JdbcCases<Connection> cases) {
    return cases
        .is("isValid(int)", c -> c.isValid(1), "true")
        .is("isClosed()", Connection::isClosed, "false")
        .is("close()", ConnectionCases::close, "true")
        .is("abort(Executor)", ConnectionCases::abort, "true")
        .is("unwrap(Class)", c -> c.unwrap(Connection.class) == c, "true")
        .is("isWrapperFor(Class)", c -> c.isWrapperFor(Statement.class), "false")
        .closedBy(
            c -> {
              c.close();
              return null;
            },
            "08003")
        .worksWhenClosed("isValid(int)", c -> c.isValid(1), "false")
        .worksWhenClosed("isClosed()", Connection::isClosed, "true")
        .worksWhenClosed("close()", ConnectionCases::close, "true")
        .worksWhenClosed("abort(Executor)", ConnectionCases::abort, "true")
        .worksWhenClosed("unwrap(Class)", c -> c.unwrap(Connection.class) == c, "true")
        .worksWhenClosed("isWrapperFor(Class)", c -> c.isWrapperFor(Statement.class), "false")
        .worksWhenClosed("beginRequest()", c -> c.isClosed(), "true")
        .worksWhenClosed("endRequest()", c -> c.isClosed(), "true");
  }

  private static Object close(Connection connection) throws SQLException {
    connection.close();
    return connection.isClosed();
  }

  private static Object abort(Connection connection) throws SQLException {
    connection.abort(Runnable::run);
    return connection.isClosed();
  }
}
