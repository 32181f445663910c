package io.sally.engine.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalTime;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Timestamps that differ below the millisecond, in PostgreSQL, MariaDB and SQLite: what Sally makes
 * of three databases is what one PostgreSQL gives that holds all the tables.
 */
@Tag("mysql")
final class MicrosecondsIT {
  private static final String ROWS =
      """
       VALUES
        (1, '2026-03-01 08:15:00.123456', '2026-03-01', 5),
        (2, '2026-03-01 08:15:00.123457', '2026-03-02', 6),
        (3, '2026-03-01 08:15:00.123', '2026-03-03', 7),
        (4, '1969-12-31 23:59:59.999999', '1969-12-31', 8),
        (5, '1969-12-31 23:59:59.999998', '1969-12-30', 9),
        (6, '9999-12-31 23:59:59.999999', '9999-12-31', 10),
        (7, NULL, NULL, NULL)""";

  private static Federation federation;

  @BeforeAll
  static void fill(@TempDir Path directory) throws SQLException {
    federation = new Federation("microseconds", directory);
    for (String table : List.of("a", "b", "c")) {
      federation.pg(
          "CREATE TABLE " + table + " (id int, at timestamp(6), day date, n int)",
          "INSERT INTO " + table + " " + ROWS);
    }
    federation.shop(
        "CREATE TABLE b (id int, at datetime(6), day date, n int)", "INSERT INTO b " + ROWS);
    federation.lite(
        "CREATE TABLE c (id int, at datetime, day date, n int)", "INSERT INTO c " + ROWS);
  }

  @AfterAll
  static void close() throws SQLException {
    federation.close();
  }

