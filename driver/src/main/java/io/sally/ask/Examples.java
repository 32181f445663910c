package io.sally.ask;

import io.sally.ask.TranslationRequest.Answered;
import io.sally.ask.memory.Remembered;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Chooses among the pinned translations those that teach most about a question: over tables that it
 * may read, and with the most of its words. Stateless.
 */
final class Examples {
  private static final int MOST = 5;
  private static final int MOST_CHARACTERS = 4_000;
  private static final Pattern BREAK = Pattern.compile("[^\\p{L}\\p{N}]+");

  private Examples() {}

  static List<Answered> of(TranslationRequest request, List<Remembered> pinned) {
    Set<String> words = words(request.question());
    return pinned.stream()
        .filter(example -> example.schemaPath().equals(request.schemaPath()))
        .filter(
            example ->
                example.translation().tables().stream()
                    .allMatch(table -> request.catalogs().table(table).isPresent()))
        .filter(
            example ->
                example.translation().sql().length() + example.translation().question().length()
                    <= MOST_CHARACTERS)
        .sorted(Comparator.comparingLong(example -> -shared(words, example)))
        .limit(MOST)
        .map(e -> new Answered(e.translation().question(), e.translation().sql()))
        .toList();
  }

  private static long shared(Set<String> words, Remembered example) {
    return words(example.translation().question()).stream().filter(words::contains).count();
  }

  private static Set<String> words(String text) {
    return new HashSet<>(List.of(BREAK.split(text.toLowerCase(Locale.ROOT))));
  }
}
