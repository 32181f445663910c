package io.sally.driver;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.Calendar;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.function.BiFunction;

/** What the methods of results and of their columns do. */
final class ResultSetCases {
  private static final String ONE_OF_EACH =
      """
      SELECT 42 AS i, 'text' AS t, TRUE AS b, 1.25 AS d, DATE '2026-03-29' AS day,
             TIME '12:34:56' AS clock, TIMESTAMP '2026-03-29 12:34:56' AS at, X'6162' AS bin,
             ARRAY[1, 2] AS list, CAST(NULL AS INTEGER) AS n, 'http://a.example/b' AS url
      """;

  /** Writing, moving other than forward, and the types that SQL here does not have. */
  private static final Set<String> REFUSED =
      Set.of(
          "absolute(int)",
          "afterLast()",
          "beforeFirst()",
          "cancelRowUpdates()",
          "deleteRow()",
          "first()",
          "getCursorName()",
          "getRef(String)",
          "getRef(int)",
          "getRowId(String)",
          "getRowId(int)",
          "getSQLXML(String)",
          "getSQLXML(int)",
          "getUnicodeStream(String)",
          "getUnicodeStream(int)",
          "insertRow()",
          "isLast()",
          "last()",
          "moveToCurrentRow()",
          "moveToInsertRow()",
          "previous()",
          "refreshRow()",
          "relative(int)");

  private ResultSetCases() {}

  static JdbcCases<ResultSet> rows(Fixture fixture) {
    JdbcCases<ResultSet> cases =
        new JdbcCases<>(
            ResultSet.class,
            () -> {
              ResultSet rows = fixture.connect().createStatement().executeQuery(ONE_OF_EACH);
              rows.next();
              return rows;
            });
    values(cases);
    return state(cases).refusesAll(name -> REFUSED.contains(name) || name.startsWith("update"));
  }

  private static JdbcCases<ResultSet> state(JdbcCases<ResultSet> cases) {
    return cases
        .is("next()", ResultSet::next, "false")
        .is("findColumn(String)", r -> r.findColumn("T"), "2")
        .is(
            "wasNull()",
            r -> {
              int read = r.getInt("n");
              return read + " " + r.wasNull();
            },
            "0 true")
        .are(
            """
            getConcurrency 1007
            getFetchDirection 1000
            getFetchSize 0
            getHoldability 1
            getRow 1
            getType 1003
            getWarnings null
            isAfterLast false
            isBeforeFirst false
            isClosed false
            isFirst true
            rowDeleted false
            rowInserted false
            rowUpdated false
            """)
        .is("getMetaData()", r -> r.getMetaData().getColumnCount(), "11")
        .is("getStatement()", r -> r.getStatement().isClosed(), "false")
        .is(
            "clearWarnings()",
            r -> {
              r.clearWarnings();
              return r.getWarnings();
            },
            "null")
        .is(
            "setFetchDirection(int)",
            r -> {
              r.setFetchDirection(ResultSet.FETCH_FORWARD);
              return r.getFetchDirection();
            },
            "1000")
        .is(
            "setFetchSize(int)",
            r -> {
              r.setFetchSize(7);
              return r.getFetchSize();
            },
            "7")
        .is("close()", ResultSetCases::close, "true")
        .is("unwrap(Class)", r -> r.unwrap(ResultSet.class) == r, "true")
        .is("isWrapperFor(Class)", r -> r.isWrapperFor(Statement.class), "false")
        .closedBy(ResultSetCases::close, "HY010")
        .worksWhenClosed("close()", ResultSetCases::close, "true")
        .worksWhenClosed("isClosed()", ResultSet::isClosed, "true")
        .worksWhenClosed("unwrap(Class)", r -> r.unwrap(ResultSet.class) == r, "true")
        .worksWhenClosed("isWrapperFor(Class)", r -> r.isWrapperFor(Statement.class), "false");
  }

  private static Object close(ResultSet rows) throws SQLException {
    rows.close();
    return rows.isClosed();
  }

