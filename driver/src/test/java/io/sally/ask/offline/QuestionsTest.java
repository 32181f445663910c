package io.sally.ask.offline;

import static org.assertj.core.api.Assertions.assertThat;

import io.sally.ask.Outcome;
import io.sally.ask.context.GlossaryTerm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Questions over hand-made catalogs, each with all that is made of it: the SQL, the explanation and
 * the assumptions after {@code --}, or the refusal after {@code !!}. The files beside this class
 * hold them, so that a change of any reading is seen in review.
 */
class QuestionsTest {
  @TestFactory
  Stream<DynamicTest> readsQuestionsOverALibrary() throws IOException {
    return questions("library-questions.txt", Schemas.library());
  }

  @TestFactory
  Stream<DynamicTest> readsQuestionsOverAShopAndItsStaff() throws IOException {
    return questions("shop-questions.txt", Schemas.shop());
  }

  @TestFactory
  Stream<DynamicTest> readsQuestionsOverTablesWithoutKeys() throws IOException {
    return questions("keyless-questions.txt", Schemas.keyless());
  }

  @TestFactory
  Stream<DynamicTest> readsTheWordsOfAGlossary() throws IOException {
    return questions(
        "glossary-questions.txt",
        Schemas.library(
            List.of(
                new GlossaryTerm("writer", "authors"),
                new GlossaryTerm("leaf count", "books.pages"),
                new GlossaryTerm("patron", "Members"),
                new GlossaryTerm("home town", "lib.members.city, branches.city"),
                new GlossaryTerm("shortage", "copies.stock < copies.minimum_stock"),
                new GlossaryTerm(
                    "long overdue",
                    "due_on < CURRENT_DATE AND returned_on IS NULL AND NOT state = 'lost'"),
                new GlossaryTerm("tome", "pages >= 800 OR price BETWEEN 90 AND 120"),
                new GlossaryTerm("veteran", "joined_on < DATE '2020-01-01' AND is_active"),
                new GlossaryTerm("gone", "loans.state IN ('lost')"),
                new GlossaryTerm("regular", "somebody who borrows every week"),
                new GlossaryTerm("branch", "a place where books are lent"))));
  }

  private static Stream<DynamicTest> questions(String file, Asking asking) throws IOException {
    try (InputStream stream =
        Objects.requireNonNull(QuestionsTest.class.getResourceAsStream(file), file)) {
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      return Arrays.stream(text.split("(?m)^## ", -1))
          .filter(block -> !block.isBlank())
          .map(block -> question(block.strip(), asking));
    }
  }

  private static DynamicTest question(String block, Asking asking) {
    int end = block.indexOf('\n');
    String question = block.substring(0, end);
    return DynamicTest.dynamicTest(
        question, () -> assertThat(made(asking, question)).isEqualTo(block.substring(end + 1)));
  }

  static String made(Asking asking, String question) throws SQLException {
    Outcome outcome = asking.ask(question);
    StringBuilder text = new StringBuilder();
    if (outcome instanceof Outcome.Translated translated) {
      text.append(translated.sql()).append("\n-- ").append(translated.explanation());
      translated.assumptions().forEach(a -> text.append("\n-- ").append(a));
    } else if (outcome instanceof Outcome.NotUnderstood refused) {
      text.append("!! ").append(refused.reason());
    }
    return text.toString();
  }
}
