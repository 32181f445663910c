package io.sally.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The escapes of JDBC 4.3, §13.4 and Appendix C, by what they give. */
class JdbcEscapesTest {
  /** One call of each function that a list of functions may name. */
  private static final List<String> CALLS =
      List.of(
          "ABS(-1)=1",
          "ACOS(1)=0.0",
          "ASIN(0)=0.0",
          "ATAN(0)=0.0",
          "ATAN2(0, 1)=0.0",
          "CBRT(27)=3.0",
          "CEILING(1.5)=2",
          "COS(0)=1.0",
          "COT(1) > 0.6=true",
          "DEGREES(PI())=180.0",
          "EXP(0)=1.0",
          "FLOOR(1.5)=1",
          "LOG(1)=0.0",
          "LOG10(100)=2.0",
          "MOD(7, 3)=1",
          "PI() > 3.14=true",
          "POWER(2, 3)=8.0",
          "RADIANS(180) > 3.14=true",
          "RAND() < 1=true",
          "ROUND(1.26, 1)=1.30",
          "SIGN(-3)=-1",
          "SIN(0)=0.0",
          "SQRT(4)=2.0",
          "TAN(0)=0.0",
          "TRUNCATE(1.29, 1)=1.20",
          "ASCII('A')=65",
          "CHAR(65)=A",
          "CHARACTER_LENGTH('abc')=3",
          "CHAR_LENGTH('abc')=3",
          "CONCAT('a', 'b')=ab",
          "DIFFERENCE('Robert', 'Rupert')=4",
          "INSERT('abcd', 2, 1, 'x')=axcd",
          "LCASE('aB')=ab",
          "LEFT('abc', 2)=ab",
          "LENGTH('abc')=3",
          "LOCATE('b', 'abc')=2",
          "LTRIM(' a')=a",
          "OCTET_LENGTH(X'0102')=2",
          "POSITION('b' IN 'abc')=2",
          "REPEAT('ab', 2)=abab",
          "REPLACE('abc', 'b', 'x')=axc",
          "RIGHT('abc', 2)=bc",
          "RTRIM('a ')=a",
          "SOUNDEX('Robert')=R163",
          "SPACE(2) || '|'=  |",
          "SUBSTRING('abc', 2, 1)=b",
          "UCASE('aB')=AB",
          "IFNULL(NULL, 'x')=x",
          "CURDATE() IS NOT NULL=true",
          "CURRENT_DATE() = CURRENT_DATE=true",
          "CURRENT_TIME() = CURRENT_TIME=true",
          "CURRENT_TIMESTAMP() = CURRENT_TIMESTAMP=true",
          "CURTIME() IS NOT NULL=true",
          "DAYNAME(DATE '2026-03-29')=Sunday",
          "DAYOFMONTH(DATE '2026-03-29')=29",
          "DAYOFWEEK(DATE '2026-03-29')=1",
          "DAYOFYEAR(DATE '2026-03-29')=88",
          "EXTRACT(YEAR FROM DATE '2026-03-29')=2026",
          "HOUR(TIME '12:34:56')=12",
          "MINUTE(TIME '12:34:56')=34",
          "MONTH(DATE '2026-03-29')=3",
          "MONTHNAME(DATE '2026-03-29')=March",
          "NOW() IS NOT NULL=true",
          "QUARTER(DATE '2026-03-29')=1",
          "SECOND(TIME '12:34:56')=56",
          "TIMESTAMPADD(SQL_TSI_DAY, 1, DATE '2026-03-29')=2026-03-30",
          "TIMESTAMPDIFF(SQL_TSI_DAY, DATE '2026-03-29', DATE '2026-04-01')=3",
          "WEEK(DATE '2026-03-29')=13",
          "YEAR(DATE '2026-03-29')=2026",
          "DATABASE() IS NOT NULL=true",
          "USER() IS NOT NULL=true");

  private Connection connection;
  private Statement statement;

  @BeforeEach
  void connect() throws SQLException {
    connection = new Fixture().connect();
    statement = connection.createStatement();
  }

  @AfterEach
  void disconnect() throws SQLException {
    connection.close();
  }

