package io.sally.ask.prepared;

import io.sally.ask.literals.ComparedLiteral;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A value that stands once in a question and once in its query, so that another may take its place.
 *
 * @param from the first word of the question that is the value
 * @param to the word behind its last
 * @param kind of its words
 * @param value as the question has it
 * @param start where the literal begins in the query's text
 * @param end where it ends, exclusive
 * @param compared the column that must hold the value, or null where any number will do
 */
record Slot(
    int from,
    int to,
    QuestionWord.Kind kind,
    String value,
    int start,
    int end,
    @Nullable ComparedLiteral compared) {
  Slot {
    Objects.requireNonNull(value, "value");
  }

  int words() {
    return to - from;
  }
}
