package io.sally.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.sally.ask.Outcome;
import io.sally.ask.TranslationRequest;
import io.sally.ask.offline.EngineColumnValues;
import io.sally.ask.offline.OfflineTranslator;
import io.sally.demo.DemoSchema;
import io.sally.driver.evaluation.ResultRows;
import io.sally.engine.Engine;
import io.sally.engine.Execution;
import io.sally.engine.Limits;
import io.sally.engine.Plan;
import io.sally.engine.RowCursor;
import io.sally.engine.Session;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Sixty questions of all kinds over the demo, each with a query written by hand: the answer has to
 * hold the same rows.
 */
class DemoQuestionsTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 18);
  private static final int WANTED = 57;

  private final Clock clock =
      Clock.fixed(TODAY.atTime(9, 30).toInstant(ZoneOffset.UTC), ZoneOffset.UTC);

  @Test
  void answersQuestionsOfAllKindsOverTheDemo() throws IOException, SQLException {
    Map<String, String> questions = questions();
    List<String> right = new ArrayList<>();
    List<String> wrongInSilence = new ArrayList<>();
    List<String> others = new ArrayList<>();
    try (Engine engine = Engine.over(List.of(DemoSource.of(DemoSchema.around(TODAY))));
        OfflineTranslator translator = new OfflineTranslator(new EngineColumnValues(engine))) {
      for (Map.Entry<String, String> entry : questions.entrySet()) {
        Outcome outcome = ask(engine, translator, entry.getKey());
        if (!(outcome instanceof Outcome.Translated translated)) {
          others.add(entry.getKey() + "\n  " + outcome);
        } else if (rows(engine, translated.sql()).answers(rows(engine, entry.getValue()), false)) {
          right.add(entry.getKey());
        } else {
          others.add(entry.getKey() + "\n  " + translated);
          if (translated.assumptions().isEmpty()) {
            wrongInSilence.add(entry.getKey());
          }
        }
      }
    }
    assertThat(questions).hasSize(60);
    assertThat(wrongInSilence).isEmpty();
    assertThat(right).as(String.join("\n", others)).hasSizeGreaterThanOrEqualTo(WANTED);
  }

  private static Map<String, String> questions() throws IOException {
    Map<String, String> questions = new LinkedHashMap<>();
    try (InputStream stream =
        Objects.requireNonNull(
            DemoQuestionsTest.class.getResourceAsStream("demo-questions.txt"),
            "demo-questions.txt")) {
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      for (String block : text.split("(?m)^## ", -1)) {
        int end = block.indexOf('\n');
        if (end > 0) {
          questions.put(block.substring(0, end), block.substring(end + 1).strip());
        }
      }
    }
    return questions;
  }

  private Outcome ask(Engine engine, OfflineTranslator translator, String question)
      throws SQLException {
    try (Execution execution = engine.begin(Limits.NONE, clock)) {
      return translator.translate(
          new TranslationRequest(
              question, engine.catalogs(), List.of(DemoSource.NAME), TODAY, List.of()),
          execution);
    }
  }

  private ResultRows rows(Engine engine, String sql) throws SQLException {
    try (Execution execution = engine.begin(Limits.NONE, clock)) {
      Plan plan = engine.prepare(sql, new Session(List.of(DemoSource.NAME)), execution);
      List<List<String>> rows = new ArrayList<>();
      try (RowCursor cursor = plan.execute(List.of(), execution)) {
        while (cursor.next()) {
          List<String> row = new ArrayList<>();
          for (int i = 0; i < plan.columns().size(); i++) {
            row.add(ResultRows.value(cursor.value(i)));
          }
          rows.add(row);
        }
      }
      return new ResultRows(plan.columns().size(), rows);
    }
  }
}
