package io.sally.engine.source;

import io.sally.engine.Engine;
import io.sally.engine.Execution;
import io.sally.engine.Limits;
import io.sally.engine.Plan;
import io.sally.engine.RowCursor;
import io.sally.engine.Session;
import io.sally.engine.catalog.Column;
import io.sally.engine.catalog.ColumnType;
import io.sally.engine.catalog.Table;
import io.sally.engine.catalog.TableName;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.linq4j.Linq4j;
import org.jspecify.annotations.Nullable;

/** Runs whole statements through an engine. */
final class EngineReading {
  private EngineReading() {}

  /** A source in memory that is always there: table {@code two} with the numbers 1 and 2. */
  static Source memory() {
    Table two =
        new Table(
            new TableName("memory", null, "two"),
            Table.Kind.TABLE,
            null,
            List.of(new Column("n", ColumnType.integer(), false, null)),
            null,
            List.of(),
            List.of(),
            2L);
    return new MemorySource(
        "memory",
        List.of(
            new MemoryTable(
                two, () -> Linq4j.asEnumerable(List.of(new Object[] {1}, new Object[] {2})))));
  }

  static Execution begin(Engine engine, Limits limits) {
    return engine.begin(limits, Clock.systemUTC());
  }

  static List<List<@Nullable Object>> rows(Engine engine, String sql, String... schemaPath)
      throws SQLException {
    return rows(engine, Limits.NONE, sql, schemaPath);
  }

  static List<List<@Nullable Object>> rows(
      Engine engine, Limits limits, String sql, String... schemaPath) throws SQLException {
    try (Execution execution = begin(engine, limits)) {
      Plan plan = engine.prepare(sql, new Session(List.of(schemaPath)), execution);
      try (RowCursor cursor = plan.execute(List.of(), execution)) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        while (cursor.next()) {
          List<@Nullable Object> row = new ArrayList<>();
          for (int i = 0; i < plan.columns().size(); i++) {
            row.add(cursor.value(i));
          }
          rows.add(row);
        }
        return rows;
      }
    }
  }
}
