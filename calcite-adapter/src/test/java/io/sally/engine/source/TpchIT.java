package io.sally.engine.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.sally.engine.Engine;
import io.sally.engine.MemoryBudget;
import io.sally.engine.SpillSpace;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The 22 queries of TPC-H give the rows of one PostgreSQL, wherever the tables lie. {@code
 * -Dtpch.scale=0.1} runs them at another scale, {@code -Dtpch.report=true} prints times and rows.
 */
@Timeout(600) // At the scales of a report it has much to do.
final class TpchIT {
  /**
   * MySQL divides by zero to null, so that shares are divided here, and it has no room for all
   * digits of a sum that is multiplied.
   */
  private static final Set<String> COMPUTED_HERE_FROM_MYSQL = Set.of("Q08", "Q11", "Q14");

  /**
   * SQLite keeps decimals as binary fractions and dates as texts of any form, so that only what
   * counts and compares integers and texts runs there.
   */
  private static final Set<String> WHOLE_IN_SQLITE = Set.of("Q13", "Q16");

  @SuppressWarnings("NullAway.Init")
  private static TpchDatabases databases;

  @BeforeAll
  static void fill(@TempDir Path directory) throws SQLException {
    double scale = Double.parseDouble(System.getProperty("tpch.scale", "0.01"));
    databases = TpchDatabases.filled(scale, directory);
  }

  @Test
  @Tag("mysql")
  void answersAcrossThreeSourcesAsOnePostgresDoes() throws SQLException {
    assertThat(wholeQueries("across", databases.across()))
        .containsExactlyInAnyOrder("Q01", "Q04", "Q06", "Q12", "Q16");
  }

  /** A quarter of a megabyte: all that joins, groups and sorts hold goes to disk. */
  @Test
  @Tag("mysql")
  void answersAcrossThreeSourcesWithHardlyAnyMemory(@TempDir Path folder) throws SQLException {
    SpillSpace space = SpillSpace.in(folder, 1L << 30);
    MemoryBudget little = MemoryBudget.ofBytes(256 * 1024).spillingTo(space);
    try (Engine engine = Engine.over(databases.across(), little)) {
      assertThat(wholeQueries("little memory", databases.across(), engine)).isNotEmpty();
    }
    assertThat(space.used()).isZero();
  }

  @Test
  void runsEachQueryWholeInPostgres() throws SQLException {
    assertThat(wholeQueries("PostgreSQL", List.of(databases.allInPostgres())))
        .isEqualTo(TpchDatabases.queries().keySet());
  }

  @Test
  @Tag("mysql")
  void runsEachQueryWithoutSharesWholeInMySql() throws SQLException {
    Set<String> whole = new TreeSet<>(TpchDatabases.queries().keySet());
    whole.removeAll(COMPUTED_HERE_FROM_MYSQL);
    assertThat(wholeQueries("MySQL", List.of(databases.allInMariaDb()))).isEqualTo(whole);
  }

  @Test
  void answersFromSqliteWhereDecimalsAndDatesAreComputedHere() throws SQLException {
    assertThat(wholeQueries("SQLite", List.of(databases.allInSqlite()))).isEqualTo(WHOLE_IN_SQLITE);
  }

  /** Compares the rows of every query, and names those that one source ran alone. */
  private static Set<String> wholeQueries(String where, List<CountingSource> sources)
      throws SQLException {
    try (Engine engine = Engine.over(sources)) {
      return wholeQueries(where, sources, engine);
    }
  }

  private static Set<String> wholeQueries(String where, List<CountingSource> sources, Engine engine)
      throws SQLException {
    Set<String> whole = new TreeSet<>();
    for (Map.Entry<String, String> query : TpchDatabases.queries().entrySet()) {
      List<String> plan = new ArrayList<>();
      long start = System.nanoTime();
      List<List<@Nullable Object>> expected = databases.alone(query.getValue());
      long alone = System.nanoTime();
      List<List<@Nullable Object>> actual =
          TpchDatabases.rows(engine, sources, query.getValue(), plan);
      long first = System.nanoTime();
      assertThat(TpchDatabases.comparable(actual, expected))
          .as("%s %s: %s", where, query.getKey(), plan)
          .isEqualTo(TpchDatabases.comparable(expected, actual));
      if (plan.size() == 2 && plan.get(0).startsWith("Source ")) {
        whole.add(query.getKey());
      }
      if (Boolean.getBoolean("tpch.report")) {
        report(where, query, engine, sources, first - alone, alone - start);
      }
    }
    return whole;
  }

  private static void report(
      String where,
      Map.Entry<String, String> query,
      Engine engine,
      List<CountingSource> sources,
      long first,
      long alone)
      throws SQLException {
    String moved =
        sources.stream()
            .map(source -> source.name() + "=" + source.rows())
            .collect(Collectors.joining(" "));
    long start = System.nanoTime();
    TpchDatabases.rows(engine, sources, query.getValue(), new ArrayList<>());
    long warm = System.nanoTime() - start;
    sources.forEach(CountingSource::rows);
    System.out.printf(
        Locale.ROOT,
        "%-10s %s first %5d ms, warm %5d ms, PostgreSQL alone %5d ms, rows moved: %s%n",
        where,
        query.getKey(),
        first / 1_000_000,
        warm / 1_000_000,
        alone / 1_000_000,
        moved);
  }
}
