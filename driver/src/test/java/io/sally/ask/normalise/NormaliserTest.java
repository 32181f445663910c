package io.sally.ask.normalise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sally.engine.catalog.Catalog;
import io.sally.engine.catalog.Catalogs;
import io.sally.engine.catalog.Column;
import io.sally.engine.catalog.ColumnType;
import io.sally.engine.catalog.Table;
import io.sally.engine.catalog.TableName;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a model may give, and what of it stays. */
final class NormaliserTest {
  private static final Catalogs CATALOGS =
      new Catalogs(
          List.of(
              new Catalog(
                  "shop",
                  List.of(
                      new Table(
                          new TableName("shop", null, "orders"),
                          Table.Kind.TABLE,
                          null,
                          List.of(
                              new Column("id", ColumnType.integer(), false, null),
                              new Column("total", ColumnType.integer(), true, null),
                              new Column("date", ColumnType.date(), true, null)),
                          null,
                          List.of(),
                          List.of(),
                          null)))));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT o.id, o.total AS n FROM shop.orders AS o WHERE o.total > 3 ORDER BY o.id",
        "SELECT \"id\"\nFROM \"shop\".\"orders\" -- all of them",
        "select count(*) from orders",
        "WITH t AS (SELECT id FROM orders) SELECT t.id FROM t LEFT OUTER JOIN orders o ON o.id = t.id",
        "SELECT FLOOR(o.\"date\" TO MONTH) FROM orders o",
        "SELECT id FROM orders FETCH FIRST 3 ROWS ONLY",
        "SELECT 'SELECT ; -- ```' FROM orders",
        "SELECT FROM WHERE",
        "DROP TABLE orders",
        "SELECT 1; DROP TABLE orders",
        "SELECT * FROM orders MATCH_RECOGNIZE (PATTERN (a) DEFINE a AS a.id > 1)"
      })
  void leavesWhatCalciteTakesAsItIs(String sql) throws SQLException {
    assertThat(normalised(sql)).isEqualTo(sql);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "```sql\nSELECT id FROM orders\n```",
        "```\nSELECT id FROM orders;\n```\nThis lists the orders.",
        "Here's the query:\n\n```sql\nSELECT id FROM orders;\n```\n\nIt's done; enjoy.",
        "SELECT id FROM orders;\n\nThis query lists the ids.",
        "SELECT id FROM orders\n\nThis query lists the ids.",
        "SQL: SELECT id FROM orders",
        "With this we get all:\n```SELECT id FROM orders```",
        "SELECT id FROM orders; -- all"
      })
  void findsTheStatement(String given) throws SQLException {
    assertThat(normalised(given)).isEqualTo("SELECT id FROM orders");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "SELECT id::text FROM orders | POSTGRESQL",
        "SELECT `id` FROM `orders` | MYSQL",
        "SELECT IFNULL(id, 0), id / 2 FROM orders | SQLITE",
        "SELECT COUNTIF(id > 1) FROM `orders` | BIGQUERY",
        "SELECT NVL(id, 0) FROM dual | ORACLE",
        "SELECT TOP 3 [id] FROM [orders] | TSQL",
        "SELECT 'a::b `c` [d] ILIKE' FROM orders | STANDARD"
      })
  void knowsTheDialectByItsSigns(String sql, Dialect dialect) {
    assertThat(Dialect.of(sql)).isEqualTo(dialect);
  }

  @Test
  void writesWhatCalciteDoesNotTake() throws SQLException {
    assertThat(normalised("SELECT date, total::text t FROM public.Orders WHERE total / 2 = '1'"))
        .isEqualTo(
            "SELECT \"Orders\".\"date\", CAST(\"Orders\".\"total\" AS VARCHAR) AS \"t\""
                + " FROM \"Orders\" WHERE (\"Orders\".\"total\" / 2) = (1)");
  }

  @Test
  void namesWhatItCannotWrite() {
    assertThatThrownBy(() -> normalised("SELECT AGE(date), 1::int FROM orders"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("AGE");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(", "NOT ", "CASE WHEN 1=1 THEN ", "COALESCE(1, ", "/**/", "--\n", "CONVERT(", "''",
            "\n\n",
        "a AND ", "1 + ", "- ", "(SELECT ", "`", "[a", "The ", "DATEDIFF(a", "SELECT "
      })
  void isDoneSoonWithHostileText(String piece) {
    for (String text :
        List.of(
            "SELECT " + piece.repeat(30_000 / piece.length()),
            "SELECT id::text FROM orders WHERE " + piece.repeat(1_000) + "1" + ")".repeat(1_000),
            piece.repeat(30_000 / piece.length()) + "1",
            "SELECT `a` " + piece.repeat(500_000))) {
      try {
        assertThat(normalised(text)).isNotNull();
      } catch (SQLException e) {
        assertThat(e.getSQLState()).isEqualTo("0A000");
      }
    }
  }

  private static String normalised(String given) throws SQLException {
    return new Normaliser().normalise(given, CATALOGS, List.of("shop"));
  }
}
