package io.sally.engine.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that a source holds in a column whose type has none such. */
@Tag("mysql")
class ValuesOutsideTypesIT {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  private static Path directory;

  @SuppressWarnings("NullAway.Init")
  private static Federation federation;

  @BeforeAll
  static void open() throws SQLException {
    federation = new Federation("outside", directory);
    federation.pg(
        "CREATE TABLE odd (id int, n numeric, d date, a numeric[], ts timestamp, m numeric,"
            + " g int[])",
        "INSERT INTO odd VALUES (1, 'NaN', 'infinity', '{NaN,1}', '-infinity',"
            + " 1.1234567890123456789012345, '{{1,2},{3,4}}')",
        "CREATE TABLE plain (id int, n numeric)",
        "INSERT INTO plain VALUES (1, 1.5)");
    federation.shop(
        "SET SESSION sql_mode = 'ALLOW_INVALID_DATES'",
        "CREATE TABLE shifts (id int, t time, d date, dt datetime NOT NULL)",
        "INSERT INTO shifts VALUES (1, '25:00:00', '2021-02-31', '0000-00-00 00:00:00')");
    federation.lite(
        "CREATE TABLE loose (id INTEGER, n INTEGER, d DECIMAL(5, 2), b BOOLEAN)",
        "INSERT INTO loose VALUES (1, 'abc', 'twelve', 'maybe')");
  }

  @AfterAll
  static void close() throws SQLException {
    federation.close();
  }

  @Test
  void selectStarOfOneSourceGivesTheirTexts() throws SQLException {
    assertThat(federation.rows("SELECT id, n, a FROM pg.odd")).containsExactly("1|NaN|[NaN, 1]");
    assertThat(federation.rows("SELECT * FROM shop.shifts"))
        .containsExactly("1|25:00:00|2021-02-31|0000-00-00 00:00:00");
    assertThat(federation.rows("SELECT * FROM lite.loose")).containsExactly("1|abc|twelve|maybe");
  }

  @Test
  void selectStarOfAJoinGivesThemToo() throws SQLException {
    assertThat(
            federation.rows(
                "SELECT * FROM pg.odd o JOIN lite.loose l ON o.id = l.id"
                    + " LEFT JOIN shop.shifts s ON s.id = l.id"))
        .containsExactly(
            String.join(
                "|",
                "1|NaN|" + LocalDate.MAX + "|[NaN, 1]|" + LocalDateTime.MIN,
                "1.1234567890123456789012345|[[1, 2], [3, 4]]",
                "1|abc|twelve|maybe",
                "1|25:00:00|2021-02-31|0000-00-00 00:00:00"));
  }

  @ParameterizedTest
  @CsvSource({
    "o.n, NaN",
    "o.a, '[NaN, 1]'",
    "o.g, '[[1, 2], [3, 4]]'",
    "l.n, abc",
    "l.b, maybe",
    "s.t, 25:00:00",
    "s.d, 2021-02-31",
    "s.dt, 0000-00-00 00:00:00",
    "o.m, 1.1234567890123456789012345"
  })
  void passAloneThroughLocalOperators(String column, String text) throws SQLException {
    assertThat(
            federation.rows(
                "SELECT "
                    + column
                    + " FROM pg.odd o JOIN lite.loose l ON o.id = l.id"
                    + " JOIN shop.shifts s ON s.id = o.id WHERE o.id + l.id = 2 ORDER BY s.id"))
        .containsExactly(text);
  }

