package io.sally.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sally.engine.catalog.Column;
import io.sally.engine.catalog.ColumnType;
import io.sally.engine.catalog.Table;
import io.sally.engine.catalog.TableName;
import io.sally.engine.source.MemorySource;
import io.sally.engine.source.MemoryTable;
import java.sql.JDBCType;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.linq4j.Linq4j;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Timestamps that differ below the millisecond alone, in plans that run here. */
class MicrosecondsTest {
  private static final Engine ENGINE = Engine.over(List.of(source()));

  @AfterAll
  static void close() throws SQLException {
    ENGINE.close();
  }

  private static MemorySource source() {
    return new MemorySource(
        "m",
        List.of(
            table(
                "early",
                new @Nullable Object[][] {
                  {1, at("2026-03-01T08:15:00.123456"), moment("2026-03-01T08:15:00.123456Z")},
                  {2, at("2026-03-01T08:15:00.123457"), moment("2026-03-01T08:15:00.123457Z")},
                  {3, at("1969-12-31T23:59:59.999999"), moment("1969-12-31T23:59:59.999999Z")},
                  {4, at("0001-01-01T00:00:00.000001"), moment("0001-01-01T00:00:00.000001Z")},
                  {5, at("9999-12-31T23:59:59.999999"), moment("9999-12-31T23:59:59.999999Z")},
                  {6, null, null},
                  {7, LocalDateTime.MAX, OffsetDateTime.MAX},
                  {8, LocalDateTime.MIN, OffsetDateTime.MIN},
                  {9, at("1500-02-28T12:00:00.000009"), moment("1500-02-28T12:00:00.000009Z")}
                }),
            table(
                "late",
                new @Nullable Object[][] {
                  {1, at("2026-03-01T08:15:00.123457"), moment("2026-03-01T08:15:00.123457Z")},
                  {2, at("2026-03-01T08:15:00.123458"), moment("2026-03-01T08:15:00.123458Z")},
                  {3, at("1969-12-31T23:59:59.999999"), moment("1969-12-31T23:59:59.999999Z")}
                })));
  }

  private static LocalDateTime at(String text) {
    return LocalDateTime.parse(text);
  }

  private static OffsetDateTime moment(String text) {
    return OffsetDateTime.parse(text);
  }

  private static MemoryTable table(String name, @Nullable Object[][] rows) {
    return new MemoryTable(
        new Table(
            new TableName("m", null, name),
            Table.Kind.TABLE,
            null,
            List.of(
                new Column("id", ColumnType.integer(), false, null),
                new Column("at", ColumnType.timestamp(6), true, null),
                new Column(
                    "moment",
                    new ColumnType(
                        JDBCType.TIMESTAMP_WITH_TIMEZONE, "TIMESTAMP WITH TIME ZONE", 6, 0, null),
                    true,
                    null)),
            null,
            List.of(),
            List.of(),
            (long) rows.length),
        () -> Linq4j.asEnumerable(rows));
  }

