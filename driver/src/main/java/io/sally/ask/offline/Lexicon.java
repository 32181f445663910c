package io.sally.ask.offline;

import io.sally.ask.context.GlossaryTerm;
import io.sally.ask.words.Vocabulary;
import io.sally.ask.words.Words;
import io.sally.engine.catalog.Catalogs;
import io.sally.engine.catalog.Column;
import io.sally.engine.catalog.ForeignKey;
import io.sally.engine.catalog.Table;
import io.sally.engine.catalog.TableName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The words under which one set of catalogs can be spoken of: names of tables and columns, whole
 * and in parts, roles of foreign keys, and values. Immutable once built.
 */
final class Lexicon {
  private static final String NAME = "name";

  /** What the glossary defines is not what a name or a value of the same words means. */
  private static final double DEFINED = 1.2;

  /** The score of a phrase that says nearly all of a name. */
  private static final double WHOLE = 0.94;

  private static final int MAX_COMMENT = 50;

  private final Catalogs catalogs;
  private final JoinGraph graph;
  private final Names names;
  private final NameParts parts;
  private final Words words;
  private final Vocabulary vocabulary;
  private final Map<String, List<Match>> byLemmas = new HashMap<>();
  private final Map<String, List<Match>> byJoined = new HashMap<>();
  private final Map<String, List<Match>> byStems = new HashMap<>();
  private final Map<TableName, ColumnValues.Values> values;
  private final SortedSet<String> known = new TreeSet<>();
  private final SortedSet<String> nameWords = new TreeSet<>();
  private final List<Table> unread;
  private int longest = 1;

  Lexicon(
      Catalogs declared,
      Map<TableName, ColumnValues.Values> values,
      List<Table> unread,
      List<GlossaryTerm> terms,
      Words words,
      Vocabulary vocabulary) {
    this.unread = List.copyOf(unread);
    this.words = words;
    this.vocabulary = vocabulary;
    NameParts parts = new NameParts(declared, words, vocabulary);
    this.catalogs = new InferredKeys(declared, parts, vocabulary, values).complete();
    this.graph = new JoinGraph(catalogs);
    this.parts = parts;
    GlossaryReader glossary = new GlossaryReader(catalogs, terms, words);
    this.names = new Names(words, vocabulary, parts, glossary.aliases());
    this.values = Map.copyOf(values);
    catalogs.tables().filter(t -> t.kind() != Table.Kind.SYSTEM_TABLE).forEach(this::addTable);
    glossary.definitions().forEach(this::addDefinition);
    glossary.untold().forEach(this::addUntold);
    nameWords.addAll(known);
    known.addAll(vocabulary.words());
  }

  /** Every word that a name or a value has, as lemmas. */
  SortedSet<String> nameWords() {
    return Collections.unmodifiableSortedSet(nameWords);
  }

  Catalogs catalogs() {
    return catalogs;
  }

  JoinGraph graph() {
    return graph;
  }

  Names names() {
    return names;
  }

  /** The number of words of the longest name. */
  int longest() {
    return longest;
  }

  /** Every word that a name, a value or a function phrase has, as lemmas. */
  SortedSet<String> known() {
    return Collections.unmodifiableSortedSet(known);
  }

  /** Whether the word can be placed at all. */
  boolean knows(Token token) {
    return known.contains(token.lemma())
        || byJoined.containsKey(token.lemma())
        || byStems.containsKey(token.stem())
        || !synonyms(token).isEmpty();
  }

  /** The tables whose values could not be read in time, so that words may be taken otherwise. */
  List<Table> unread() {
    return unread;
  }

  /** The known values of a column, none when they are not known. */
  Optional<List<String>> values(Table table, Column column) {
    ColumnValues.Values known = values.get(table.name());
    return known == null
        ? Optional.empty()
        : Optional.ofNullable(known.byColumn().get(column.name()));
  }

  /** Whether the known values of a text column are months by name. */
  boolean namesMonths(Table table, Column column) {
    return values(table, column)
        .filter(
            known ->
                known.stream()
                    .allMatch(
                        v -> vocabulary.date("MONTH", v.toLowerCase(Locale.ROOT)).isPresent()))
        .isPresent();
  }

  /** How a text column that names months writes this one. */
  Optional<String> monthNamed(Table table, Column column, int month) {
    return values(table, column).orElse(List.of()).stream()
        .filter(
            v ->
                vocabulary
                    .date("MONTH", v.toLowerCase(Locale.ROOT))
                    .filter(String.valueOf(month)::equals)
                    .isPresent())
        .findFirst();
  }

