package io.sally.engine.planner;

import static org.assertj.core.api.Assertions.assertThat;

import io.sally.engine.Engine;
import io.sally.engine.Execution;
import io.sally.engine.Limits;
import io.sally.engine.Plan;
import io.sally.engine.Session;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
}