  private interface ByIndex {
    Object of(ResultSet rows, int column) throws Exception;
  }

  private interface ByLabel {
    Object of(ResultSet rows, String column) throws Exception;
  }

  /** A getter by the index and by the label of a column. */
  private static void gets(
      JdbcCases<ResultSet> cases,
      String name,
      String furtherTypes,
      String label,
      ByIndex byIndex,
      ByLabel byLabel,
      String value) {
    BiFunction<String, String, String> signature =
        (type, further) -> name + "(" + type + (further.isEmpty() ? "" : ", " + further) + ")";
    cases
        .is(signature.apply("int", furtherTypes), r -> byIndex.of(r, r.findColumn(label)), value)
        .is(signature.apply("String", furtherTypes), r -> byLabel.of(r, label), value);
  }

  @SuppressWarnings("deprecation") // JDBC still has it.
  private static void values(JdbcCases<ResultSet> cases) {
    Calendar tokyo = Calendar.getInstance(TimeZone.getTimeZone("Asia/Tokyo"), Locale.ROOT);
    gets(cases, "getBoolean", "", "b", ResultSet::getBoolean, ResultSet::getBoolean, "true");
    gets(cases, "getByte", "", "i", ResultSet::getByte, ResultSet::getByte, "42");
    gets(cases, "getShort", "", "i", ResultSet::getShort, ResultSet::getShort, "42");
    gets(cases, "getInt", "", "i", ResultSet::getInt, ResultSet::getInt, "42");
    gets(cases, "getLong", "", "i", ResultSet::getLong, ResultSet::getLong, "42");
    gets(cases, "getFloat", "", "d", ResultSet::getFloat, ResultSet::getFloat, "1.25");
    gets(cases, "getDouble", "", "d", ResultSet::getDouble, ResultSet::getDouble, "1.25");
    gets(
        cases,
        "getBigDecimal",
        "",
        "d",
        ResultSet::getBigDecimal,
        ResultSet::getBigDecimal,
        "1.25");
    gets(
        cases,
        "getBigDecimal",
        "int",
        "d",
        (r, c) -> r.getBigDecimal(c, 1),
        (r, c) -> r.getBigDecimal(c, 1),
        "1.3");
    gets(cases, "getString", "", "t", ResultSet::getString, ResultSet::getString, "text");
    gets(cases, "getNString", "", "t", ResultSet::getNString, ResultSet::getNString, "text");
    gets(cases, "getClob", "", "t", ResultSet::getClob, ResultSet::getClob, "text");
    gets(cases, "getNClob", "", "t", ResultSet::getNClob, ResultSet::getNClob, "text");
    gets(
        cases,
        "getCharacterStream",
        "",
        "t",
        ResultSet::getCharacterStream,
        ResultSet::getCharacterStream,
        "text");
    gets(
        cases,
        "getNCharacterStream",
        "",
        "t",
        ResultSet::getNCharacterStream,
        ResultSet::getNCharacterStream,
        "text");
    gets(
        cases,
        "getAsciiStream",
        "",
        "t",
        ResultSet::getAsciiStream,
        ResultSet::getAsciiStream,
        "text");
    gets(cases, "getURL", "", "url", ResultSet::getURL, ResultSet::getURL, "http://a.example/b");
    gets(cases, "getBytes", "", "bin", ResultSet::getBytes, ResultSet::getBytes, "6162");
    gets(cases, "getBlob", "", "bin", ResultSet::getBlob, ResultSet::getBlob, "ab");
    gets(
        cases,
        "getBinaryStream",
        "",
        "bin",
        ResultSet::getBinaryStream,
        ResultSet::getBinaryStream,
        "ab");
    gets(cases, "getDate", "", "day", ResultSet::getDate, ResultSet::getDate, "2026-03-29");
    gets(cases, "getTime", "", "clock", ResultSet::getTime, ResultSet::getTime, "12:34:56");
    gets(
        cases,
        "getTimestamp",
        "",
        "at",
        ResultSet::getTimestamp,
        ResultSet::getTimestamp,
        "2026-03-29 12:34:56.0");
    gets(
        cases,
        "getDate",
        "Calendar",
        "day",
        (r, c) -> r.getDate(c, tokyo).getTime(),
        (r, c) -> r.getDate(c, tokyo).getTime(),
        "1774710000000");
    gets(
        cases,
        "getTime",
        "Calendar",
        "clock",
        (r, c) -> r.getTime(c, tokyo).getTime(),
        (r, c) -> r.getTime(c, tokyo).getTime(),
        "12896000");
    gets(
        cases,
        "getTimestamp",
        "Calendar",
        "at",
        (r, c) -> r.getTimestamp(c, tokyo).getTime(),
        (r, c) -> r.getTimestamp(c, tokyo).getTime(),
        "1774755296000");
    gets(cases, "getArray", "", "list", ResultSet::getArray, ResultSet::getArray, "[1, 2]");
    gets(
        cases,
        "getObject",
        "",
        "i",
        (r, c) -> r.getObject(c).getClass(),
        (r, c) -> r.getObject(c).getClass(),
        "class java.lang.Integer");
    gets(
        cases,
        "getObject",
        "Class",
        "day",
        (r, c) -> r.getObject(c, LocalDate.class),
        (r, c) -> r.getObject(c, LocalDate.class),
        "2026-03-29");
    gets(
        cases,
        "getObject",
        "Map",
        "t",
        (r, c) -> r.getObject(c, Map.of()),
        (r, c) -> r.getObject(c, Map.of()),
        "text");
  }

