package io.sally.driver.narrate;

import io.sally.driver.answer.AnswerRows;
import java.util.Optional;

/**
 * Sentences about an answer as a language model wrote them, and whether they may be shown. A model
 * reads the rows, which may hold what others wrote, and so it is believed in nothing: a sentence
 * that names a number which the rows do not hold, be it one of the question, or leads elsewhere, is
 * not shown. Stateless.
 */
public final class ToldByModel {
  private static final int MOST_CHARACTERS = 600;

  private ToldByModel() {}

  /**
   * Why the sentences may not be shown, as the rest of a sentence that begins with "they"; empty
   * where they may.
   */
  public static Optional<String> objection(String sentences, AnswerRows rows) {
    if (sentences.length() > MOST_CHARACTERS) {
      return Optional.of("are longer than " + MOST_CHARACTERS + " characters");
    }
    if (sentences.contains("://") || sentences.contains("<") || sentences.contains("](")) {
      return Optional.of("hold a link or markup");
    }
    return KnownNumbers.of(rows)
        .firstForeign(sentences)
        .map(number -> "name the number " + number + ", which the answer does not hold");
  }
}
