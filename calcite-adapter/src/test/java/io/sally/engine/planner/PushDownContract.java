package io.sally.engine.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sally.engine.Engine;
import io.sally.engine.Execution;
import io.sally.engine.Limits;
import io.sally.engine.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of every database: with push-down the rows are those that are computed in memory. */
abstract class PushDownContract {
  private static final List<String> SCHEMAS = List.of("db");

  abstract PlainSqlSource source();

  abstract String golden();

  Warehouse warehouse() {
    return new Warehouse("db");
  }

  /** Whether the database of the test runs what is pushed of a statement. */
  boolean runs(String sql) {
    return true;
  }

  static List<String> statements() {
    return Statements.all();
  }

  @ParameterizedTest
  @MethodSource("statements")
  void givesTheRowsThatAreComputedInMemory(String sql) throws SQLException {
    assumeTrue(runs(sql), "not run by this database");
    try (Engine pushed = Engine.over(List.of(source()));
        Engine memory = Engine.over(List.of(warehouse().inMemory()))) {
      List<List<@Nullable Object>> expected =
          Warehouse.rows(memory, sql, SCHEMAS, List.of(), Limits.NONE);
      List<List<@Nullable Object>> actual =
          Warehouse.rows(pushed, sql, SCHEMAS, List.of(), Limits.NONE);
      if (sql.contains("ORDER BY") && !sql.contains("OVER") && !sql.contains(") t")) {
        assertThat(actual).isEqualTo(expected);
      } else {
        assertThat(sorted(actual)).isEqualTo(sorted(expected));
      }
    }
  }

  /** The seed stands in the failure, so that a failing statement comes again. */
  @Test
  void givesTheSameRowsForRandomStatements() throws SQLException {
    try (Engine pushed = Engine.over(List.of(source()));
        Engine memory = Engine.over(List.of(warehouse().inMemory()))) {
      int first = Integer.getInteger("random.seed", 0);
      for (int seed = first; seed < first + Integer.getInteger("random.statements", 60); seed++) {
        RandomStatements statements = new RandomStatements(seed);
        String sql = statements.next();
        if (!runs(sql)) {
          continue;
        }
        List<Object> parameters = statements.parameters();
        assertThat(sorted(Warehouse.rows(pushed, sql, SCHEMAS, parameters, Limits.NONE)))
            .as("seed %s: %s %s", seed, sql, parameters)
            .isEqualTo(sorted(Warehouse.rows(memory, sql, SCHEMAS, parameters, Limits.NONE)));
      }
    }
  }

  /** Of the reviewed statements and as many random ones again as above. */
  @Test
  void givesTheSameRowsWhenThePlanIsShared() throws SQLException {
    int shared = 0;
    try (Engine engine = Engine.over(List.of(source()))) {
      for (String sql : statements()) {
        if (runs(sql)) {
          shared += SharedPlansContract.sharedOf(engine, SCHEMAS.get(0), sql, List.of());
        }
      }
      int first = 10_000 + Integer.getInteger("random.seed", 0);
      for (int seed = first; seed < first + Integer.getInteger("random.statements", 60); seed++) {
        RandomStatements statements = new RandomStatements(seed);
        String sql = statements.next();
        if (runs(sql)) {
          shared +=
              SharedPlansContract.sharedOf(engine, SCHEMAS.get(0), sql, statements.parameters());
        }
      }
    }
    assertThat(shared).isGreaterThan(10);
  }

  private static List<String> sorted(List<List<@Nullable Object>> rows) {
    return rows.stream().map(Object::toString).sorted(Comparator.naturalOrder()).toList();
  }

  @Test
  void sendsTheSqlThatWasReviewed() throws Exception {
    List<String> lines = explained(source());
    assertThat(lines).isEqualTo(reviewed(golden(), lines));
  }

  /** What each statement sends. */
  static List<String> explained(PlainSqlSource source) throws SQLException {
    List<String> lines = new ArrayList<>();
    try (Engine engine = Engine.over(List.of(source))) {
      for (String sql : Statements.all()) {
        lines.add(sql);
        try (Execution execution = engine.begin(Limits.NONE, Warehouse.CLOCK)) {
          engine.prepareAlone(sql, new Session(SCHEMAS), execution).explain().stream()
              .map(line -> "    " + line)
              .forEach(lines::add);
        }
      }
    }
    return lines;
  }

  /** The golden file; {@code -DupdateGolden=true} writes it anew. */
  static List<String> reviewed(String golden, List<String> lines) throws IOException {
    Path file = Path.of("src/test/resources/io/sally/engine/planner", golden);
    if (Boolean.getBoolean("updateGolden")) {
      Files.write(file, lines);
    }
    return Files.readAllLines(file);
  }
}
