package io.sally.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.sally.demo.DemoSchema;
import io.sally.engine.source.Source;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Sixty questions of all kinds over the demo, each with a query written by hand: the answer has to
 * hold the same rows. The same questions over the demo's rows under other names, where a glossary
 * tells the difference, are answered as well but for a few.
 */
class DemoQuestionsTest {
  private static final int WANTED = 57;

  /** Of a hundred questions no more than five are lost, of sixty no more than three. */
  private static final int MOST_LOST = 3;

  private final DemoSchema demo = DemoSchema.around(DemoQuestions.TODAY);
  private final DemoQuestions questions = new DemoQuestions();

  @Test
  void answersQuestionsOfAllKindsOverTheDemo() throws IOException, SQLException {
    Source source = DemoSource.of(demo);
    DemoQuestions.Score score = questions.ask(source, source, List.of());
    assertThat(questions.all()).hasSize(60);
    assertThat(score.wrongInSilence()).isEmpty();
    assertThat(score.right())
        .as(String.join("\n", score.others()))
        .hasSizeGreaterThanOrEqualTo(WANTED);
  }

  @Test
  void aGlossaryTellsWhatTheTablesAndColumnsAreCalledOtherwise() throws IOException, SQLException {
    Source source = DemoSource.of(demo);
    RenamedDemo renamed = new RenamedDemo(demo);
    DemoQuestions.Score before = questions.ask(source, source, List.of());
    DemoQuestions.Score without = questions.ask(source, renamed.source(), List.of());
    DemoQuestions.Score after = questions.ask(source, renamed.source(), renamed.glossary());
    System.out.printf(
        "right of 60: %d over the demo; under other names %d without and %d with a glossary%n",
        before.right().size(), without.right().size(), after.right().size());
    assertThat(after.wrongInSilence()).isEmpty();
    assertThat(after.right())
        .as(String.join("\n", after.others()))
        .hasSizeGreaterThanOrEqualTo(before.right().size() - MOST_LOST);
    assertThat(without.right()).hasSizeLessThan(before.right().size() / 2);
  }
}
