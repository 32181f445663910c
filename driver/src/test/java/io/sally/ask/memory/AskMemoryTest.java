package io.sally.ask.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sally.ask.Translation;
import io.sally.ask.Trust;
import io.sally.ask.Votes;
import io.sally.engine.catalog.TableName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both forms of the memory keep the same promises; the file keeps them over restarts. */
class AskMemoryTest {
  private static final LocalDate DAY = LocalDate.of(2026, 11, 22);
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final List<String> PATH = List.of("pg", "shop.other");

  @TempDir Path folder;

  private AskMemory memory(String form) throws SQLException {
    return form.equals("file") ? new MemoryFile(file()) : new ProcessMemory(2);
  }

  private Path file() {
    return folder.resolve("memory.db");
  }

  private static Remembered translation(String id, String question) {
    return new Remembered(
        new Translation(
            id,
            question,
            "SELECT 'it''s' FROM \"t\"",
            "Counts “things”.",
            List.of("One.", "Two\nlines."),
            Trust.GENERATED,
            "gemini",
            new TreeSet<>(
                List.of(new TableName("pg", null, "t"), new TableName("pg", "s", "T \"x\""))),
            12.5,
            new Votes(2, 3)),
        question,
        PATH,
        "gemini flash",
        id.endsWith("day") ? DAY : null,
        "f1",
        false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"process", "file"})
  void givesBackWhatItKeeps(String form) throws SQLException {
    try (AskMemory memory = memory(form)) {
      Remembered a = translation("qa", "how many?");
      Remembered b = translation("qb-day", "who?");
      memory.keep(a);
      memory.keep(b);
      memory.keep(b);
      assertThat(memory.of("how many?", PATH)).containsExactly(a);
      assertThat(memory.of("how many?", List.of("pg"))).isEmpty();
      assertThat(memory.of("who?", PATH)).containsExactly(b);
      assertThat(memory.byId("qb-day")).contains(b);
      assertThat(memory.byId("qc")).isEmpty();
      assertThat(memory.translations()).containsExactlyInAnyOrder(a, b);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"process", "file"})
  void oneTranslationOfAQuestionIsPinned(String form) throws SQLException {
    try (AskMemory memory = memory(form)) {
      memory.keep(translation("qa", "how many?"));
      memory.keep(translation("qb", "how many?"));
      assertThat(memory.pin("qa", true)).isTrue();
      assertThat(memory.pin("qb", true)).isTrue();
      assertThat(memory.pinned()).containsExactly(translation("qb", "how many?").withPin(true));
      assertThat(memory.byId("qa")).contains(translation("qa", "how many?"));
      assertThat(memory.pin("qb", false)).isTrue();
      assertThat(memory.pinned()).isEmpty();
      assertThat(memory.pin("none", true)).isFalse();
    }
  }

