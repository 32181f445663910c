package io.sally.ask.offline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sally.engine.Engine;
import io.sally.engine.Execution;
import io.sally.engine.Limits;
import io.sally.engine.catalog.Column;
import io.sally.engine.catalog.ColumnType;
import io.sally.engine.catalog.Table;
import io.sally.engine.catalog.TableName;
import io.sally.engine.source.MemorySource;
import io.sally.engine.source.MemoryTable;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.calcite.linq4j.Linq4j;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EngineColumnValuesTest {
  @Test
  void readsTheDistinctValuesOfColumnsThatHaveFew() throws SQLException {
    Table table = table(3L);
    try (Engine engine = engine(table, rows(row("red", "a"), row("blue", "b"), row("red", null)));
        Execution execution = engine.begin(Limits.NONE, Clock.systemUTC())) {
      assertThat(new EngineColumnValues(engine).of(table, execution))
          .isEqualTo(
              new ColumnValues.Values(
                  Map.of("colour", List.of("blue", "red"), "note", List.of("a", "b")), true));
    }
  }

  @Test
  void readsColumnByColumnWhereTheNumberOfRowsIsUnknown() throws SQLException {
    Table table = table(null);
    try (Engine engine = engine(table, rows(row("red", "a"), row("red", "b")));
        Execution execution = engine.begin(Limits.NONE, Clock.systemUTC())) {
      assertThat(new EngineColumnValues(engine).of(table, execution))
          .isEqualTo(
              new ColumnValues.Values(
                  Map.of("colour", List.of("red"), "note", List.of("a", "b")), true));
    }
  }

  @Test
  void leavesOutColumnsWithManyOrLongValues() throws SQLException {
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < 501; i++) {
      rows.add(row("colour " + i, i == 7 ? "x".repeat(65) : "short"));
    }
    Table table = table(501L);
    try (Engine engine = engine(table, rows);
        Execution execution = engine.begin(Limits.NONE, Clock.systemUTC())) {
      assertThat(new EngineColumnValues(engine).of(table, execution))
          .isEqualTo(new ColumnValues.Values(Map.of(), true));
    }
  }

  @Test
  void leavesOutLargeTables() throws SQLException {
    Table table = table(10_000_000L);
    try (Engine engine = engine(table, rows(row("red", "a")));
        Execution execution = engine.begin(Limits.NONE, Clock.systemUTC())) {
      assertThat(new EngineColumnValues(engine).of(table, execution))
          .isEqualTo(new ColumnValues.Values(Map.of(), true));
    }
  }

  @Test
  void aTableThatCannotBeReadHasNoValuesForNow() throws SQLException {
    try (Engine engine = Engine.over(List.of());
        Execution execution = engine.begin(Limits.NONE, Clock.systemUTC())) {
      assertThat(new EngineColumnValues(engine).of(table(3L), execution))
          .isEqualTo(new ColumnValues.Values(Map.of(), false));
    }
  }

  @Test
  void aCancelledExecutionStopsTheReading() throws SQLException {
    Table table = table(3L);
    try (Engine engine = engine(table, rows(row("red", "a")));
        Execution execution = engine.begin(Limits.NONE, Clock.systemUTC())) {
      execution.cancel();
      assertThatThrownBy(() -> new EngineColumnValues(engine).of(table, execution))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
    }
  }

  private static Engine engine(Table table, List<Object[]> rows) {
    return Engine.over(
        List.of(
            new MemorySource(
                "paint", List.of(new MemoryTable(table, () -> Linq4j.asEnumerable(rows))))));
  }

  private static List<Object[]> rows(Object[]... rows) {
    return Arrays.asList(rows);
  }

  private static Object[] row(String colour, @Nullable String note) {
    return Arrays.asList(1, colour, note).toArray();
  }

  private static Table table(@Nullable Long rows) {
    return new Table(
        new TableName("paint", null, "pots"),
        Table.Kind.TABLE,
        null,
        List.of(
            new Column("id", ColumnType.integer(), false, null),
            new Column("colour", ColumnType.varchar(20), false, null),
            new Column("note", ColumnType.varchar(), true, null)),
        null,
        List.of(),
        List.of(),
        rows);
  }
}
