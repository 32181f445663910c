package io.sally.engine.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A statement means what PostgreSQL means by it, whichever database or Sally itself runs it. */
@Tag("mysql")
final class SameMeaningIT {
  /** Around the surrogates, whose place among the units of UTF-16 is not that of their texts. */
  private static final List<String> TEXTS =
      List.of(
          "Z",
          "a",
          "ä",
          "\uD7FF",
          "\uE000",
          "\uFF5E",
          "\uFF5E\uD83D\uDE00",
          "\uD83D\uDE00",
          "\uD83D\uDE00\uFF5E",
          "a\uFF5E",
          "a\uD83D\uDE00",
          "aa");

  private static Federation federation;

  @BeforeAll
  static void fill(@TempDir Path directory) throws SQLException {
    federation = new Federation("same_meaning", directory);
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < TEXTS.size(); i++) {
      rows.add("(" + i + ", '" + TEXTS.get(TEXTS.size() - 1 - i) + "', " + i / 3 + ")");
    }
    String insert = "INSERT INTO t VALUES " + String.join(", ", rows);
    federation.pg("CREATE TABLE t (id int, x text COLLATE \"C\", n int)", insert);
    federation.shop("CREATE TABLE t (id int, x varchar(20) CHARACTER SET utf8mb4, n int)", insert);
    federation.lite("CREATE TABLE t (id int, x text, n int)", insert);
    federation.pg(
        "CREATE TABLE f (id int, x float8, y float4)",
        "INSERT INTO f VALUES (1, 'NaN', 'NaN'), (2, '-0', 0), (3, 0, 0), (4, 'Infinity', 1),"
            + " (5, '-Infinity', '-Infinity'), (6, 1.5, 'NaN'), (7, -1.5, 0.1), (8, NULL, NULL),"
            + " (9, 'NaN', 7)");
    federation.lite("CREATE TABLE f (id int, x double, y real)");
    String numbers = "CREATE TABLE v (id int, big bigint, x varchar(20), z int)";
    String one = "INSERT INTO v VALUES (1, 9223372036854775807, 'word', 0)";
    federation.pg(numbers, one);
    federation.shop(numbers, one);
    federation.lite(numbers, one);
  }

  @AfterAll
  static void close() throws SQLException {
    federation.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT t.x FROM %s t ORDER BY t.x",
        "SELECT t.id, t.x FROM %s t ORDER BY t.x DESC, t.id LIMIT 5",
        "SELECT MIN(t.x), MAX(t.x) FROM %s t",
        "SELECT t.n, MIN(t.x), MAX(t.x) FROM %s t GROUP BY t.n ORDER BY t.n",
        "SELECT t.id, RANK() OVER (ORDER BY t.x), MAX(t.x) OVER (PARTITION BY t.n) FROM %s t ORDER BY t.id",
        "SELECT t.id, PERCENT_RANK() OVER (ORDER BY t.x), CUME_DIST() OVER (ORDER BY t.n) FROM %s t ORDER BY t.id",
        "SELECT t.id, NTILE(5) OVER (ORDER BY t.x), NTILE(100) OVER (ORDER BY t.id) FROM %s t ORDER BY t.id",
        "SELECT t.id FROM %s t WHERE t.x > '\uFF5E' ORDER BY t.id",
        "SELECT t.id FROM %s t WHERE t.x BETWEEN '\uFF5E' AND '\uD83D\uDE00' ORDER BY t.id",
        "SELECT t.id FROM %s t WHERE t.x < 'b' OR t.x >= '\uD83D\uDE00' ORDER BY t.id",
        "SELECT a.id, COUNT(*) FROM %1$s a JOIN %1$s b ON a.x > b.x GROUP BY a.id ORDER BY a.id",
        "SELECT PERCENTILE_DISC(0.9) WITHIN GROUP (ORDER BY t.x), PERCENTILE_DISC(0) WITHIN GROUP (ORDER BY t.id DESC),"
            + " CAST(PERCENTILE_CONT(0.3) WITHIN GROUP (ORDER BY t.id) AS DOUBLE PRECISION) FROM %s t",
        "SELECT t.n, PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY t.x) FILTER (WHERE t.id <> 4), COUNT(*),"
            + " CAST(PERCENTILE_CONT(0.25) WITHIN GROUP (ORDER BY t.id * 2) AS DOUBLE PRECISION),"
            + " CORR(t.id, t.id * 3), CORR(t.id, 7) FROM %s t GROUP BY t.n ORDER BY t.n",
        "SELECT t.id, LEAD(t.id * 0.5, 2, 0.0) OVER (ORDER BY t.id), LAG(t.n, 1, -1) OVER (ORDER BY t.id) FROM %s t ORDER BY t.id",
        "SELECT p.id, (SELECT MAX(r) FROM (SELECT ROW_NUMBER() OVER (ORDER BY o.id) AS r FROM %1$s o WHERE o.n = p.n) z) FROM %1$s p ORDER BY p.id",
        "SELECT p.id FROM %1$s p WHERE p.id IN (SELECT z.r + 2 FROM (SELECT ROW_NUMBER() OVER (ORDER BY o.id) AS r FROM %1$s o WHERE o.id > p.id) z) ORDER BY p.id",
        "SELECT p.id, z.r FROM %1$s p, LATERAL (SELECT o.id, COUNT(*) OVER () AS r FROM %1$s o WHERE o.id <= p.n) z WHERE z.id = 1 ORDER BY p.id",
        "SELECT p.id FROM %1$s p WHERE EXISTS (SELECT 1 FROM (SELECT COUNT(*) OVER () AS r FROM %1$s o WHERE o.n = p.n AND o.id > 4) z WHERE z.r = 1) ORDER BY p.id",
        "SELECT p.id, (SELECT PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY o.x) FROM %1$s o WHERE o.n = p.n AND o.id <> p.id) FROM %1$s p ORDER BY p.id",
        "SELECT t.id FROM %s t WHERE ROW(t.n, t.x) IN (ROW(0, 'aa'), ROW(1, 'x')) ORDER BY t.id",
        "SELECT t.id FROM %s t WHERE (t.n, t.id) IN ((1, 3), (1, 4), (2, 3)) ORDER BY t.id",
        "SELECT t.id, CAST(t.id * -0.010 AS VARCHAR), CAST(t.n = 1 AS VARCHAR) FROM %s t ORDER BY t.id",
      })
  void everySourceGivesPostgreSqlsRows(String sql) throws SQLException {
    List<String> expected = federation.askPostgreSql(String.format(sql, "t"));
    assertThat(federation.rows(String.format(sql, "pg.t"))).isEqualTo(expected);
    assertThat(federation.rows(String.format(sql, "shop.t"))).isEqualTo(expected);
    assertThat(federation.rows(String.format(sql, "lite.t"))).isEqualTo(expected);
  }

  @Test
  void rowsOfSeveralSourcesSortAsThoseOfOne() throws SQLException {
    assertThat(
            federation.rows(
                "SELECT x FROM pg.t UNION SELECT x FROM shop.t UNION SELECT x FROM lite.t ORDER BY x"))
        .isEqualTo(federation.askPostgreSql("SELECT x FROM t ORDER BY x"));
    assertThat(
            federation.rows(
                "SELECT a.id, b.id FROM pg.t a JOIN lite.t b ON a.x < b.x ORDER BY a.id, b.id"))
        .isEqualTo(
            federation.askPostgreSql(
                "SELECT a.id, b.id FROM t a JOIN t b ON a.x < b.x ORDER BY a.id, b.id"));
  }

  /** As PostgreSQL has them with tables of one name in two schemas. */
  @Test
  void tablesOfOneNameInTwoSourcesAreToldApartByTheirWholeNames() throws SQLException {
    List<String> expected =
        federation.askPostgreSql(
            "SELECT a.id, b.x FROM t a JOIN t b ON a.id = b.id + 1 WHERE a.n > 1 ORDER BY b.x DESC");
    for (String sql :
        List.of(
            "SELECT pg.t.id, shop.t.x FROM pg.t JOIN shop.t ON pg.t.id = shop.t.id + 1"
                + " WHERE pg.t.n > 1 ORDER BY shop.t.x DESC",
            "SELECT pg.public.t.id, SHOP.T.x FROM pg.public.t, shop.t"
                + " WHERE PG.PUBLIC.T.id = shop.t.id + 1 AND pg.public.t.n > 1 ORDER BY shop.t.x DESC",
            "SELECT lite.t.id, z.x FROM lite.t JOIN (SELECT shop.t.* FROM shop.t, pg.t"
                + " WHERE shop.t.id = pg.t.id AND EXISTS (SELECT 1 FROM pg.v WHERE pg.v.id = 1 OR pg.t.id < 0)) z"
                + " ON lite.t.id = z.id + 1 WHERE lite.t.n > 1 ORDER BY z.x DESC")) {
      assertThat(federation.rows(sql)).as(sql).isEqualTo(expected);
    }
    assertThat(federation.rows("SELECT id, n FROM pg.t NATURAL JOIN shop.t ORDER BY id"))
        .isEqualTo(federation.askPostgreSql("SELECT id, n FROM t ORDER BY id"));
    assertThatThrownBy(
            () -> federation.rows("SELECT t.id FROM pg.t JOIN shop.t ON pg.t.id = shop.t.id"))
        .hasMessage(
            "The table t (line 1, column 8) may be pg.t or shop.t. Write the whole name before the"
                + " column, or give the tables aliases.")
        .hasFieldOrPropertyWithValue("SQLState", "42702");
    assertThatThrownBy(() -> federation.rows("SELECT pg.t.id FROM pg.t JOIN pg.t ON 1 = 1"))
        .hasFieldOrPropertyWithValue("SQLState", "42000");
  }

  @Test
  void relativeRanksAreComputedByPostgreSql() throws SQLException {
    assertThat(
            String.join(
                "\n",
                federation
                    .plan(
                        "SELECT id, PERCENT_RANK() OVER (ORDER BY n), CUME_DIST() OVER (ORDER BY n),"
                            + " NTILE(3) OVER (ORDER BY id) FROM pg.t")
                    .explain()))
        .contains("PERCENT_RANK() OVER", "CUME_DIST() OVER", "NTILE(3) OVER")
        .doesNotContain("Window");
  }

  /** What SQLite's empty table is added to is computed by Sally. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT f.id FROM %s f ORDER BY f.x, f.id",
        "SELECT f.id FROM %s f ORDER BY f.y DESC, f.id",
        "SELECT f.id FROM %s f WHERE f.x > 1 ORDER BY f.id",
        "SELECT f.id FROM %s f WHERE f.x >= 0 AND f.x < 2 ORDER BY f.id",
        "SELECT f.id FROM %s f WHERE NOT f.x <= 1 ORDER BY f.id",
        "SELECT f.id FROM %s f WHERE f.x = 0 ORDER BY f.id",
        "SELECT f.id FROM %s f WHERE f.x <> 0 ORDER BY f.id",
        "SELECT f.id FROM %s f WHERE f.x IN (0, 1.5) ORDER BY f.id",
        "SELECT f.id FROM %s f WHERE f.x = f.y ORDER BY f.id",
        "SELECT f.id FROM %s f WHERE f.x > f.y ORDER BY f.id",
        "SELECT f.id FROM %s f WHERE f.x BETWEEN f.y AND 5 ORDER BY f.id",
        "SELECT COUNT(*), COUNT(DISTINCT f.x) FROM %s f",
        "SELECT COUNT(f.id), SUM(f.id) FROM %s f GROUP BY f.x ORDER BY f.x",
        "SELECT COUNT(*) FROM (SELECT DISTINCT x FROM %s f) d",
        "SELECT MIN(f.x), MAX(f.x), MIN(f.y), MAX(f.y) FROM %s f",
        "SELECT MIN(f.x), MAX(f.x) FROM %s f WHERE f.id IN (1, 9)",
        "SELECT MIN(f.x), MAX(f.x), MIN(f.y) FROM %s f WHERE f.id IN (1, 4, 6)",
        "SELECT MIN(f.x), MAX(f.x) FROM %s f WHERE f.id = 8",
        "SELECT f.id, RANK() OVER (ORDER BY f.x), MIN(f.y) OVER (ORDER BY f.id), MAX(f.x) OVER (PARTITION BY f.x) = 0 FROM %s f ORDER BY f.id",
        "SELECT a.id, b.id FROM %1$s a JOIN %1$s b ON a.x = b.x ORDER BY a.id, b.id",
        "SELECT a.id, b.id FROM %1$s a JOIN %1$s b ON a.x < b.x AND a.id > b.id ORDER BY a.id, b.id",
      })
  void floatingPointNumbersCompareAsPostgreSqlsDo(String sql) throws SQLException {
    List<String> expected = federation.askPostgreSql(String.format(sql, "f"));
    assertThat(federation.rows(String.format(sql, "pg.f"))).isEqualTo(expected);
    assertThat(
            federation.rows(
                String.format(
                    sql,
                    "(SELECT * FROM pg.f UNION ALL SELECT id, x, CAST(y AS REAL) FROM lite.f)")))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "22003, SELECT big + 1 FROM %s.v",
    "22003, SELECT id FROM %s.v WHERE big * 2 > 0",
    "22003, SELECT -big - 2 FROM %s.v",
    "22003, SELECT CAST(big AS INTEGER) FROM %s.v",
    "22012, SELECT id / z FROM %s.v",
    "22012, SELECT id FROM %s.v WHERE 1.5 / z > 0",
    "22012, SELECT MOD(id; z) FROM %s.v",
    "22018, SELECT CAST(x AS INTEGER) FROM %s.v",
    "22007, SELECT CAST(x AS DATE) FROM %s.v",
  })
  void failuresHaveTheSameStateEverywhere(String state, String sql) {
    for (String source : List.of("pg", "shop", "lite")) {
      String text = String.format(sql.replace(';', ','), source);
      assertThatThrownBy(() -> federation.rows(text))
          .as(text)
          .isInstanceOfSatisfying(
              SQLException.class,
              failure -> assertThat(failure.getSQLState()).as(text + failure).isEqualTo(state));
    }
  }
}
