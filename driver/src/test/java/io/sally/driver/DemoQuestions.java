package io.sally.driver;

import io.sally.ask.Outcome;
import io.sally.ask.TranslationRequest;
import io.sally.ask.context.GlossaryTerm;
import io.sally.ask.offline.EngineColumnValues;
import io.sally.ask.offline.OfflineTranslator;
import io.sally.driver.evaluation.ResultRows;
import io.sally.engine.Engine;
import io.sally.engine.Execution;
import io.sally.engine.Limits;
import io.sally.engine.Plan;
import io.sally.engine.RowCursor;
import io.sally.engine.Session;
import io.sally.engine.source.Source;
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

/** Questions with queries over the demo, asked of the demo or of what holds the same rows. */
final class DemoQuestions {
  static final LocalDate TODAY = LocalDate.of(2026, 11, 18);

  /** What became of the questions, in their order; the others with what was made of them. */
  record Score(
      List<String> right, List<String> wrong, List<String> wrongInSilence, List<String> others) {}

  private final Clock clock =
      Clock.fixed(TODAY.atTime(9, 30).toInstant(ZoneOffset.UTC), ZoneOffset.UTC);

  /** The questions with their queries over the demo. */
  Map<String, String> all() throws IOException {
    Map<String, String> questions = new LinkedHashMap<>();
    try (InputStream stream =
        Objects.requireNonNull(
            DemoQuestions.class.getResourceAsStream("demo-questions.txt"), "demo-questions.txt")) {
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

  /** Asks all of them of one source, and compares the rows with those of the demo. */
  Score ask(Source demo, Source asked, List<GlossaryTerm> glossary)
      throws IOException, SQLException {
    Score score =
        new Score(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    try (Engine gold = Engine.over(List.of(demo));
        Engine engine = Engine.over(List.of(asked));
        OfflineTranslator translator =
            new OfflineTranslator(new EngineColumnValues(engine), glossary)) {
      for (Map.Entry<String, String> entry : all().entrySet()) {
        Outcome outcome = outcome(engine, asked.name(), translator, entry.getKey());
        if (!(outcome instanceof Outcome.Translated translated)) {
          score.others.add(entry.getKey() + "\n  " + outcome);
        } else if (rows(engine, asked.name(), translated.sql())
            .answers(rows(gold, demo.name(), entry.getValue()), false)) {
          score.right.add(entry.getKey());
        } else {
          score.others.add(entry.getKey() + "\n  " + translated);
          score.wrong.add(entry.getKey());
          if (translated.assumptions().isEmpty()) {
            score.wrongInSilence.add(entry.getKey());
          }
        }
      }
    }
    return score;
  }

  private Outcome outcome(
      Engine engine, String source, OfflineTranslator translator, String question)
      throws SQLException {
    try (Execution execution = engine.begin(Limits.NONE, clock)) {
      return translator.translate(
          new TranslationRequest(question, engine.catalogs(), List.of(source), TODAY, List.of()),
          execution);
    }
  }

  private ResultRows rows(Engine engine, String source, String sql) throws SQLException {
    try (Execution execution = engine.begin(Limits.NONE, clock)) {
      Plan plan = engine.prepare(sql, new Session(List.of(source)), execution);
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
