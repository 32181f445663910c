package io.sally.ask.context;

import java.util.List;
import java.util.Locale;

/**
 * The terms of an organisation. A small glossary goes whole, since a word of it may be meant by
 * others; of a large one go the terms whose words are all in the question. Immutable.
 */
final class Glossary {
  private static final int SMALL_TOKENS = 600;
  private static final int MOST_TOKENS = 1_200;

  private record Entry(GlossaryTerm term, List<String> stems, int tokens) {}

  private final List<Entry> entries;
  private final boolean small;

  Glossary(List<GlossaryTerm> terms, NameStems stems) {
    this.entries =
        terms.stream()
            .map(term -> new Entry(term, stems.ofPhrase(term.term()), Tokens.of(line(term))))
            .toList();
    this.small = entries.stream().mapToInt(Entry::tokens).sum() <= SMALL_TOKENS;
  }

  /** The terms of which the question speaks, word by word or with their words apart. */
  List<GlossaryTerm> spokenOf(String question, List<String> questionStems) {
    String lower = question.toLowerCase(Locale.ROOT);
    return entries.stream()
        .filter(
            entry ->
                lower.contains(entry.term().term().toLowerCase(Locale.ROOT))
                    || (!entry.stems().isEmpty() && questionStems.containsAll(entry.stems())))
        .map(Entry::term)
        .toList();
  }

  /** The lines for the prompt; empty when there is nothing to say. */
  String text(String question, List<String> questionStems) {
    List<GlossaryTerm> chosen =
        small ? entries.stream().map(Entry::term).toList() : spokenOf(question, questionStems);
    StringBuilder text = new StringBuilder();
    int left = MOST_TOKENS;
    for (GlossaryTerm term : chosen) {
      String line = line(term);
      left -= Tokens.of(line);
      if (left >= 0) {
        text.append(line);
      }
    }
    return text.toString();
  }

  private static String line(GlossaryTerm term) {
    return CatalogText.quote(term.term()) + ": " + CatalogText.quote(term.meaning()) + "\n";
  }
}
