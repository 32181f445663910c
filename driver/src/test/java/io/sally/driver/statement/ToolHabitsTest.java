package io.sally.driver.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ToolHabitsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          SELECT TOP 10 * FROM t                   | SELECT        * FROM t FETCH FIRST 10 ROWS ONLY
          select top(10) a from t -- the first     | select         a from t FETCH FIRST 10 ROWS ONLY -- the first
          SELECT DISTINCT TOP 2 a FROM t ORDER BY a; | SELECT DISTINCT       a FROM t ORDER BY a FETCH FIRST 2 ROWS ONLY;
          SELECT * FROM (SELECT TOP 3 a FROM t) z  | SELECT * FROM (SELECT       a FROM t FETCH FIRST 3 ROWS ONLY) z
          SELECT TOP 5 * FROM (SELECT TOP 3 a FROM t) z | SELECT       * FROM (SELECT       a FROM t FETCH FIRST 3 ROWS ONLY) z FETCH FIRST 5 ROWS ONLY
          SELECT TOP 1 a FROM t UNION ALL SELECT TOP 2 b FROM u ORDER BY 1 | (SELECT       a FROM t FETCH FIRST 1 ROWS ONLY) UNION ALL (SELECT       b FROM u FETCH FIRST 2 ROWS ONLY) ORDER BY 1
          WITH w AS (SELECT 1 AS a) SELECT TOP 1 a FROM w | WITH w AS (SELECT 1 AS a) SELECT       a FROM w FETCH FIRST 1 ROWS ONLY
          SELECT TOP (5) (SELECT 1), -a FROM t     | SELECT         (SELECT 1), -a FROM t FETCH FIRST 5 ROWS ONLY
          SELECT a FROM t FETCH FIRST ROW ONLY     | SELECT a FROM t FETCH FIRST 1 ROW ONLY
          SELECT a FROM t OFFSET 2 ROWS FETCH NEXT ROWS ONLY | SELECT a FROM t OFFSET 2 ROWS FETCH NEXT 1 ROWS ONLY
          SELECT a + -300 * interval '1 day' FROM t | SELECT a + -300 * interval '1' day FROM t
          SELECT a - INTERVAL '30 days'            | SELECT a - INTERVAL '30' days
          SELECT * FROM (SELECT 1;) t              | SELECT * FROM (SELECT 1 ) t
          SELECT * FROM (SELECT 1; -- mine\\n ;\\n) t | SELECT * FROM (SELECT 1  -- mine\\n  \\n) t
          """)
  void writesItAsTheGrammarHasIt(String sql, String expected) throws SQLException {
    assertThat(ToolHabits.undo(sql.replace("\\n", "\n"))).isEqualTo(expected.replace("\\n", "\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT INTERVAL '3' DAY, INTERVAL '1 2' DAY TO HOUR, INTERVAL '1 day' DAY, '3 days'",
        "SELECT INTERVAL '1 mon 2 days', INTERVAL '3 fortnights', interval, \"interval\" '3 days'",
        "SELECT top FROM t",
        "SELECT top, t.top AS \"TOP\" FROM t",
        "SELECT top(3) FROM t",
        "SELECT top(3) AS three FROM t",
        "SELECT top(3), 4 FROM t",
        "SELECT t.select_top 3",
        "SELECT 'SELECT TOP 3 a' /* SELECT TOP 3 a */ FROM t -- SELECT TOP 3 a",
        "SELECT \"fetch\" FROM t FETCH FIRST 3 ROWS ONLY",
        "SELECT 1; SELECT 2",
        "SELECT (1; SELECT 2)",
        "SELECT ')' || ';' FROM (t)",
        ")));",
        "SELECT TOP",
        "SELECT TOP (",
      })
  void leavesTheRestAsItStands(String sql) throws SQLException {
    assertThat(ToolHabits.undo(sql)).isEqualTo(sql);
  }

  @Test
  void refusesPercentsAndTies() {
    assertThatThrownBy(() -> ToolHabits.undo("SELECT TOP 10 PERCENT a FROM t"))
        .isInstanceOf(SQLSyntaxErrorException.class)
        .hasMessage(
            "TOP counts rows here, and neither percents nor ties (line 1, column 15)."
                + " Write SELECT TOP 10, or LIMIT 10 at the end.");
    assertThatThrownBy(() -> ToolHabits.undo("SELECT TOP (10) WITH TIES a FROM t"))
        .isInstanceOf(SQLSyntaxErrorException.class)
        .hasMessageContaining("(line 1, column 17)");
  }
}
