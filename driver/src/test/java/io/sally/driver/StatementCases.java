package io.sally.driver;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.sql.JDBCType;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.Calendar;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TimeZone;

/** What the methods of statements do, and of the parameters. */
final class StatementCases {
  private static final String QUERY = "SELECT id FROM orders ORDER BY id";
  private static final String ROWS = "[[10], [11]]";
  private static final String SETTING = "SET mode = 'demo'";

  private StatementCases() {}

  static JdbcCases<Statement> statement(Fixture fixture) {
    JdbcCases<Statement> cases =
        new JdbcCases<>(Statement.class, () -> fixture.connect().createStatement());
    common(cases);
    return cases
        .is("execute(String)", s -> s.execute(QUERY), "true")
        .is("execute(String, int)", s -> s.execute(SETTING, Statement.NO_GENERATED_KEYS), "false")
        .is("executeQuery(String)", s -> s.executeQuery(QUERY), ROWS)
        .is("executeUpdate(String)", s -> s.executeUpdate(SETTING), "0")
        .is(
            "executeUpdate(String, int)",
            s -> s.executeUpdate(SETTING, Statement.NO_GENERATED_KEYS),
            "0")
        .is("executeLargeUpdate(String)", s -> s.executeLargeUpdate(SETTING), "0")
        .is(
            "executeLargeUpdate(String, int)",
            s -> s.executeLargeUpdate(SETTING, Statement.NO_GENERATED_KEYS),
            "0")
        .is(
            "cancel()",
            s -> {
              ResultSet rows = s.executeQuery("SELECT n FROM numbers");
              s.cancel();
              return stateOf(() -> drain(rows));
            },
            "57014")
        .is(
            "getMoreResults()",
            s -> {
              ResultSet rows = s.executeQuery(QUERY);
              return List.of(s.getMoreResults(), rows.isClosed(), s.getUpdateCount());
            },
            "[false, true, -1]")
        .is(
            "getMoreResults(int)",
            s -> {
              ResultSet rows = s.executeQuery(QUERY);
              return List.of(s.getMoreResults(Statement.CLOSE_ALL_RESULTS), rows.isClosed());
            },
            "[false, true]")
        .is(
            "getResultSet()",
            s -> {
              s.execute(QUERY);
              return s.getResultSet();
            },
            ROWS)
        .is(
            "getUpdateCount()",
            s -> {
              s.execute(SETTING);
              return s.getUpdateCount();
            },
            "0")
        .is(
            "getLargeUpdateCount()",
            s -> {
              s.execute(QUERY);
              return s.getLargeUpdateCount();
            },
            "-1")
        .is(
            "getWarnings()",
            s -> {
              s.execute("ASK '" + Fixture.ALL_ORDERS + "'");
              return String.valueOf(s.getWarnings()).lines().findFirst().orElseThrow();
            },
            "java.sql.SQLWarning: SQL: SELECT id, customer_id, amount")
        .is(
            "clearWarnings()",
            s -> {
              s.execute("ASK '" + Fixture.ALL_ORDERS + "'");
              s.clearWarnings();
              return s.getWarnings();
            },
            "null")
        .is(
            "setMaxRows(int)",
            s -> {
              s.setMaxRows(1);
              return List.of(s.getMaxRows(), Fixture.rows(s.executeQuery(QUERY)));
            },
            "[1, [[10]]]")
        .is(
            "setLargeMaxRows(long)",
            s -> {
              s.setLargeMaxRows(1);
              return List.of(s.getLargeMaxRows(), Fixture.rows(s.executeQuery(QUERY)));
            },
            "[1, [[10]]]")
        .is(
            "setMaxFieldSize(int)",
            s -> {
              s.setMaxFieldSize(2);
              return s.executeQuery("SELECT \"Name\", id, X'010203' FROM customers WHERE id = 1");
            },
            "[[Ad, 1, 0102]]")
        .is(
            "setEscapeProcessing(boolean)",
            s -> {
              s.setEscapeProcessing(false);
              return stateOf(() -> s.execute("SELECT * FROM {oj orders}"));
            },
            "42601")
        .is(
            "closeOnCompletion()",
            s -> {
              s.closeOnCompletion();
              s.executeQuery(QUERY).close();
              return s.isClosed();
            },
            "true");
  }

