package io.sally.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sally.engine.catalog.Column;
import io.sally.engine.catalog.ColumnType;
import io.sally.engine.catalog.Table;
import io.sally.engine.catalog.TableName;
import io.sally.engine.planner.CodePointOrder;
import io.sally.engine.source.MemorySource;
import io.sally.engine.source.MemoryTable;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.calcite.linq4j.Linq4j;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts sort by code point in plans that run here, as they do in the sources. */
class TextOrderTest {
  private static final String FACE = "\uD83D\uDE00";
  private static final String WAVE = "\uFF5E";
  private static final String LAST = new String(Character.toChars(0x10FFFF));

  private static final List<String> TEXTS =
      List.of(
          "",
          "Z",
          "a",
          "a" + WAVE,
          "a" + WAVE + FACE,
          "a" + FACE,
          "a" + FACE + WAVE,
          "aa",
          "ä",
          "\uD7FF",
          "\uE000",
          "\uE000" + FACE,
          WAVE,
          WAVE + "a",
          "\uFFFF",
          FACE,
          FACE + "a",
          LAST);

  private static final Comparator<String> BY_CODE_POINT =
      (a, b) -> Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());

  private static final Engine ENGINE = Engine.over(List.of(source()));

  @AfterAll
  static void close() throws SQLException {
    ENGINE.close();
  }

  /** Table t holds the texts in no order, and one null. */
  private static MemorySource source() {
    List<@Nullable String> texts = new ArrayList<>(sorted());
    texts.add(null);
    java.util.Collections.shuffle(texts, new Random(7));
    @Nullable Object[][] rows =
        IntStream.range(0, texts.size())
            .mapToObj(i -> new @Nullable Object[] {i, texts.get(i)})
            .toArray(Object[][]::new);
    return new MemorySource(
        "m",
        List.of(
            new MemoryTable(
                new Table(
                    new TableName("m", null, "t"),
                    Table.Kind.TABLE,
                    null,
                    List.of(
                        new Column("id", ColumnType.integer(), false, null),
                        new Column("x", ColumnType.varchar(), true, null)),
                    null,
                    List.of(),
                    List.of(),
                    (long) rows.length),
                () -> Linq4j.asEnumerable(rows))));
  }

  private static List<String> sorted() {
    return TEXTS.stream().sorted(BY_CODE_POINT).toList();
  }

  private static List<String> below(String bound) {
    return sorted().stream().filter(x -> BY_CODE_POINT.compare(x, bound) < 0).toList();
  }

  private static List<@Nullable Object> column(String sql, @Nullable Object... parameters)
      throws SQLException {
    return rows(sql, parameters).stream().<@Nullable Object>map(row -> row.get(0)).toList();
  }

  private static List<List<@Nullable Object>> rows(String sql, @Nullable Object... parameters)
      throws SQLException {
    try (Execution execution = ENGINE.begin(Limits.NONE, Clock.systemUTC())) {
      Plan plan = ENGINE.prepare(sql, new Session(List.of("m")), execution);
      List<List<@Nullable Object>> rows = new ArrayList<>();
      try (RowCursor cursor = plan.execute(Arrays.asList(parameters), execution)) {
        while (cursor.next()) {
          List<@Nullable Object> row = new ArrayList<>();
          for (int i = 0; i < plan.columns().size(); i++) {
            row.add(cursor.value(i));
          }
          rows.add(row);
        }
      }
      return rows;
    }
  }

  @Test
  void aSortKeyComparesAsItsTextAndGivesItBack() {
    for (String a : TEXTS) {
      String key = Objects.requireNonNull(CodePointOrder.sortKey(a));
      assertThat(CodePointOrder.ofSortKey(key)).isEqualTo(a);
      for (String b : TEXTS) {
        int expected = Integer.signum(BY_CODE_POINT.compare(a, b));
        int keys = key.compareTo(Objects.requireNonNull(CodePointOrder.sortKey(b)));
        assertThat(Integer.signum(keys)).as(a + " and " + b).isEqualTo(expected);
        assertThat(Integer.signum(Objects.requireNonNull(CodePointOrder.compare(a, b))))
            .as(a + " and " + b)
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void aPlainTextIsItsOwnSortKey() {
    String text = "Łódź \uD7FF";
    assertThat(CodePointOrder.sortKey(text)).isSameAs(text);
    assertThat(CodePointOrder.ofSortKey(text)).isSameAs(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT x FROM t WHERE x IS NOT NULL ORDER BY x",
        "SELECT x FROM t WHERE x IS NOT NULL ORDER BY x LIMIT 100",
        "SELECT x FROM t WHERE x IS NOT NULL ORDER BY x, id",
        "SELECT DISTINCT x FROM t WHERE x IS NOT NULL ORDER BY x",
        "SELECT x FROM t WHERE x IS NOT NULL GROUP BY x ORDER BY x",
        "SELECT x FROM (SELECT x, UPPER(x) u, id FROM t) WHERE x IS NOT NULL ORDER BY x, u",
        "SELECT x FROM t WHERE id < 9 AND x IS NOT NULL UNION ALL"
            + " SELECT x FROM t WHERE id >= 9 AND x IS NOT NULL ORDER BY x LIMIT 50",
        "SELECT x FROM (SELECT x, ROW_NUMBER() OVER (ORDER BY x) r FROM t) WHERE x IS NOT NULL ORDER BY r",
        "SELECT x FROM (SELECT x, RANK() OVER (PARTITION BY 1 ORDER BY x) r FROM t WHERE x IS NOT NULL) ORDER BY r",
        "SELECT m FROM (SELECT id, MIN(x) OVER (ORDER BY x ROWS BETWEEN CURRENT ROW AND 3 FOLLOWING) m FROM t WHERE x IS NOT NULL) ORDER BY m",
        "SELECT m FROM (SELECT id, MAX(x) OVER (ORDER BY x ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) m FROM t WHERE x IS NOT NULL) ORDER BY m",
        "SELECT x FROM (SELECT x, (SELECT COUNT(*) FROM t b WHERE b.x < a.x) n FROM t a) WHERE x IS NOT NULL ORDER BY n",
        "SELECT a.x FROM t a LEFT JOIN t b ON b.x < a.x WHERE a.x IS NOT NULL GROUP BY a.x ORDER BY COUNT(b.x)",
      })
  void sortsByCodePoint(String sql) throws SQLException {
    assertThat(column(sql)).isEqualTo(sorted());
  }

  @Test
  void sortsDescendingWithNullsWhereTheyAreAskedFor() throws SQLException {
    List<@Nullable Object> descending = new ArrayList<>(sorted());
    java.util.Collections.reverse(descending);
    descending.add(null);
    assertThat(column("SELECT x FROM t ORDER BY x DESC NULLS LAST")).isEqualTo(descending);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT MIN(x), MAX(x), COUNT(x) FROM t WHERE x > 'z'",
        "SELECT MIN(x) FILTER (WHERE id >= 0), MAX(DISTINCT x), COUNT(DISTINCT x) FROM t WHERE x > 'z'",
        "SELECT MIN(x) OVER (), MAX(x) OVER (), COUNT(x) OVER () FROM t WHERE x > 'z' LIMIT 1",
        "SELECT FIRST_VALUE(x) OVER (ORDER BY x), LAST_VALUE(x) OVER (ORDER BY x ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING), COUNT(x) OVER () FROM t WHERE x > 'z' LIMIT 1",
      })
  void theLeastAndTheGreatestAreByCodePoint(String sql) throws SQLException {
    assertThat(rows(sql)).containsExactly(List.of("ä", LAST, 10L));
  }

  /** Literals in the text, and parameters, whose values no simplification knows. */
  @Test
  void comparesByCodePoint() throws SQLException {
    for (String bound : TEXTS) {
      List<String> below = below(bound);
      List<String> from = sorted().stream().filter(x -> !below.contains(x)).toList();
      String literal = "'" + bound + "'";

      assertThat(column("SELECT x FROM t WHERE x < " + literal + " ORDER BY x")).isEqualTo(below);
      assertThat(column("SELECT x FROM t WHERE x < ? ORDER BY x", bound)).isEqualTo(below);
      assertThat(column("SELECT x FROM t WHERE x >= " + literal + " ORDER BY x")).isEqualTo(from);
      assertThat(column("SELECT x FROM t WHERE NOT (? > x) ORDER BY x", bound)).isEqualTo(from);
      assertThat(
              column(
                  "SELECT x FROM t WHERE CASE WHEN x < 'b' THEN x ELSE x END < ? ORDER BY x",
                  bound))
          .isEqualTo(below);
    }
  }

  @Test
  void rangesThatJavaSortsOtherwiseAreNotTakenForEmpty() throws SQLException {
    List<String> between =
        sorted().stream()
            .filter(x -> BY_CODE_POINT.compare(x, WAVE) >= 0 && BY_CODE_POINT.compare(x, FACE) <= 0)
            .toList();
    String range = "'" + WAVE + "' AND '" + FACE + "'";

    assertThat(between).hasSize(4);
    assertThat(column("SELECT x FROM t WHERE x BETWEEN " + range + " ORDER BY x"))
        .isEqualTo(between);
    assertThat(column("SELECT x FROM t WHERE x BETWEEN ? AND ? ORDER BY x", WAVE, FACE))
        .isEqualTo(between);
    assertThat(column("SELECT x FROM t WHERE x NOT BETWEEN " + range + " ORDER BY x"))
        .isEqualTo(sorted().stream().filter(x -> !between.contains(x)).toList());
    assertThat(column("SELECT '" + WAVE + "' < '" + FACE + "'")).containsExactly(true);
    assertThat(column("SELECT x FROM t WHERE x IN ('" + WAVE + "', '" + FACE + "') ORDER BY x"))
        .isEqualTo(List.of(WAVE, FACE));
  }

  @Test
  void theGreatestOfSeveralTextsIsByCodePoint() throws SQLException {
    assertThat(
            rows(
                "SELECT GREATEST(x, '"
                    + WAVE
                    + "'), LEAST(x, '"
                    + WAVE
                    + "') FROM t WHERE x = '"
                    + FACE
                    + "'"))
        .containsExactly(List.of(FACE, WAVE));
    assertThat(
            column(
                "SELECT COUNT(*) FROM t WHERE x > ALL (SELECT x FROM t WHERE x = '" + WAVE + "')"))
        .containsExactly((long) TEXTS.size() - below(WAVE).size() - 1);
  }
}
