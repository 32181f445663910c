package io.sally.engine.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a JVM of 128 MB can do with tables of five million rows, and with rows of a megabyte. */
final class SmallHeapIT {
  private static final int ROWS = 5_000_000;
  private static final int WIDE_ROWS = 300;
  private static final String DATABASE = "small_heap";

  @TempDir private static Path directory;

  @BeforeAll
  static void fill() throws SQLException {
    PostgreSql.create(DATABASE);
    try (Connection connection = PostgreSql.connect(DATABASE);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE UNLOGGED TABLE big AS SELECT id::int, 'text ' || id AS name FROM generate_series(1, "
              + ROWS
              + ") id");
      statement.execute(
          "CREATE VIEW wide AS SELECT id, " + wide("id::text") + " AS text" + series(WIDE_ROWS));
    }
    MariaDb.create(DATABASE);
    try (Connection connection = MariaDb.connect(DATABASE);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE big (id INT, name VARCHAR(20)) ENGINE = MyISAM AS SELECT seq AS id, CONCAT('text ', seq) AS"
              + " name FROM seq_1_to_"
              + ROWS);
      statement.execute(
          "CREATE VIEW wide AS SELECT seq AS id, "
              + wide("seq")
              + " AS text FROM seq_1_to_"
              + WIDE_ROWS);
    }
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE big AS WITH RECURSIVE n(id) AS (VALUES (1) UNION ALL SELECT id + 1 FROM n"
              + " WHERE id < "
              + ROWS
              + ") SELECT CAST(id AS INTEGER) AS id, 'text ' || id AS name FROM n");
    }
  }

  /** A text of one megabyte. */
  private static String wide(String seed) {
    return "REPEAT(MD5(" + seed + "), 32768)";
  }

  private static String series(int rows) {
    return " FROM generate_series(1, " + rows + ") id";
  }

  private static String file() {
    return directory.resolve("small.db").toString();
  }

  /** What {@link Exhaustion} prints in a JVM of its own; its times go to the test's output. */
  private static List<String> run(String... statements) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                Exhaustion.class.getName(),
                String.valueOf(PostgreSql.port()),
                DATABASE,
                String.valueOf(MariaDb.port()),
                DATABASE,
                file()));
    command.addAll(List.of(statements));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (var lines = process.inputReader()) {
      List<String> printed = lines.lines().toList();
      assertThat(process.waitFor()).isZero();
      return printed;
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void streamsAnyNumberOfRows() throws Exception {
    assertThat(
            run(
                "SELECT * FROM pg.big",
                "SELECT * FROM shop.big",
                "SELECT * FROM lite.big",
                // Computed here: SOUNDEX is no function that the sources share.
                "SELECT id, SOUNDEX(name) FROM pg.big",
                "SELECT id, SOUNDEX(name) FROM shop.big",
                "SELECT id, SOUNDEX(name) FROM lite.big",
                "SELECT id FROM pg.big UNION ALL SELECT id FROM shop.big",
                "SELECT COUNT(*) FROM pg.big b JOIN lite.big s ON b.id = s.id WHERE s.id <= 10"))
        .containsExactly(
            ROWS + " rows",
            ROWS + " rows",
            ROWS + " rows",
            ROWS + " rows",
            ROWS + " rows",
            ROWS + " rows",
            2 * ROWS + " rows",
            "1 rows");
  }

  @Test
  void whatDoesNotFitGoesToDiskAndAWindowThatDoesNotEndsInTheErrorOfTheBudget() throws Exception {
    assertThat(
            run(
                "SELECT b.id FROM pg.big b JOIN lite.big s ON b.name = s.name"
                    + " WHERE b.id <= 1000000 AND s.id <= 1500000",
                "SELECT id, SOUNDEX(name) AS s FROM pg.big WHERE id <= 1500000 ORDER BY s, id",
                "SELECT name || SOUNDEX(name), COUNT(*) FROM pg.big WHERE id <= 1500000"
                    + " GROUP BY name || SOUNDEX(name)",
                "SELECT SOUNDEX(name), COUNT(*) FROM pg.big GROUP BY SOUNDEX(name)",
                "SELECT name FROM pg.big WHERE id <= 1500000"
                    + " UNION SELECT name FROM shop.big WHERE id <= 1500000",
                "SELECT id, SOUNDEX(text) AS s, text FROM pg.wide ORDER BY s",
                "SELECT id, SOUNDEX(name) AS s FROM pg.big ORDER BY s, id LIMIT 10",
                "SELECT COUNT(*) FROM pg.big"))
        .isEqualTo(
            List.of(
                "1000000 rows",
                "1500000 rows",
                "1500000 rows",
                "1 rows",
                "1500000 rows",
                "300 rows",
                "10 rows",
                "1 rows"));
    List<String> window =
        run("SELECT id, SUM(id) OVER (ORDER BY SOUNDEX(name), id) FROM lite.big", "SELECT 1");
    assertThat(window.get(0))
        .matches(
            "53200 The statement needs more memory than its budget: Window COUNT, SUM would hold"
                + " \\d+ MB; all statements together may hold \\d+ MB\\. .*");
    assertThat(window.get(1)).isEqualTo("1 rows");
  }

  @Test
  void rowsOfAMegabyteStream() throws Exception {
    assertThat(
            run(
                "SELECT * FROM pg.wide",
                "SELECT * FROM shop.wide",
                "SELECT id, SOUNDEX(text) FROM pg.wide",
                "SELECT id, text FROM pg.wide UNION ALL SELECT id, text FROM shop.wide"))
        .containsExactly(
            WIDE_ROWS + " rows", WIDE_ROWS + " rows", WIDE_ROWS + " rows", 2 * WIDE_ROWS + " rows");
  }
}