  private @Nullable String value(String expression) throws SQLException {
    try (ResultSet rows = statement.executeQuery("SELECT " + expression)) {
      rows.next();
      return rows.getString(1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      textBlock =
          """
          {d '2026-03-29'} => 2026-03-29
          { D'2026-03-29' } => 2026-03-29
          {/* the day */ d -- it is\\n '2026-03-29'} => 2026-03-29
          {t '12:34:56'} => 12:34:56
          {T '12:34:56'} => 12:34:56
          {ts '2026-03-29 12:34:56'} => 2026-03-29 12:34:56
          {TS '2026-03-29 12:34:56.789'} => 2026-03-29 12:34:56.789
          {fn ucase('a')} => A
          {FN UCASE({fn CONCAT('a', {fn Lcase('B')})})} => AB
          {fn length({fn left('abc', 2)})} + 1 => 3
          '{d ''2026-03-29''}' => {d '2026-03-29'}
          '}{' || '{fn' => }{{fn
          CAST({d '2026-03-29'} AS VARCHAR) => 2026-03-29
          {fn CONVERT('12', SQL_INTEGER)} => 12
          'a%c' LIKE 'a!%c' {escape '!'} => true
          'abc' LIKE 'a!%c' {escape '!'} => false
          'a_c' LIKE 'a\\_c' {escape '\\'} => true
          """)
  void escapesAreValues(String expression, String expected) throws SQLException {
    assertThat(value(expression.replace("\\n", "\n"))).isEqualTo(expected);
  }

  @Test
  void everyFunctionThatTheMetadataNamesCanBeCalledByEscape() throws SQLException {
    var metadata = connection.getMetaData();
    Set<String> named = new TreeSet<>();
    for (String list :
        List.of(
            metadata.getNumericFunctions(),
            metadata.getStringFunctions(),
            metadata.getSystemFunctions(),
            metadata.getTimeDateFunctions())) {
      named.addAll(List.of(list.split(",", -1)));
    }
    Set<String> called = new TreeSet<>();
    List<String> results = new ArrayList<>();
    for (String call : CALLS) {
      int end = call.lastIndexOf('=');
      int close = endOfCall(call);
      called.add(call.substring(0, call.indexOf('(')));
      String rest = call.substring(close, end);
      results.add(
          call.substring(0, end) + "=" + value("{fn " + call.substring(0, close) + "}" + rest));
    }
    assertThat(results).isEqualTo(CALLS);
    assertThat(called).isEqualTo(named);
  }

  /** Behind the parenthesis that closes the call. */
  private static int endOfCall(String call) {
    int depth = 0;
    for (int i = 0; i < call.length(); i++) {
      depth += call.charAt(i) == '(' ? 1 : call.charAt(i) == ')' ? -1 : 0;
      if (depth == 0 && call.charAt(i) == ')') {
        return i + 1;
      }
    }
    throw new IllegalArgumentException(call);
  }

  @Test
  void outerJoinsAndLimitsAreEscapesToo() throws SQLException {
    assertThat(
            Fixture.rows(
                connection,
                "SELECT c.id, o.id FROM {oj customers c LEFT OUTER JOIN orders o"
                    + " ON o.customer_id = c.id} WHERE c.id < 3 ORDER BY c.id"))
        .hasToString("[[1, 10], [2, null]]");
    assertThat(Fixture.rows(connection, "SELECT id FROM customers ORDER BY id {limit 2}"))
        .hasToString("[[1], [2]]");
    assertThat(Fixture.rows(connection, "SELECT id FROM customers ORDER BY id {limit 2 offset 1}"))
        .hasToString("[[2], [3]]");
  }

  @Test
  void parametersStandInsideOfEscapes() throws SQLException {
    try (var prepared =
        connection.prepareStatement(
            "SELECT {fn UCASE(\"Name\")} FROM {oj customers}"
                + " WHERE \"Name\" = {fn CONCAT('A', CAST(? AS VARCHAR))} AND id < {fn ABS(CAST(? AS INTEGER))}")) {
      prepared.setString(1, "da");
      prepared.setInt(2, -2);
      assertThat(Fixture.rows(prepared.executeQuery())).hasToString("[[ADA]]");
    }
  }

  @Test
  void whatIsNoEscapeIsRefusedWithItsPlace() {
    assertThatThrownBy(() -> statement.executeQuery("SELECT\n {d '2026-03-29'"))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42601"))
        .hasMessage("The escape that opens at line 2, column 2 has no closing }.");
    assertThatThrownBy(() -> statement.executeQuery("SELECT {d '2026-02-30'}"))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).startsWith("22007"));
    assertThatThrownBy(() -> statement.executeQuery("SELECT {fn nonesuch(1)}"))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42000"));
    assertThatThrownBy(() -> statement.executeQuery("{call p()}"))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("0A000"));
  }
}
