package io.sally.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is computed is right, or an error that says why it cannot be. */
class ComputationsTest {
  private static final StaffEngine STAFF = new StaffEngine();

  @AfterAll
  static void close() throws SQLException {
    STAFF.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          22003 | SELECT ABS(-2147483648)
          22003 | SELECT ABS(n - 2147483645) FROM emp WHERE id = 5
          22003 | SELECT ABS(x) FROM (VALUES (CAST(-32768 AS SMALLINT))) t(x)
          22003 | SELECT ABS(x) FROM (VALUES (-9223372036854775808)) t(x)
          22003 | SELECT -x FROM (VALUES (-9223372036854775808)) t(x)
          22003 | SELECT -x FROM (VALUES (-2147483648)) t(x)
          22003 | SELECT x / -1 FROM (VALUES (-2147483648)) t(x)
          22003 | SELECT x * x FROM (VALUES (CAST(-32768 AS SMALLINT))) t(x)
          22003 | SELECT (n + 2147483647) * 1.5 FROM emp WHERE id = 1
          22003 | SELECT id FROM emp WHERE id IN (SELECT (n + 2147483647) * 1.5 FROM emp)
          22003 | SELECT ROUND(2147483647, -1)
          22003 | SELECT ROUND(n + 2147483640, -1) FROM emp WHERE id = 2
          22003 | SELECT CAST(3000000000 AS INTEGER)
          22003 | SELECT CAST('3000000000' AS INTEGER)
          22003 | SELECT CAST(id * 30000 AS SMALLINT) FROM emp
          22003 | SELECT CAST(id * 300 AS TINYINT) FROM emp
          22003 | SELECT CAST(id * 3e19 AS BIGINT) FROM emp
          22003 | SELECT CAST(CAST('NaN' AS DOUBLE) AS INTEGER)
          22003 | SELECT CAST(POWER(1e300, id) AS BIGINT) FROM emp WHERE id = 2
          22003 | SELECT CAST(-POWER(1e300, id) AS DECIMAL(9, 2)) FROM emp WHERE id = 2
          22003 | SELECT CAST(id * 1e9 AS DECIMAL(9, 2)) FROM emp
          22003 | SELECT CAST(id * 1e300 AS REAL) FROM emp
          22008 | SELECT TIMESTAMPADD(YEAR, 300000, DATE '2026-01-01')
          22008 | SELECT TIMESTAMPADD(DAY, 2000000000 * id, hired) FROM emp WHERE id = 1
          22008 | SELECT TIMESTAMPADD(SECOND, 9000000000 * id * 1000, seen) FROM emp WHERE id = 1
          22008 | SELECT hired - INTERVAL '99' YEAR * 99 FROM emp WHERE id = 1
          """)
  void whatDoesNotFitIsAnError(String state, String sql) {
    SQLException failure = catchThrowableOfType(SQLException.class, () -> STAFF.rows(sql));
    assertThat(failure.getSQLState()).as(sql + ": " + failure.getMessage()).isEqualTo(state);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          SELECT ABS(n), ABS(-n), ABS(pay) FROM emp WHERE id = 5                     ; 3|3|0.50
          SELECT CAST(2.5e0 AS INTEGER), CAST(3.5e0 AS BIGINT), CAST(-2.5e0 AS SMALLINT) ; 3|4|-3
          SELECT CAST(id + 1.5e0 AS INTEGER) FROM emp WHERE id = 1                   ; 3
          SELECT CAST(2.5 AS INTEGER), CAST(3.5 AS INTEGER), CAST(-2.5 AS INTEGER)   ; 3|4|-3
          SELECT CAST(id + 0.125e0 AS DECIMAL(5, 2)) FROM emp WHERE id = 1           ; 1.13
          SELECT CAST(NULLIF(n, 4) / 3e0 AS INTEGER) FROM emp WHERE id < 3           ; null¶2
          SELECT ROUND(99.99, 1), ROUND(9999.99), ROUND(pay, 1) FROM emp WHERE id = 4 ; 100.0|10000|10000.0
          SELECT ROUND(pay, -4), ROUND(pay, id), ROUND(pay, 9) FROM emp WHERE id = 4 ; 10000|9999.99|9999.99
          SELECT CAST(ROUND(pay, 1) AS VARCHAR) FROM emp WHERE id = 4                ; 10000.0
          SELECT CAST(0.01 AS VARCHAR), CAST(-0.50 AS VARCHAR), CAST(0 AS DECIMAL(3, 2)) || '' ; 0.01|-0.50|0.00
          SELECT CAST(pay AS VARCHAR), CAST(pay / 1000 AS VARCHAR(6)) FROM emp WHERE id = 5 ; -0.50|-0.000
          SELECT CAST(pay AS VARCHAR) FROM emp WHERE id IN (3, 6) ORDER BY id        ; null¶0.00
          SELECT CAST(CAST(1.5 AS DECIMAL(6, 2)) AS VARCHAR), CAST(12345678901234567890.5 AS VARCHAR) ; 1.50|12345678901234567890.5
          SELECT CAST(1e300 AS VARCHAR), CAST(-1.5e-7 AS VARCHAR), CAST(0e0 AS VARCHAR) ; 1e+300|-1.5e-07|0
          SELECT CAST(id * 1e14 AS VARCHAR), CAST(id * 1e15 AS VARCHAR), CAST(id / 1e4 AS VARCHAR), CAST(id / 1e5 AS VARCHAR) FROM emp WHERE id = 1 ; 100000000000000|1e+15|0.0001|1e-05
          SELECT CAST(id * 0.1e0 AS VARCHAR), CAST(id + 0.25e0 AS CHAR(6)) || '!' FROM emp WHERE id = 3 ; 0.30000000000000004|3.25  !
          SELECT CAST(CAST(id * 0.1e0 AS REAL) AS VARCHAR), CAST(CAST(id * 1e6 AS REAL) AS VARCHAR) FROM emp WHERE id = 3 ; 0.3|3e+06
          SELECT CAST(CAST('NaN' AS DOUBLE) AS VARCHAR), CAST(-POWER(10e0, 200 * id) * 1e300 AS VARCHAR) FROM emp WHERE id = 1 ; NaN|-Infinity
          SELECT CAST(n > 4 AS VARCHAR), CAST(TRUE AS VARCHAR), CAST(FALSE AS CHAR(5)) FROM emp WHERE id < 3 ORDER BY id ; false|true|false¶true|true|false
          SELECT FIRST_VALUE(id) OVER w, LAST_VALUE(id) OVER w FROM dept WINDOW w AS (ORDER BY id ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING) ; null|null¶1|1¶1|2¶2|3
          SELECT PERCENT_RANK() OVER (ORDER BY n), CUME_DIST() OVER (ORDER BY n) FROM emp WHERE id < 6 AND n IS NOT NULL ORDER BY id ; 0.3333333333333333|0.5¶0.6666666666666666|1.0¶0.6666666666666666|1.0¶0.0|0.25
          SELECT PERCENT_RANK() OVER (PARTITION BY id ORDER BY n), CUME_DIST() OVER (PARTITION BY id ORDER BY n) FROM emp WHERE id = 1 ; 0.0|1.0
          SELECT ROUND(2.5), ROUND(-2.5), ROUND(2.5e0), ROUND(15, -1), ROUND(n, -1) FROM emp WHERE id = 1 ; 3|-3|3.0|20|0
          SELECT CEIL(99.99), FLOOR(-99.99), CEIL(pay), FLOOR(pay) FROM emp WHERE id = 4 ; 100|-100|10000|9999
          SELECT TRUNCATE(99.99, 1), TRUNCATE(-99.99), TRUNCATE(pay, -3) FROM emp WHERE id = 4 ; 99.9|-99|9000
          SELECT hired + INTERVAL '1' MONTH, hired - n * INTERVAL '1' DAY FROM emp WHERE id = 2 ; 1500-02-02|1499-12-28
          SELECT seen + INTERVAL '1-2' YEAR TO MONTH, seen - INTERVAL '1 2:3:4' DAY TO SECOND FROM emp WHERE id = 6 ; 1971-02-28T23:59:59|1969-12-30T21:56:55
          SELECT DATE '2024-02-29' + INTERVAL '1' YEAR, DATE '9999-12-30' + INTERVAL '1' DAY ; 2025-02-28|9999-12-31
          SELECT SUM(x) OVER (ORDER BY x ROWS 1 PRECEDING) FROM (VALUES (2147483647), (2147483647)) t(x) ; 2147483647¶4294967294
          SELECT $SUM0(x), SUM(x) FROM (VALUES (9223372036854775807), (9223372036854775807)) t(x) ; 18446744073709551614|18446744073709551614
          SELECT MOD(x, -1) FROM (VALUES (-2147483648)) t(x)                         ; 0
          """)
  void givesTheRightValue(String sql, String expected) throws SQLException {
    assertThat(STAFF.text(sql).replace('\n', '¶')).isEqualTo(expected);
  }