  private static String rows(String sql, @Nullable Object... parameters) throws SQLException {
    StringBuilder text = new StringBuilder();
    try (Execution execution = ENGINE.begin(Limits.NONE, Clock.systemUTC())) {
      Plan plan = ENGINE.prepare(sql, new Session(List.of("m")), execution);
      try (RowCursor cursor = plan.execute(Arrays.asList(parameters), execution)) {
        while (cursor.next()) {
          List<String> row = new ArrayList<>();
          for (int i = 0; i < plan.columns().size(); i++) {
            row.add(String.valueOf(cursor.value(i)));
          }
          text.append(text.isEmpty() ? "" : ", ").append(String.join(" ", row));
        }
      }
    }
    return text.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SELECT at FROM early WHERE id = 1                                  | 2026-03-01T08:15:00.123456
          SELECT at, moment FROM early WHERE id = 3                          | 1969-12-31T23:59:59.999999 1969-12-31T23:59:59.999999Z
          SELECT at, moment FROM early WHERE id = 4                          | 0001-01-01T00:00:00.000001 0001-01-01T00:00:00.000001Z
          SELECT at, moment FROM early WHERE id = 5                          | 9999-12-31T23:59:59.999999 9999-12-31T23:59:59.999999Z
          SELECT e.id, l.id FROM early e JOIN late l ON e.at = l.at ORDER BY 1          | 2 1, 3 3
          SELECT e.id, l.id FROM early e JOIN late l ON e.moment = l.moment ORDER BY 1  | 2 1, 3 3
          SELECT e.id, l.id FROM early e JOIN late l ON e.at > l.at WHERE e.id < 3 ORDER BY 1, 2 | 1 3, 2 3
          SELECT COUNT(DISTINCT at), COUNT(DISTINCT moment) FROM early WHERE id < 3     | 2 2
          SELECT COUNT(*) FROM (SELECT at FROM early WHERE id < 3 UNION SELECT at FROM late) u | 4
          SELECT COUNT(*) FROM (SELECT at FROM early INTERSECT SELECT at FROM late) u   | 2
          SELECT COUNT(*) FROM (SELECT at FROM early EXCEPT SELECT at FROM late) u      | 7
          SELECT at, COUNT(*) FROM (SELECT at FROM early WHERE id < 3 UNION ALL SELECT at FROM late WHERE id < 2) u GROUP BY at ORDER BY at | 2026-03-01T08:15:00.123456 1, 2026-03-01T08:15:00.123457 2
          SELECT id FROM early ORDER BY at                                   | 8, 4, 9, 3, 1, 2, 5, 7, 6
          SELECT id FROM early ORDER BY moment DESC                          | 6, 7, 5, 2, 1, 3, 9, 4, 8
          SELECT MIN(at), MAX(at) FROM early WHERE id < 3                    | 2026-03-01T08:15:00.123456 2026-03-01T08:15:00.123457
          SELECT at, moment FROM early WHERE id > 6 AND id < 9 ORDER BY id   | +999999999-12-31T23:59:59.999999999 +999999999-12-31T23:59:59.999999999-18:00, -999999999-01-01T00:00 -999999999-01-01T00:00+18:00
          SELECT id FROM early WHERE at = TIMESTAMP '2026-03-01 08:15:00.123457'        | 2
          SELECT id FROM early WHERE at IN (TIMESTAMP '2026-03-01 08:15:00.123456', TIMESTAMP '1969-12-31 23:59:59.999999', TIMESTAMP '0001-01-01 00:00:00.000001') ORDER BY id | 1, 3, 4
          SELECT id FROM early WHERE at NOT IN (TIMESTAMP '2026-03-01 08:15:00.123456', TIMESTAMP '1969-12-31 23:59:59.999999') AND id < 4 | 2
          SELECT id FROM early WHERE at BETWEEN TIMESTAMP '1969-12-31 23:59:59.999999' AND TIMESTAMP '2026-03-01 08:15:00.123456' ORDER BY id | 1, 3
          SELECT v.t FROM (VALUES (TIMESTAMP '2026-03-01 08:15:00.123456'), (TIMESTAMP '1969-12-31 23:59:59.999999'), (CAST(NULL AS TIMESTAMP))) AS v(t) ORDER BY 1 | 1969-12-31T23:59:59.999999, 2026-03-01T08:15:00.123456, null
          SELECT e.id FROM early e JOIN (VALUES (TIMESTAMP '2026-03-01 08:15:00.123457')) AS v(t) ON e.at = v.t | 2
          SELECT EXTRACT(MICROSECOND FROM at), EXTRACT(MILLISECOND FROM at), EXTRACT(SECOND FROM at), EXTRACT(YEAR FROM at) FROM early WHERE id = 3 | 59999999 59999 59 1969
          SELECT EXTRACT(EPOCH FROM at), EXTRACT(DAY FROM moment), EXTRACT(MICROSECOND FROM moment) FROM early WHERE id = 1 | 1772352900 1 123456
          SELECT FLOOR(at TO SECOND), CEIL(at TO SECOND), FLOOR(at TO MILLISECOND), CEIL(at TO MILLISECOND) FROM early WHERE id = 3 | 1969-12-31T23:59:59 1970-01-01T00:00 1969-12-31T23:59:59.999 1970-01-01T00:00
          SELECT FLOOR(at TO DAY), FLOOR(at TO MONTH), FLOOR(at TO MICROSECOND) FROM early WHERE id = 9 | 1500-02-28T00:00 1500-02-01T00:00 1500-02-28T12:00:00.000009
          SELECT CEIL(at TO DAY) FROM early WHERE id = 4                     | 0001-01-02T00:00
          SELECT CAST(at AS VARCHAR), CAST(at AS DATE) FROM early WHERE id = 3          | 1969-12-31 23:59:59.999999 1969-12-31
          SELECT CAST(at AS VARCHAR(21)) FROM early WHERE id = 1             | 2026-03-01 08:15:00.1
          SELECT CAST(CAST(at AS VARCHAR) AS TIMESTAMP) FROM early WHERE id < 6 ORDER BY id     | 2026-03-01T08:15:00.123456, 2026-03-01T08:15:00.123457, 1969-12-31T23:59:59.999999, 0001-01-01T00:00:00.000001, 9999-12-31T23:59:59.999999
          SELECT CAST(at AS TIMESTAMP(5)), CAST(at AS TIMESTAMP(3)), CAST(at AS TIMESTAMP(0)), CAST(at AS TIMESTAMP(6)) FROM early WHERE id = 1 | 2026-03-01T08:15:00.123460 2026-03-01T08:15:00.123 2026-03-01T08:15 2026-03-01T08:15:00.123456
          SELECT CAST(at AS TIMESTAMP(3)) FROM early WHERE id = 3            | 1970-01-01T00:00
          SELECT CAST(TIMESTAMP '2026-03-01 08:15:00.1235' AS TIMESTAMP(3))  | 2026-03-01T08:15:00.124
          SELECT CAST('2026-03-01 08:15:00.1234567' AS TIMESTAMP), CAST('2026-03-01 08:15:59.9996' AS TIMESTAMP(3)) | 2026-03-01T08:15:00.123457 2026-03-01T08:16
          SELECT CAST(CAST(at AS DATE) AS TIMESTAMP) FROM early WHERE id = 3 | 1969-12-31T00:00
          SELECT CAST(CAST(at AS TIMESTAMP WITH LOCAL TIME ZONE) AS TIMESTAMP) FROM early WHERE id = 3 | 1969-12-31T23:59:59.999999
          SELECT at + INTERVAL '1' DAY, at - INTERVAL '0.001' SECOND, at + INTERVAL '1' MONTH, moment + INTERVAL '1' HOUR FROM early WHERE id = 1 | 2026-03-02T08:15:00.123456 2026-03-01T08:15:00.122456 2026-04-01T08:15:00.123456 2026-03-01T09:15:00.123456Z
          SELECT TIMESTAMPADD(HOUR, 2, at), TIMESTAMPADD(MONTH, -1, at), TIMESTAMPADD(QUARTER, 1, at) FROM early WHERE id = 1 | 2026-03-01T10:15:00.123456 2026-02-01T08:15:00.123456 2026-06-01T08:15:00.123456
          SELECT TIMESTAMPDIFF(SECOND, e.at, l.at), TIMESTAMPDIFF(DAY, e.at, l.at) FROM early e, late l WHERE e.id = 3 AND l.id = 2 | 1772352900 20513
          SELECT LAST_DAY(at), DAYNAME(at), QUARTER(at) FROM early WHERE id = 1         | 2026-03-31 Sunday 1
          SELECT COALESCE(at, TIMESTAMP '2026-01-01 00:00:00.000001') FROM early WHERE id = 6   | 2026-01-01T00:00:00.000001
          SELECT CASE WHEN at > TIMESTAMP '2026-03-01 08:15:00.123456' THEN at ELSE TIMESTAMP '2026-01-01 00:00:00.000001' END FROM early WHERE id < 3 ORDER BY id | 2026-01-01T00:00:00.000001, 2026-03-01T08:15:00.123457
          SELECT GREATEST(e.at, l.at), LEAST(e.at, l.at), NULLIF(e.at, l.at) FROM early e, late l WHERE e.id = 1 AND l.id = 1 | 2026-03-01T08:15:00.123457 2026-03-01T08:15:00.123456 2026-03-01T08:15:00.123456
          SELECT ARRAY[at, TIMESTAMP '2026-01-01 00:00:00.000001'] FROM early WHERE id = 1      | [2026-03-01T08:15:00.123456, 2026-01-01T00:00:00.000001]
          SELECT ARRAY_AGG(at ORDER BY at) FROM early WHERE id < 3           | [2026-03-01T08:15:00.123456, 2026-03-01T08:15:00.123457]
          SELECT u.t FROM UNNEST(ARRAY[TIMESTAMP '2026-01-01 00:00:00.000002', TIMESTAMP '2026-01-01 00:00:00.000001']) AS u(t) ORDER BY 1 | 2026-01-01T00:00:00.000001, 2026-01-01T00:00:00.000002
          SELECT id, COUNT(*) OVER (ORDER BY at RANGE BETWEEN INTERVAL '1' DAY PRECEDING AND CURRENT ROW) FROM early WHERE id < 4 ORDER BY id | 1 1, 2 2, 3 1
          SELECT id, COUNT(*) OVER (ORDER BY at RANGE BETWEEN INTERVAL '0.001' SECOND PRECEDING AND INTERVAL '0.001' SECOND FOLLOWING) FROM early WHERE id < 4 ORDER BY id | 1 2, 2 2, 3 1
          SELECT id, LAG(at, 1, TIMESTAMP '2000-01-01 00:00:00.000001') OVER (ORDER BY id) FROM early WHERE id < 3 ORDER BY id | 1 2000-01-01T00:00:00.000001, 2 2026-03-01T08:15:00.123456
          SELECT id, RANK() OVER (ORDER BY at) FROM early WHERE id < 3 ORDER BY id      | 1 1, 2 2
          SELECT (SELECT MAX(l.at) FROM late l WHERE l.at > e.at) FROM early e WHERE e.id = 2   | 2026-03-01T08:15:00.123458
          SELECT id FROM early e WHERE EXISTS (SELECT 1 FROM late l WHERE l.at = e.at) ORDER BY id | 2, 3
          SELECT id FROM early WHERE at IN (SELECT at FROM late) ORDER BY id | 2, 3
          WITH RECURSIVE r(n, t) AS (SELECT 1, TIMESTAMP '2026-01-01 00:00:00.000001' UNION ALL SELECT n + 1, t + INTERVAL '1' DAY FROM r WHERE n < 3) SELECT t FROM r ORDER BY n | 2026-01-01T00:00:00.000001, 2026-01-02T00:00:00.000001, 2026-01-03T00:00:00.000001
          SELECT TIMESTAMP '2026-01-01 00:00:00.000001' + INTERVAL '1' DAY   | 2026-01-02T00:00:00.000001
          SELECT TIMESTAMP '2026-01-01 00:00:00' + INTERVAL '0.5' SECOND     | 2026-01-01T00:00:00.500
          SELECT DATE '2026-01-01' + INTERVAL '1' DAY, CAST(DATE '0001-01-01' AS TIMESTAMP) | 2026-01-02 0001-01-01T00:00
          SELECT CAST(moment AS VARCHAR) FROM early WHERE id = 3             | 1969-12-31 23:59:59.999999 UTC
          SELECT id, COUNT(*) OVER (ORDER BY d RANGE BETWEEN INTERVAL '1' DAY PRECEDING AND CURRENT ROW) FROM (VALUES (1, DATE '2026-01-01'), (2, DATE '2026-01-02'), (3, DATE '2026-01-04')) AS v(id, d) ORDER BY id | 1 1, 2 2, 3 1
          SELECT UNIX_MICROS(moment), UNIX_MILLIS(moment), UNIX_SECONDS(moment) FROM early WHERE id = 3 | -1 -1 -1
          SELECT id FROM early WHERE moment = TIMESTAMP WITH TIME ZONE '2026-03-01 08:15:00.123456 UTC' | 1
          SELECT id FROM early WHERE moment < TIMESTAMP WITH TIME ZONE '2026-03-01 09:15:00.123457 Europe/Berlin' ORDER BY id | 1, 3, 4, 8, 9
          SELECT id FROM early WHERE moment IN (TIMESTAMP WITH TIME ZONE '2026-03-01 13:45:00.123457+05:30', TIMESTAMP WITH LOCAL TIME ZONE '1969-12-31 23:59:59.999999') ORDER BY id | 2, 3
          SELECT TIMESTAMP WITH TIME ZONE '2026-03-01 08:15:00.123456-01'    | 2026-03-01T09:15:00.123456Z
          SELECT id FROM early WHERE moment = CAST(TIMESTAMP '2026-03-01 08:15:00.123456' AS TIMESTAMP WITH TIME ZONE) | 1
          """)
  void computesWithMicroseconds(String sql, String expected) throws SQLException {
    assertThat(rows(sql)).isEqualTo(expected);
  }

  /** What would be counted in milliseconds is not called microseconds. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT TIMESTAMP '2026-01-01 00:00:00.1234567'",
        "SELECT at + INTERVAL '0.000001' SECOND(1, 6) FROM early",
        "SELECT TIMESTAMPADD(MICROSECOND, 1, at) FROM early",
        "SELECT TIMESTAMPDIFF(MICROSECOND, at, at) FROM early",
        "SELECT COUNT(*) OVER (ORDER BY at RANGE INTERVAL '1' MONTH PRECEDING) FROM early"
      })
  void refusesWhatItCannotCount(String sql) {
    assertThat(catchThrowableOfType(SQLException.class, () -> rows(sql)).getSQLState())
        .isEqualTo("0A000");
  }

  @Test
  void bindsParametersWithMicroseconds() throws SQLException {
    assertThat(rows("SELECT id FROM early WHERE at = ?", at("2026-03-01T08:15:00.123457")))
        .isEqualTo("2");
    assertThat(rows("SELECT id FROM early WHERE at = ?", "2026-03-01 08:15:00.123457"))
        .isEqualTo("2");
    assertThat(
            rows(
                "SELECT id FROM early WHERE moment = ?",
                moment("2026-03-01T10:15:00.123457+02:00")))
        .isEqualTo("2");
    assertThat(rows("SELECT CAST(? AS TIMESTAMP)", at("2026-03-01T08:15:00.1234567")))
        .isEqualTo("2026-03-01T08:15:00.123457");
  }
}
