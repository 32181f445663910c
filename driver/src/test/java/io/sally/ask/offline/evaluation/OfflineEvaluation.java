package io.sally.ask.offline.evaluation;

import io.sally.ask.Outcome;
import io.sally.driver.evaluation.ResultRows;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * A report and no gate: how the offline translator fares on a folder of databases with questions
 * and gold queries. It prints right, wrong and abstained by database and by kind of question, and
 * writes each question with what became of it to {@code target/offline-evaluation.txt}.
 *
 * <pre>
 * mvn -pl driver -am test -Dtest=OfflineEvaluation -Dsurefire.failIfNoSpecifiedTests=false \
 *     -Dsally.evaluation=FOLDER
 * </pre>
 *
 * The folder holds {@code databases/NAME.sql} and {@code NAME.json}, {@code
 * questions/questions_gen_postgres.csv}, {@code instruct_basic_postgres.csv} and {@code idk.csv}.
 */
@EnabledIfSystemProperty(named = "sally.evaluation", matches = ".+")
class OfflineEvaluation {
  private final StringBuilder details = new StringBuilder();
  private final Tally databases = new Tally();
  private final Tally kinds = new Tally();
  private final Tally refusals = new Tally();
  private long nanos;
  private int asked;

  @Test
  void report() throws IOException, SQLException {
    Path folder = Path.of(System.getProperty("sally.evaluation", ""));
    Path questions = folder.resolve("questions");
    List<EvaluationQuestion> all = new ArrayList<>();
    all.addAll(EvaluationQuestion.answerable(questions.resolve("questions_gen_postgres.csv")));
    all.addAll(EvaluationQuestion.answerable(questions.resolve("instruct_basic_postgres.csv")));
    all.addAll(EvaluationQuestion.unanswerable(questions.resolve("idk.csv")));
    Map<String, List<EvaluationQuestion>> byDatabase =
        all.stream()
            .collect(
                Collectors.groupingBy(
                    EvaluationQuestion::database, TreeMap::new, Collectors.toList()));
    try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
      for (var entry : byDatabase.entrySet()) {
        try (EvaluationDatabase database =
            new EvaluationDatabase(server, folder.resolve("databases"), entry.getKey())) {
          for (EvaluationQuestion question : entry.getValue()) {
            judge(database, question);
          }
        }
      }
    }
    String report =
        databases.table("database")
            + "\n"
            + kinds.table("kind")
            + "\n"
            + refusals.table("without an answer (right = refused)")
            + "%n%.1f ms a question%n".formatted(nanos / 1e6 / asked);
    Files.writeString(Path.of("target", "offline-evaluation.txt"), details + "\n" + report);
    System.out.println(report);
  }

  private void judge(EvaluationDatabase database, EvaluationQuestion question) throws SQLException {
    long start = System.nanoTime();
    Outcome outcome = database.ask(question.text());
    nanos += System.nanoTime() - start;
    asked++;
    boolean answerable = !question.gold().isEmpty() && !question.kind().startsWith("cat_");
    String said;
    Verdict verdict;
    if (outcome instanceof Outcome.Translated translated) {
      said =
          translated.sql().replaceAll("\\s+", " ")
              + "\n  -- "
              + translated.explanation()
              + translated.assumptions().stream()
                  .map(a -> "\n  -- " + a)
                  .collect(Collectors.joining());
      if (answerable) {
        ResultRows rows = database.run(translated.sql());
        verdict = isRight(database, question, rows) ? Verdict.RIGHT : Verdict.WRONG;
      } else {
        verdict = Verdict.WRONG;
      }
    } else {
      said = "!! " + ((Outcome.NotUnderstood) outcome).reason();
      verdict = answerable ? Verdict.ABSTAINED : Verdict.RIGHT;
    }
    if (answerable) {
      databases.add(question.database(), verdict);
      kinds.add(question.kind(), verdict);
    } else {
      refusals.add(question.kind(), verdict);
    }
    details.append(
        Stream.concat(
                Stream.of(
                    verdict
                        + " | "
                        + question.database()
                        + " | "
                        + question.kind()
                        + " | "
                        + question.text(),
                    "  " + said),
                question.gold().stream().limit(1).map(gold -> "  == " + gold))
            .collect(Collectors.joining("\n", "", "\n\n")));
  }

  private static boolean isRight(
      EvaluationDatabase database, EvaluationQuestion question, ResultRows rows)
      throws SQLException {
    for (String gold : question.gold()) {
      if (rows.answers(database.gold(gold), question.asksForOrder())) {
        return true;
      }
    }
    return false;
  }
}
