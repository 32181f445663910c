package io.sally.engine.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sally.engine.Engine;
import io.sally.engine.Execution;
import io.sally.engine.Limits;
import io.sally.engine.Plan;
import io.sally.engine.RowCursor;
import io.sally.engine.Session;
import io.sally.engine.source.PostgreSqlPushDown;
import io.sally.engine.source.SqlitePushDown;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.calcite.sql.dialect.PostgresqlSqlDialect;
import org.apache.calcite.sql.dialect.SqliteSqlDialect;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.SQLiteDataSource;

/** PostgreSQL as {@code pg} and SQLite as {@code lite}, both with the same tables. */
final class AcrossSourcesIT {
  private static EmbeddedPostgres server;
  private static SQLiteDataSource file;

  private PlainSqlSource pg = postgres();
  private PlainSqlSource lite = sqlite();

  @BeforeAll
  static void start(@TempDir Path directory) throws IOException, SQLException {
    server = EmbeddedPostgres.builder().start();
    new Warehouse("pg").fill(server.getPostgresDatabase(), Map.of());
    file = new SQLiteDataSource();
    file.setUrl("jdbc:sqlite:" + directory.resolve("warehouse.db"));
    new Warehouse("lite").fill(file, Map.of("temporal as text", ""));
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @BeforeEach
  void freshSources() {
    pg = postgres();
    lite = sqlite();
  }

  private static PlainSqlSource postgres() {
    return new PlainSqlSource(
        new Warehouse("pg").catalog(),
        server.getPostgresDatabase(),
        PostgresqlSqlDialect.DEFAULT,
        new PostgreSqlPushDown());
  }

  private static PlainSqlSource sqlite() {
    return new PlainSqlSource(
        new Warehouse("lite").catalog(), file, SqliteSqlDialect.DEFAULT, new SqlitePushDown());
  }

  private static List<List<@Nullable Object>> rows(Engine engine, String sql, Object... parameters)
      throws SQLException {
    return Warehouse.rows(engine, sql, List.of(), List.of(parameters), Limits.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT c.id, i.product FROM pg.customers c JOIN lite.items i ON c.name = i.product",
        "SELECT a.id, b.id FROM pg.orders a JOIN lite.orders b ON a.amount = b.amount",
        "SELECT a.id, b.id FROM pg.orders a JOIN lite.orders b ON a.day = b.day",
        "SELECT a.id, b.id FROM pg.orders a JOIN lite.orders b ON a.seen = b.seen",
        "SELECT c.id, o.id FROM pg.customers c LEFT JOIN lite.orders o ON o.customer_id = c.id",
        "SELECT c.id FROM pg.customers c WHERE c.id NOT IN (SELECT o.customer_id FROM lite.orders o WHERE o.customer_id IS NOT NULL)",
        "SELECT c.id FROM pg.customers c WHERE EXISTS (SELECT 1 FROM lite.orders o WHERE o.customer_id = c.id)",
        "SELECT c.country, SUM(i.quantity * i.price) FROM pg.customers c JOIN pg.orders o ON o.customer_id = c.id JOIN lite.items i ON i.order_id = o.id GROUP BY c.country",
        "SELECT c.id, c.name, COUNT(*), COUNT(o.day), SUM(o.id), MIN(o.day), MAX(o.amount), AVG(o.id) FROM pg.customers c JOIN lite.orders o ON o.customer_id = c.id GROUP BY c.id, c.name",
        "SELECT c.id, COUNT(*), COUNT(o.day), SUM(o.id), MIN(o.day) FROM pg.customers c LEFT JOIN lite.orders o ON o.customer_id = c.id AND o.id > 20 GROUP BY c.id",
        "SELECT n, COUNT(*) FROM (SELECT c.id, COUNT(o.id) AS n FROM lite.customers c LEFT JOIN pg.orders o ON o.customer_id = c.id GROUP BY c.id) t GROUP BY n",
        "SELECT c.country, COUNT(o.id) FROM lite.customers c LEFT JOIN pg.orders o ON o.customer_id = c.id GROUP BY c.country",
        "SELECT c.id, COUNT(DISTINCT o.day), COUNT(*) FILTER (WHERE o.id > 30) FROM lite.customers c LEFT JOIN pg.orders o ON o.customer_id = c.id GROUP BY c.id",
        "SELECT a.id, b.customer_id, COUNT(*) FROM pg.orders a JOIN lite.orders b ON a.customer_id = b.customer_id AND a.day = b.day GROUP BY a.id, b.customer_id",
        "SELECT a.id, COUNT(*), COUNT(b.id) FROM pg.orders a LEFT JOIN lite.orders b ON a.customer_id = b.customer_id AND a.day = b.day GROUP BY a.id, a.day",
        "SELECT name FROM pg.customers UNION SELECT product FROM lite.items",
        "SELECT c.name, o.day FROM lite.customers c JOIN pg.orders o ON o.customer_id = c.id ORDER BY c.name, o.day, o.id LIMIT 9"
      })
  void joinsAsIfAllWereInMemory(String sql) throws SQLException {
    List<List<@Nullable Object>> actual;
    List<List<@Nullable Object>> expected;
    try (Engine engine = Engine.over(List.of(pg, lite))) {
      actual = rows(engine, sql);
    }
    try (Engine engine =
        Engine.over(List.of(new Warehouse("pg").inMemory(), new Warehouse("lite").inMemory()))) {
      expected = rows(engine, sql);
    }
    assertThat(actual).containsExactlyInAnyOrderElementsOf(expected).isNotEmpty();
    assertThat(pg.open()).isEmpty();
    assertThat(lite.open()).isEmpty();
  }

  @Test
  void joinsTheTablesOfOneSourceThere() throws SQLException {
    try (Engine engine = Engine.over(List.of(pg, lite))) {
      rows(
          engine,
          "SELECT o.id FROM pg.customers c JOIN lite.items i ON c.name = i.product"
              + " JOIN pg.orders o ON o.customer_id = c.id");
    }
    assertThat(pg.asked()).hasSize(1).first().asString().contains("INNER JOIN");
    assertThat(lite.asked())
        .containsExactly("SELECT \"t1\".\"product\" AS \"product\" FROM \"items\" AS \"t1\"");
  }

  @Test
  void aSourceGroupsItsRowsBeforeTheyAreJoined() throws SQLException {
    try (Engine engine = Engine.over(List.of(pg, lite))) {
      rows(
          engine,
          "SELECT c.id, COUNT(o.id), SUM(o.id) FROM lite.customers c"
              + " LEFT JOIN pg.orders o ON o.customer_id = c.id GROUP BY c.id");
    }
    assertThat(pg.asked())
        .singleElement()
        .asString()
        .contains("COUNT(*)", "SUM(\"t1\".\"id\")", "GROUP BY \"t1\".\"customer_id\"");
  }

  @Test
  void bindsParametersAtTheSource() throws SQLException {
    try (Engine engine = Engine.over(List.of(pg, lite))) {
      assertThat(
              rows(
                  engine,
                  "SELECT COUNT(*) FROM pg.orders WHERE day >= ? AND amount < ? AND id <> ?",
                  LocalDate.of(2026, 1, 1),
                  new BigDecimal("1e9"),
                  7))
          .isEqualTo(
              rows(
                  engine,
                  "SELECT COUNT(*) FROM lite.orders WHERE day >= ? AND amount < ? AND id <> ?",
                  LocalDate.of(2026, 1, 1),
                  new BigDecimal("1e9"),
                  7));
    }
    assertThat(pg.asked())
        .containsExactly(
            "SELECT COUNT(*) AS \"EXPR$0\" FROM \"orders\" AS \"t1\" WHERE (\"t1\".\"day\" >="
                + " CAST(? AS DATE)) AND (\"t1\".\"amount\" < CAST(? AS NUMERIC)) AND"
                + " (\"t1\".\"id\" <> CAST(? AS INTEGER))");
  }

  @Test
  void pushesTheRowLimitOfTheExecution() throws SQLException {
    try (Engine engine = Engine.over(List.of(pg))) {
      Limits five = new Limits(Duration.ZERO, 5, 0);
      assertThat(
              Warehouse.rows(
                  engine, "SELECT id FROM pg.orders ORDER BY id", List.of(), List.of(), five))
          .hasSize(5);
      assertThat(
              Warehouse.rows(
                  engine,
                  "SELECT id FROM pg.orders ORDER BY id LIMIT 3",
                  List.of(),
                  List.of(),
                  five))
          .hasSize(3);
    }
    assertThat(pg.asked())
        .containsExactly(
            "SELECT \"t1\".\"id\" AS \"id\" FROM \"orders\" AS \"t1\" ORDER BY \"t1\".\"id\" LIMIT 5",
            "SELECT \"t1\".\"id\" AS \"id\" FROM \"orders\" AS \"t1\" ORDER BY \"t1\".\"id\" LIMIT 3");
  }

  @Test
  void closesTheFirstSourceWhenTheSecondFails() throws SQLException {
    SQLiteDataSource empty = new SQLiteDataSource();
    empty.setUrl("jdbc:sqlite::memory:");
    PlainSqlSource broken =
        new PlainSqlSource(
            new Warehouse("lite").catalog(), empty, SqliteSqlDialect.DEFAULT, new SqlitePushDown());
    try (Engine engine = Engine.over(List.of(pg, broken))) {
      for (String sql :
          List.of(
              "SELECT o.id FROM pg.orders o JOIN lite.items i ON o.id = i.order_id",
              "SELECT o.id FROM lite.orders o JOIN pg.items i ON o.id = i.order_id")) {
        assertThatThrownBy(() -> rows(engine, sql))
            .isInstanceOf(SQLException.class)
            .hasMessageContaining("Source lite")
            .hasMessageContaining("no such table");
        assertThat(pg.open()).isEmpty();
      }
      assertThat(rows(engine, "SELECT COUNT(*) FROM pg.customers"))
          .isEqualTo(List.of(List.of(40L)));
    }
  }

  @Test
  void cancelEndsTheStatementAtTheSource() throws Exception {
    String slow =
        "SELECT COUNT(*) FROM pg.orders a, pg.orders b, pg.orders c, pg.orders d, pg.orders e";
    try (Engine engine = Engine.over(List.of(pg));
        Execution execution = engine.begin(Limits.NONE, Warehouse.CLOCK)) {
      Plan plan = engine.prepare(slow, new Session(List.of()), execution);
      CompletableFuture<@Nullable Void> run =
          CompletableFuture.runAsync(
              () -> {
                try (RowCursor cursor = plan.execute(List.of(), execution)) {
                  cursor.next();
                } catch (SQLException e) {
                  throw new IllegalStateException(e.getSQLState(), e);
                }
              });
      while (running() == 0) {
        Thread.onSpinWait();
      }
      execution.cancel();
      assertThatThrownBy(run::get).hasRootCauseMessage("The statement was cancelled.");
      assertThat(running()).isZero();
    }
  }

  private static int running() throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet count =
            statement.executeQuery(
                "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE"
                    + " 'SELECT COUNT(*)%'")) {
      return count.next() ? count.getInt(1) : 0;
    }
  }
}
