package io.sally.engine.source;

import java.nio.file.Path;
import java.sql.SQLException;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Decimals that are equal and written with other numbers of digits. */
final class DecimalKeysIT {
  @Test
  void equalDecimalsAreOneKeyWhateverTheirScale(@TempDir Path directory) throws SQLException {
    try (Federation federation = new Federation("decimal_keys", directory)) {
      federation.pg(
          "CREATE TABLE a (id int, d numeric(10,2), n numeric)",
          "INSERT INTO a VALUES (1, 1, 1.0), (2, 1.5, 1.50), (3, 100, 1e2), (4, 0, 0.000)");
      federation.shop(
          "CREATE TABLE b (id int, d decimal(12,4), n decimal(20,0))",
          "INSERT INTO b VALUES (1, 1, 1), (2, 1.5, 1), (3, 100, 100), (4, 0, 0)");
      federation.lite(
          "CREATE TABLE c (id int, d decimal(10,2), n numeric)",
          "INSERT INTO c VALUES (1, 1, 1), (2, 1.5, 1.5), (3, 100, 100), (4, 0, 0)");
      SoftAssertions softly = new SoftAssertions();
      for (String on : new String[] {"a.d = b.d", "a.n = b.d", "a.d = b.n", "a.n = b.n"}) {
        softly
            .assertThat(
                federation.rows(
                    "SELECT a.id FROM pg.a a JOIN shop.b b ON a.id = b.id AND "
                        + on
                        + " ORDER BY 1"))
            .as(on)
            .containsExactlyElementsOf(
                on.contains("b.n")
                    ? java.util.List.of("1", "3", "4")
                    : java.util.List.of("1", "2", "3", "4"));
        softly
            .assertThat(
                federation.rows("SELECT a.id FROM pg.a a JOIN lite.c b ON " + on + " ORDER BY 1"))
            .as("lite " + on)
            .containsExactly("1", "2", "3", "4");
        softly
            .assertThat(
                federation.rows(
                    "SELECT a.id FROM pg.a a WHERE NOT EXISTS (SELECT 1 FROM lite.c b WHERE "
                        + on
                        + ") ORDER BY 1"))
            .as("anti " + on)
            .isEmpty();
      }
      for (String one : new String[] {"d", "n"}) {
        softly
            .assertThat(
                federation.rows(
                    "SELECT COUNT(*) FROM (SELECT "
                        + one
                        + " FROM pg.a UNION SELECT d FROM shop.b UNION SELECT d FROM lite.c UNION SELECT n FROM lite.c)"))
            .as("union " + one)
            .containsExactly("4");
        softly
            .assertThat(
                federation.rows(
                    "SELECT COUNT(*) FROM (SELECT "
                        + one
                        + " FROM pg.a INTERSECT SELECT d FROM lite.c)"))
            .as("intersect " + one)
            .containsExactly("4");
        softly
            .assertThat(
                federation.rows(
                    "SELECT COUNT(DISTINCT x), COUNT(*) FROM (SELECT "
                        + one
                        + " AS x FROM pg.a UNION ALL SELECT d FROM shop.b UNION ALL SELECT n FROM lite.c)"))
            .as("distinct " + one)
            .containsExactly("4|12");
        softly
            .assertThat(
                federation.rows(
                    "SELECT COUNT(*) FROM (SELECT x, COUNT(*) FROM (SELECT "
                        + one
                        + " AS x FROM pg.a UNION ALL SELECT d FROM shop.b UNION ALL SELECT n FROM lite.c) GROUP BY x)"))
            .as("group " + one)
            .containsExactly("4");
        softly
            .assertThat(
                federation.rows(
                    "SELECT MAX(r) FROM (SELECT ROW_NUMBER() OVER (PARTITION BY x ORDER BY x) AS r FROM (SELECT "
                        + one
                        + " AS x FROM pg.a UNION ALL SELECT d FROM shop.b UNION ALL SELECT n FROM lite.c))"))
            .as("window " + one)
            .containsExactly("3");
      }
      for (String on :
          new String[] {"a.id = b.d", "a.id + 0.0 = b.d", "CAST(a.id AS DOUBLE) = b.d"}) {
        for (String other : new String[] {"shop.b", "lite.c"}) {
          softly
              .assertThat(
                  federation.rows(
                      "SELECT a.id, b.id FROM pg.a a JOIN "
                          + other
                          + " b ON "
                          + on
                          + " ORDER BY 1"))
              .as(other + " " + on)
              .containsExactly("1|1");
        }
      }
      softly
          .assertThat(
              federation.rows(
                  "SELECT n, COUNT(*) FROM (SELECT n FROM pg.a UNION ALL SELECT n FROM lite.c) GROUP BY n ORDER BY n"))
          .containsExactly("0|2", "1|2", "1.5|2", "100|2");
      softly.assertAll();
    }
  }
}
