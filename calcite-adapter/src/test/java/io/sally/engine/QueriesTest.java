package io.sally.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What queries give, as whole results. */
class QueriesTest {
  private static final StaffEngine STAFF = new StaffEngine();

  @AfterAll
  static void close() throws SQLException {
    STAFF.close();
  }

  @Test
  void sortsByWhatIsNotSelectedAndNullsAreHigh() throws SQLException {
    assertThat(STAFF.text("SELECT id FROM emp ORDER BY n DESC, id LIMIT 3")).isEqualTo("4\n2\n3");
    assertThat(STAFF.text("SELECT id FROM emp GROUP BY id, dept_id ORDER BY MAX(n), id"))
        .isEqualTo("5\n6\n1\n2\n3\n4");
  }

  @Test
  void keepsTheOrderOfAWrappedQuery() throws SQLException {
    assertThat(STAFF.text("SELECT * FROM (SELECT id FROM dept ORDER BY id DESC) z_q"))
        .isEqualTo("4\n3\n2\n1");
  }

  @Test
  void joinsInFull() throws SQLException {
    assertThat(
            STAFF.text(
                "SELECT d.id, e.id FROM dept d FULL JOIN emp e ON e.dept_id = d.id ORDER BY 1, 2"))
        .isEqualTo("1|1\n1|2\n2|3\n2|5\n3|null\n4|6\nnull|4");
  }

  @Test
  void anEmptyEscapeIsNone() throws SQLException {
    assertThat(
            STAFF.text(
                "SELECT 'a_b' LIKE 'a\\_b' ESCAPE '', 'a\\_b' LIKE 'a\\_b' ESCAPE '', 'axb' LIKE 'a_b' ESCAPE '',"
                    + " 'axb' NOT LIKE 'a_c' ESCAPE ''"))
        .isEqualTo("false|true|true|true");
  }

  @Test
  void truncatesMomentsToAUnitInQuotes() throws SQLException {
    assertThat(
            STAFF.text(
                "SELECT DATE_TRUNC('month', m), date_trunc('HOUR', m), DATE_TRUNC('quarter', CAST(m AS DATE)),"
                    + " DATE_TRUNC('year', m) FROM (VALUES (TIMESTAMP '2026-05-17 13:45:10')) t(m)"))
        .isEqualTo(
            STAFF.text(
                "VALUES (TIMESTAMP '2026-05-01 00:00:00', TIMESTAMP '2026-05-17 13:00:00', DATE '2026-04-01',"
                    + " TIMESTAMP '2026-01-01 00:00:00')"));
  }

  @Test
  void aDateIsTheStartOfItsHours() throws SQLException {
    assertThat(
            STAFF.text(
                "SELECT DATE_TRUNC('hour', d), FLOOR(d TO MINUTE), CEIL(d TO SECOND), FLOOR(d TO DAY)"
                    + " FROM (VALUES (DATE '2026-05-17'), (DATE '1969-07-20')) t(d)"))
        .isEqualTo(
            "2026-05-17|2026-05-17|2026-05-17|2026-05-17\n"
                + "1969-07-20|1969-07-20|1969-07-20|1969-07-20");
    assertThat(STAFF.text("SELECT FLOOR(DATE '2026-05-17' TO HOUR)")).isEqualTo("2026-05-17");
  }

  @Test
  void notInWithANullGivesNothing() throws SQLException {
    assertThat(STAFF.text("SELECT id FROM emp WHERE id NOT IN (SELECT dept_id FROM emp)"))
        .isEmpty();
  }

  @Test
  void runsRecursiveQueriesAgainAndAgain() throws SQLException {
    String sql =
        "WITH RECURSIVE t (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM t WHERE x < 4) SELECT * FROM t";
    assertThat(STAFF.text(sql)).isEqualTo("1\n2\n3\n4");
    assertThat(STAFF.text(sql)).isEqualTo("1\n2\n3\n4");
  }

  @Test
  void exactNumbersStayExactAndRoundHalfUp() throws SQLException {
    assertThat(STAFF.text("SELECT AVG(n), SUM(n), AVG(pay) FROM emp WHERE id < 4"))
        .isEqualTo("4.6666666666666667|14|4.4450000000000000");
    assertThat(STAFF.text("SELECT CAST(2.5 AS INTEGER), CAST(-2.5 AS DECIMAL(3, 0)), 2 / 3.0"))
        .isEqualTo("3|-3|0.6666666666666667");
  }