  /** What a statement does whether or not it has its text already. */
  private static <S extends Statement> void common(JdbcCases<S> cases) {
    cases
        .is("getConnection()", s -> s.getConnection().isValid(1), "true")
        .are(
            """
            getFetchDirection 1000
            getFetchSize 0
            getLargeMaxRows 0
            getMaxFieldSize 0
            getMaxRows 0
            getQueryTimeout 0
            getResultSetConcurrency 1007
            getResultSetHoldability 1
            getResultSetType 1003
            isCloseOnCompletion false
            isClosed false
            """)
        .is(
            "setFetchDirection(int)",
            s -> {
              s.setFetchDirection(ResultSet.FETCH_FORWARD);
              return s.getFetchDirection();
            },
            "1000")
        .is(
            "setFetchSize(int)",
            s -> {
              s.setFetchSize(7);
              return s.getFetchSize();
            },
            "7")
        .is(
            "setQueryTimeout(int)",
            s -> {
              s.setQueryTimeout(9);
              return s.getQueryTimeout();
            },
            "9")
        .is(
            "setPoolable(boolean)",
            s -> {
              boolean before = s.isPoolable();
              s.setPoolable(!before);
              return s.isPoolable() != before;
            },
            "true")
        .is(
            "setCursorName(String)",
            s -> {
              s.setCursorName("c");
              return s.isClosed();
            },
            "false")
        .is("enquoteLiteral(String)", s -> s.enquoteLiteral("it's"), "'it''s'")
        .is("enquoteNCharLiteral(String)", s -> s.enquoteNCharLiteral("it's"), "N'it''s'")
        .is(
            "enquoteIdentifier(String, boolean)",
            s -> List.of(s.enquoteIdentifier("a b", false), s.enquoteIdentifier("ab", true)),
            "[\"a b\", \"ab\"]")
        .is(
            "isSimpleIdentifier(String)",
            s -> List.of(s.isSimpleIdentifier("ab"), s.isSimpleIdentifier("a b")),
            "[true, false]")
        .is("unwrap(Class)", s -> s.unwrap(Statement.class) == s, "true")
        .is("isWrapperFor(Class)", s -> s.isWrapperFor(ResultSet.class), "false")
        .is("close()", StatementCases::close, "true")
        .refuses(
            "addBatch(String)",
            "clearBatch()",
            "executeBatch()",
            "executeLargeBatch()",
            "getGeneratedKeys()")
        .refusesAll(
            name ->
                name.startsWith("execute") && (name.contains("int[]") || name.contains("String[]")))
        .closedBy(StatementCases::close, "HY010")
        .worksWhenClosed("close()", StatementCases::close, "true")
        .worksWhenClosed("isClosed()", Statement::isClosed, "true")
        .worksWhenClosed("unwrap(Class)", s -> s.unwrap(Statement.class) == s, "true")
        .worksWhenClosed("isWrapperFor(Class)", s -> s.isWrapperFor(ResultSet.class), "false");
    poolable(cases);
  }

  private static <S extends Statement> void poolable(JdbcCases<S> cases) {
    cases.is("isPoolable()", s -> s.isPoolable() == s instanceof PreparedStatement, "true");
  }

  private static Object close(Statement statement) throws SQLException {
    statement.close();
    return statement.isClosed();
  }

  static JdbcCases<PreparedStatement> prepared(Fixture fixture) {
    JdbcCases<PreparedStatement> cases =
        new JdbcCases<>(
            PreparedStatement.class,
            () -> {
              PreparedStatement made =
                  fixture.connect().prepareStatement("SELECT id FROM orders WHERE id > ?");
              made.setInt(1, 10);
              return made;
            });
    common(cases);
    executing(cases);
    numbers(cases);
    times(cases);
    texts(cases);
    binaries(cases);
    objects(cases);
    return cases.refuses(
        "addBatch()",
        "setRef(int, Ref)",
        "setRowId(int, RowId)",
        "setSQLXML(int, SQLXML)",
        "setUnicodeStream(int, InputStream, int)");
  }

