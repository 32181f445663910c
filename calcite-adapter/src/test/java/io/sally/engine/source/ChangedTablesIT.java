package io.sally.engine.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sally.engine.Engine;
import io.sally.engine.Execution;
import io.sally.engine.Limits;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A server that keeps prepared statements of tables that are not what they were. */
class ChangedTablesIT {
  /** A column's type and value, before and after. */
  private record Change(String before, String value, String after, String now) {}

  @Test
  void postgreSqlNoticesAChangedType() throws SQLException {
    PostgreSql.create("changing");
    SourceSettings one =
        PostgreSql.settings("changing").within(1, SourceSettings.DEFAULT_CONNECT_TIMEOUT);
    try (Connection connection = PostgreSql.connect("changing");
        Statement statement = connection.createStatement();
        Engine engine = Engine.over(List.of(new PostgreSqlSource(one)))) {
      statement.execute("CREATE TABLE changing (v int, w int)");
      statement.execute("INSERT INTO changing VALUES (5, 6)");
      // From the fifth time on the driver has the statement prepared on the server.
      for (int i = 0; i < 8; i++) {
        assertThat(EngineReading.rows(engine, "SELECT v FROM pg.changing"))
            .isEqualTo(List.of(List.of(5)));
      }
      statement.execute("ALTER TABLE changing ALTER v TYPE bigint");
      statement.execute("UPDATE changing SET v = 5000000000");
      assertThatThrownBy(() -> EngineReading.rows(engine, "SELECT v FROM pg.changing"))
          .hasFieldOrPropertyWithValue("SQLState", "SA009");
      assertThat(EngineReading.rows(engine, "SELECT v FROM pg.changing"))
          .isEqualTo(List.of(List.of(5000000000L)));
      statement.execute("ALTER TABLE changing DROP w");
      assertThat(EngineReading.rows(engine, "SELECT COUNT(*) FROM pg.changing"))
          .isEqualTo(List.of(List.of(1L)));
      statement.execute("ALTER TABLE changing RENAME TO changed");
      assertThatThrownBy(() -> EngineReading.rows(engine, "SELECT v FROM pg.changing"))
          .hasFieldOrPropertyWithValue("SQLState", "42P01");
      assertThat(EngineReading.rows(engine, "SELECT v FROM pg.changed"))
          .isEqualTo(List.of(List.of(5000000000L)));
    }
  }

  /** pgjdbc and Connector/J would give 1 for 1.5, and the day for a moment, without a word. */
  @Test
  void aColumnThatBecameAnotherIsReadAsItIs() throws SQLException {
    List<Change> changes =
        List.of(
            new Change("int", "1", "numeric(10,2)", "1.50"),
            new Change("int", "1", "double precision", "1.5"),
            new Change("bigint", "1", "numeric(10,2)", "1.50"),
            new Change("real", "1", "double precision", "1.23456789012345"),
            new Change("double precision", "1", "numeric(30,20)", "1.12345678901234567890"),
            new Change("date", "2026-03-01", "timestamp", "2026-03-01 08:15:00"));
    PostgreSql.create("retyped");
    MariaDb.create("retyped");
    try (Connection pg = PostgreSql.connect("retyped");
        Connection shop = MariaDb.connect("retyped");
        Engine engine =
            Engine.over(
                List.of(
                    new PostgreSqlSource(PostgreSql.settings("retyped")),
                    new MySqlSource(MariaDb.settings("retyped"))))) {
      for (Change change : changes) {
        for (Connection connection : List.of(pg, shop)) {
          String source = connection == pg ? "pg" : "shop";
          try (Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS retyped");
            statement.execute(
                "CREATE TABLE retyped (id int, v "
                    + (connection == pg
                        ? change.before()
                        : change.before().replace("real", "float"))
                    + ")");
            statement.execute("INSERT INTO retyped VALUES (1, '" + change.value() + "')");
            try (Execution execution = EngineReading.begin(engine, Limits.NONE)) {
              engine.refreshCatalog(source, execution);
            }
            String sql = "SELECT id, v FROM " + source + ".retyped";
            assertThat(EngineReading.rows(engine, sql)).hasSize(1);
            statement.execute(
                connection == pg
                    ? "ALTER TABLE retyped ALTER v TYPE "
                        + change.after()
                        + " USING v::"
                        + change.after()
                    : "ALTER TABLE retyped MODIFY v "
                        + change.after().replace("timestamp", "datetime"));
            statement.execute("UPDATE retyped SET v = '" + change.now() + "'");
            assertThatThrownBy(() -> EngineReading.rows(engine, sql))
                .as(source + " " + change)
                .hasFieldOrPropertyWithValue("SQLState", "SA009");
            assertThat(EngineReading.rows(engine, sql))
                .as(source + " " + change)
                .hasToString("[[1, " + change.now().replace(' ', 'T').replace(":00", "") + "]]");
          }
        }
      }
    }
  }
}