  @Test
  void inMemoryTheOneThatWasNotUsedForLongestGoesFirstAndNoneThatIsPinned() {
    try (ProcessMemory memory = new ProcessMemory(2)) {
      memory.keep(translation("qa", "a"));
      memory.pin("qa", true);
      memory.keep(translation("qb", "b"));
      memory.keep(translation("qc", "c"));
      memory.of("b", PATH);
      memory.keep(translation("qd", "d"));
      assertThat(memory.translations())
          .extracting(Remembered::id)
          .containsExactly("qd", "qb", "qa");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"process", "file"})
  void logsQuestionsAndDepartures(String form) throws SQLException {
    try (AskMemory memory = memory(form)) {
      AskedQuestion good =
          new AskedQuestion(
              "1",
              NOW,
              "how many?",
              "SELECT 1",
              "gemini",
              "flash",
              2,
              1200,
              80,
              42,
              7L,
              AskedQuestion.Outcome.ANSWERED,
              null);
      AskedQuestion bad =
          new AskedQuestion(
              "2",
              NOW,
              "who?",
              null,
              null,
              null,
              0,
              0,
              0,
              3,
              null,
              AskedQuestion.Outcome.FAILED,
              "It does not say.");
      memory.log(good);
      memory.log(bad);
      assertThat(memory.questions()).containsExactly(bad, good);
      Departure first = new Departure("d1", NOW, "POST https://x", "translate", 1234, 0, "1");
      Departure second = new Departure("d2", NOW, "POST https://x", "translate", 99, 0, "2");
      memory.sent(first);
      memory.sent(second);
      memory.answered("d1", 567);
      assertThat(memory.departures())
          .containsExactly(
              second, new Departure("d1", NOW, "POST https://x", "translate", 1234, 567, "1"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"process", "file"})
  void admitsCallsAndTokensUpToTheBudgetOfTheDay(String form) throws SQLException {
    try (AskMemory memory = memory(form)) {
      Budget two = new Budget(2L, null);
      assertThat(memory.reserve(DAY, 100, two)).isEqualTo(new Spent(true, 0, 0));
      memory.spend(DAY, 50);
      assertThat(memory.reserve(DAY, 100, two)).isEqualTo(new Spent(true, 1, 150));
      assertThat(memory.reserve(DAY, 100, two)).isEqualTo(new Spent(false, 2, 250));
      assertThat(memory.reserve(DAY.plusDays(1), 100, two)).isEqualTo(new Spent(true, 0, 0));
      assertThat(memory.reserve(DAY, 51, new Budget(null, 300L)))
          .isEqualTo(new Spent(false, 2, 250));
      assertThat(memory.reserve(DAY, 50, new Budget(null, 300L)))
          .isEqualTo(new Spent(true, 2, 250));
    }
  }

  @Test
  void theFileOutlivesTheProcessAndIsItsOwnersAlone() throws Exception {
    try (AskMemory memory = new MemoryFile(file())) {
      memory.keep(translation("qa", "how many?"));
      memory.pin("qa", true);
    }
    try (AskMemory memory = new MemoryFile(file())) {
      assertThat(memory.pinned()).containsExactly(translation("qa", "how many?").withPin(true));
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  @Test
  void severalWriteOneFileAtTheSameTime() throws Exception {
    int writers = 6;
    int each = 20;
    ExecutorService threads = Executors.newFixedThreadPool(writers);
    try {
      List<Future<Long>> admitted = new ArrayList<>();
      for (int w = 0; w < writers; w++) {
        String writer = "q" + w + "-";
        admitted.add(
            threads.submit(
                () -> {
                  long count = 0;
                  try (AskMemory memory = new MemoryFile(file())) {
                    for (int i = 0; i < each; i++) {
                      memory.keep(translation(writer + i, "how many " + i + "?"));
                      if (memory.reserve(DAY, 1, new Budget(50L, null)).admitted()) {
                        count++;
                      }
                    }
                  }
                  return count;
                }));
      }
      long sum = 0;
      for (Future<Long> count : admitted) {
        sum += count.get();
      }
      assertThat(sum).isEqualTo(50);
    } finally {
      threads.shutdownNow();
    }
    try (AskMemory memory = new MemoryFile(file())) {
      assertThat(memory.translations()).hasSize(writers * each);
    }
  }

  @Test
  void severalBeginWithTheSameNewFile() throws Exception {
    int writers = 6;
    ExecutorService threads = Executors.newFixedThreadPool(writers);
    try {
      for (int file = 0; file < 20; file++) {
        Path path = file().resolveSibling("memory-" + file + ".db");
        CyclicBarrier together = new CyclicBarrier(writers);
        List<Future<Integer>> found = new ArrayList<>();
        for (int w = 0; w < writers; w++) {
          found.add(
              threads.submit(
                  () -> {
                    together.await();
                    try (AskMemory memory = new MemoryFile(path)) {
                      return memory.translations().size();
                    }
                  }));
        }
        for (Future<Integer> count : found) {
          assertThat(count.get()).isZero();
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void leavesTheDatabaseOfAnotherProgramAsItIs() throws Exception {
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = other.createStatement()) {
      statement.execute("CREATE TABLE mine (x)");
    }
    byte[] before = Files.readAllBytes(file());
    assertThatThrownBy(() -> new MemoryFile(file()))
        .hasMessage("it is the database of another program");
    assertThat(Files.readAllBytes(file())).isEqualTo(before);
  }

  @Test
  void refusesTheFileOfALaterVersion() throws Exception {
    new MemoryFile(file()).close();
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = other.createStatement()) {
      statement.execute("PRAGMA user_version = 7");
    }
    assertThatThrownBy(() -> new MemoryFile(file()))
        .hasMessage(
            "it has version 7, and this Sally knows version 1; name another file, or use the Sally"
                + " that wrote memory.db");
  }

  @Test
  void remembersByItselfAsLongAsTheFileCannotBeUsed() throws Exception {
    Files.writeString(
        file(), "This is no database, and long enough to be seen as none. ".repeat(20));
    try (AskMemory memory = new LastingMemory(file(), new ProcessMemory(10))) {
      assertThat(memory.trouble()).isEmpty();
      memory.keep(translation("qa", "how many?"));
      assertThat(memory.byId("qa")).contains(translation("qa", "how many?"));
      assertThat(memory.trouble().orElse(""))
          .startsWith("The memory of ASK in " + file() + " (ask.memory) cannot be used: ")
          .contains("file is not a database");
    }
    Path nowhere = folder.resolve("none").resolve("memory.db");
    try (AskMemory memory = new LastingMemory(nowhere, new ProcessMemory(10))) {
      assertThat(memory.translations()).isEmpty();
      assertThat(memory.trouble().orElse("")).contains("it cannot be made");
    }
  }
}