  /** PostgreSQL's answers, but for the digits of exact numbers. */
  @Test
  void percentilesLieBetweenTheValuesAndLeaveNullsOut() throws SQLException {
    assertThat(
            STAFF.text(
                """
                SELECT MEDIAN(n), PERCENTILE_CONT(0.9) WITHIN GROUP (ORDER BY n DESC),
                  PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY hired), MEDIAN(pay) FILTER (WHERE n > 0)
                FROM emp"""))
        .isEqualTo("4.0000000000000000|-1.8000000000000000|2026-01-02|4.4450000000000000");
    assertThat(
            STAFF.text(
                "SELECT dept_id, MEDIAN(n), COUNT(*) FROM emp GROUP BY dept_id"
                    + " HAVING MEDIAN(n) IS NULL OR MEDIAN(n) > 0 ORDER BY 1"))
        .isEqualTo("1|4.5000000000000000|2\n2|1.0000000000000000|2\nnull|null|1");
    assertThat(STAFF.text("SELECT MEDIAN(n), CORR(n, pay) FROM emp WHERE id > 100"))
        .isEqualTo("null|null");
    assertThat(
            STAFF.text(
                "SELECT d.id, (SELECT MEDIAN(e.n) FROM emp e WHERE e.dept_id = d.id) FROM dept d"
                    + " ORDER BY 1"))
        .isEqualTo("1|4.5000000000000000\n2|1.0000000000000000\n3|null\n4|0E-16");
  }

  @Test
  void sumsOfBigintAreWiderThanBigint() throws SQLException {
    assertThat(
            STAFF.text(
                """
                SELECT SUM(x), AVG(x), SUM(x) FILTER (WHERE x < 9), SUM(DISTINCT x)
                FROM (VALUES 9223372036854775807, 9223372036854775807, CAST(8 AS BIGINT)) t (x)"""))
        .isEqualTo(
            "18446744073709551622|6148914691236517207.3333333333333333|8|9223372036854775815");
    assertThat(STAFF.text("SELECT VAR_POP(CAST(id AS BIGINT)) FROM emp WHERE id < 4"))
        .isEqualTo("0.6666666666666667");
    assertThat(
            STAFF.text(
                """
                SELECT dept_id, SUM(COUNT(*)) OVER (ORDER BY dept_id), AVG(COUNT(*)) OVER ()
                FROM emp WHERE dept_id IS NOT NULL GROUP BY dept_id ORDER BY dept_id"""))
        .isEqualTo("1|2|1.6666666666666667\n2|4|1.6666666666666667\n4|5|1.6666666666666667");
    assertThat(STAFF.text("SELECT SUM(CAST(n AS BIGINT)) FROM emp WHERE 1 = 0")).isEqualTo("null");
  }

  @Test
  void datesBeforeTheGregorianCalendarStayWhatTheyAre() throws SQLException {
    assertThat(STAFF.text("SELECT hired, hired + INTERVAL '1' DAY FROM emp WHERE id = 2"))
        .isEqualTo("1500-01-02|1500-01-03");
  }

  @Test
  void keepsOnePlanForOneText() throws SQLException {
    assertThat(STAFF.plan("SELECT 42")).isSameAs(STAFF.plan("SELECT 42"));
  }

  @Test
  void canonicalTextIsItsOwnCanonicalText() throws SQLException {
    for (String sql :
        new String[] {
          "select \"ID\", n::varchar, 'Łódź' from hr.emp -- c",
          "select sum(n) over (partition by dept_id order by id rows 1 preceding) \"order\" from emp",
          "select interval '1-2' year to month, cast(pay as decimal(9,1)) from emp order by 1 limit 2"
        }) {
      String canonical = STAFF.plan(sql).sql();
      assertThat(STAFF.plan(canonical).sql()).isEqualTo(canonical);
    }
  }

  @Test
  void takesParameters() throws SQLException {
    assertThat(STAFF.text("SELECT id FROM emp WHERE n = ? AND hired > ?", "4", "2026-01-01"))
        .isEqualTo("1");
  }

  @Test
  @Timeout(180)
  void likeGoesByCodePointAndNeverBacktracksForLong() throws SQLException {
    assertThat(
            STAFF.text(
                """
                SELECT 'abc' LIKE 'a%c', 'abc' LIKE 'a_c', 'abc' LIKE 'A%', 'abc' ILIKE 'A%',
                  'abc' NOT LIKE '%b%', '' LIKE '', '' LIKE '%', 'a' LIKE '',
                  'a\nb' LIKE 'a%b', '😀' LIKE '_', 'a.c' LIKE 'a.c', 'axc' LIKE 'a.c'
                FROM (VALUES 1) t (x)"""))
        .isEqualTo("true|true|false|true|false|true|true|false|true|true|true|false");
    assertThat(
            STAFF.text(
                """
                SELECT '50%' LIKE '50!%' ESCAPE '!', '50x' LIKE '50!%' ESCAPE '!',
                  'a_b' LIKE 'a!_b' ESCAPE '!', 'a!b' LIKE 'a!!b' ESCAPE '!', 'a\\b' LIKE 'a\\b',
                  CAST(NULL AS VARCHAR) LIKE 'a'
                FROM (VALUES 1) t (x)"""))
        .isEqualTo("true|false|true|true|true|null");
    assertThat(
            STAFF.text(
                "SELECT '"
                    + "a".repeat(200)
                    + "' LIKE '"
                    + "%a".repeat(50)
                    + "%b' FROM (VALUES 1) t (x)"))
        .isEqualTo("false");
  }