  /** All that these tokens together may name. */
  List<Match> matches(List<Token> tokens) {
    String lemmas = String.join(" ", tokens.stream().map(Token::lemma).toList());
    List<Match> found = new ArrayList<>(byLemmas.getOrDefault(lemmas, List.of()));
    String stems = String.join(" ", tokens.stream().map(Token::stem).toList());
    for (Match match : byStems.getOrDefault(stems, List.of())) {
      if (found.stream().noneMatch(other -> other.meaning().equals(match.meaning()))) {
        found.add(new Match(match.meaning(), match.score() * 0.93, match.assumption()));
      }
    }
    if (tokens.size() == 2) {
      // "Set-up" and "setup": the hyphen divides what a name may write in one.
      String joined = words.lemma(tokens.get(0).text() + tokens.get(1).text());
      found.addAll(byLemmas.getOrDefault(joined, List.of()));
    }
    if (found.isEmpty() && tokens.size() == 1) {
      found.addAll(byJoined.getOrDefault(lemmas, List.of()));
    }
    if (found.isEmpty() && tokens.size() == 1) {
      found.addAll(synonyms(tokens.get(0)));
    }
    found.removeIf(match -> isAbbreviationOnly(match, tokens));
    found.sort((a, b) -> Double.compare(b.score(), a.score()));
    return found;
  }

  // Codes such as IN, OR and ME are also words; they are meant only when written as stored.
  private static boolean isAbbreviationOnly(Match match, List<Token> tokens) {
    return match.meaning() instanceof Meaning.OfValue value
        && match.assumption() == null
        && value.value().length() <= 3
        && !(tokens.size() == 1 && tokens.get(0).text().equals(value.value()));
  }

  private List<Match> synonyms(Token token) {
    List<Match> found = new ArrayList<>();
    for (String synonym : vocabulary.synonyms(token.stem())) {
      for (Match match : byStems.getOrDefault(synonym, List.of())) {
        if (!(match.meaning() instanceof Meaning.OfValue)) {
          found.add(
              new Match(
                  match.meaning(),
                  match.score() * 0.7,
                  "“" + token.text() + "” is taken as " + names.describe(match.meaning()) + "."));
        }
      }
    }
    return found;
  }

  private void addTable(Table table) {
    Meaning.OfTable meaning = new Meaning.OfTable(table);
    names.all(table).forEach(name -> addParts(name, meaning, Set.of()));
    names.keyWords(table).forEach(name -> add(name, meaning, 0.97));
    for (Column column : table.columns()) {
      addColumn(table, column);
    }
    names
        .label(table)
        .ifPresent(
            label -> {
              if (names.all(table, label).stream().noneMatch(n -> n.contains(NAME))) {
                String called = "“name” is taken as " + names.words(label) + ".";
                put(byLemmas, NAME, new Match(new Meaning.OfColumn(table, label), 0.6, called));
              }
            });
    for (ForeignKey key : table.foreignKeys()) {
      addRole(table, key);
    }
  }

  private void addColumn(Table table, Column column) {
    List<String> columnWords = parts.of(table, column);
    Meaning.OfColumn meaning = new Meaning.OfColumn(table, column);
    for (List<String> tableWords : names.all(table)) {
      names.all(table, column).forEach(name -> addName(table, tableWords, column, name, meaning));
    }
    List<String> asWritten = words.nameWords(column.name());
    if (!asWritten.equals(columnWords)) {
      add(asWritten, meaning, 1.0);
    }
    addCommented(columnWords, column, meaning);
    addValues(table, columnWords, column);
  }

  private void addName(
      Table table,
      List<String> tableWords,
      Column column,
      List<String> columnWords,
      Meaning meaning) {
    addParts(columnWords, meaning, Set.copyOf(vocabulary.names("WEAK")));
    if (table.primaryKey() != null && table.primaryKey().columns().equals(List.of(column.name()))) {
      List<String> ofThing = new ArrayList<>(tableWords);
      ofThing.add(columnWords.get(columnWords.size() - 1));
      add(ofThing, meaning, 1.0);
      ofThing.set(ofThing.size() - 1, "id");
      add(ofThing, meaning, 0.98);
    }
    if (Names.isTime(column)) {
      List<String> dated = new ArrayList<>(columnWords);
      dated.removeAll(vocabulary.names("WEAK"));
      dated.add("date");
      add(dated, meaning, 0.95);
    }
    if (columnWords.size() > tableWords.size()
        && columnWords.subList(0, tableWords.size()).equals(tableWords)) {
      add(columnWords.subList(tableWords.size(), columnWords.size()), meaning, 0.95);
    }
  }

  private void addValues(Table table, List<String> columnWords, Column column) {
    vocabulary
        .codeNames(columnWords, values(table, column).orElse(List.of()))
        .forEach((code, name) -> addCode(table, column, code, name));
    for (String value : values(table, column).orElse(List.of())) {
      List<String> valueWords = words.nameWords(value);
      if (!valueWords.isEmpty() && valueWords.size() <= 8) {
        add(valueWords, new Meaning.OfValue(table, column, value), 1.0);
      }
    }
  }

