package io.sally.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SQL that tools and object mappers write out of habit with other databases. */
class BorrowedSqlTest {
  @TempDir Path folder;

  private static Connection demo(String more) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:sally:demo?demoDate=2026-03-15&llm.provider=offline" + more);
  }

  private static List<String> rows(Connection connection, String sql, Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        List<String> all = new ArrayList<>();
        while (rows.next()) {
          List<String> row = new ArrayList<>();
          for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
            row.add(rows.getMetaData().getColumnTypeName(i) + " " + rows.getString(i));
          }
          all.add(String.join(", ", row));
        }
        return all;
      }
    }
  }

  private static SQLException failure(String sql, Object... parameters) throws SQLException {
    try (Connection connection = demo("")) {
      return Objects.requireNonNull(
          catchThrowableOfType(SQLException.class, () -> rows(connection, sql, parameters)));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          SELECT CURRENT_SCHEMA                                           | VARCHAR demo
          SELECT CURRENT_CATALOG                                          | VARCHAR sally
          SELECT {fn database()}                                          | VARCHAR sally
          SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = CURRENT_SCHEMA AND table_catalog = CURRENT_CATALOG | BIGINT 6
          SELECT (SELECT CURRENT_SCHEMA FROM sites LIMIT 1)               | VARCHAR demo
          SELECT CAST(0.1 AS FLOAT(53))                                   | FLOAT 0.1
          SELECT CAST(0.1 AS float ( 24 ))                                | REAL 0.1
          SELECT '0.1'::FLOAT(1)                                          | REAL 0.1
          SELECT LOCATE('b', 'abcb')                                      | INTEGER 2
          SELECT LOCATE('b', 'abcb', 3)                                   | INTEGER 4
          SELECT locate('x', 'abcb')                                      | INTEGER 0
          SELECT 1 FROM DUAL                                              | INTEGER 1
          SELECT 1 FROM dual WHERE 1 = 0 OR dummy = 'X'                   | INTEGER 1
          SELECT d.*, DUMMY FROM DUAL d                                   | CHAR X, CHAR X
          SELECT a.x FROM DUAL AS a (x), DUAL                             | CHAR X
          SELECT s FROM DUAL CROSS JOIN (SELECT COUNT(*) AS s FROM sites) | BIGINT 150
          WITH dual AS (SELECT 7 AS seven) SELECT * FROM dual             | INTEGER 7
          SELECT * FROM (ASK 'how many sites?' LIMIT 5) t                 | BIGINT 150
          SELECT * FROM ((ASK 'how many sites?') FETCH FIRST 1 ROW ONLY) t | BIGINT 150
          SELECT (((SELECT 1) UNION (SELECT 2)) INTERSECT (SELECT 2) ORDER BY 1) | INTEGER 2
          SELECT a FROM sites s CROSS JOIN LATERAL (SELECT 1 AS a) t WHERE site_id IN ((SELECT 3) UNION (SELECT 5) ORDER BY 1 DESC LIMIT 1) | INTEGER 1
          """)
  void isTaken(String sql, String expected) throws SQLException {
    try (Connection connection = demo("")) {
      assertThat(rows(connection, sql)).isEqualTo(List.of(expected));
    }
  }

  @Test
  void theCurrentSchemaIsThatOfTheConnection() throws SQLException {
    try (Connection connection = demo("")) {
      assertThat(rows(connection, "SELECT CURRENT_SCHEMA")).isEqualTo(List.of("VARCHAR demo"));
      connection.setSchema("sally");
      assertThat(rows(connection, "SELECT CURRENT_SCHEMA")).isEqualTo(List.of("VARCHAR sally"));
    }
  }

  @Test
  void aTableOfTheNameDualIsItself() throws Exception {
    try (Connection lite = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("duel.db"));
        Statement statement = lite.createStatement()) {
      statement.execute("CREATE TABLE Dual (swords INTEGER)");
      statement.execute("INSERT INTO Dual VALUES (2)");
    }
    Path file =
        Files.writeString(
            folder.resolve("sally.yaml"), "sources:\n  duel: {type: sqlite, database: duel.db}\n");
    Properties offline = new Properties();
    offline.setProperty("llm.provider", "offline");
    try (Connection connection = DriverManager.getConnection("jdbc:sally:" + file, offline)) {
      assertThat(rows(connection, "SELECT * FROM dual")).isEqualTo(List.of("BIGINT 2"));
      connection.setSchema("demo");
      assertThat(rows(connection, "SELECT * FROM dual")).isEqualTo(List.of("CHAR X"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"FLOAT(0)", "FLOAT(54)", "FLOAT(99999999999999999999)"})
  void aFloatHasAsManyDigitsAsTheStandardGivesIt(String type) throws SQLException {
    SQLException failure = failure("SELECT CAST(1 AS " + type + ")");
    assertThat(failure.getSQLState()).isEqualTo("42601");
    assertThat(failure.getMessage()).contains("FLOAT has 1 to 53 binary digits");
  }

  @Test
  void aParameterOfNoOtherTypeIsAText() throws SQLException {
    try (Connection connection = demo("")) {
      assertThat(rows(connection, "SELECT ?, ? AS b", 5, "x"))
          .isEqualTo(List.of("VARCHAR 5, VARCHAR x"));
      assertThat(rows(connection, "VALUES (?, 1), (?, 2)", "a", "b"))
          .isEqualTo(List.of("VARCHAR a, INTEGER 1", "VARCHAR b, INTEGER 2"));
      assertThat(rows(connection, "SELECT * FROM (SELECT ? AS a) t WHERE a = 'x'", "x"))
          .isEqualTo(List.of("VARCHAR x"));
      assertThat(
              rows(
                  connection,
                  "SELECT COUNT(*) FROM sites WHERE LOWER(country) = LOWER(?)"
                      + " AND country LIKE '%' || ? || '%'",
                  "GERMANY",
                  "erman"))
          .isEqualTo(List.of("BIGINT 13"));
      assertThat(
              rows(
                  connection,
                  "SELECT ?, ?, ?, ?",
                  LocalDateTime.parse("2026-01-02T03:04:00"),
                  LocalTime.parse("03:04:00.5"),
                  OffsetDateTime.parse("2026-01-02T03:04:05+01:00"),
                  new byte[] {1, (byte) 0xab}))
          .isEqualTo(
              List.of(
                  "VARCHAR 2026-01-02 03:04:00, VARCHAR 03:04:00.5,"
                      + " VARCHAR 2026-01-02 03:04:05+01:00, VARCHAR 01ab"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT GREATEST(?, ?)",
        "SELECT MAX(?) + MAX(?) FROM sites",
        "SELECT site_id FROM sites WHERE ? = ?",
        "SELECT ? UNION SELECT ?"
      })
  void aParameterThatMayBeANumberIsNoText(String sql) throws SQLException {
    assertThat(failure(sql, 9, 10).getMessage())
        .contains("The type of the parameter ? cannot be told from its place");
  }

  @ParameterizedTest
  @CsvSource({
    "UTC, 2025-12-31 23:30:00.000000, 2026-01-01T00:00:00Z",
    "Asia/Tokyo, 2026-01-01 08:30:00.000000, 2025-12-31T15:00:00Z"
  })
  void aMomentIsTheTimestampThatItIsInTheSessionsZone(
      String zone, String timestamp, Instant midnight) throws SQLException {
    Instant moment = Instant.parse("2025-12-31T23:30:00Z");
    try (Connection connection = demo("&timeZone=" + zone)) {
      assertThat(
              rows(
                  connection,
                  "SELECT CAST(? AS TIMESTAMP), CAST(? AS TIMESTAMP), CAST(? AS TIMESTAMP),"
                      + " COUNT(*) FROM shipments WHERE requested_at < ?",
                  moment,
                  OffsetDateTime.parse("2026-01-01T01:30:00+02:00"),
                  ZonedDateTime.parse("2026-01-01T08:30:00+09:00[Asia/Tokyo]"),
                  moment))
          .isEqualTo(
              rows(
                  connection,
                  "SELECT TIMESTAMP '"
                      + timestamp
                      + "', TIMESTAMP '"
                      + timestamp
                      + "', TIMESTAMP '"
                      + timestamp
                      + "', COUNT(*) FROM shipments"
                      + " WHERE requested_at < TIMESTAMP WITH TIME ZONE '2025-12-31 23:30:00Z'"))
          .hasSize(1);
      assertThat(rows(connection, "SELECT COUNT(*) FROM shipments WHERE due_on < ?", midnight))
          .isEqualTo(
              rows(connection, "SELECT COUNT(*) FROM shipments WHERE due_on < DATE '2026-01-01'"));
      assertThat(
              catchThrowableOfType(
                      SQLException.class,
                      () ->
                          rows(
                              connection,
                              "SELECT COUNT(*) FROM sites WHERE activated_on < ?",
                              moment))
                  .getSQLState())
          .isEqualTo("22007");
    }
  }
}
