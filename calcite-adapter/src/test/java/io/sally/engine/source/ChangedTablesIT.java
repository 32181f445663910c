package io.sally.engine.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sally.engine.Engine;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A server that keeps prepared statements of tables that are not what they were. */
class ChangedTablesIT {
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
}
