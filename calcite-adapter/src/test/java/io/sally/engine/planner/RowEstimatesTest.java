package io.sally.engine.planner;

import static org.assertj.core.api.Assertions.assertThat;

import io.sally.engine.Engine;
import io.sally.engine.Execution;
import io.sally.engine.Limits;
import io.sally.engine.Session;
import io.sally.engine.catalog.Catalog;
import io.sally.engine.catalog.Column;
import io.sally.engine.catalog.ColumnType;
import io.sally.engine.catalog.Table;
import io.sally.engine.catalog.TableName;
import io.sally.engine.catalog.UniqueKey;
import io.sally.engine.source.PostgreSqlPushDown;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.apache.calcite.sql.dialect.PostgresqlSqlDialect;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A million sales in one source, each in one of the hundred shops of the other. */
class RowEstimatesTest {
  private static final Table SALES =
      new Table(
          new TableName("one", null, "sales"),
          Table.Kind.TABLE,
          null,
          List.of(
              new Column("id", ColumnType.integer(), false, null),
              new Column("shop", ColumnType.integer(), false, null),
              new Column("note", ColumnType.varchar(), true, null)),
          new UniqueKey("pk", List.of("id")),
          List.of(),
          List.of(),
          1_000_000L,
          Map.of("shop", 100.0));

  private static final Table SHOPS =
      new Table(
          new TableName("two", null, "shops"),
          Table.Kind.TABLE,
          null,
          List.of(
              new Column("id", ColumnType.integer(), false, null),
              new Column("kind", ColumnType.varchar(), false, null)),
          new UniqueKey("pk", List.of("id")),
          List.of(),
          List.of(),
          100L,
          Map.of("kind", 5.0));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT * FROM sales WHERE id = 7 | 1",
        "SELECT * FROM sales WHERE shop = 7 | 10,000",
        "SELECT * FROM sales WHERE shop IN (7, 8, 9) | 30,000",
        "SELECT * FROM sales WHERE shop NOT IN (7, 8, 9) | 970,000",
        "SELECT * FROM sales WHERE note = 'x' | 5,000",
        "SELECT * FROM sales WHERE shop = 7 AND note = 'x' | 50",
        "SELECT DISTINCT shop FROM sales | 100",
        "SELECT s.id, h.id FROM sales s JOIN shops h ON s.shop = h.id | 1,000,000",
        "SELECT s.id, h.id FROM sales s JOIN shops h ON s.shop = h.id WHERE h.kind = 'x' | 200,000",
        "SELECT s.id FROM sales s WHERE s.shop IN (SELECT id FROM shops WHERE kind = 'x') | 200,000",
        "SELECT s.id, h.id FROM shops h LEFT JOIN sales s ON s.shop = h.id AND s.id = 7 | 100",
        "SELECT h.kind, COUNT(*) FROM sales s JOIN shops h ON s.shop = h.id GROUP BY h.kind | 5"
      })
  void countsByTheValuesThatTheSourcesKnow(String sql, String rows) throws SQLException {
    try (Engine engine = Engine.over(List.of(source("one", SALES), source("two", SHOPS)));
        Execution execution = engine.begin(Limits.NONE, Warehouse.CLOCK)) {
      assertThat(
              engine.prepare(sql, new Session(List.of("one", "two")), execution).explain().get(0))
          .endsWith("(about " + rows + (rows.equals("1") ? " row)" : " rows)"));
    }
  }

  private static PlainSqlSource source(String name, Table table) {
    return new PlainSqlSource(
        new Catalog(name, List.of(table)),
        new JdbcDataSource(),
        PostgresqlSqlDialect.DEFAULT,
        new PostgreSqlPushDown());
  }
}
