package io.sally.engine.planner;

import static org.assertj.core.api.Assertions.assertThat;

import io.sally.engine.Engine;
import io.sally.engine.Execution;
import io.sally.engine.Limits;
import io.sally.engine.Plan;
import io.sally.engine.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that differ in literals alone: which share a plan, and that it is right for each. */
class SharedPlansTest {
  private static final Engine ENGINE = Engine.over(List.of(new Warehouse("db").inMemory()));
  private static final Session SESSION = new Session(List.of("db"));

  @AfterAll
  static void close() throws SQLException {
    ENGINE.close();
  }

  private static Plan plan(String sql) throws SQLException {
    try (Execution execution = ENGINE.begin(Limits.NONE, Warehouse.CLOCK)) {
      return ENGINE.prepare(sql, SESSION, execution);
    }
  }

  private static Plan alone(String sql) throws SQLException {
    try (Execution execution = ENGINE.begin(Limits.NONE, Warehouse.CLOCK)) {
      return ENGINE.prepareAlone(sql, SESSION, execution);
    }
  }

  @Test
  void givesTheRowsOfPlansThatKnowTheLiterals() throws SQLException {
    assertThat(
            SharedPlansContract.sharedOf(
                ENGINE,
                "db",
                IntStream.range(1000, 1000 + Integer.getInteger("random.statements", 60))
                    .mapToObj(RandomStatements::new)
                    .toList()))
        .isGreaterThan(10);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT id FROM orders WHERE id = %d",
        "SELECT id FROM orders WHERE %d < id AND (id < 1%1$d OR NOT id <> %1$d)",
        "SELECT id FROM orders o WHERE points BETWEEN 0 AND %d",
        "SELECT id, 'x' AS y FROM orders WHERE amount > %d.50 ORDER BY 1 LIMIT 3",
        "SELECT COUNT(*) FROM orders WHERE day >= DATE '2026-0%d-01'",
        "SELECT COUNT(*) FROM orders WHERE seen < TIMESTAMP '2026-0%d-01 12:00:00.5'",
        "SELECT COUNT(*) FROM orders WHERE day >= '2026-0%d-01'",
        "SELECT id FROM customers WHERE name = 'it''s%d' OR UPPER(name) <> 'A%1$d'",
        "SELECT c.id FROM customers c JOIN orders o ON o.customer_id = c.id AND o.id > %d",
        "WITH t AS (SELECT * FROM orders WHERE id > %d) SELECT COUNT(*) FROM t UNION ALL SELECT 1",
        "SELECT id FROM customers c WHERE EXISTS"
            + " (SELECT 1 FROM orders WHERE id = c.id AND points < %d)",
        "SELECT id /* seen by 4711 */ FROM orders -- it's 7\nWHERE id = %d",
      })
  void textsShareAPlan(String sql) throws SQLException {
    plan(sql.formatted(3));
    plan(sql.formatted(4));
    String third = sql.formatted(5);

    assertThat(plan(third).explain()).isNotEqualTo(alone(third).explain());
    assertThat(plan(third).sql()).isEqualTo(alone(third).sql());
    assertThat(plan(third).columns()).isEqualTo(alone(third).columns());
    assertThat(plan(third).parameters()).isEqualTo(alone(third).parameters());
    assertThat(SharedPlansContract.rows(ENGINE, plan(third), List.of()))
        .isEqualTo(SharedPlansContract.rows(ENGINE, alone(third), List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT id, %d FROM orders",
        "SELECT id FROM orders ORDER BY id LIMIT %d",
        "SELECT id FROM orders WHERE id IN (1, %d)",
        "SELECT id FROM orders WHERE %d = 3",
        "SELECT id FROM orders WHERE day > DATE '2026-01-01' + INTERVAL '%d' DAY",
        "SELECT points > %d AS p FROM orders GROUP BY points > %1$d",
        "SELECT COUNT(*) FROM orders GROUP BY customer_id HAVING COUNT(*) > %d",
        "SELECT id FROM customers WHERE name LIKE 'a%d'",
        "SELECT id FROM orders WHERE id = -%d",
        "SELECT id FROM orders WHERE points > %de0",
        "SELECT id FROM customers WHERE name = U&'\\006%d'",
        "SELECT id FROM customers WHERE name = 'a'\n'%d'",
        "SELECT id FROM customers WHERE name = 'a%d' // it's\n",
      })
  void whatAPlanHasToKnowIsNotShared(String sql) throws SQLException {
    plan(sql.formatted(3));
    plan(sql.formatted(4));
    String third = sql.formatted(5);

    assertThat(plan(third).explain()).isEqualTo(alone(third).explain());
    assertThat(SharedPlansContract.rows(ENGINE, plan(third), List.of()))
        .isEqualTo(SharedPlansContract.rows(ENGINE, alone(third), List.of()));
  }

  /** Each text after the first two may get the plan of these. */
  private static void eachGivesItsOwnRows(List<String> texts) throws SQLException {
    for (String text : texts) {
      List<String> outcome = new ArrayList<>();
      for (boolean own : List.of(false, true)) {
        try {
          Plan plan = own ? alone(text) : plan(text);
          outcome.add(SharedPlansContract.rows(ENGINE, plan, List.of()) + " " + plan.columns());
        } catch (SQLException e) {
          outcome.add(e.getSQLState());
        }
      }
      assertThat(outcome.get(0)).as(text).isEqualTo(outcome.get(1));
    }
  }

  static List<List<String>> literalsOfTheSameShape() {
    String escaped = "SELECT id FROM customers WHERE name = U&'%s' OR name = 'a'";
    String text = "SELECT id FROM orders WHERE %s";
    return List.of(
        // The same characters mean others with an escape among them.
        List.of(
            escaped.formatted("abcde"), escaped.formatted("abcdf"), escaped.formatted("\\0061")),
        // A condition that holds for none or all, or contradicts another one.
        List.of(
            text.formatted("points > 5 AND points < 9"),
            text.formatted("points > 4 AND points < 8"),
            text.formatted("points > 9 AND points < 5"),
            text.formatted("points > 7 AND points < 7")),
        List.of(
            text.formatted("points = 5 OR points <> 5"),
            text.formatted("points = 4 OR points <> 4"),
            text.formatted("points = 4 OR points <> 5")),
        List.of(
            text.formatted("points BETWEEN 1 AND 300"),
            text.formatted("points BETWEEN 2 AND 300"),
            text.formatted("points BETWEEN 300 AND 2")),
        // More digits than the column has, and none at all.
        List.of(
            text.formatted("amount > 10.005"),
            text.formatted("amount > 10.000"),
            text.formatted("amount > 99.995")),
        List.of(
            text.formatted("id > 3000000000"),
            text.formatted("id < 3000000001"),
            text.formatted("id < 3000000000"),
            text.formatted("id < 999999999999999999")),
        List.of(text.formatted("id < 7"), text.formatted("id < 8"), text.formatted("id < 0")),
        // Trailing spaces are part of a text.
        List.of(
            "SELECT id FROM customers WHERE country = 'DE'",
            "SELECT id FROM customers WHERE country = 'FR'",
            "SELECT id FROM customers WHERE country = 'D '",
            "SELECT id FROM customers WHERE country = '  '"),
        // A text that is compared with a date may be none.
        List.of(
            text.formatted("day > '2026-03-01'"),
            text.formatted("day > '2026-04-01'"),
            text.formatted("day > '2026-04-31'"),
            text.formatted("day > 'tomorrow  '"),
            text.formatted("day > ' 2026-5-1 '")),
        List.of(
            text.formatted("day > DATE '2026-03-01'"),
            text.formatted("day > DATE '2026-04-01'"),
            text.formatted("day > DATE '2026-04-31'"),
            text.formatted("day > DATE '0001-01-01'")),
        List.of(
            text.formatted("seen > TIMESTAMP '2026-03-01 00:00:00.000001'"),
            text.formatted("seen > TIMESTAMP '2026-04-01 00:00:00.999999'"),
            text.formatted("seen > TIMESTAMP '2026-05-01 23:59:59.100000'"),
            text.formatted("seen > TIMESTAMP '2026-05-01 23:59:60.100000'")),
        List.of(text.formatted("id = '7'"), text.formatted("id = '8'"), text.formatted("id = 'x'")),
        // What is named, grouped or counted is not compared.
        List.of(
            "SELECT id > 5, COUNT(*) FROM orders WHERE id > 5 GROUP BY id > 5",
            "SELECT id > 6, COUNT(*) FROM orders WHERE id > 6 GROUP BY id > 6",
            "SELECT id > 7, COUNT(*) FROM orders WHERE id > 6 GROUP BY id > 7",
            "SELECT id > 7, COUNT(*) FROM orders WHERE id > 6 GROUP BY id > 8"),
        List.of(
            "WITH t AS (SELECT * FROM orders WHERE id > 5) SELECT a.id FROM t a JOIN t b ON a.id ="
                + " b.id + 1",
            "WITH t AS (SELECT * FROM orders WHERE id > 6) SELECT a.id FROM t a JOIN t b ON a.id ="
                + " b.id + 1",
            "WITH t AS (SELECT * FROM orders WHERE id > 9) SELECT a.id FROM t a JOIN t b ON a.id ="
                + " b.id + 1"),
        List.of(
            "SELECT id FROM orders WHERE id > 3 ORDER BY 1 OFFSET 1 ROWS FETCH NEXT 2 ROWS ONLY",
            "SELECT id FROM orders WHERE id > 4 ORDER BY 1 OFFSET 1 ROWS FETCH NEXT 2 ROWS ONLY",
            "SELECT id FROM orders WHERE id > 5 ORDER BY 1 OFFSET 2 ROWS FETCH NEXT 3 ROWS ONLY"),
        List.of(
            "SELECT c.id, o.id FROM customers c LEFT JOIN orders o ON o.customer_id = c.id AND"
                + " o.points > 50",
            "SELECT c.id, o.id FROM customers c LEFT JOIN orders o ON o.customer_id = c.id AND"
                + " o.points > 60",
            "SELECT c.id, o.id FROM customers c LEFT JOIN orders o ON o.customer_id = c.id AND"
                + " o.points > 5000"));
  }

  @ParameterizedTest
  @MethodSource("literalsOfTheSameShape")
  void eachTextGivesItsOwnRowsOrItsOwnError(List<String> texts) throws SQLException {
    eachGivesItsOwnRows(texts);
  }
}