  private void addCode(Table table, Column column, String code, String name) {
    List<String> said = words.phraseWords(name);
    known.addAll(said);
    longest = Math.max(longest, said.size());
    put(
        byLemmas,
        String.join(" ", said),
        new Match(
            new Meaning.OfValue(table, column, code),
            0.95,
            "“" + code + "” is taken as the code of " + name + "."));
  }

  /** What the comment puts before the column's own last word: "the water level" of a level. */
  private void addCommented(List<String> columnWords, Column column, Meaning meaning) {
    String last = columnWords.get(columnWords.size() - 1);
    List<String> said = column.comment() == null ? List.of() : words.phraseWords(column.comment());
    for (int i = 1; i < Math.min(said.size(), MAX_COMMENT); i++) {
      String before = said.get(i - 1);
      if (said.get(i).equals(last)
          && before.chars().allMatch(Character::isLetter)
          && !before.equals(last)
          && !vocabulary.words().contains(before)) {
        add(List.of(before, last), meaning, 0.93);
      }
    }
  }

  private void addRole(Table table, ForeignKey key) {
    Optional<Table> target = catalogs.table(key.target());
    if (target.isPresent()) {
      Meaning.OfRole meaning = new Meaning.OfRole(table, key, target.get());
      for (List<String> role : names.roles(table, key, target.get())) {
        add(role, meaning, 0.85);
        for (List<String> thing : names.all(target.get())) {
          List<String> withTarget = new ArrayList<>(role);
          withTarget.addAll(thing);
          add(withTarget, meaning, 1.0);
        }
      }
    }
  }

  /** What the glossary defines wins over any name. */
  private void addDefinition(Definition definition) {
    add(words.phraseWords(definition.term()), new Meaning.OfDefinition(definition), DEFINED);
  }

  /** What is only told in words says nothing new of a table or a column of that very name. */
  private void addUntold(GlossaryReader.Untold untold) {
    String lemmas = String.join(" ", untold.phrase());
    boolean named =
        byLemmas.getOrDefault(lemmas, List.of()).stream()
            .anyMatch(
                match ->
                    match.score() > WHOLE
                        && (match.meaning() instanceof Meaning.OfTable
                            || match.meaning() instanceof Meaning.OfColumn));
    if (!named) {
      GlossaryTerm term = untold.term();
      add(untold.phrase(), new Meaning.OfUntold(term.term(), term.meaning()), DEFINED);
    }
  }

  /** The whole name, and each run of its words at a score by how much of the name it says. */
  private void addParts(List<String> nameWords, Meaning meaning, Set<String> weak) {
    long strong = nameWords.stream().filter(w -> !weak.contains(w)).count();
    for (int from = 0; from < nameWords.size(); from++) {
      for (int to = from + 1; to <= nameWords.size(); to++) {
        List<String> part = nameWords.subList(from, to);
        if (part.size() == nameWords.size()) {
          add(part, meaning, 1.0);
          continue;
        }
        long said = part.stream().filter(w -> !weak.contains(w)).count();
        if (said > 0 && said == strong) {
          add(part, meaning, 0.92);
        } else if (said > 0) {
          // The last strong word is the head of the name: "level" says more of "water level".
          double head = to == nameWords.size() ? 0.1 : 0;
          add(part, meaning, 0.45 + 0.25 * said / strong + head);
        }
      }
    }
  }

  private void add(List<String> phrase, Meaning meaning, double score) {
    addAsWritten(phrase, meaning, score);
    if (!(meaning instanceof Meaning.OfValue)) {
      parts.writtenOut(phrase).ifPresent(full -> addAsWritten(full, meaning, score));
    }
  }

  private void addAsWritten(List<String> phrase, Meaning meaning, double score) {
    known.addAll(phrase);
    longest = Math.max(longest, phrase.size());
    put(byLemmas, String.join(" ", phrase), new Match(meaning, score, null));
    if (phrase.size() == 2) {
      put(byJoined, String.join("", phrase), new Match(meaning, score, null));
    }
    put(
        byStems,
        String.join(" ", phrase.stream().map(words::stem).toList()),
        new Match(meaning, score, null));
  }

  private static void put(Map<String, List<Match>> index, String key, Match match) {
    List<Match> matches = index.computeIfAbsent(key, k -> new ArrayList<>(2));
    for (int i = 0; i < matches.size(); i++) {
      if (matches.get(i).meaning().equals(match.meaning())) {
        if (matches.get(i).score() < match.score()) {
          matches.set(i, match);
        }
        return;
      }
    }
    matches.add(match);
  }

  /** The tables that questions may be about, in the order of their names. */
  List<Table> tables() {
    return new LinkedHashSet<>(catalogs.tables().toList())
        .stream().filter(t -> t.kind() != Table.Kind.SYSTEM_TABLE).toList();
  }
}