  static JdbcCases<ResultSetMetaData> columns(Fixture fixture) {
    return new JdbcCases<>(
            ResultSetMetaData.class,
            () -> {
              // The columns outlive the result.
              try (ResultSet rows =
                  fixture
                      .connect()
                      .createStatement()
                      .executeQuery("SELECT amount AS price, \"Name\" FROM orders, customers")) {
                return rows.getMetaData();
              }
            })
        .is("getColumnCount()", ResultSetMetaData::getColumnCount, "2")
        .is("getColumnLabel(int)", m -> m.getColumnLabel(1), "price")
        .is("getColumnName(int)", m -> m.getColumnName(1), "amount")
        .is("getTableName(int)", m -> m.getTableName(2), "customers")
        .is("getSchemaName(int)", m -> m.getSchemaName(2), "shop")
        .is("getCatalogName(int)", m -> m.getCatalogName(1), "")
        .is("getColumnType(int)", m -> m.getColumnType(1), "3")
        .is("getColumnTypeName(int)", m -> m.getColumnTypeName(1), "DECIMAL")
        .is("getColumnClassName(int)", m -> m.getColumnClassName(1), "java.math.BigDecimal")
        .is("getColumnDisplaySize(int)", m -> m.getColumnDisplaySize(1), "13")
        .is("getPrecision(int)", m -> m.getPrecision(1), "10")
        .is("getScale(int)", m -> m.getScale(1), "2")
        .is("isNullable(int)", m -> List.of(m.isNullable(1), m.isNullable(2)), "[1, 0]")
        .is("isSigned(int)", m -> List.of(m.isSigned(1), m.isSigned(2)), "[true, false]")
        .is(
            "isCaseSensitive(int)",
            m -> List.of(m.isCaseSensitive(1), m.isCaseSensitive(2)),
            "[false, true]")
        .is("isSearchable(int)", m -> m.isSearchable(1), "true")
        .is("isAutoIncrement(int)", m -> m.isAutoIncrement(1), "false")
        .is("isCurrency(int)", m -> m.isCurrency(1), "false")
        .is("isReadOnly(int)", m -> m.isReadOnly(1), "true")
        .is("isWritable(int)", m -> m.isWritable(1), "false")
        .is("isDefinitelyWritable(int)", m -> m.isDefinitelyWritable(1), "false")
        .is("unwrap(Class)", m -> m.unwrap(ResultSetMetaData.class) == m, "true")
        .is("isWrapperFor(Class)", m -> m.isWrapperFor(Statement.class), "false");
  }
}