  private static void executing(JdbcCases<PreparedStatement> cases) {
    String sequence = "HY010";
    cases
        .is("execute()", PreparedStatement::execute, "true")
        .is("executeQuery()", PreparedStatement::executeQuery, "[[11]]")
        .is("executeUpdate()", s -> setting(s).executeUpdate(), "0")
        .is("executeLargeUpdate()", s -> setting(s).executeLargeUpdate(), "0")
        .is("execute(String)", s -> stateOf(() -> s.execute(QUERY)), sequence)
        .is("execute(String, int)", s -> stateOf(() -> s.execute(QUERY, 2)), sequence)
        .is("executeQuery(String)", s -> stateOf(() -> s.executeQuery(QUERY)), sequence)
        .is("executeUpdate(String)", s -> stateOf(() -> s.executeUpdate(SETTING)), sequence)
        .is("executeUpdate(String, int)", s -> stateOf(() -> s.executeUpdate(SETTING, 2)), sequence)
        .is(
            "executeLargeUpdate(String)",
            s -> stateOf(() -> s.executeLargeUpdate(SETTING)),
            sequence)
        .is(
            "executeLargeUpdate(String, int)",
            s -> stateOf(() -> s.executeLargeUpdate(SETTING, 2)),
            sequence)
        .is(
            "cancel()",
            s -> {
              ResultSet rows =
                  s.getConnection().prepareStatement("SELECT n FROM numbers").executeQuery();
              rows.getStatement().cancel();
              return stateOf(() -> drain(rows));
            },
            "57014")
        .is(
            "clearParameters()",
            s -> {
              s.clearParameters();
              return stateOf(s::executeQuery);
            },
            "07001")
        .is("getMetaData()", s -> Objects.requireNonNull(s.getMetaData()).getColumnLabel(1), "id")
        .is("getParameterMetaData()", s -> s.getParameterMetaData().getParameterCount(), "1")
        .is(
            "getMoreResults()",
            s -> {
              s.execute();
              return List.of(s.getMoreResults(), s.getUpdateCount());
            },
            "[false, -1]")
        .is("getMoreResults(int)", s -> s.getMoreResults(Statement.CLOSE_CURRENT_RESULT), "false")
        .is(
            "getResultSet()",
            s -> {
              s.execute();
              return s.getResultSet();
            },
            "[[11]]")
        .is("getUpdateCount()", PreparedStatement::getUpdateCount, "-1")
        .is("getLargeUpdateCount()", PreparedStatement::getLargeUpdateCount, "-1")
        .is("getWarnings()", PreparedStatement::getWarnings, "null")
        .is(
            "clearWarnings()",
            s -> {
              s.clearWarnings();
              return s.getWarnings();
            },
            "null")
        .is(
            "setMaxRows(int)",
            s -> {
              s.setInt(1, 0);
              s.setMaxRows(1);
              return List.of(s.getMaxRows(), Fixture.rows(s.executeQuery()).size());
            },
            "[1, 1]")
        .is(
            "setLargeMaxRows(long)",
            s -> {
              s.setInt(1, 0);
              s.setLargeMaxRows(1);
              return List.of(s.getLargeMaxRows(), Fixture.rows(s.executeQuery()).size());
            },
            "[1, 1]")
        .is(
            "setMaxFieldSize(int)",
            s -> {
              PreparedStatement texts = casting(s, "VARCHAR");
              texts.setString(1, "abc");
              texts.setMaxFieldSize(2);
              return texts.executeQuery();
            },
            "[[ab]]")
        .is(
            "setEscapeProcessing(boolean)",
            s -> {
              s.setEscapeProcessing(false);
              return s.executeQuery();
            },
            "[[11]]")
        .is(
            "closeOnCompletion()",
            s -> {
              s.closeOnCompletion();
              s.executeQuery().close();
              return s.isClosed();
            },
            "true");
  }

  private static PreparedStatement setting(PreparedStatement any) throws SQLException {
    return any.getConnection().prepareStatement(SETTING);
  }

  private static PreparedStatement casting(PreparedStatement any, String type) throws SQLException {
    return any.getConnection().prepareStatement("SELECT CAST(? AS " + type + ")");
  }

  private interface Setting {
    void on(PreparedStatement statement) throws Exception;
  }

  /** The value that comes back after it was set for a place of a type. */
  private static void sets(
      JdbcCases<PreparedStatement> cases,
      String signature,
      String type,
      Setting setting,
      String value) {
    cases.is(
        signature,
        s -> {
          PreparedStatement casting = casting(s, type);
          setting.on(casting);
          return casting.executeQuery();
        },
        "[[" + value + "]]");
  }

