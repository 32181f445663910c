package io.sally.engine.planner;

import static org.assertj.core.api.Assertions.assertThat;

import io.sally.engine.Engine;
import io.sally.engine.Execution;
import io.sally.engine.Limits;
import io.sally.engine.Plan;
import io.sally.engine.RowCursor;
import io.sally.engine.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What holds of every plan that texts share: it gives what a plan of the text alone gives. */
final class SharedPlansContract {
  private SharedPlansContract() {}

  /**
   * Tries statements and their siblings.
   *
   * @return how many of them had a plan that is shared
   */
  static int sharedOf(Engine engine, String schema, List<RandomStatements> statements)
      throws SQLException {
    int shared = 0;
    for (RandomStatements each : statements) {
      shared += sharedOf(engine, schema, each.next(), each.parameters());
    }
    return shared;
  }

  /** The same for one statement. */
  static int sharedOf(Engine engine, String schema, String sql, List<Object> parameters)
      throws SQLException {
    Optional<String> sibling = SiblingTexts.of(sql);
    if (sibling.isEmpty()) {
      return 0;
    }
    Session session = new Session(List.of(schema));
    int shared = 0;
    for (String text : List.of(sibling.get(), sql, sibling.get() + "\n", sql + "\n")) {
      try (Execution execution = engine.begin(Limits.NONE, Warehouse.CLOCK)) {
        Plan plan = engine.prepare(text, session, execution);
        Plan alone = engine.prepareAlone(text, session, execution);
        assertThat(plan.columns()).as(text).isEqualTo(alone.columns());
        assertThat(plan.parameters()).as(text).isEqualTo(alone.parameters());
        assertThat(plan.tables()).as(text).isEqualTo(alone.tables());
        if (!plan.explain().equals(alone.explain())) {
          shared = 1;
          assertThat(rows(engine, plan, parameters))
              .as("%s %s", text, parameters)
              .containsExactlyInAnyOrderElementsOf(rows(engine, alone, parameters));
        }
      }
    }
    return shared;
  }

  /** The rows of a plan, each as its text, so that the digits of numbers count too. */
  static List<String> rows(Engine engine, Plan plan, List<Object> parameters) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Execution execution = engine.begin(Limits.NONE, Warehouse.CLOCK);
        RowCursor cursor = plan.execute(parameters, execution)) {
      while (cursor.next()) {
        List<@Nullable Object> row = new ArrayList<>();
        for (int i = 0; i < plan.columns().size(); i++) {
          row.add(cursor.value(i));
        }
        rows.add(row.toString());
      }
    }
    return rows;
  }
}