  /** A failing constant must not fail a statement that never comes to it. */
  @Test
  void aBranchThatIsNotTakenIsNotComputed() throws SQLException {
    assertThat(STAFF.text("SELECT CASE WHEN id > 100 THEN 1 / 0 ELSE id END FROM emp WHERE id < 3"))
        .isEqualTo("1\n2");
    assertThat(
            STAFF.text(
                "SELECT SUM(CASE WHEN n > 100 THEN MOD(1, 0) ELSE n END),"
                    + " COUNT(CASE WHEN n > 100 THEN CAST('x' AS INTEGER) END) FROM emp"))
        .isEqualTo("11|0");
    assertThat(STAFF.text("SELECT CASE WHEN id > 100 THEN ABS(-2147483648) END FROM dept"))
        .isEqualTo("null\nnull\nnull\nnull");
    assertThat(STAFF.text("SELECT 1 / 0 FROM emp WHERE id > 100")).isEmpty();
  }

  @Test
  void matchesPatternsAcrossLinesAndByCharacter() throws SQLException {
    assertThat(
            STAFF.text(
                """
                SELECT 'a\nb' LIKE 'a%b', 'a\nb' LIKE 'a_b', 'A' LIKE 'a', 'a.b' LIKE 'a.b',
                  'axb' LIKE 'a.b', 'a%b' LIKE 'a!%b' ESCAPE '!', 'axb' LIKE 'a!%b' ESCAPE '!',
                  '' LIKE '%', '' LIKE '_', '😀' LIKE '_', 'A' ILIKE 'a', code || '(x' LIKE '%(_'
                FROM emp WHERE id = 1
                """))
        .isEqualTo("true|true|false|true|false|true|false|true|false|true|true|true");
    assertThat(
            STAFF.text(
                """
                SELECT name LIKE '%ód_', name ILIKE 'ŁÓ%', name NOT LIKE '%d%z%', 'aab' LIKE '%ab',
                  'abcabd' LIKE '%ab_', 'ab' LIKE 'a', 'a' LIKE 'ab', '50%' LIKE '50\\%' ESCAPE '\\',
                  name LIKE CAST(NULL AS VARCHAR) IS NULL
                FROM dept WHERE id = 2
                """))
        .isEqualTo("true|true|true|true|true|false|false|true|true");
  }

  /** In SIMILAR TO a point, a caret and a dollar sign are no operators. */
  @Test
  void matchesSimilarPatternsAsTheStandardSays() throws SQLException {
    assertThat(
            STAFF.text(
                """
                SELECT 'a\nb' SIMILAR TO 'a%b', 'abc' SIMILAR TO '(a|b)bc', 'abc' SIMILAR TO 'ab',
                  'abc' SIMILAR TO 'a.c', 'a.c' SIMILAR TO 'a.c', '$5^' SIMILAR TO '$[0-9]^',
                  'b' SIMILAR TO '[^a]', 'x1' SIMILAR TO '[[:ALPHA:]][[:DIGIT:]]',
                  'a%' SIMILAR TO 'a!%' ESCAPE '!', 'ab' SIMILAR TO 'a!%' ESCAPE '!',
                  'abc' NOT SIMILAR TO 'a.c', code SIMILAR TO '(a|B)+'
                FROM emp WHERE id = 1
                """))
        .isEqualTo("true|true|false|false|true|true|true|true|true|false|true|true");
    assertThat(STAFF.text("SELECT id FROM emp WHERE code SIMILAR TO 'a(b)?' ORDER BY id"))
        .isEqualTo("1\n2\n5");
  }
}
