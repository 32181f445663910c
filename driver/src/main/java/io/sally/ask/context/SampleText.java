package io.sally.ask.context;

import io.sally.ask.Samples;
import io.sally.engine.catalog.Table;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which of a column's values a prompt shows: all where they are few and short, otherwise those of
 * which the question speaks. Immutable.
 *
 * @param samples the values that may leave
 * @param said the stems of the question's words
 * @param onlySaid whether columns of whose values the question does not speak are left out
 */
record SampleText(Samples samples, NameStems stems, Collection<String> said, boolean onlySaid) {
  private static final int FEW_VALUES = 15;
  private static final int FEW_TOKENS = 80;
  private static final int MOST_SAID = 10;

  /** What stands behind a column; empty where nothing is shown. */
  String of(Table table, String column) {
    List<String> all = samples.of(table.name(), column);
    if (all.isEmpty()) {
      return "";
    }
    List<String> spokenOf = all.stream().filter(this::isSaid).limit(MOST_SAID).toList();
    if (onlySaid && spokenOf.isEmpty()) {
      return "";
    }
    if (all.size() <= FEW_VALUES && Tokens.of(list(all.stream())) <= FEW_TOKENS) {
      return " VALUES " + list(all.stream());
    }
    return spokenOf.isEmpty() ? "" : " SOME VALUES " + list(spokenOf.stream());
  }

  /** Whether the question speaks of a value of the column. */
  boolean isSaidOf(Table table, String column) {
    return samples.of(table.name(), column).stream().anyMatch(this::isSaid);
  }

  /** Whether the question has all of the value's words, or a value of many words most of them. */
  private boolean isSaid(String value) {
    List<String> words = stems.ofPhrase(value);
    long known = words.stream().filter(said::contains).count();
    return known > 0 && known * 2 >= words.size();
  }

  private static String list(Stream<String> values) {
    return values.map(CatalogText::quote).collect(Collectors.joining(", ", "[", "]"));
  }
}
