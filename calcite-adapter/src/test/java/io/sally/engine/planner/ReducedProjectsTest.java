package io.sally.engine.planner;

import static org.assertj.core.api.Assertions.assertThat;

import io.sally.engine.Engine;
import io.sally.engine.Limits;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReducedProjectsTest {
  @Test
  void aKeyThatIsAlwaysNullJoinsNothing() throws SQLException {
    try (Engine engine = Engine.over(List.of(new Warehouse("db").inMemory()))) {
      assertThat(
              Warehouse.rows(
                  engine,
                  """
                  SELECT t.seen AS x, t.customer_id AS y, t.z
                  FROM (SELECT o.seen, o.customer_id, c.id AS z
                        FROM (SELECT customer_id, MIN(id) AS id, MAX(seen) AS seen
                              FROM orders GROUP BY customer_id) o
                        JOIN (SELECT CAST(id AS BIGINT) AS id FROM customers) c
                          ON o.customer_id = c.id) t
                  WHERE t.customer_id IS NULL
                  """,
                  List.of("db"),
                  List.of(),
                  Limits.NONE))
          .isEmpty();
    }
  }
}
