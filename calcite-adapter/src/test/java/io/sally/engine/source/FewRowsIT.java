package io.sally.engine.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sally.engine.Engine;
import io.sally.engine.Execution;
import io.sally.engine.Limits;
import io.sally.engine.RowCursor;
import io.sally.engine.Session;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A PostgreSQL gives few rows at once; how many they are it is told by its statistics. */
final class FewRowsIT {
  private static final int ROWS = 20_000;

  private static Engine engine;

  /** The statistics are those of a table that was small. */
  @BeforeAll
  static void fill() throws SQLException {
    PostgreSql.create("few");
    execute(
        "CREATE TABLE grown (id BIGINT PRIMARY KEY, kind INT) WITH (autovacuum_enabled = false)",
        "INSERT INTO grown SELECT i, i FROM generate_series(1, 20) i",
        "ANALYZE grown",
        "INSERT INTO grown SELECT i, i FROM generate_series(21, " + ROWS + ") i",
        "CREATE TABLE small (id BIGINT PRIMARY KEY)",
        "INSERT INTO small SELECT i FROM generate_series(1, 5) i",
        "ANALYZE small");
    engine = Engine.over(List.of(new PostgreSqlSource(PostgreSql.settings("few", "public"))));
  }

  @AfterAll
  static void close() throws SQLException {
    engine.close();
  }

  @Test
  void moreRowsThanTheStatisticsSayAllCome() throws SQLException {
    assertThat(ids("SELECT id FROM grown ORDER BY id DESC"))
        .isEqualTo(LongStream.iterate(ROWS, id -> id - 1).limit(ROWS).boxed().toList());
    assertThat(ids("SELECT MAX(id) FROM grown GROUP BY kind")).hasSize(ROWS);
  }

  @Test
  void theConnectionServesAnyQueryAfterwards() throws SQLException {
    for (int i = 0; i < 3; i++) {
      assertThat(ids("SELECT id FROM small ORDER BY id")).containsExactly(1L, 2L, 3L, 4L, 5L);
      assertThat(ids("SELECT id FROM grown")).hasSize(ROWS);
      assertThat(ids("SELECT id FROM small WHERE id > 10")).isEmpty();
    }
  }

  @Test
  void aLimitSaysHowFewTheyAre() throws SQLException {
    assertThat(ids("SELECT id FROM grown ORDER BY id OFFSET 10 ROWS FETCH NEXT 3 ROWS ONLY"))
        .containsExactly(11L, 12L, 13L);
    assertThat(ids("SELECT id FROM grown ORDER BY id DESC", new Limits(Duration.ZERO, 2, 0)))
        .containsExactly(20_000L, 19_999L);
    assertThat(ids("SELECT id FROM grown LIMIT 1500")).hasSize(1500);
  }

  @Test
  void whatFailsWhileItRunsLeavesTheConnectionUsable() throws SQLException {
    assertThat(
            catchThrowableOfType(SQLException.class, () -> ids("SELECT 1 / (id - 3) FROM small"))
                .getSQLState())
        .isEqualTo("22012");
    assertThat(ids("SELECT id FROM small ORDER BY id")).hasSize(5);
  }

  private static void execute(String... statements) throws SQLException {
    try (Connection connection = PostgreSql.connect("few");
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static List<Long> ids(String sql) throws SQLException {
    return ids(sql, Limits.NONE);
  }

  private static List<Long> ids(String sql, Limits limits) throws SQLException {
    List<Long> ids = new ArrayList<>();
    try (Execution execution = engine.begin(limits, Clock.systemUTC());
        RowCursor rows =
            engine
                .prepare(sql, new Session(List.of("pg")), execution)
                .execute(List.of(), execution)) {
      while (rows.next()) {
        ids.add(Long.valueOf(String.valueOf(rows.value(0))));
      }
    }
    return ids;
  }
}
