package io.sally.ask.offline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sally.ask.words.Vocabulary;
import io.sally.ask.words.Words;
import io.sally.engine.Engine;
import io.sally.engine.Execution;
import io.sally.engine.Limits;
import io.sally.engine.catalog.Catalog;
import io.sally.engine.catalog.Catalogs;
import io.sally.engine.catalog.Column;
import io.sally.engine.catalog.Table;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class LexiconsTest {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration SHORT = Duration.ofMillis(200);

  private final Words words = new Words();
  private final Vocabulary vocabulary = new Vocabulary(words);
  private final Engine engine = Engine.over(List.of());

  @AfterEach
  void close() throws SQLException {
    engine.close();
  }

  @Test
  void readsSourcesSideBySide() throws SQLException {
    // Each source ends only when the other one has begun: one by one they would never end.
    CountDownLatch begun = new CountDownLatch(2);
    ColumnValues values =
        (table, execution) -> {
          begun.countDown();
          await(begun);
          return valuesOf(table, "red");
        };
    try (Lexicons lexicons = lexicons(values, LONG, LONG)) {
      Lexicon lexicon = of(lexicons, new Catalogs(List.of(catalog("one"), catalog("two"))));
      assertThat(lexicon.unread()).isEmpty();
      assertThat(lexicon.tables()).allMatch(t -> known(lexicon, t).equals(List.of("red")));
    }
  }

  @Test
  void doesNotReadOnTheThreadThatAsks() throws SQLException {
    Set<Thread> readers = ConcurrentHashMap.newKeySet();
    ColumnValues values =
        (table, execution) -> {
          readers.add(Thread.currentThread());
          return valuesOf(table, "red");
        };
    try (Lexicons lexicons = lexicons(values, LONG, LONG)) {
      of(lexicons, new Catalogs(List.of(catalog("one"))));
      assertThat(readers).isNotEmpty().doesNotContain(Thread.currentThread());
    }
  }

  @Test
  void aSourceThatHangsKeepsNeitherTheOthersNorTheQuestionWaiting() throws SQLException {
    CountDownLatch never = new CountDownLatch(1);
    ColumnValues values =
        (table, execution) -> {
          if (table.name().source().equals("slow")) {
            await(never);
          }
          return valuesOf(table, "red");
        };
    try (Lexicons lexicons = lexicons(values, SHORT, LONG)) {
      Lexicon lexicon = of(lexicons, new Catalogs(List.of(catalog("slow"), catalog("quick"))));
      assertThat(lexicon.unread()).extracting(t -> t.name().source()).containsOnly("slow");
      assertThat(known(lexicon, lexicon.tables().get(1))).isEqualTo(List.of("red"));
    }
  }

  @Test
  void whatComesLateIsTakenUp() throws Exception {
    CountDownLatch late = new CountDownLatch(1);
    ColumnValues values =
        (table, execution) -> {
          await(late);
          return valuesOf(table, "red");
        };
    Catalogs catalogs = new Catalogs(List.of(catalog("one")));
    try (Lexicons lexicons = lexicons(values, SHORT, LONG)) {
      assertThat(of(lexicons, catalogs).unread()).hasSize(1);
      late.countDown();
      Lexicon lexicon = of(lexicons, catalogs);
      while (!lexicon.unread().isEmpty()) {
        Thread.sleep(10);
        lexicon = of(lexicons, catalogs);
      }
      assertThat(known(lexicon, lexicon.tables().get(0))).isEqualTo(List.of("red"));
    }
  }

  @Test
  void aSourceThatFailsIsLeftAloneForAWhileAndThenTriedAgain() throws Exception {
    AtomicInteger reads = new AtomicInteger();
    ColumnValues values =
        (table, execution) -> {
          boolean up = reads.incrementAndGet() > 2;
          return up ? valuesOf(table, "red") : new ColumnValues.Values(Map.of(), false);
        };
    Catalog many = catalog("one", "a", "b", "c", "d", "e");
    Catalogs catalogs = new Catalogs(List.of(many));
    try (Lexicons lexicons = lexicons(values, LONG, LONG)) {
      assertThat(of(lexicons, catalogs).unread()).hasSize(5);
      assertThat(of(lexicons, catalogs).unread()).hasSize(5);
      assertThat(reads).hasValue(2);
    }
    try (Lexicons lexicons = lexicons(values, LONG, Duration.ZERO)) {
      reads.set(0);
      Lexicon lexicon = of(lexicons, catalogs);
      while (!lexicon.unread().isEmpty()) {
        Thread.sleep(10);
        lexicon = of(lexicons, catalogs);
      }
      assertThat(known(lexicon, lexicon.tables().get(4))).isEqualTo(List.of("red"));
    }
  }

  @Test
  void aCatalogThatWasReadAgainHasItsValuesReadAgain() throws SQLException {
    AtomicInteger reads = new AtomicInteger();
    ColumnValues values = (table, execution) -> valuesOf(table, "red " + reads.incrementAndGet());
    Catalog first = catalog("one");
    Catalog again = new Catalog(first.source(), first.tables());
    try (Lexicons lexicons = lexicons(values, LONG, LONG)) {
      Lexicon before = of(lexicons, new Catalogs(List.of(first)));
      assertThat(of(lexicons, new Catalogs(List.of(first)))).isSameAs(before);
      Lexicon after = of(lexicons, new Catalogs(List.of(again)));
      assertThat(known(before, before.tables().get(0))).isEqualTo(List.of("red 1"));
      assertThat(known(after, after.tables().get(0))).isEqualTo(List.of("red 2"));
    }
  }

  @Test
  void whatIsKeptIsBounded() throws SQLException {
    List<String> many = IntStream.range(0, 500).mapToObj(i -> "value " + i).toList();
    ColumnValues values =
        (table, execution) -> new ColumnValues.Values(Map.of("colour", many), true);
    List<Catalog> sources = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      sources.add(
          catalog("s" + i, IntStream.range(0, 50).mapToObj(n -> "t" + n).toArray(String[]::new)));
    }
    try (Lexicons lexicons = lexicons(values, LONG, LONG)) {
      Lexicon one = of(lexicons, new Catalogs(sources.subList(0, 1)));
      assertThat(count(one)).isEqualTo(SourceValues.MOST);
      Lexicon all = of(lexicons, new Catalogs(sources));
      assertThat(count(all)).isEqualTo(Lexicons.MOST_VALUES);
      assertThat(all.unread()).isEmpty();
      assertThat(all.tables()).hasSize(200);
    }
  }

  @Test
  void closingLeavesNoThread() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    Set<Thread> readers = ConcurrentHashMap.newKeySet();
    ColumnValues values =
        (table, execution) -> {
          readers.add(Thread.currentThread());
          await(never);
          return valuesOf(table, "red");
        };
    Lexicons lexicons = lexicons(values, SHORT, LONG);
    of(lexicons, new Catalogs(List.of(catalog("one"), catalog("two"))));
    lexicons.close();
    for (Thread reader : readers) {
      reader.join(Duration.ofSeconds(5).toMillis());
    }
    assertThat(readers).hasSize(2).noneMatch(Thread::isAlive);
    assertThatThrownBy(() -> of(lexicons, new Catalogs(List.of(catalog("one")))))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08003"));
  }

  private Lexicons lexicons(ColumnValues values, Duration patience, Duration pause) {
    return new Lexicons(values, List.of(), words, vocabulary, patience, pause);
  }

  private Lexicon of(Lexicons lexicons, Catalogs catalogs) throws SQLException {
    try (Execution execution = engine.begin(Limits.NONE, Clock.systemUTC())) {
      return lexicons.of(catalogs, execution);
    }
  }

  private static void await(CountDownLatch latch) throws SQLException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted", e);
    }
  }

  private static Catalog catalog(String source, String... tables) {
    List<String> names = tables.length == 0 ? List.of("pots") : List.of(tables);
    return new Catalog(
        source,
        names.stream()
            .map(name -> new TableBuilder(source, name).id("id").text("colour").table())
            .toList());
  }

  private static ColumnValues.Values valuesOf(Table table, String value) {
    assertThat(table.column("colour")).isPresent();
    return new ColumnValues.Values(Map.of("colour", List.of(value)), true);
  }

  private static List<String> known(Lexicon lexicon, Table table) {
    Optional<Column> colour = table.column("colour");
    return lexicon.values(table, colour.orElseThrow()).orElse(List.of());
  }

  private static int count(Lexicon lexicon) {
    return lexicon.tables().stream().mapToInt(t -> known(lexicon, t).size()).sum();
  }
}
