package io.sally.engine.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The keys of a join's small side go to the source of its large side. */
final class KeysToSourcesIT {
  private static final int ROWS = 20_000;

  private static Federation federation;

  /**
   * In each database a large table, and small ones whose keys are a few of its, some of them null
   * and some of them nowhere else. The texts differ in case and blanks alone.
   */
  @BeforeAll
  static void fill(@TempDir Path directory) throws SQLException {
    federation = new Federation("keys", directory);
    String small =
        "(1, 7, 'k7', '2026-01-08', 7.50), (2, 19999, 'K19999', '2026-02-01', 1.00),"
            + " (3, NULL, NULL, NULL, NULL), (4, 7, 'k8 ', '2026-01-08', 8.00),"
            + " (5, -1, 'it''s', '2031-01-01', 99.99), (6, 500, 'k500', '2026-01-01', 500.00)";
    String columns = "(id INT, k INT, name VARCHAR(20), day DATE, price DECIMAL(10,2))";
    federation.pg(
        "CREATE TABLE big " + columns,
        "INSERT INTO big SELECT i, NULLIF(i % 10000, 3), 'k' || (i % 10000), DATE '2026-01-01' + i % 100,"
            + " i % 1000 FROM generate_series(1, "
            + ROWS
            + ") i",
        "CREATE INDEX big_k ON big (k)",
        "ANALYZE big",
        "CREATE TABLE small " + columns,
        "INSERT INTO small VALUES " + small,
        "CREATE TABLE middle (id INT PRIMARY KEY, k INT, day DATE)",
        "INSERT INTO middle SELECT i, i * 7, DATE '2026-01-01' + i FROM generate_series(1, 1200) i",
        "ANALYZE middle");
    federation.shop(
        "CREATE TABLE big " + columns,
        "INSERT INTO big SELECT seq, NULLIF(seq % 10000, 3), CONCAT('k', seq % 10000),"
            + " DATE_ADD('2026-01-01', INTERVAL seq % 100 DAY), seq % 1000 FROM seq_1_to_"
            + ROWS,
        "ANALYZE TABLE big",
        "CREATE TABLE small " + columns,
        "INSERT INTO small VALUES " + small,
        "CREATE TABLE middle (id INT PRIMARY KEY, k INT, day DATE)",
        "INSERT INTO middle SELECT seq, seq * 7, DATE_ADD('2026-01-01', INTERVAL seq DAY) FROM seq_1_to_1200",
        "ANALYZE TABLE middle");
    federation.lite(
        "CREATE TABLE big " + columns,
        "INSERT INTO big WITH RECURSIVE s (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < "
            + ROWS
            + ") SELECT i, NULLIF(i % 10000, 3), 'k' || (i % 10000), date('2026-01-01', (i % 100) || ' days'),"
            + " i % 1000 FROM s",
        "CREATE INDEX big_k ON big (k)",
        "CREATE TABLE middle (id INT PRIMARY KEY, k INT, day DATE)",
        "INSERT INTO middle WITH RECURSIVE s (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < 1200)"
            + " SELECT i, i * 7, date('2026-01-01', i || ' days') FROM s",
        "ANALYZE",
        "CREATE TABLE small " + columns,
        "INSERT INTO small VALUES " + small);
  }

  @AfterAll
  static void close() throws SQLException {
    federation.close();
  }

