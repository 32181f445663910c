package io.sally.ask.offline;

import io.sally.ask.context.GlossaryTerm;
import io.sally.ask.words.Words;
import io.sally.engine.catalog.Catalogs;
import io.sally.engine.catalog.Column;
import io.sally.engine.catalog.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads what the words of an organisation mean in one set of catalogs. A meaning is the name of a
 * table or a column, several of them with commas between, or a condition in SQL on the columns of
 * one table; other text is for people and models, and a question that uses its word cannot be
 * answered by it. Confined to the building of one lexicon.
 */
final class GlossaryReader {
  /** A term whose meaning is told in words. */
  record Untold(GlossaryTerm term, List<String> phrase) {}

  private final Catalogs catalogs;
  private final Words words;
  private final Aliases aliases = new Aliases();
  private final List<Definition> definitions = new ArrayList<>();
  private final List<Untold> untold = new ArrayList<>();

  GlossaryReader(Catalogs catalogs, List<GlossaryTerm> terms, Words words) {
    this.catalogs = catalogs;
    this.words = words;
    terms.forEach(this::read);
  }

  Aliases aliases() {
    return aliases;
  }

  List<Definition> definitions() {
    return List.copyOf(definitions);
  }

  List<Untold> untold() {
    return List.copyOf(untold);
  }

  private void read(GlossaryTerm term) {
    List<String> phrase = words.phraseWords(term.term());
    if (phrase.isEmpty() || isNamed(term.meaning(), phrase)) {
      return;
    }
    Optional<Definition> definition =
        new DefinitionReader(catalogs, term.term(), term.meaning()).read();
    definition.ifPresentOrElse(definitions::add, () -> untold.add(new Untold(term, phrase)));
  }

  /** Whether the meaning is nothing but names, each of them known. */
  private boolean isNamed(String meaning, List<String> phrase) {
    List<Runnable> found = new ArrayList<>();
    for (String name : meaning.split(",", -1)) {
      int before = found.size();
      String wanted = plain(name);
      catalogs
          .tables()
          .filter(table -> table.kind() != Table.Kind.SYSTEM_TABLE)
          .forEach(
              table -> {
                if (names(table).anyMatch(wanted::equals)) {
                  found.add(() -> aliases.add(table, phrase));
                }
                for (Column column : table.columns()) {
                  if (names(table, column).anyMatch(wanted::equals)) {
                    found.add(() -> aliases.add(table, column, phrase));
                  }
                }
              });
      if (found.size() == before) {
        return false;
      }
    }
    found.forEach(Runnable::run);
    return true;
  }

  private static String plain(String name) {
    return name.strip().replace("\"", "").replace("`", "").toLowerCase(Locale.ROOT);
  }

  static Stream<String> names(Table table) {
    String own = table.name().table().toLowerCase(Locale.ROOT);
    String source = table.name().source().toLowerCase(Locale.ROOT) + ".";
    String schema = table.name().schema();
    Stream<String> near = Stream.of(own, source + own);
    if (schema == null) {
      return near;
    }
    String full = schema.toLowerCase(Locale.ROOT) + "." + own;
    return Stream.concat(near, Stream.of(full, source + full));
  }

  static Stream<String> names(Table table, Column column) {
    String own = column.name().toLowerCase(Locale.ROOT);
    return Stream.concat(Stream.of(own), names(table).map(t -> t + "." + own));
  }
}
