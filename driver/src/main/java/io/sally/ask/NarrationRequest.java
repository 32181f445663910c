package io.sally.ask;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is to be told in words by a translator, whose rows may leave the machine.
 *
 * @param question what was asked
 * @param columns the names of the columns
 * @param rows the first rows, each value as a text or null
 * @param count how many rows were read
 * @param more whether there are still more
 * @param outbox is told of each request that leaves
 */
public record NarrationRequest(
    String question,
    List<String> columns,
    List<List<@Nullable String>> rows,
    long count,
    boolean more,
    Outbox outbox) {
  public NarrationRequest {
    Objects.requireNonNull(question, "question");
    Objects.requireNonNull(outbox, "outbox");
    columns = List.copyOf(columns);
    List<List<@Nullable String>> copies = new ArrayList<>(rows.size());
    rows.forEach(row -> copies.add(Collections.unmodifiableList(new ArrayList<>(row))));
    rows = Collections.unmodifiableList(copies);
  }

  /** The same with each of its texts as this says it. */
  public NarrationRequest in(UnaryOperator<String> words) {
    return new NarrationRequest(
        words.apply(question),
        columns.stream().map(words).toList(),
        rows.stream().map(row -> in(row, words)).toList(),
        count,
        more,
        outbox);
  }

  private static List<@Nullable String> in(
      List<@Nullable String> row, UnaryOperator<String> words) {
    List<@Nullable String> other = new ArrayList<>(row.size());
    row.forEach(value -> other.add(value == null ? null : words.apply(value)));
    return other;
  }

  NarrationRequest withOutbox(Outbox other) {
    return new NarrationRequest(question, columns, rows, count, more, other);
  }
}