  /** The answer is that of one PostgreSQL, whichever source has the small table and the large. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT s.id, b.id FROM {s}.small s JOIN {b}.big b ON s.k = b.k ORDER BY 1, 2",
        "SELECT s.id, b.id FROM {b}.big b JOIN {s}.small s ON s.k = b.k ORDER BY 1, 2",
        "SELECT s.id, b.id FROM {s}.small s LEFT JOIN {b}.big b ON s.k = b.k ORDER BY 1, 2",
        "SELECT s.id, b.id FROM {b}.big b RIGHT JOIN {s}.small s ON s.k = b.k AND s.id < 5 ORDER BY 1, 2",
        "SELECT s.id, b.id FROM {s}.small s JOIN {b}.big b ON s.name = b.name ORDER BY 1, 2",
        "SELECT s.id, b.id FROM {s}.small s JOIN {b}.big b ON s.k = b.k AND s.name = b.name ORDER BY 1, 2",
        "SELECT s.id, COUNT(b.id) FROM {s}.small s LEFT JOIN {b}.big b ON s.day = b.day GROUP BY s.id ORDER BY 1",
        "SELECT s.id, b.id FROM {s}.small s JOIN {b}.big b ON s.price = b.price ORDER BY 1, 2",
        "SELECT s.id FROM {s}.small s WHERE EXISTS (SELECT 1 FROM {b}.big b WHERE b.k = s.k) ORDER BY 1",
        "SELECT s.id FROM {s}.small s WHERE NOT EXISTS (SELECT 1 FROM {b}.big b WHERE b.k = s.k) ORDER BY 1",
        "SELECT s.id FROM {s}.small s WHERE s.k IN (SELECT b.k FROM {b}.big b WHERE b.id > 100) ORDER BY 1",
        "SELECT b.id FROM {b}.big b WHERE b.k IN (SELECT s.k FROM {s}.small s WHERE s.id < 3) ORDER BY 1",
        "SELECT b.id FROM {b}.big b WHERE EXISTS (SELECT 1 FROM {s}.small s WHERE s.k = b.k AND s.id = 6) ORDER BY 1",
        "SELECT s.id, t.n FROM {s}.small s JOIN (SELECT k, COUNT(*) AS n FROM {b}.big GROUP BY k) t ON t.k = s.k ORDER BY 1",
        "SELECT s.id, t.k FROM {s}.small s JOIN (SELECT k, id FROM {b}.big ORDER BY id LIMIT 5000) t ON t.k = s.k ORDER BY 1, 2",
        "SELECT s.id, t.id, t.r FROM {s}.small s JOIN (SELECT id, k, ROW_NUMBER() OVER (ORDER BY id) AS r FROM {b}.big) t ON t.k = s.k ORDER BY 1, 2",
        "SELECT s.id, t.k FROM {s}.small s JOIN (SELECT k FROM {b}.big UNION SELECT id FROM {b}.big) t ON t.k = s.k ORDER BY 1, 2",
        "SELECT s.id, b.id FROM {s}.small s JOIN {b}.big b ON s.k = b.k WHERE s.k > 100000 ORDER BY 1",
        "SELECT COUNT(*) FROM {b}.big b LEFT JOIN {s}.small s ON s.k = b.k",
        "SELECT COUNT(*), COUNT(s.id), COUNT(b.id) FROM {b}.big b FULL JOIN {s}.small s ON s.k = b.k",
        "SELECT COUNT(*) FROM {b}.big b WHERE NOT EXISTS (SELECT 1 FROM {s}.small s WHERE s.k = b.k)",
        "SELECT s.id, b.id FROM {s}.small s JOIN {b}.big b ON s.k IS NOT DISTINCT FROM b.k ORDER BY 1, 2",
        "SELECT s.id, x.n FROM {s}.small s JOIN {b}.big b ON b.k = s.k CROSS JOIN LATERAL (SELECT COUNT(*) AS n FROM {b}.big c WHERE c.k = b.k) x ORDER BY 1, 2",
        "SELECT a.id, b.id, s.id FROM {s}.small s JOIN {b}.big b ON b.k = s.k JOIN pg.big a ON a.k = b.k ORDER BY 1, 2, 3",
        "SELECT s.id, b.id, o.k FROM {s}.small s JOIN {b}.big b ON b.k = s.k JOIN {s}.middle o ON o.id = b.k ORDER BY 1, 2",
        "SELECT s.id, b.id, o.id FROM {b}.big b JOIN {s}.middle o ON b.id = o.id AND b.k = o.k JOIN {s}.small s ON s.id = b.id AND s.k = b.k ORDER BY 1",
        "SELECT COUNT(*), SUM(b.id), MIN(o.id) FROM {s}.middle o JOIN {b}.big b ON b.k = o.k",
        "SELECT COUNT(*), SUM(o.id) FROM {s}.middle o WHERE o.day IN (SELECT b.day FROM {b}.big b)",
        "SELECT COUNT(*), SUM(o.id) FROM {s}.middle o WHERE NOT EXISTS (SELECT 1 FROM {b}.big b WHERE b.day = o.day AND b.id > 7)",
        "SELECT s.id FROM {s}.small s WHERE s.price > (SELECT SUM(b.price) / 100 FROM {b}.big b JOIN {s}.small t ON t.k = b.k AND t.id > 1) ORDER BY 1"
      })
  void anyTwoDatabasesAnswerAsOne(String sql) throws SQLException {
    List<String> expected = federation.rows(sql.replace("{s}", "pg").replace("{b}", "pg"));
    for (String small : List.of("pg", "shop", "lite")) {
      for (String big : List.of("pg", "shop", "lite")) {
        assertThat(federation.rows(sql.replace("{s}", small).replace("{b}", big)))
            .as(
                "small in "
                    + small
                    + ", big in "
                    + big
                    + federation.plan(sql.replace("{s}", small).replace("{b}", big)).explain())
            .isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT s.id, b.id FROM {s}.small s JOIN {b}.big b ON s.k = b.k",
        "SELECT s.id FROM {s}.small s WHERE NOT EXISTS (SELECT 1 FROM {b}.big b WHERE b.k = s.k)",
        "SELECT s.id FROM {s}.small s WHERE EXISTS (SELECT 1 FROM {b}.big b WHERE b.k = s.k)",
        "SELECT s.id, t.n FROM {s}.small s JOIN (SELECT k, COUNT(*) AS n FROM {b}.big GROUP BY k) t ON t.k = s.k"
      })
  void theLargeSourceGivesTheRowsWithTheKeysAlone(String sql) throws SQLException {
    for (String small : List.of("pg", "shop", "lite")) {
      for (String big : List.of("pg", "shop", "lite")) {
        if (!small.equals(big)) {
          assertThat(federation.analyze(sql.replace("{s}", small).replace("{b}", big)))
              .anyMatch(line -> line.contains(" to source " + big))
              .noneMatch(line -> line.matches(".*actual: \\d{4,} rows.*"));
        }
      }
    }
  }

  @Test
  void tablesOfOneSourceAreJoinedThereByWhatFollows() throws SQLException {
    assertThat(
            federation
                .plan(
                    "SELECT s.id, b.id, o.k FROM pg.small s JOIN shop.big b ON b.k = s.k JOIN pg.middle o ON o.id = b.k")
                .explain())
        .filteredOn(line -> line.contains("Source pg"))
        .hasSize(1);
  }

  @Test
  void aTableThatIsNotUniqueThereIsNotJoinedByWhatFollows() throws SQLException {
    assertThat(
            federation
                .plan(
                    "SELECT s.id, b.id, c.id FROM pg.small s JOIN shop.big b ON b.k = s.k JOIN pg.big c ON c.k = b.k")
                .explain())
        .filteredOn(line -> line.contains("Source pg"))
        .hasSize(2);
  }

  @Test
  void theSourceOfASemiJoinGivesEachKeyOnce() throws SQLException {
    assertThat(
            federation.analyze(
                "SELECT COUNT(*) FROM shop.middle o WHERE NOT EXISTS (SELECT 1 FROM pg.big b WHERE b.day = o.day)"))
        .anyMatch(line -> line.matches(".*Source pg.*actual: 100 rows.*"));
  }

  @Test
  void moreKeysThanAreSentAreJoinedHere() throws SQLException {
    assertThat(
            federation.rows(
                "SELECT COUNT(*), SUM(b.id) FROM shop.big s JOIN pg.big b ON s.id = b.id AND s.k = b.k"))
        .isEqualTo(
            federation.rows(
                "SELECT COUNT(*), SUM(b.id) FROM pg.big s JOIN pg.big b ON s.id = b.id AND s.k = b.k"));
  }

  @Test
  void aTextThatNoDatabaseTakesIsJoinedHere() throws SQLException {
    federation.lite(
        "CREATE TABLE odd (name TEXT)", "INSERT INTO odd VALUES ('k7'), ('a' || char(0) || 'b')");

    assertThat(
            federation.rows(
                "SELECT o.name, COUNT(*) FROM lite.odd o JOIN pg.big b ON o.name = b.name GROUP BY o.name"))
        .containsExactly("k7|2");
  }
}