  private static void numbers(JdbcCases<PreparedStatement> cases) {
    sets(cases, "setBoolean(int, boolean)", "BOOLEAN", s -> s.setBoolean(1, true), "true");
    sets(cases, "setByte(int, byte)", "INTEGER", s -> s.setByte(1, (byte) -1), "-1");
    sets(cases, "setShort(int, short)", "INTEGER", s -> s.setShort(1, (short) 300), "300");
    sets(cases, "setInt(int, int)", "INTEGER", s -> s.setInt(1, 70_000), "70000");
    sets(cases, "setLong(int, long)", "BIGINT", s -> s.setLong(1, 1L << 40), "1099511627776");
    sets(cases, "setFloat(int, float)", "DOUBLE", s -> s.setFloat(1, 0.5f), "0.5");
    sets(cases, "setDouble(int, double)", "DOUBLE", s -> s.setDouble(1, 0.1), "0.1");
    sets(
        cases,
        "setBigDecimal(int, BigDecimal)",
        "DECIMAL(5, 2)",
        s -> s.setBigDecimal(1, new BigDecimal("12.50")),
        "12.50");
    sets(cases, "setNull(int, int)", "INTEGER", s -> s.setNull(1, Types.INTEGER), "null");
    sets(
        cases,
        "setNull(int, int, String)",
        "INTEGER",
        s -> s.setNull(1, Types.INTEGER, "INTEGER"),
        "null");
  }

  private static void times(JdbcCases<PreparedStatement> cases) {
    Calendar tokyo = Calendar.getInstance(TimeZone.getTimeZone("Asia/Tokyo"), Locale.ROOT);
    // What the clocks of Tokyo show at that instant, whatever those of this machine do.
    Date date = new Date(1_774_796_400_000L);
    Time time = new Time(0);
    Timestamp at = new Timestamp(0);
    sets(
        cases,
        "setDate(int, Date)",
        "DATE",
        s -> s.setDate(1, Date.valueOf("2026-03-29")),
        "2026-03-29");
    sets(
        cases,
        "setDate(int, Date, Calendar)",
        "DATE",
        s -> s.setDate(1, date, tokyo),
        "2026-03-30");
    sets(
        cases,
        "setTime(int, Time)",
        "TIME",
        s -> s.setTime(1, Time.valueOf("12:34:56")),
        "12:34:56");
    sets(cases, "setTime(int, Time, Calendar)", "TIME", s -> s.setTime(1, time, tokyo), "09:00:00");
    sets(
        cases,
        "setTimestamp(int, Timestamp)",
        "TIMESTAMP(3)",
        s -> s.setTimestamp(1, Timestamp.valueOf("2026-07-01 01:02:03.456")),
        "2026-07-01 01:02:03.456");
    sets(
        cases,
        "setTimestamp(int, Timestamp, Calendar)",
        "TIMESTAMP(0)",
        s -> s.setTimestamp(1, at, tokyo),
        "1970-01-01 09:00:00");
  }

  private static void texts(JdbcCases<PreparedStatement> cases) {
    String type = "VARCHAR";
    sets(cases, "setString(int, String)", type, s -> s.setString(1, "é"), "é");
    sets(cases, "setNString(int, String)", type, s -> s.setNString(1, "é"), "é");
    sets(
        cases,
        "setURL(int, URL)",
        type,
        s -> s.setURL(1, new URL("http://a.example/b")),
        "http://a.example/b");
    sets(
        cases,
        "setAsciiStream(int, InputStream)",
        type,
        s -> s.setAsciiStream(1, stream()),
        "abcd");
    sets(
        cases,
        "setAsciiStream(int, InputStream, int)",
        type,
        s -> s.setAsciiStream(1, stream(), 2),
        "ab");
    sets(
        cases,
        "setAsciiStream(int, InputStream, long)",
        type,
        s -> s.setAsciiStream(1, stream(), 2L),
        "ab");
    sets(
        cases,
        "setCharacterStream(int, Reader)",
        type,
        s -> s.setCharacterStream(1, reader()),
        "abcd");
    sets(
        cases,
        "setCharacterStream(int, Reader, int)",
        type,
        s -> s.setCharacterStream(1, reader(), 2),
        "ab");
    sets(
        cases,
        "setCharacterStream(int, Reader, long)",
        type,
        s -> s.setCharacterStream(1, reader(), 2L),
        "ab");
    sets(
        cases,
        "setNCharacterStream(int, Reader)",
        type,
        s -> s.setNCharacterStream(1, reader()),
        "abcd");
    sets(
        cases,
        "setNCharacterStream(int, Reader, long)",
        type,
        s -> s.setNCharacterStream(1, reader(), 2L),
        "ab");
    sets(cases, "setClob(int, Clob)", type, s -> s.setClob(1, new TextClob("abcd")), "abcd");
    sets(cases, "setClob(int, Reader)", type, s -> s.setClob(1, reader()), "abcd");
    sets(cases, "setClob(int, Reader, long)", type, s -> s.setClob(1, reader(), 2), "ab");
    sets(cases, "setNClob(int, NClob)", type, s -> s.setNClob(1, new TextClob("abcd")), "abcd");
    sets(cases, "setNClob(int, Reader)", type, s -> s.setNClob(1, reader()), "abcd");
    sets(cases, "setNClob(int, Reader, long)", type, s -> s.setNClob(1, reader(), 2), "ab");
  }

