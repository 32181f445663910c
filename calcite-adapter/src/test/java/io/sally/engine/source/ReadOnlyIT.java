package io.sally.engine.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sally.engine.catalog.ColumnType;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing is written, whichever way it is asked for, and no session remembers a statement. */
@Tag("mysql")
final class ReadOnlyIT {
  private static int databases;

  @SuppressWarnings("NullAway.Init")
  private Federation federation;

  @BeforeEach
  void open(@TempDir Path directory) throws SQLException {
    federation = new Federation("reads_" + ++databases, directory);
    federation.pg("CREATE TABLE kept (id int)", "INSERT INTO kept VALUES (1)");
    federation.shop("CREATE TABLE kept (id int)", "INSERT INTO kept VALUES (1)");
    federation.lite("CREATE TABLE kept (id int)", "INSERT INTO kept VALUES (1)");
  }

  @AfterEach
  void close() throws SQLException {
    federation.close();
  }

  private void assertThatNothingIsWritten() throws SQLException {
    assertThat(federation.rows("SELECT p.id, s.id, l.id FROM pg.kept p, shop.kept s, lite.kept l"))
        .containsExactly("1|1|1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO pg.kept VALUES (2)",
        "UPDATE shop.kept SET id = 2",
        "DELETE FROM lite.kept",
        "MERGE INTO pg.kept USING shop.kept s ON kept.id = s.id WHEN MATCHED THEN UPDATE SET id = 2",
        "REPLACE INTO shop.kept VALUES (2)",
        "TRUNCATE TABLE pg.kept",
        "DROP TABLE lite.kept",
        "CREATE TABLE pg.other (id int)",
        "CREATE INDEX i ON pg.kept (id)",
        "ALTER TABLE pg.kept ADD x int",
        "GRANT ALL ON pg.kept TO anyone",
        "CALL pg.procedure()",
        "SET x = 1",
        "ALTER SESSION SET x = 1",
        "LOCK TABLE pg.kept",
        "WITH gone AS (DELETE FROM pg.kept RETURNING *) SELECT * FROM gone",
        "SELECT * FROM pg.kept FOR UPDATE",
        "EXPLAIN PLAN FOR DELETE FROM pg.kept"
      })
  void refusesWhatWrites(String sql) throws SQLException {
    assertThatThrownBy(() -> federation.rows(sql))
        .isInstanceOf(SQLException.class)
        .hasMessageStartingWith("Sally only reads: ")
        .hasFieldOrPropertyWithValue("SQLState", "25006");
    assertThatNothingIsWritten();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT nextval('kept_seq') FROM pg.kept",
        "SELECT setval('kept_seq', 5) FROM pg.kept",
        "SELECT pg_advisory_lock(1) FROM pg.kept",
        "SELECT pg_sleep(60) FROM pg.kept",
        "SELECT set_config('default_transaction_read_only', 'off', false) FROM pg.kept",
        "SELECT * FROM TABLE(dblink('x'))",
        "SELECT GET_LOCK('a', 1) FROM shop.kept",
        "SELECT SLEEP(60) FROM shop.kept",
        "SELECT LOAD_FILE('x') FROM shop.kept",
        "SELECT load_extension('x') FROM lite.kept"
      })
  void hasNoFunctionThatDoesMoreThanCompute(String sql) {
    assertThatThrownBy(() -> federation.rows(sql)).hasFieldOrPropertyWithValue("SQLState", "42883");
  }

  @Test
  void noSequenceMovesOn() {
    assertThatThrownBy(() -> federation.rows("SELECT NEXT VALUE FOR pg.kept_seq"))
        .isInstanceOf(SQLException.class)
        .hasFieldOrPropertyWithValue("SQLState", "42P01");
  }

  @Test
  void aViewOfPostgreSqlCannotWrite() throws SQLException {
    federation.pg(
        "CREATE SEQUENCE kept_seq",
        "CREATE FUNCTION writes() RETURNS int LANGUAGE sql VOLATILE AS 'INSERT INTO kept VALUES"
            + " (2) RETURNING id'",
        "CREATE FUNCTION makes() RETURNS int LANGUAGE plpgsql AS $$BEGIN CREATE TEMP TABLE left_over"
            + " (id int); RETURN 1; END$$",
        "CREATE FUNCTION frees() RETURNS int LANGUAGE plpgsql AS $$BEGIN SET TRANSACTION READ"
            + " WRITE; INSERT INTO kept VALUES (2); RETURN 1; END$$",
        "CREATE VIEW v_writes AS SELECT writes() AS x",
        "CREATE VIEW v_makes AS SELECT makes() AS x",
        "CREATE VIEW v_next AS SELECT nextval('kept_seq') AS x",
        "CREATE VIEW v_set AS SELECT setval('kept_seq', 5) AS x");
    for (String view : List.of("v_writes", "v_makes", "v_next", "v_set")) {
      assertThatThrownBy(() -> federation.rows("SELECT x FROM pg." + view))
          .as(view)
          .hasMessageStartingWith("Source pg: ")
          .hasFieldOrPropertyWithValue("SQLState", "25006");
    }
    federation.pg("CREATE VIEW v_frees AS SELECT frees() AS x");
    assertThatThrownBy(() -> federation.rows("SELECT x FROM pg.v_frees"))
        .hasFieldOrPropertyWithValue("SQLState", "25001");
    assertThatNothingIsWritten();
    assertThat(federation.askPostgreSql("SELECT is_called FROM kept_seq")).containsExactly("false");
  }

  @Test
  void aViewOfMariaDbCannotWrite() throws SQLException {
    federation.shop(
        "CREATE FUNCTION writes() RETURNS int NOT DETERMINISTIC MODIFIES SQL DATA BEGIN INSERT INTO"
            + " kept VALUES (2); RETURN 1; END",
        "CREATE VIEW v_writes AS SELECT writes() AS x");
    // MariaDB does not even list it among the views of a session that only reads.
    assertThatThrownBy(
            () ->
                SourceReading.rows(
                    federation.sources().get(1),
                    "SELECT x FROM v_writes",
                    List.of(ColumnType.integer())))
        .hasMessageStartingWith("Source shop: ")
        .hasFieldOrPropertyWithValue("SQLState", "25006");
    assertThatNothingIsWritten();
  }

  /** The databases refuse by themselves: no check of Sally's stands before this. */
  @Test
  void theConnectionsThemselvesOnlyRead() throws SQLException {
    assertThatNothingIsWritten();
    for (JdbcSource source : federation.sources()) {
      for (String sql :
          List.of(
              "INSERT INTO kept VALUES (2)",
              "UPDATE kept SET id = 2",
              "DELETE FROM kept",
              "CREATE TABLE other (id int)",
              "DROP TABLE kept")) {
        try (Connection connection = source.pool().borrow();
            Statement statement = connection.createStatement()) {
          assertThat(connection.isReadOnly()).isTrue();
          assertThatThrownBy(() -> statement.execute(sql))
              .as(source.name() + ": " + sql)
              .isInstanceOf(SQLException.class);
        }
      }
    }
    assertThatNothingIsWritten();
  }

  /** A view may call what changes its session; the next statement must not find it changed. */
  @Test
  void noSettingOfPostgreSqlOutlivesItsStatement() throws SQLException {
    federation.pg(
        "CREATE VIEW v_zone AS SELECT set_config('TimeZone', 'Asia/Tokyo', false) AS x",
        "CREATE VIEW v_free AS SELECT set_config('default_transaction_read_only', 'off', false) AS x",
        "CREATE VIEW v_path AS SELECT set_config('search_path', 'pg_catalog', false) AS x",
        "CREATE VIEW v_seen AS SELECT current_setting('TimeZone') AS z,"
            + " current_setting('transaction_read_only') AS r, current_setting('search_path') AS p");
    String seen = "SELECT z, r, p FROM pg.v_seen";
    List<String> before = federation.rows(seen);
    assertThat(before).singleElement().asString().startsWith("UTC|on|");
    for (String view : List.of("v_zone", "v_free", "v_path")) {
      assertThat(federation.rows("SELECT x FROM pg." + view)).hasSize(1);
      assertThat(federation.rows(seen)).as(view).isEqualTo(before);
    }
  }

  @Test
  void anAbortedTransactionIsNotPassedOn() throws SQLException {
    federation.pg("CREATE VIEW v_fails AS SELECT 1 / (id - 1) AS x FROM kept");
    for (int i = 0; i < 12; i++) {
      assertThatThrownBy(() -> federation.rows("SELECT x FROM pg.v_fails"))
          .hasFieldOrPropertyWithValue("SQLState", "22012");
      assertThat(federation.rows("SELECT id FROM pg.kept")).containsExactly("1");
    }
    assertThat(
            federation.askPostgreSql(
                "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'Sally' AND datname"
                    + " = current_database() AND state LIKE 'idle in transaction%'"))
        .containsExactly("0");
  }

  @Test
  void noLockOutlivesItsStatement() throws SQLException {
    federation.pg("CREATE VIEW v_locks AS SELECT pg_try_advisory_lock(42) AS x");
    federation.shop("CREATE VIEW v_locks AS SELECT GET_LOCK('forty two', 0) AS x");
    assertThat(federation.rows("SELECT p.x, s.x FROM pg.v_locks p, shop.v_locks s"))
        .containsExactly("true|1");
    assertThat(federation.askPostgreSql("SELECT pg_try_advisory_lock(42)")).containsExactly("true");
    try (Connection beside = federation.connectShop();
        Statement statement = beside.createStatement();
        ResultSet lock = statement.executeQuery("SELECT GET_LOCK('forty two', 0)")) {
      assertThat(lock.next()).isTrue();
      assertThat(lock.getInt(1)).isEqualTo(1);
    }
  }
}
