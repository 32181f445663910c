package io.sally.ask.offline;

import io.sally.ask.words.Words;
import io.sally.engine.catalog.Column;
import io.sally.engine.catalog.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Whole questions that a person could ask instead, each of them tried: what is not understood is
 * not suggested, and of two questions with the same answer only the first is.
 */
final class Suggestions {
  private static final int MAX = 3;
  private static final int MAX_TRIED = 24;
  private static final int MAX_KINDS = 40;

  private final Lexicon lexicon;
  private final Words words;
  private final Function<String, Optional<String>> sql;

  /**
   * Suggestions over the catalog of a lexicon.
   *
   * @param sql makes the SQL of a question, or nothing when it is not understood
   */
  Suggestions(Lexicon lexicon, Words words, Function<String, Optional<String>> sql) {
    this.lexicon = lexicon;
    this.words = words;
    this.sql = sql;
  }

  /** What to ask in place of the question; plain examples when none of the alternatives works. */
  List<String> of(String question, List<Alternative> alternatives) {
    List<String> near =
        working(
            alternatives.stream()
                .map(alternative -> alternative.to(question))
                .filter(other -> !other.equals(question)));
    return near.isEmpty() ? working(examples()) : near;
  }

  private List<String> working(Stream<String> questions) {
    Map<String, String> bySql = new LinkedHashMap<>();
    questions
        .distinct()
        .limit(MAX_TRIED)
        .takeWhile(question -> bySql.size() < MAX)
        .forEach(question -> sql.apply(question).ifPresent(s -> bySql.putIfAbsent(s, question)));
    return List.copyOf(bySql.values());
  }

  /**
   * The names of the catalog that are near to a phrase which has no meaning; none for several
   * phrases, as another spelling of one of them leaves the others.
   */
  List<Alternative> spelledAs(List<String> unplaced) {
    if (unplaced.size() > 1) {
      return List.of();
    }
    List<Alternative> alternatives = new ArrayList<>();
    for (String phrase : unplaced) {
      for (String word : words.phraseWords(phrase)) {
        if (!lexicon.known().contains(word)) {
          words
              .near(word, lexicon.nameWords())
              .forEach(near -> alternatives.add(new Alternative.Instead(phrase, near)));
        }
      }
    }
    return alternatives;
  }

  private Stream<String> examples() {
    Names names = lexicon.names();
    return lexicon.tables().stream()
        .map(
            table ->
                "How many "
                    + names.plural(table)
                    + kind(table).map(c -> " by " + names.words(c)).orElse(" are there")
                    + "?");
  }

  /** A column with few values that is neither a key nor a name. */
  private Optional<Column> kind(Table table) {
    return table.columns().stream()
        .filter(c -> Names.isText(c) && isKind(lexicon.values(table, c)))
        .filter(c -> table.uniqueKeys().stream().noneMatch(k -> k.columns().contains(c.name())))
        .filter(c -> lexicon.names().label(table).filter(c::equals).isEmpty())
        .findFirst();
  }

  private static boolean isKind(Optional<List<String>> values) {
    return values.filter(v -> v.size() > 1 && v.size() <= MAX_KINDS).isPresent();
  }
}