  private static void binaries(JdbcCases<PreparedStatement> cases) {
    String type = "VARBINARY";
    sets(cases, "setBytes(int, byte[])", type, s -> s.setBytes(1, new byte[] {1, 2}), "0102");
    sets(
        cases,
        "setBinaryStream(int, InputStream)",
        type,
        s -> s.setBinaryStream(1, stream()),
        "61626364");
    sets(
        cases,
        "setBinaryStream(int, InputStream, int)",
        type,
        s -> s.setBinaryStream(1, stream(), 2),
        "6162");
    sets(
        cases,
        "setBinaryStream(int, InputStream, long)",
        type,
        s -> s.setBinaryStream(1, stream(), 2L),
        "6162");
    sets(cases, "setBlob(int, Blob)", type, s -> s.setBlob(1, new BytesBlob(new byte[] {1})), "01");
    sets(cases, "setBlob(int, InputStream)", type, s -> s.setBlob(1, stream()), "61626364");
    sets(cases, "setBlob(int, InputStream, long)", type, s -> s.setBlob(1, stream(), 2), "6162");
  }

  private static void objects(JdbcCases<PreparedStatement> cases) {
    sets(cases, "setObject(int, Object)", "INTEGER", s -> s.setObject(1, 7), "7");
    sets(
        cases,
        "setObject(int, Object, int)",
        "INTEGER",
        s -> s.setObject(1, "7", Types.INTEGER),
        "7");
    sets(
        cases,
        "setObject(int, Object, int, int)",
        "DECIMAL(5, 2)",
        s -> s.setObject(1, "1.256", Types.DECIMAL, 2),
        "1.26");
    sets(
        cases,
        "setObject(int, Object, SQLType)",
        "DATE",
        s -> s.setObject(1, "2026-03-29", JDBCType.DATE),
        "2026-03-29");
    sets(
        cases,
        "setObject(int, Object, SQLType, int)",
        "DECIMAL(5, 2)",
        s -> s.setObject(1, 1.5, JDBCType.DECIMAL, 1),
        "1.50");
    cases.is(
        "setArray(int, Array)",
        s -> {
          PreparedStatement in =
              s.getConnection()
                  .prepareStatement("SELECT CARDINALITY(CAST(? AS INTEGER ARRAY)) AS n");
          in.setArray(1, s.getConnection().createArrayOf("INTEGER", new Object[] {1, 2}));
          return in.executeQuery();
        },
        "[[2]]");
  }

  private static InputStream stream() {
    return new ByteArrayInputStream("abcd".getBytes(StandardCharsets.US_ASCII));
  }

  private static Reader reader() {
    return new StringReader("abcd");
  }

  static JdbcCases<ParameterMetaData> parameters(Fixture fixture) {
    return new JdbcCases<>(
            ParameterMetaData.class,
            () ->
                fixture
                    .connect()
                    .prepareStatement("SELECT id FROM orders WHERE amount > ?")
                    .getParameterMetaData())
        .is("getParameterCount()", ParameterMetaData::getParameterCount, "1")
        .is("getParameterType(int)", p -> p.getParameterType(1), "3")
        .is("getParameterTypeName(int)", p -> p.getParameterTypeName(1), "DECIMAL")
        .is("getParameterClassName(int)", p -> p.getParameterClassName(1), "java.math.BigDecimal")
        .is("getPrecision(int)", p -> p.getPrecision(1), "10")
        .is("getScale(int)", p -> p.getScale(1), "2")
        .is("getParameterMode(int)", p -> p.getParameterMode(1), "1")
        .is("isNullable(int)", p -> p.isNullable(1), "2")
        .is("isSigned(int)", p -> p.isSigned(1), "true")
        .is("unwrap(Class)", p -> p.unwrap(ParameterMetaData.class) == p, "true")
        .is("isWrapperFor(Class)", p -> p.isWrapperFor(Statement.class), "false");
  }

  private interface Failing {
    void run() throws Exception;
  }

  private static Object stateOf(Failing call) throws Exception {
    try {
      call.run();
      return "nothing";
    } catch (SQLException e) {
      return e.getSQLState();
    }
  }

  private static void drain(ResultSet rows) throws SQLException {
    while (rows.next()) {}
  }
}