  @Test
  void passThroughAUnionOfAll() throws SQLException {
    assertThat(federation.rows("SELECT n FROM lite.loose UNION ALL SELECT id FROM pg.plain"))
        .containsExactlyInAnyOrder("abc", "1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT l.n + 1 FROM lite.loose l JOIN pg.plain p ON l.id = p.id",
        "SELECT CASE WHEN p.id = 1 THEN l.n + p.id END FROM lite.loose l, pg.plain p",
        "SELECT MAX(l.n) FROM lite.loose l JOIN pg.plain p ON l.id = p.id",
        "SELECT l.n, COUNT(*) FROM lite.loose l JOIN pg.plain p ON l.id = p.id GROUP BY l.n",
        "SELECT DISTINCT l.n, p.n FROM lite.loose l JOIN pg.plain p ON l.id = p.id",
        "SELECT n FROM lite.loose UNION SELECT id FROM pg.plain",
        "SELECT l.id FROM lite.loose l JOIN pg.plain p ON l.n = p.id",
        "SELECT l.id FROM lite.loose l JOIN pg.plain p ON l.n > p.id",
        "SELECT CAST(l.n AS VARCHAR) || p.id FROM lite.loose l JOIN pg.plain p ON l.id = p.id"
      })
  void nothingElseThanTheirSourceComputesWithThem(String sql) {
    assertThatThrownBy(() -> federation.rows(sql))
        .isInstanceOf(SQLException.class)
        .hasMessage(
            "Source lite, column n: 'abc' is no value of the type BIGINT, so that Sally cannot"
                + " compute with it. Leave the column out, cast it to a text, or leave such rows"
                + " out by a condition that the source computes.")
        .hasFieldOrPropertyWithValue("SQLState", "22018");
  }

  @Test
  void sortingThemFails() throws SQLException {
    federation.lite(
        "CREATE TABLE sorted (id INTEGER, n INTEGER)",
        "INSERT INTO sorted VALUES (1, 'abc'), (1, 2), (1, 3)");
    assertThatThrownBy(
            () ->
                federation.rows(
                    "SELECT l.n, p.n FROM lite.sorted l JOIN pg.plain p ON l.id = p.id"
                        + " ORDER BY l.n"))
        .hasMessageStartingWith("Source lite, column n: 'abc' is no value of the type BIGINT")
        .hasFieldOrPropertyWithValue("SQLState", "22018");
  }

  @ParameterizedTest
  @CsvSource({
    "o.d + INTERVAL '1' DAY, +999999999-12-31",
    "o.d - INTERVAL '1' MONTH, +999999999-12-31",
    "o.ts + INTERVAL '1' DAY, -999999999-01-01T00:00",
    "o.ts - INTERVAL '1' MONTH, -999999999-01-01T00:00",
    "CAST(o.ts AS DATE), -999999999-01-01",
    "CAST(o.d AS TIMESTAMP), +999999999-12-31T23:59:59.999999999",
    "o.ts < o.d, true"
  })
  void infinityStaysInfinityInLocalOperators(String expression, String value) throws SQLException {
    assertThat(
            federation.rows(
                "SELECT COALESCE("
                    + expression
                    + ", CASE WHEN l.id = 2 THEN "
                    + expression
                    + " END) FROM pg.odd o JOIN lite.loose l ON o.id = l.id"))
        .containsExactly(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "EXTRACT(YEAR FROM o.d)",
        "EXTRACT(YEAR FROM o.ts)",
        "FLOOR(o.d TO MONTH)",
        "CEIL(o.ts TO MONTH)",
        "CAST(o.d AS VARCHAR)",
        "TIMESTAMPDIFF(DAY, o.ts, o.d)",
        "TIMESTAMPDIFF(DAY, DATE '2020-01-01', o.d)",
        "DAYNAME(o.d)"
      })
  void infinityHasNoParts(String expression) {
    assertThatThrownBy(
            () ->
                federation.rows(
                    "SELECT COALESCE("
                        + expression
                        + ", CASE WHEN l.id = 2 THEN "
                        + expression
                        + " END) FROM pg.odd o JOIN lite.loose l ON o.id = l.id"))
        .hasMessageStartingWith("A date cannot be computed: ")
        .hasFieldOrPropertyWithValue("SQLState", "22008");
  }
}
