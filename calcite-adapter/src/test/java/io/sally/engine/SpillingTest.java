package io.sally.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sally.engine.catalog.Column;
import io.sally.engine.catalog.ColumnType;
import io.sally.engine.catalog.Table;
import io.sally.engine.catalog.TableName;
import io.sally.engine.source.MemorySource;
import io.sally.engine.source.MemoryTable;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.calcite.linq4j.Linq4j;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What does not fit in memory goes to disk and gives the same rows. */
@Timeout(300)
class SpillingTest {
  private static final int ROWS = 6_000;
  private static final long LITTLE = 100_000;
  private static final long ROOM = 256L << 20;

  private static final List<Column> COLUMNS =
      List.of(
          new Column("id", ColumnType.integer(), false, null),
          new Column("k", ColumnType.integer(), true, null),
          new Column("name", ColumnType.varchar(), true, null),
          new Column("amount", ColumnType.decimal(20, 3), true, null),
          new Column("real", ColumnType.doublePrecision(), true, null),
          new Column("flag", ColumnType.bool(), true, null),
          new Column("day", ColumnType.date(), true, null),
          new Column("seen", ColumnType.timestamp(6), true, null));

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM a.t JOIN b.t AS u ON t.k = u.k AND t.id < u.id",
        "SELECT t.id, u.id FROM a.t LEFT JOIN b.t AS u ON t.k = u.k AND t.name = u.name",
        "SELECT t.id, u.id FROM a.t RIGHT JOIN b.t AS u ON t.k = u.k AND t.day = u.day",
        "SELECT t.id, u.id FROM a.t FULL JOIN b.t AS u ON t.name = u.name AND t.amount > u.amount",
        "SELECT t.id, u.id FROM a.t FULL JOIN b.t AS u ON t.amount = u.amount",
        "SELECT t.id, u.* FROM a.t JOIN b.t AS u ON t.seen = u.seen",
        "SELECT t.id, u.id FROM a.t JOIN b.t AS u ON t.real = u.real AND t.k = u.k",
        "SELECT t.id FROM a.t JOIN b.t AS u ON t.k IS NOT DISTINCT FROM u.k AND t.flag = u.flag",
        "SELECT k, name, COUNT(*), SUM(amount), MIN(day), MAX(seen), AVG(real) FROM a.t GROUP BY k, name",
        "SELECT name, COUNT(*) FROM a.t GROUP BY name",
        "SELECT id, COUNT(*), SUM(amount) FROM a.t GROUP BY id HAVING COUNT(*) = 1",
        "SELECT DISTINCT k, name, flag FROM a.t",
        "SELECT DISTINCT name FROM a.t",
        "SELECT COUNT(DISTINCT name), COUNT(DISTINCT k), SUM(DISTINCT amount) FROM a.t",
        "SELECT k, COUNT(DISTINCT name) FROM a.t GROUP BY k",
        "SELECT k, name FROM a.t UNION SELECT k, name FROM b.t",
        "SELECT k, name FROM a.t EXCEPT SELECT k, name FROM b.t",
        "SELECT name FROM a.t INTERSECT SELECT name FROM b.t",
        "SELECT t.id FROM a.t WHERE name IN (SELECT name FROM b.t WHERE k > 5)",
        "SELECT t.id FROM a.t WHERE NOT EXISTS (SELECT 1 FROM b.t AS u WHERE u.k = t.k AND u.id > t.id)",
        "SELECT COUNT(*) FROM a.t JOIN b.t AS u ON t.id < u.id AND t.id > u.id - 3",
        "SELECT k, COUNT(*) FROM a.t GROUP BY GROUPING SETS ((k), ())",
        "SELECT k, name, SUM(amount), GROUPING(k, name) FROM a.t GROUP BY CUBE (k, name)",
        "SELECT u.name, SUM(t.amount) FROM a.t JOIN b.t AS u ON t.k = u.k GROUP BY u.name"
      })
  void givesTheSameRows(String sql) throws SQLException, IOException {
    List<String> expected;
    try (Engine engine = Engine.over(sources(), MemoryBudget.ofBytes(ROOM))) {
      expected = rows(engine, sql);
    }
    SpillSpace space = SpillSpace.in(folder, ROOM);
    try (Engine engine = Engine.over(sources(), MemoryBudget.ofBytes(LITTLE).spillingTo(space))) {
      List<String> actual = rows(engine, sql);
      assertThat(sorted(actual)).isEqualTo(sorted(expected));
      assertThat(total(engine, sql)).endsWith(" put on disk");
    }
    assertNothingIsLeft(space);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name, id",
        "amount DESC NULLS LAST, name DESC, id",
        "day NULLS FIRST, seen DESC, id DESC",
        "flag, real, id",
        "name || CAST(k AS VARCHAR), id"
      })
  void sortsInTheSameOrder(String order) throws SQLException, IOException {
    String sql = "SELECT id, name, amount, day FROM a.t ORDER BY " + order;
    List<String> expected;
    try (Engine engine = Engine.over(sources(), MemoryBudget.ofBytes(ROOM))) {
      expected = rows(engine, sql);
    }
    SpillSpace space = SpillSpace.in(folder, ROOM);
    // So little that the runs themselves are merged several times.
    try (Engine engine = Engine.over(sources(), MemoryBudget.ofBytes(10_000).spillingTo(space))) {
      assertThat(rows(engine, sql)).isEqualTo(expected);
    }
    assertNothingIsLeft(space);
  }

  @Test
  void equalRowsStayInTheirOrder() throws SQLException {
    List<String> expected = new ArrayList<>();
    try (Engine engine = Engine.over(sources(), MemoryBudget.ofBytes(ROOM))) {
      expected.addAll(rows(engine, "SELECT k, id FROM a.t ORDER BY k"));
    }
    MemoryBudget little = MemoryBudget.ofBytes(10_000).spillingTo(SpillSpace.in(folder, ROOM));
    try (Engine engine = Engine.over(sources(), little)) {
      assertThat(rows(engine, "SELECT k, id FROM a.t ORDER BY k")).isEqualTo(expected);
    }
  }

  @Test
  void saysHowMuchWentToDisk() throws SQLException {
    MemoryBudget little = MemoryBudget.ofBytes(LITTLE).spillingTo(SpillSpace.in(folder, ROOM));
    try (Engine engine = Engine.over(sources(), little)) {
      assertThat(total(engine, "SELECT * FROM a.t ORDER BY name"))
          .matches(
              "Total: 6000 rows in .* ms; at most \\d+ kB held in memory, \\d+ kB put on disk");
    }
  }

  @Test
  void whatDoesNotFitOnDiskEitherIsAnErrorAndTheNextStatementWorks()
      throws SQLException, IOException {
    SpillSpace space = SpillSpace.in(folder, 200_000);
    try (Engine engine = Engine.over(sources(), MemoryBudget.ofBytes(LITTLE).spillingTo(space))) {
      assertThatThrownBy(() -> rows(engine, "SELECT * FROM a.t ORDER BY name"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("53100"))
          .hasMessage(
              "The statement holds more than its memory budget, and what does not fit is more than"
                  + " all statements together may put on disk, 200 kB (memory.spill). Filter or"
                  + " aggregate more, or select fewer columns.");
      assertNothingIsLeft(space);
      assertThat(rows(engine, "SELECT COUNT(*) FROM a.t")).containsExactly("[6000]");
    }
  }

  @Test
  void aFolderThatCannotBeUsedIsNamed() throws SQLException, IOException {
    Path file = Files.createFile(folder.resolve("a-file"));
    SpillSpace space = SpillSpace.in(file, ROOM);
    try (Engine engine = Engine.over(sources(), MemoryBudget.ofBytes(LITTLE).spillingTo(space))) {
      assertThatThrownBy(() -> rows(engine, "SELECT * FROM a.t ORDER BY name"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("58030"))
          .hasMessageContaining(file + " (memory.spillFolder)");
      assertThat(rows(engine, "SELECT COUNT(*) FROM a.t")).containsExactly("[6000]");
    }
  }

  @Test
  void aCursorThatIsClosedHalfwayOrCancelledLeavesNothing() throws SQLException, IOException {
    SpillSpace space = SpillSpace.in(folder, ROOM);
    try (Engine engine = Engine.over(sources(), MemoryBudget.ofBytes(LITTLE).spillingTo(space))) {
      for (String sql :
          List.of(
              "SELECT * FROM a.t ORDER BY name",
              "SELECT * FROM a.t JOIN b.t AS u ON t.k = u.k",
              "SELECT id, COUNT(*) FROM (SELECT * FROM a.t UNION ALL SELECT * FROM b.t) AS u"
                  + " GROUP BY id, k, name, amount, \"real\", \"day\", seen")) {
        for (boolean cancel : new boolean[] {false, true}) {
          try (Execution execution = engine.begin(Limits.NONE, StaffEngine.NOON)) {
            Plan plan = engine.prepare(sql, new Session(List.of()), execution);
            try (RowCursor cursor = plan.execute(List.of(), execution)) {
              assertThat(cursor.next()).isTrue();
              assertThat(space.used()).isPositive();
              if (cancel) {
                execution.cancel();
                assertThatThrownBy(cursor::next)
                    .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
              }
            }
          }
          assertNothingIsLeft(space);
        }
      }
    }
  }

  private void assertNothingIsLeft(SpillSpace space) throws IOException {
    assertThat(space.used()).isZero();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  private static List<String> sorted(List<String> rows) {
    return rows.stream().sorted(Comparator.naturalOrder()).toList();
  }

  /** The last line of an analysis. */
  private static String total(Engine engine, String sql) throws SQLException {
    try (Execution execution = engine.begin(Limits.NONE, StaffEngine.NOON)) {
      List<String> lines =
          engine.prepare(sql, new Session(List.of()), execution).analyze(List.of(), execution);
      return lines.get(lines.size() - 1);
    }
  }

  private static List<String> rows(Engine engine, String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Execution execution = engine.begin(Limits.NONE, StaffEngine.NOON)) {
      Plan plan = engine.prepare(sql, new Session(List.of()), execution);
      try (RowCursor cursor = plan.execute(List.of(), execution)) {
        while (cursor.next()) {
          List<@Nullable Object> row = new ArrayList<>();
          for (int i = 0; i < plan.columns().size(); i++) {
            row.add(cursor.value(i));
          }
          rows.add(row.toString());
        }
      }
    }
    return rows;
  }

  private static List<MemorySource> sources() {
    return List.of(source("a", 1), source("b", 2));
  }

  private static MemorySource source(String name, long seed) {
    Random random = new Random(seed);
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      rows.add(row(i, random));
    }
    Table table =
        new Table(
            new TableName(name, null, "t"),
            Table.Kind.TABLE,
            null,
            COLUMNS,
            null,
            List.of(),
            List.of(),
            (long) ROWS);
    return new MemorySource(name, List.of(new MemoryTable(table, () -> Linq4j.asEnumerable(rows))));
  }

  private static @Nullable Object[] row(int id, Random random) {
    String[] ends = {"", "ß", "Łódź", "\ud83d\ude00", "\ud83d", "\u0000"};
    int k = random.nextInt(2_000);
    @Nullable Object[] row = {
      id,
      k,
      "name " + random.nextInt(3_000) + ends[random.nextInt(ends.length)],
      BigDecimal.valueOf(random.nextInt(4_000_000), 3),
      random.nextInt(500) / 8.0,
      random.nextBoolean(),
      LocalDate.of(1500, 1, 1).plusDays(random.nextInt(200_000)),
      LocalDateTime.of(2026, 1, 1, 0, 0).plusNanos(1_000L * random.nextInt(3_000))
    };
    for (int i = 1; i < row.length; i++) {
      if (random.nextInt(20) == 0) {
        row[i] = null;
      }
    }
    return row;
  }
}
