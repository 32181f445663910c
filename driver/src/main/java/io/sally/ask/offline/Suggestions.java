package io.sally.ask.offline;

import io.sally.engine.catalog.Column;
import io.sally.engine.catalog.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a person could ask instead: near words, and questions that the catalog can answer. */
final class Suggestions {
  private static final int MAX = 6;
  private static final int MAX_KINDS = 40;

  private final Lexicon lexicon;
  private final Words words;

  Suggestions(Lexicon lexicon, Words words) {
    this.lexicon = lexicon;
    this.words = words;
  }

  List<String> forWords(List<String> unplaced) {
    List<String> suggestions = new ArrayList<>();
    for (String phrase : unplaced) {
      for (String word : words.phraseWords(phrase)) {
        List<String> nearest =
            lexicon.known().contains(word) ? List.of() : words.near(word, lexicon.nameWords());
        for (String near : nearest) {
          suggestions.add("Did you mean “" + near + "” by “" + word + "”?");
        }
      }
    }
    return capped(suggestions);
  }

  List<String> examples() {
    List<String> suggestions = new ArrayList<>();
    Names names = lexicon.names();
    for (Table table : lexicon.tables()) {
      Optional<Column> group =
          table.columns().stream()
              .filter(c -> Names.isText(c) && isKind(lexicon.values(table, c)))
              .filter(
                  c -> table.uniqueKeys().stream().noneMatch(k -> k.columns().contains(c.name())))
              .filter(c -> names.label(table).filter(c::equals).isEmpty())
              .findFirst();
      suggestions.add(
          "How many "
              + names.plural(table)
              + group.map(c -> " by " + names.words(c)).orElse(" are there")
              + "?");
    }
    return capped(suggestions);
  }

  private static boolean isKind(Optional<List<String>> values) {
    return values.filter(v -> v.size() > 1 && v.size() <= MAX_KINDS).isPresent();
  }

  private static List<String> capped(List<String> suggestions) {
    return suggestions.stream().distinct().limit(MAX).toList();
  }
}
