package io.sally.engine.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.sally.engine.Engine;
import io.sally.engine.Execution;
import io.sally.engine.Limits;
import io.sally.engine.RowCursor;
import io.sally.engine.Session;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Moments beside dates and times without a zone: as in a PostgreSQL session of the same zone. */
final class SessionZoneIT {
  private static final Instant NOW = Instant.parse("2026-03-15T20:30:00Z");

  private static Engine engine;

  @BeforeAll
  static void fill() throws SQLException {
    PostgreSql.create("zones");
    try (Connection connection = PostgreSql.connect("zones");
        Statement statement = connection.createStatement()) {
      statement.execute("SET TIME ZONE 'UTC'");
      statement.execute("CREATE TABLE moments (id INT PRIMARY KEY, t TIMESTAMPTZ, u TIMESTAMP)");
      statement.execute(
          "INSERT INTO moments SELECT i, TIMESTAMPTZ '2026-03-14 00:00:00+00' + i * INTERVAL '17 minutes',"
              + " TIMESTAMP '2026-03-14 00:00:00' + i * INTERVAL '13 minutes' FROM generate_series(1, 200) i");
      statement.execute("INSERT INTO moments VALUES (0, NULL, NULL)");
    }
    engine = Engine.over(List.of(new PostgreSqlSource(PostgreSql.settings("zones", "public"))));
  }

  @AfterAll
  static void close() throws SQLException {
    engine.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT id FROM moments WHERE t < CURRENT_TIMESTAMP ORDER BY id",
        "SELECT id FROM moments WHERE t BETWEEN CURRENT_TIMESTAMP - INTERVAL '1' HOUR AND CURRENT_TIMESTAMP ORDER BY id",
        "SELECT id FROM moments WHERE t >= TIMESTAMP '2026-03-15 12:00:00' ORDER BY id",
        "SELECT id FROM moments WHERE TIMESTAMP '2026-03-15 12:00:00' > t ORDER BY id",
        "SELECT id FROM moments WHERE t IN (TIMESTAMP '2026-03-15 12:00:00', TIMESTAMP '2026-03-14 19:00:00', TIMESTAMP '2026-03-15 01:30:00') ORDER BY id",
        "SELECT id FROM moments WHERE t > u ORDER BY id",
        "SELECT id, CASE WHEN t < u THEN 1 ELSE 0 END FROM moments ORDER BY id",
        "SELECT a.id, b.id FROM moments a JOIN moments b ON a.t = b.u ORDER BY 1, 2",
        "SELECT id FROM moments WHERE t >= CURRENT_DATE ORDER BY id",
        "SELECT id FROM moments WHERE t >= DATE '2026-03-15' AND t < DATE '2026-03-16' ORDER BY id",
        "SELECT id FROM moments WHERE CAST(t AS DATE) = CURRENT_DATE ORDER BY id",
        "SELECT id, CAST(EXTRACT(HOUR FROM t) AS INTEGER), CAST(EXTRACT(DAY FROM t) AS INTEGER) FROM moments ORDER BY id",
        "SELECT CAST(EXTRACT(DAY FROM t) AS INTEGER), COUNT(*) FROM moments WHERE t IS NOT NULL GROUP BY EXTRACT(DAY FROM t) ORDER BY 1",
        "SELECT COUNT(*) FROM moments WHERE t IS DISTINCT FROM TIMESTAMP '2026-03-14 19:00:00'",
        "SELECT id FROM moments WHERE t = TIMESTAMP WITH TIME ZONE '2026-03-15 01:30:00+00:00' OR t > TIMESTAMP WITH TIME ZONE '2026-03-16 01:00:00+00:00' ORDER BY id"
      })
  void meanTheSameAsInPostgreSql(String sql) throws SQLException {
    for (String zone : List.of("UTC", "Asia/Tokyo", "America/New_York", "Asia/Kolkata")) {
      assertThat(sally(sql, zone)).as(zone).isEqualTo(postgreSql(sql, zone));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTC", "Asia/Tokyo", "America/New_York"})
  void theStartOfADayIsThatOfTheZone(String zone) throws SQLException {
    assertThat(sally("SELECT COUNT(*) FROM moments WHERE FLOOR(t TO DAY) <= t", zone))
        .containsExactly("200");
    assertThat(sally("SELECT COUNT(DISTINCT FLOOR(t TO DAY)) FROM moments", zone))
        .isEqualTo(postgreSql("SELECT COUNT(DISTINCT DATE_TRUNC('day', t)) FROM moments", zone));
    assertThat(
            sally("SELECT id FROM moments WHERE FLOOR(t TO DAY) = CURRENT_DATE ORDER BY 1", zone))
        .isEqualTo(
            postgreSql(
                "SELECT id FROM moments WHERE DATE_TRUNC('day', t) = CURRENT_DATE ORDER BY 1",
                zone));
    assertThat(sally("SELECT MAX(TIMESTAMPDIFF(MINUTE, t, CURRENT_TIMESTAMP)) FROM moments", zone))
        .containsExactly("2653");
  }

  @Test
  void aMomentAsAParameterIsThatOfTheZone() throws SQLException {
    OffsetDateTime moment = OffsetDateTime.parse("2026-03-14T19:00:00+02:00");
    assertThat(sally("SELECT id FROM moments WHERE u = ?", "UTC", moment)).isEmpty();
    assertThat(sally("SELECT COUNT(*) FROM moments WHERE u > ?", "UTC", moment))
        .containsExactly("122");
    assertThat(sally("SELECT COUNT(*) FROM moments WHERE u > ?", "Asia/Tokyo", moment))
        .containsExactly("80");
    assertThat(sally("SELECT COUNT(*) FROM moments WHERE t > ?", "Asia/Tokyo", moment))
        .containsExactly("140");
  }

  private static List<String> sally(String sql, String zone, Object... parameters)
      throws SQLException {
    List<String> rows = new ArrayList<>();
    Clock clock = Clock.fixed(NOW, ZoneId.of(zone));
    try (Execution execution = engine.begin(Limits.NONE, clock)) {
      var plan = engine.prepare(sql, new Session(List.of("pg")), execution);
      int width = plan.columns().size();
      try (RowCursor cursor = plan.execute(List.of(parameters), execution)) {
        while (cursor.next()) {
          StringBuilder row = new StringBuilder();
          for (int i = 0; i < width; i++) {
            row.append(i == 0 ? "" : "|").append(cursor.value(i));
          }
          rows.add(row.toString());
        }
      }
    }
    return rows;
  }

  private static List<String> postgreSql(String sql, String zone) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = PostgreSql.connect("zones");
        Statement statement = connection.createStatement()) {
      statement.execute("SET TIME ZONE '" + zone + "'");
      String fixed =
          sql.replace("CURRENT_TIMESTAMP", "TIMESTAMPTZ '" + NOW + "'")
              .replace("CURRENT_DATE", "CAST(TIMESTAMPTZ '" + NOW + "' AS DATE)");
      try (ResultSet result = statement.executeQuery(fixed)) {
        int width = result.getMetaData().getColumnCount();
        while (result.next()) {
          StringBuilder row = new StringBuilder();
          for (int i = 1; i <= width; i++) {
            row.append(i == 1 ? "" : "|").append(result.getString(i));
          }
          rows.add(row.toString());
        }
      }
    }
    return rows;
  }
}
