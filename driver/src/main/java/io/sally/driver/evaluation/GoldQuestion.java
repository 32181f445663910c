package io.sally.driver.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A question with the query that answers it. Immutable.
 *
 * @param gold the query; empty where the data have no answer
 */
record GoldQuestion(String question, String gold) {
  /** Stands in place of a query where the data have no answer. */
  static final String UNANSWERABLE = "UNANSWERABLE";

  private static final String COMMENT = "--";

  GoldQuestion {
    question = question.strip();
    gold = gold.strip();
  }

  /**
   * Reads questions: each is a comment of one or more lines, with its query below, up to a blank
   * line.
   *
   * @throws IllegalArgumentException when a question has no query or a query no question; it names
   *     the line
   */
  static List<GoldQuestion> read(String text) {
    List<GoldQuestion> questions = new ArrayList<>();
    StringBuilder question = new StringBuilder();
    StringBuilder gold = new StringBuilder();
    int number = 0;
    for (String line : (text + "\n\n").split("\\R", -1)) {
      number++;
      if (line.isBlank()) {
        add(questions, question, gold, number);
      } else if (line.startsWith(COMMENT) && gold.isEmpty()) {
        question.append(line.substring(COMMENT.length()).strip()).append(' ');
      } else {
        gold.append(line).append('\n');
      }
    }
    return questions;
  }

  private static void add(
      List<GoldQuestion> questions, StringBuilder question, StringBuilder gold, int line) {
    if (question.isEmpty() && gold.isEmpty()) {
      return;
    }
    if (question.isEmpty() || gold.isEmpty()) {
      throw new IllegalArgumentException(
          "Above line "
              + line
              + " stands a "
              + (question.isEmpty() ? "query without its question" : "question without its query")
              + ". Write -- and the question, and the query below it.");
    }
    String query = gold.toString().strip();
    questions.add(
        new GoldQuestion(
            question.toString(), query.equals(UNANSWERABLE) ? "" : query.replaceAll(";+$", "")));
    question.setLength(0);
    gold.setLength(0);
  }

  boolean isAnswerable() {
    return !gold.isEmpty();
  }

  /** Whether the order of the rows is a part of the answer. */
  boolean isOrdered() {
    return gold.toUpperCase(Locale.ROOT).contains("ORDER BY");
  }
}