  /** The tables of the statement are a in PostgreSQL, b in MariaDB and c in SQLite. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT a.id, b.id, a.at, b.at FROM {a} a JOIN {b} b ON a.at = b.at ORDER BY a.id",
        "SELECT a.id, c.id, a.at, c.at FROM {a} a JOIN {c} c ON a.at = c.at ORDER BY a.id",
        "SELECT b.id, c.id FROM {b} b JOIN {c} c ON b.at = c.at ORDER BY b.id",
        "SELECT a.id, b.id FROM {a} a JOIN {b} b ON a.at < b.at ORDER BY a.id, b.id",
        "SELECT a.id, c.id FROM {a} a LEFT JOIN {c} c ON a.at > c.at AND a.n = c.n + 1 ORDER BY 1, 2",
        "SELECT a.at, b.at, c.at FROM {a} a JOIN {b} b ON a.id = b.id JOIN {c} c ON c.id = a.id ORDER BY a.id",
        "SELECT at FROM {a} a UNION SELECT at FROM {b} b UNION SELECT at FROM {c} c ORDER BY 1",
        "SELECT u.at, COUNT(*), SUM(u.n) FROM (SELECT at, n FROM {a} a UNION ALL SELECT at, n FROM {b} b) u GROUP BY u.at ORDER BY u.at",
        "SELECT COUNT(DISTINCT u.at), MIN(u.at), MAX(u.at) FROM (SELECT at FROM {b} b UNION ALL SELECT at FROM {c} c) u",
        "SELECT a.id FROM {a} a WHERE a.at IN (SELECT c.at FROM {c} c WHERE c.id < 3) ORDER BY a.id",
        "SELECT a.id FROM {a} a WHERE NOT EXISTS (SELECT 1 FROM {b} b WHERE b.at > a.at AND b.n = 6) ORDER BY a.id",
        "SELECT c.id, c.at FROM {c} c WHERE c.at IN (TIMESTAMP '2026-03-01 08:15:00.123456', TIMESTAMP '1969-12-31 23:59:59.999998') ORDER BY c.id",
        "SELECT c.id FROM {c} c WHERE c.at > TIMESTAMP '2026-03-01 08:15:00.123456' ORDER BY c.id",
        "SELECT a.id, CASE WHEN a.at > b.at THEN a.at ELSE b.at END FROM {a} a JOIN {b} b ON a.id = b.id + 1 WHERE a.id < 6 ORDER BY a.id",
        "SELECT c.id, c.at + INTERVAL '1' DAY, CAST(c.at AS DATE) FROM {c} c WHERE c.id < 6 ORDER BY c.id",
        "SELECT c.id, CAST(c.at AS TIMESTAMP(3)), CAST(c.at AS TIMESTAMP(5)) FROM {c} c WHERE c.id < 4 ORDER BY c.id",
        "SELECT c.id, CAST(c.at AS VARCHAR(30)) FROM {c} c ORDER BY c.id",
        "SELECT u.id, LAG(u.at) OVER (ORDER BY u.at, u.id) FROM (SELECT id, at FROM {a} a UNION ALL SELECT id + 10, at FROM {b} b) u ORDER BY u.id",
        "SELECT u.id, COUNT(*) OVER (ORDER BY u.at RANGE BETWEEN INTERVAL '0.001' SECOND PRECEDING AND CURRENT ROW) FROM (SELECT id, at FROM {a} a WHERE at IS NOT NULL UNION ALL SELECT id + 10, at FROM {c} c WHERE at IS NOT NULL) u ORDER BY u.id"
      })
  void threeDatabasesAnswerAsOne(String sql) throws SQLException {
    List<String> expected = federation.rows(at(sql, "pg", "pg", "pg"));
    assertThat(federation.plan(at(sql, "pg", "shop", "lite")).explain()).isNotEmpty();

    assertThat(federation.rows(at(sql, "pg", "shop", "lite"))).isEqualTo(expected).isNotEmpty();
    assertThat(expected).isEqualTo(federation.askPostgreSql(at(sql, "public", "public", "public")));
  }

  /**
   * A time of day is computed with in milliseconds: what has more is shown as it is, or refused.
   */
  @Test
  void timesOfDayKeepTheirMicrosecondsOrAreRefused() throws SQLException {
    String times =
        " VALUES (1, '08:15:00.123456'), (2, '23:59:59.999999'), (3, '08:15:00.123'), (4, NULL)";
    federation.pg("CREATE TABLE t (id int, at time(6))", "INSERT INTO t" + times);
    federation.shop("CREATE TABLE t (id int, at time(6))", "INSERT INTO t" + times);

    assertThat(
            federation.rows(
                "SELECT p.id, p.at, s.at FROM pg.t p JOIN shop.t s ON p.id = s.id ORDER BY p.id"))
        .containsExactly(
            "1|08:15:00.123456|08:15:00.123456",
            "2|23:59:59.999999|23:59:59.999999",
            "3|08:15:00.123|08:15:00.123",
            "4|null|null");
    for (String computing :
        List.of(
            "SELECT COUNT(*) FROM pg.t p JOIN shop.t s ON p.at = s.at",
            "SELECT at FROM pg.t UNION SELECT at FROM shop.t",
            "SELECT COUNT(*) FROM pg.t p, shop.t s WHERE p.at < s.at",
            "SELECT CAST(p.at AS VARCHAR) || SOUNDEX(s.id) FROM pg.t p JOIN shop.t s ON p.id = s.id",
            "SELECT p.id FROM pg.t p JOIN shop.t s ON p.id = s.id ORDER BY s.at, p.at")) {
      assertThatThrownBy(() -> federation.rows(computing))
          .as(computing)
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("is finer than a millisecond")
          .extracting("SQLState")
          .isEqualTo("22018");
    }
    assertThat(
            federation.rows("SELECT id FROM pg.t WHERE at = ?", LocalTime.parse("08:15:00.123456")))
        .containsExactly("1");
    assertThat(
            federation.rows(
                "SELECT p.id FROM pg.t p JOIN shop.t s ON p.at = s.at WHERE p.id = 3 AND s.id = 3"))
        .containsExactly("3");
  }

  private static String at(String sql, String a, String b, String c) {
    return sql.replace("{a}", a + ".a").replace("{b}", b + ".b").replace("{c}", c + ".c");
  }
}
