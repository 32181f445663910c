package io.sally.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dates, times and timestamps: their literals, casts, precision and clock. */
class DatesTest {
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
          SELECT TIMESTAMP '1400-02-28 01:02:03'                 | 1400-02-28T01:02:03
          SELECT TIMESTAMP '1582-10-10 00:00:00'                 | 1582-10-10T00:00
          SELECT DATE '1582-10-10'                               | 1582-10-10
          SELECT DATE '1600-02-29'                               | 1600-02-29
          SELECT DATE '0001-01-01'                               | 0001-01-01
          SELECT DATE '2026-1-2'                                 | 2026-01-02
          SELECT CAST('1582-10-10' AS DATE)                      | 1582-10-10
          SELECT CAST(CONCAT(code, '1582-10-10 01:00:00') AS TIMESTAMP) FROM emp WHERE id = 6 | 1582-10-10T01:00
          SELECT TIMESTAMP '2026-01-01'                          | 2026-01-01T00:00
          SELECT TIMESTAMP '2026-01-01T10:11'                    | 2026-01-01T10:11
          SELECT TIMESTAMP '2026-01-01 10:11:12.120000'          | 2026-01-01T10:11:12.120
          SELECT TIME '10:11:12.5'                               | 10:11:12.500
          SELECT CAST('2026-01-01 10:00:00.567' AS TIMESTAMP)    | 2026-01-01T10:00:00.567
          SELECT CAST('2026-01-01 10:00:00.5676' AS TIMESTAMP)   | 2026-01-01T10:00:00.567600
          SELECT CAST(TIMESTAMP '1969-01-01 10:00:00.560' AS VARCHAR) | 1969-01-01 10:00:00.56
          SELECT CAST(seen AS VARCHAR) FROM emp WHERE id = 1     | 2026-01-02 03:04:05
          SELECT CAST(seen AS VARCHAR(10)) FROM emp WHERE id = 1 | 2026-01-02
          SELECT COUNT(*) FROM emp WHERE seen >= TIMESTAMP '2026-01-02 03:04:05' | 1
          SELECT EXTRACT(DAY FROM TIMESTAMP '1400-02-28 01:02:03') | 28
          """)
  void readsAndWritesByOneCalendarForAllYears(String sql, String expected) throws SQLException {
    assertThat(STAFF.text(sql)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          22007 | SELECT TIMESTAMP '1400-02-29 01:02:03'
          22007 | SELECT DATE '1500-02-29'
          22007 | SELECT CAST('1400-02-29' AS DATE)
          22007 | SELECT CAST(CONCAT(code, '1400-02-29 00:00:00') AS TIMESTAMP) FROM emp WHERE id = 6
          22007 | SELECT DATE '2026-02-30'
          22007 | SELECT DATE '20026-01-01'
          22007 | SELECT DATE '0000-01-01'
          22007 | SELECT TIME '25:00:00'
          22007 | SELECT TIMESTAMP 'tomorrow'
          0A000 | SELECT TIMESTAMP '2026-01-01 00:00:00.1234567'
          0A000 | SELECT TIME '00:00:00.0001'
          """)
  void refusesWhatIsNoDateOrTooFine(String state, String sql) {
    SQLException failure = catchThrowableOfType(SQLException.class, () -> STAFF.rows(sql));
    assertThat(failure.getSQLState()).as(sql + ": " + failure.getMessage()).isEqualTo(state);
  }

  @Test
  void saysWhereALiteralIsWrong() {
    SQLException failure =
        catchThrowableOfType(
            SQLException.class, () -> STAFF.rows("SELECT id,\n DATE '2026-02-30' FROM emp"));
    assertThat(failure.getMessage())
        .isEqualTo("'2026-02-30' is no DATE (line 2, column 2). Write it like DATE '2026-03-01'.");
  }

  /** No type claims to know more than is computed. */
  @Test
  void noTimestampIsFinerThanAMicrosecondAndNoTimeThanAMillisecond() throws SQLException {
    assertThat(
            STAFF
                .plan(
                    "SELECT CAST(seen AS TIMESTAMP(9)), CAST(seen AS TIMESTAMP),"
                        + " CAST('10:00:00' AS TIME(6)), TIMESTAMP '2026-01-01 00:00:00.120000000',"
                        + " seen FROM emp")
                .columns()
                .stream()
                .map(column -> column.type().toString()))
        .containsExactly("TIMESTAMP(6)", "TIMESTAMP(6)", "TIME(3)", "TIMESTAMP(6)", "TIMESTAMP(0)");
  }

  @Test
  void nowIsTheClocksInItsZone() throws SQLException {
    Clock clock =
        Clock.fixed(Instant.parse("2026-11-22T23:30:15Z"), ZoneId.of("Australia/Adelaide"));
    assertThat(
            STAFF.rowsAt(
                clock,
                Limits.NONE,
                "SELECT CAST(CURRENT_DATE AS VARCHAR), CAST(CURRENT_TIMESTAMP AS VARCHAR),"
                    + " CAST(LOCALTIMESTAMP AS VARCHAR), CAST(CURRENT_TIME AS VARCHAR)"))
        .hasToString("[[2026-11-23, 2026-11-23 10:00:15, 2026-11-23 10:00:15, 10:00:15]]");
  }
}