  @Test
  void longInListsAreTaken() throws SQLException {
    String list =
        IntStream.rangeClosed(1, 5000).mapToObj(String::valueOf).collect(Collectors.joining(", "));
    assertThat(STAFF.text("SELECT COUNT(*) FROM emp WHERE id IN (" + list + ")"))
        .isEqualTo(STAFF.text("SELECT COUNT(*) FROM emp"));
    assertThat(STAFF.text("SELECT COUNT(*) FROM emp WHERE id NOT IN (" + list + ")"))
        .isEqualTo("0");
  }

  @Test
  void nowIsTheCurrentTimestamp() throws SQLException {
    assertThat(STAFF.text("SELECT NOW() = CURRENT_TIMESTAMP FROM (VALUES 1) t (x)"))
        .isEqualTo("true");
  }

  @Test
  void groupsByRollupsCubesAndSets() throws SQLException {
    assertThat(
            STAFF.text(
                """
                SELECT dept_id, code, COUNT(*), GROUPING(dept_id), GROUPING(dept_id, code)
                FROM emp WHERE id < 4 GROUP BY ROLLUP (dept_id, code) ORDER BY 5, 1, 2
                """))
        .isEqualTo(
            "1|a|1|0|0\n1|ab|1|0|0\n2|null|1|0|0\n1|null|2|0|1\n2|null|1|0|1\nnull|null|3|1|3");
    assertThat(
            STAFF.text(
                """
                SELECT dept_id, code, SUM(id), GROUPING(dept_id, code)
                FROM emp WHERE id < 3 GROUP BY CUBE (dept_id, code) ORDER BY 4, 1, 2
                """))
        .isEqualTo("1|a|1|0\n1|ab|2|0\n1|null|3|1\nnull|a|1|2\nnull|ab|2|2\nnull|null|3|3");
    assertThat(
            STAFF.text(
                """
                SELECT dept_id, code, COUNT(*) FROM emp WHERE id < 3
                GROUP BY GROUPING SETS ((dept_id), (code)) ORDER BY 1, 2
                """))
        .isEqualTo("1|null|2\nnull|a|1\nnull|ab|1");
  }

  @Test
  void joinsSemiAntiAndLateral() throws SQLException {
    assertThat(
            STAFF.text(
                "SELECT id FROM dept d WHERE EXISTS (SELECT 1 FROM emp e WHERE e.dept_id = d.id AND e.n > 4) ORDER BY 1"))
        .isEqualTo("1\n2");
    assertThat(
            STAFF.text(
                "SELECT id FROM dept d WHERE NOT EXISTS (SELECT 1 FROM emp e WHERE e.dept_id = d.id) ORDER BY 1"))
        .isEqualTo("3");
    assertThat(
            STAFF.text(
                """
                SELECT d.id, t.id, t.pay FROM dept d LEFT JOIN LATERAL
                  (SELECT e.id, e.pay FROM emp e WHERE e.dept_id = d.id ORDER BY e.id DESC LIMIT 1) t ON TRUE
                ORDER BY 1
                """))
        .isEqualTo("1|2|4.45\n2|5|-0.50\n3|null|null\n4|6|0.00");
    assertThat(
            STAFF.text(
                "SELECT d.id, t.c FROM dept d, LATERAL (SELECT COUNT(*) c FROM emp e WHERE e.dept_id = d.id) t ORDER BY 1"))
        .isEqualTo("1|2\n2|2\n3|0\n4|1");
  }

  @Test
  void notInKnowsNulls() throws SQLException {
    assertThat(
            STAFF.text(
                "SELECT id FROM dept WHERE id NOT IN (SELECT dept_id FROM emp WHERE dept_id IS NOT NULL)"))
        .isEqualTo("3");
    assertThat(STAFF.text("SELECT id FROM emp WHERE n NOT IN (4, 5) ORDER BY 1")).isEqualTo("5\n6");
    assertThat(STAFF.text("SELECT id FROM emp WHERE n NOT IN (4, NULL)")).isEmpty();
    assertThat(
            STAFF.text(
                "SELECT id, dept_id NOT IN (SELECT e.n FROM emp e WHERE e.id > 9) FROM emp WHERE id > 3 ORDER BY 1"))
        .isEqualTo("4|true\n5|true\n6|true");
    assertThat(
            STAFF.text(
                "SELECT id, n IN (SELECT e.n FROM emp e WHERE e.id IN (1, 4)) FROM emp ORDER BY 1"))
        .isEqualTo("1|true\n2|null\n3|null\n4|null\n5|null\n6|null");
  }
}
