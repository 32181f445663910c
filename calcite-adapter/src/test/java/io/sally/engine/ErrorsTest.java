package io.sally.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each failure has its SQLState and says what and where. */
@Timeout(180)
class ErrorsTest {
  private static final StaffEngine STAFF = new StaffEngine();

  @AfterAll
  static void close() throws SQLException {
    STAFF.close();
  }

  private static SQLException failure(String sql) {
    return catchThrowableOfType(SQLException.class, () -> STAFF.rows(sql));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          42601 | SELECT frm FROM              | Syntax error at line 1, column 12: Incorrect syntax near the keyword 'FROM'.
          42601 | SELECT 1; SELECT 2           | One statement was expected and 2 were given: the second begins at line 1, column 11. Send them one by one.
          42601 | -- nothing                   | The statement is empty.
          42P01 | SELECT * FROM dpt            | There is no table or schema 'dpt' (line 1, column 15). Did you mean dept?
          42P01 | SELECT x.* FROM emp          | There is no table or schema 'x' (line 1, column 8).
          42703 | SELECT nme FROM dept         | Column 'nme' not found in any table (line 1, column 8). Did you mean name?
          42702 | SELECT id FROM emp, dept     | Column 'id' is ambiguous (line 1, column 8). Write the table or its alias before the column.
          42883 | SELECT foo(1)                | No match found for function signature foo(<NUMERIC>) (line 1, column 8).
          42000 | SELECT id, COUNT(*) FROM emp | Expression 'id' is not being grouped (line 1, column 8).
          21000 | SELECT (SELECT id FROM emp)  | A sub-query that stands for one value gave more than one row.
          0A000 | SELECT dept_id, MEDIAN(n) FROM emp GROUP BY ROLLUP (dept_id) | Sally cannot compute PERCENTILE_CONT, PERCENTILE_DISC, MEDIAN or CORR with ROLLUP, CUBE or GROUPING SETS. Write a query for each and join them.
          0A000 | SELECT LAG(n, 1, 0.5) OVER (ORDER BY id) FROM emp | The default of LAG is of type DECIMAL(2, 1), which its first argument, of type INTEGER, has not room for. Cast one of them to the type of the other.
          42501 | SELECT "EXTRACT"('<a/>', '/a') | The guard does not admit the function or operator EXTRACT.
          42501 | SELECT NTH_VALUE(id, 2) OVER (ORDER BY id) FROM emp | The guard does not admit the function or operator NTH_VALUE.
          """)
  void saysWhatIsWrongAndWhere(String state, String sql, String message) {
    SQLException failure = failure(sql);
    assertThat(failure.getSQLState() + " " + failure.getMessage()).isEqualTo(state + " " + message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO emp SELECT * FROM emp",
        "UPDATE emp SET n = 1",
        "DELETE FROM emp",
        "MERGE INTO emp e USING dept d ON e.id = d.id WHEN MATCHED THEN UPDATE SET n = 1",
        "CREATE TABLE t (a INT)",
        "DROP TABLE emp",
        "ALTER TABLE emp ADD COLUMN x INT",
        "TRUNCATE TABLE emp",
        "GRANT SELECT ON emp TO PUBLIC",
        "/* SELECT 1 */ DELETE FROM emp",
        "-- SELECT 1\nDROP TABLE emp",
        "WITH t AS (DELETE FROM emp RETURNING *) SELECT * FROM t",
        "SELECT 1; DROP TABLE emp",
      })
  void onlyReads(String sql) {
    assertThat(failure(sql).getSQLState()).isEqualTo("25006");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          22012 | SELECT 1 / 0
          22012 | SELECT n / 0 FROM emp
          22012 | SELECT MOD(n, 0) FROM emp
          22018 | SELECT CAST('abc' AS INTEGER)
          22007 | SELECT CAST('2026-02-30' AS DATE)
          22003 | SELECT 2147483647 + 1
          22003 | SELECT CAST(123456 AS DECIMAL(5, 2))
          22003 | SELECT 99999999999999999999999999999999999999 + 1
          """)
  void eachRunOfAFailingPlanSaysTheSame(String state, String sql) {
    SQLException first = failure(sql);
    SQLException second = failure(sql);
    assertThat(first.getSQLState()).isEqualTo(state);
    assertThat(second.getMessage()).isEqualTo(first.getMessage());
    assertThat(second.getSQLState()).isEqualTo(state);
  }

  /** Once compiled, the JVM's exception for a division by zero has no message any more. */
  @Test
  void aDivisionByZeroKeepsItsStateInHotCode() throws SQLException {
    Plan plan = STAFF.plan("SELECT 1 / (id - id) FROM many");
    for (int run = 0; run < 20_000; run++) {
      try (Execution execution = STAFF.engine.begin(Limits.NONE, StaffEngine.NOON);
          RowCursor cursor = plan.execute(List.of(), execution)) {
        SQLException failure = catchThrowableOfType(SQLException.class, cursor::next);
        assertThat(failure.getSQLState()).isEqualTo("22012");
      }
    }
  }

  @Test
  void deepNestingIsAnErrorAndNoOverflow() throws SQLException {
    String nested = "SELECT " + "(".repeat(10_000) + "1" + ")".repeat(10_000);
    assertThat(failure(nested).getSQLState()).isEqualTo("42000");
    assertThat(STAFF.rows("SELECT 1")).hasSize(1);
  }

  @Test
  void aTimeoutEndsALongJoin() throws SQLException {
    try (Execution execution =
        STAFF.engine.begin(new Limits(Duration.ofMillis(300), 0, 0), StaffEngine.NOON)) {
      SQLException failure =
          catchThrowableOfType(
              SQLException.class,
              () ->
                  STAFF.rows(
                      execution, "SELECT COUNT(*) FROM many a, many b, many c WHERE a.id < b.id"));
      assertThat(failure.getSQLState()).isEqualTo("HYT00");
    }
    assertThat(STAFF.text("SELECT COUNT(*) FROM many")).isEqualTo("10000");
  }

  @Test
  void aCancelEndsARunningQuery() throws Exception {
    try (Execution execution = STAFF.engine.begin(Limits.NONE, StaffEngine.NOON)) {
      Thread canceller =
          new Thread(
              () -> {
                try {
                  TimeUnit.MILLISECONDS.sleep(300);
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
                execution.cancel();
              });
      canceller.start();
      SQLException failure =
          catchThrowableOfType(
              SQLException.class,
              () ->
                  STAFF.rows(
                      execution,
                      "WITH RECURSIVE t (x) AS (SELECT 1 UNION ALL SELECT 1 FROM t) SELECT COUNT(*) FROM t"));
      canceller.join();
      assertThat(failure.getSQLState()).isEqualTo("57014");
    }
  }
}
