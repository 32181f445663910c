package io.sally.ask.offline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sally.ask.Outcome;
import io.sally.ask.OutgoingRequest;
import io.sally.ask.TranslationRequest;
import io.sally.ask.Trust;
import io.sally.engine.Engine;
import io.sally.engine.Execution;
import io.sally.engine.Limits;
import io.sally.engine.catalog.Catalog;
import io.sally.engine.catalog.Catalogs;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OfflineTranslatorTest {
  private static final Catalogs PETS =
      new Catalogs(
          List.of(
              new Catalog(
                  "zoo",
                  List.of(
                      new TableBuilder("zoo", "animals")
                          .id("id")
                          .text("species", "lion", "zebra")
                          .table()))));

  @Test
  void saysThatNothingLeavesTheMachine() {
    try (OfflineTranslator translator = new OfflineTranslator(ColumnValues.NONE)) {
      assertThat(translator.preview(request("how many animals are there?")))
          .isEqualTo(
              new OutgoingRequest(
                  "none",
                  "Nothing leaves the machine: the question is translated here, without a model."));
      assertThat(translator.trust()).isEqualTo(Trust.OFFLINE);
      assertThat(translator.name()).isEqualTo("offline");
    }
  }

  @Test
  void qualifiesTablesOutsideTheSchemaPath() throws SQLException {
    try (OfflineTranslator translator = new OfflineTranslator(ColumnValues.NONE)) {
      assertThat(
              translate(
                  translator,
                  new TranslationRequest(
                      "how many animals are there?", PETS, List.of(), Asking.TODAY, List.of())))
          .isEqualTo(
              new Outcome.Translated(
                  "SELECT COUNT(*) AS animal_count\nFROM zoo.animals",
                  "Number of animals.",
                  List.of()));
    }
  }

  @Test
  void namesTheWordsThatFoundNoPlaceAndWhatCouldBeAsked() throws SQLException {
    try (OfflineTranslator translator = new OfflineTranslator(ColumnValues.NONE)) {
      assertThat(translate(translator, request("how many animals have stripes?")))
          .isEqualTo(
              new Outcome.NotUnderstood(
                  "It is not clear what “stripes” means here.",
                  List.of("How many animals are there?")));
    }
  }

  @Test
  void doesNotRepeatWhatFailedItsProof() throws SQLException {
    try (OfflineTranslator translator = new OfflineTranslator(ColumnValues.NONE)) {
      assertThat(
              translate(
                  translator,
                  new TranslationRequest(
                      "how many animals are there?",
                      PETS,
                      List.of("zoo"),
                      Asking.TODAY,
                      List.of(new TranslationRequest.FailedAttempt("SELECT 1", "Too short.")))))
          .isEqualTo(
              new Outcome.NotUnderstood(
                  "The only reading of the question did not pass the proof: Too short.",
                  List.of()));
    }
  }

  @Test
  void readsTheValuesOnceACatalogWhenTheyAreComplete() throws SQLException {
    AtomicInteger reads = new AtomicInteger();
    ColumnValues counting =
        (table, execution) -> {
          reads.incrementAndGet();
          return ColumnValues.NONE.of(table, execution);
        };
    try (OfflineTranslator translator = new OfflineTranslator(counting)) {
      translate(translator, request("animals"));
      translate(translator, request("animals by species"));
      assertThat(reads).hasValue(1);
    }
  }

  @Test
  void saysWhichValuesItDoesNotKnow() throws SQLException {
    ColumnValues failing = (table, execution) -> new ColumnValues.Values(java.util.Map.of(), false);
    try (OfflineTranslator translator = new OfflineTranslator(failing)) {
      assertThat(translate(translator, request("animals by species")))
          .isInstanceOfSatisfying(
              Outcome.Translated.class,
              translated ->
                  assertThat(translated.assumptions())
                      .contains(
                          "The values of animals could not be read in time, so none of them was"
                              + " recognised in the question."));
    }
  }

  @Test
  void aCancelledExecutionIsNotTranslated() throws SQLException {
    try (OfflineTranslator translator = new OfflineTranslator(ColumnValues.NONE);
        Engine engine = Engine.over(List.of());
        Execution execution = engine.begin(Limits.NONE, Clock.systemUTC())) {
      execution.cancel();
      assertThatThrownBy(() -> translator.translate(request("animals"), execution))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
    }
  }

  @Test
  void anyNumberOfThreadsGetTheSameTranslation() throws Exception {
    try (OfflineTranslator translator = new OfflineTranslator(ColumnValues.NONE)) {
      Outcome alone = translate(translator, request("number of animals by species"));
      ExecutorService threads = Executors.newFixedThreadPool(8);
      try {
        List<Callable<Outcome>> calls =
            IntStream.range(0, 64)
                .<Callable<Outcome>>mapToObj(
                    i -> () -> translate(translator, request("number of animals by species")))
                .toList();
        for (Future<Outcome> outcome : threads.invokeAll(calls)) {
          assertThat(outcome.get()).isEqualTo(alone);
        }
      } finally {
        threads.shutdownNow();
      }
    }
  }

  private static TranslationRequest request(String question) {
    return new TranslationRequest(question, PETS, List.of("zoo"), Asking.TODAY, List.of());
  }

  private static Outcome translate(OfflineTranslator translator, TranslationRequest request)
      throws SQLException {
    try (Engine engine = Engine.over(List.of());
        Execution execution = engine.begin(Limits.NONE, Clock.systemUTC())) {
      return translator.translate(request, execution);
    }
  }

  /** Whose name it is, the one's or the other's, decides between two different answers. */
  @Test
  void refusesWhatIsAskedAcrossRowsOfOneTable() throws SQLException {
    Asking trees =
        new Asking(
            List.of("wood"),
            new TableBuilder("wood", "trees")
                .id("id")
                .text("name", "Old Oak", "Young Oak")
                .number("height")
                .mayRefer("parent_id", "trees"));
    for (String question :
        List.of(
            "trees whose parent is Old Oak",
            "parent of Old Oak",
            "trees with a height greater than their parent")) {
      assertThat(trees.refusal(question))
          .isEqualTo(
              "“parent id” relates trees to each other, and it is not clear of which of the two the"
                  + " question speaks. Write it in SQL, with trees twice in FROM.");
    }
    assertThat(trees.sql("trees without a parent")).contains("parent_id IS NULL");
    assertThat(trees.sql("number of trees by parent")).contains("GROUP BY parent_id");
  }
}
