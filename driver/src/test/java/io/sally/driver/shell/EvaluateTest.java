package io.sally.driver.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.sally.ask.gemini.GeminiProtocolServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command evaluate, with a model on a local server that answers as scripted. */
class EvaluateTest {
  private static final Path QUESTIONS = Path.of("..", "docs", "demo-questions.sql");

  @TempDir Path folder;

  @Test
  void printsTheExecutionAccuracyAndTheKindsOfError() throws Exception {
    try (GeminiProtocolServer model =
        GeminiProtocolServer.start()
            .then(
                GeminiProtocolServer.sql("SELECT COUNT(*) AS \"n\" FROM \"demo\".\"sites\" s"),
                GeminiProtocolServer.sql("SELECT COUNT(*) + 1 FROM \"demo\".\"studies\" s"),
                GeminiProtocolServer.sql("SELECT s.\"country\" FROM \"demo\".\"sites\" s"),
                GeminiProtocolServer.unanswerable("There are no vendors."),
                GeminiProtocolServer.sql("SELECT s.\"status\" FROM \"demo\".\"shipments\" s"),
                GeminiProtocolServer.unanswerable("There is no weather."))) {
      String url =
          "demo?demoDate=2026-11-22&llm.apiKey="
              + GeminiProtocolServer.KEY
              + "&llm.model="
              + GeminiProtocolServer.MODEL
              + "&llm.baseUrl="
              + model.baseUrl();
      CommandLine run = CommandLine.run(Map.of(), "", "evaluate", url, QUESTIONS.toString());
      assertThat(run.all())
          .isEqualTo(
              """
              right | How many sites are there?
              wrong: other values | How many studies are there?
              wrong: columns are missing | How many sites are there by country, the most first?
              abstained: said to have no answer (SA001) | How many vendors are there?
              wrong: too many rows | How many shipments are delayed?
              right | What will the weather be tomorrow?

              right                                                2
              wrong: columns are missing                           1
              wrong: too many rows                                 1
              wrong: other values                                  1
              abstained: said to have no answer (SA001)            1
              execution accuracy 33.3 % (2 of 6)
              """);
      assertThat(run.exitCode()).isZero();
    }
  }

  @Test
  void saysWhichLineIsNoQuestion() throws Exception {
    Path file = Files.writeString(folder.resolve("q.sql"), "-- How many?\n\nSELECT 1\n");
    CommandLine run = CommandLine.run(Map.of(), "", "evaluate", "demo", file.toString());
    assertThat(run.err()).contains("Above line 2 stands a question without its query.");
    assertThat(run.exitCode()).isEqualTo(1);
  }

  @Test
  void saysWhichGoldQueryFails() throws Exception {
    Path file = Files.writeString(folder.resolve("q.sql"), "-- How many sites?\nSELECT nope\n");
    CommandLine run = CommandLine.run(Map.of(), "", "evaluate", "demo", file.toString());
    assertThat(run.err()).contains("The query of the question \"How many sites?\" fails: ");
    assertThat(run.exitCode()).isEqualTo(1);
  }
}
