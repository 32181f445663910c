package io.sally.ask.offline.evaluation;

import io.sally.ask.Outcome;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * A report and no gate: how long the offline translator takes for a question when the databases of
 * the evaluation are all there at once, together some hundred tables. It asks each question as it
 * is and with a typing error, and prints median, 95th of 100 and most of what was answered and of
 * what was refused, in milliseconds, and how long the first question took, which waits for the
 * index.
 *
 * <pre>
 * mvn -pl driver -am test -Dtest=OfflineSpeed -Dsurefire.failIfNoSpecifiedTests=false \
 *     -Dsally.evaluation=FOLDER
 * </pre>
 *
 * {@link OfflineEvaluation} says what the folder holds.
 */
@EnabledIfSystemProperty(named = "sally.evaluation", matches = ".+")
class OfflineSpeed {
  private static final int ROUNDS = 5;

  @Test
  void report() throws IOException, SQLException {
    Path folder = Path.of(System.getProperty("sally.evaluation", ""));
    Path questions = folder.resolve("questions");
    List<String> asked =
        Stream.of(
                EvaluationQuestion.answerable(questions.resolve("questions_gen_postgres.csv")),
                EvaluationQuestion.answerable(questions.resolve("instruct_basic_postgres.csv")),
                EvaluationQuestion.unanswerable(questions.resolve("idk.csv")))
            .flatMap(List::stream)
            .map(EvaluationQuestion::text)
            .distinct()
            .toList();
    List<String> misspelled = asked.stream().map(OfflineSpeed::misspelled).toList();
    try (EmbeddedPostgres server = EmbeddedPostgres.start();
        EvaluationDatabase databases =
            new EvaluationDatabase(server, folder.resolve("databases"), names(folder))) {
      long start = System.nanoTime();
      databases.ask("how many are there?");
      System.out.printf(
          "%d tables; the first question: %.0f ms%n",
          databases.tableCount(), (System.nanoTime() - start) / 1e6);
      Map<String, List<Double>> times = new TreeMap<>();
      for (int round = 0; round <= ROUNDS; round++) {
        times.clear();
        ask(databases, asked, "as it is", times);
        ask(databases, misspelled, "with a typing error", times);
      }
      System.out.printf("%-32s %8s %8s %8s %8s%n", "ms", "count", "median", "95 %", "most");
      times.forEach(OfflineSpeed::print);
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("databases"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".sql"))
          .map(name -> name.substring(0, name.length() - ".sql".length()))
          .sorted()
          .toList();
    }
  }

  private static void ask(
      EvaluationDatabase databases,
      List<String> questions,
      String how,
      Map<String, List<Double>> times)
      throws SQLException {
    for (String question : questions) {
      long start = System.nanoTime();
      Outcome outcome = databases.ask(question);
      double millis = (System.nanoTime() - start) / 1e6;
      String what = outcome instanceof Outcome.Translated ? "answered" : "refused";
      times.computeIfAbsent(what + ", " + how, key -> new ArrayList<>()).add(millis);
    }
  }

  /** The longest word with two of its inner letters changed for each other. */
  private static String misspelled(String question) {
    String longest =
        Arrays.stream(question.split("\\W+"))
            .max(Comparator.comparingInt(String::length))
            .orElse("");
    if (longest.length() < 5) {
      return question;
    }
    String changed =
        longest.substring(0, 2) + longest.charAt(3) + longest.charAt(2) + longest.substring(4);
    return question.replace(longest, changed);
  }

  private static void print(String what, List<Double> millis) {
    List<Double> sorted = millis.stream().sorted().toList();
    System.out.printf(
        "%-32s %8d %8.1f %8.1f %8.1f%n",
        what,
        sorted.size(),
        sorted.get(sorted.size() / 2),
        sorted.get(sorted.size() * 95 / 100),
        sorted.get(sorted.size() - 1));
  }
}
