package io.sally.ask.offline;

import io.sally.ask.words.Vocabulary;
import io.sally.ask.words.Words;
import io.sally.engine.catalog.Column;
import io.sally.engine.catalog.ForeignKey;
import io.sally.engine.catalog.Table;
import java.sql.JDBCType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the names of tables, columns and keys tell of them. Immutable. */
final class Names {
  private static final Set<JDBCType> NUMBERS =
      EnumSet.of(
          JDBCType.TINYINT,
          JDBCType.SMALLINT,
          JDBCType.INTEGER,
          JDBCType.BIGINT,
          JDBCType.DECIMAL,
          JDBCType.NUMERIC,
          JDBCType.REAL,
          JDBCType.FLOAT,
          JDBCType.DOUBLE);
  private static final Set<JDBCType> TEXTS =
      EnumSet.of(
          JDBCType.CHAR,
          JDBCType.VARCHAR,
          JDBCType.LONGVARCHAR,
          JDBCType.NCHAR,
          JDBCType.NVARCHAR,
          JDBCType.LONGNVARCHAR);
  private static final Set<JDBCType> TIMES =
      EnumSet.of(JDBCType.DATE, JDBCType.TIMESTAMP, JDBCType.TIMESTAMP_WITH_TIMEZONE);

  private final Words words;
  private final Vocabulary vocabulary;
  private final NameParts parts;
  private final Aliases aliases;

  Names(Words words, Vocabulary vocabulary, NameParts parts, Aliases aliases) {
    this.aliases = aliases;
    this.words = words;
    this.vocabulary = vocabulary;
    this.parts = parts;
  }

  /** The words of the table's name. */
  List<String> parts(Table table) {
    return parts.of(table);
  }

  /** The words of the column's name. */
  List<String> parts(Table table, Column column) {
    return parts.of(table, column);
  }

  /** The words of the table's name, and then what else it is called. */
  List<List<String>> all(Table table) {
    return all(parts.of(table), aliases.of(table));
  }

  /** The words of the column's name, and then what else it is called. */
  List<List<String>> all(Table table, Column column) {
    return all(parts.of(table, column), aliases.of(table, column));
  }

  private static List<List<String>> all(List<String> own, List<List<String>> others) {
    List<List<String>> all = new ArrayList<>(List.of(own));
    all.addAll(others);
    return all;
  }

  static boolean isNumber(Column column) {
    return NUMBERS.contains(column.type().jdbcType());
  }

  static boolean isText(Column column) {
    return TEXTS.contains(column.type().jdbcType());
  }

  static boolean isTime(Column column) {
    return TIMES.contains(column.type().jdbcType());
  }

  static boolean isDay(Column column) {
    return column.type().jdbcType() == JDBCType.DATE;
  }

  static boolean isBoolean(Column column) {
    return column.type().jdbcType() == JDBCType.BOOLEAN || column.type().jdbcType() == JDBCType.BIT;
  }

  /** Whether the column is part of the primary key or of a foreign key. */
  static boolean isKey(Table table, Column column) {
    return (table.primaryKey() != null && table.primaryKey().columns().contains(column.name()))
        || table.foreignKeys().stream().anyMatch(key -> key.columns().contains(column.name()));
  }

  /** Whether the column holds an amount: a number that is no key. */
  static boolean isAmount(Table table, Column column) {
    return isNumber(column) && !isKey(table, column);
  }

  /** The words of the key's column that name neither its target nor that it is a key. */
  List<String> roleWords(ForeignKey key) {
    boolean sameName = key.columns().equals(key.targetColumns());
    if (key.columns().size() != 1 || sameName) {
      return List.of();
    }
    return role(parts.of(key.columns().get(0)), parts.of(key.target().table()));
  }

  /** All ways to say in which role the key's target stands; none that say nothing. */
  List<List<String>> roles(Table holder, ForeignKey key, Table target) {
    List<List<String>> roles = new ArrayList<>(List.of(roleWords(key)));
    if (key.columns().size() == 1) {
      for (List<String> alias :
          aliases.of(holder, holder.column(key.columns().get(0)).orElseThrow())) {
        List<String> role = alias;
        for (List<String> called : all(target)) {
          role = role(role, called);
        }
        roles.add(role);
      }
    }
    roles.removeIf(List::isEmpty);
    return roles;
  }

  private List<String> role(List<String> name, List<String> target) {
    List<String> role = new ArrayList<>(name);
    role.removeAll(target);
    role.removeAll(vocabulary.names("KEY"));
    role.removeAll(vocabulary.names("WEAK"));
    role.removeIf(
        word ->
            vocabulary.abbreviated(word).filter(target::containsAll).isPresent()
                || (word.length() > 2 && target.stream().anyMatch(t -> t.startsWith(word))));
    return role;
  }

  /** What a single key such as {@code invoice_id} calls a row of the table. */
  List<List<String>> keyWords(Table table) {
    if (table.primaryKey() == null || table.primaryKey().columns().size() != 1) {
      return List.of();
    }
    String key = table.primaryKey().columns().get(0);
    List<List<String>> called = new ArrayList<>();
    for (List<String> name :
        all(parts.of(key), aliases.of(table, table.column(key).orElseThrow()))) {
      List<String> thing = new ArrayList<>(name);
      thing.removeAll(vocabulary.names("KEY"));
      if (thing.size() < name.size() && all(table).stream().noneMatch(t -> t.containsAll(thing))) {
        called.add(thing);
      }
    }
    return called;
  }

  /** The column by which people know a row of the table. */
  Optional<Column> label(Table table) {
    for (String label : vocabulary.names("LABEL")) {
      for (Column column : table.columns()) {
        if (isText(column)
            && table.foreignKeys().stream().noneMatch(k -> k.columns().contains(column.name()))
            && all(table, column).stream().anyMatch(name -> isCalled(label, name, table))) {
          return Optional.of(column);
        }
      }
    }
    return Optional.empty();
  }

  private boolean isCalled(String label, List<String> name, Table table) {
    List<String> own = new ArrayList<>(name);
    if (own.size() > 1) {
      all(table).forEach(own::removeAll);
    }
    return String.join("_", own).equals(label);
  }

  /** The thing of which the table holds many, in words. */
  String singular(Table table) {
    return String.join(" ", parts.of(table));
  }

  String plural(Table table) {
    List<String> named = new ArrayList<>(parts.of(table));
    int last = named.size() - 1;
    named.set(last, Words.plural(named.get(last)));
    return String.join(" ", named);
  }

  /** The name of the table in words, as it is. */
  static String words(Table table) {
    return table.name().table().replace('_', ' ').toLowerCase(java.util.Locale.ROOT);
  }

  /** "a, b or c" with {@code or} as the last word between. */
  static String list(List<String> parts, String last) {
    int end = parts.size() - 1;
    return end < 1
        ? String.join("", parts)
        : String.join(", ", parts.subList(0, end)) + " " + last + " " + parts.get(end);
  }

  String words(Column column) {
    return column.name().replace('_', ' ').toLowerCase(java.util.Locale.ROOT);
  }

  String singular(Column column) {
    return String.join(" ", parts.of(column.name()));
  }

  /** Whether one of the words of a value has the stem of one of the vocabulary's for the sense. */
  boolean says(String value, String sense) {
    return rank(parts.of(value), sense) >= 0;
  }

  /** Whether the column is called by one of the vocabulary's words for the sense. */
  boolean says(Table table, Column column, String sense) {
    return rank(table, column, sense) >= 0;
  }

  /** The place of the first of the sense's words by which the column is called, or -1. */
  int rank(Table table, Column column, String sense) {
    return spoken(table, column)
        .mapToInt(name -> rank(name, sense))
        .filter(rank -> rank >= 0)
        .min()
        .orElse(-1);
  }

  /** The column's whole name and what else it is called. */
  private Stream<List<String>> spoken(Table table, Column column) {
    return Stream.concat(Stream.of(parts.of(column.name())), aliases.of(table, column).stream());
  }

  private int rank(List<String> name, String sense) {
    List<String> stems = name.stream().map(words::stem).toList();
    List<String> hints = vocabulary.names(sense);
    for (int i = 0; i < hints.size(); i++) {
      if (stems.contains(words.stem(words.lemma(hints.get(i))))) {
        return i;
      }
    }
    return -1;
  }

  /** Whether a strong word of the column begins as one of its table: "ordered" and "orders". */
  boolean sharesRoot(Table table, Column column) {
    return spoken(table, column)
        .anyMatch(name -> all(table).stream().anyMatch(thing -> sharesRoot(name, thing)));
  }

  private boolean sharesRoot(List<String> name, List<String> other) {
    List<String> weak = vocabulary.names("WEAK");
    List<String> others = other.stream().map(words::stem).toList();
    return name.stream()
        .filter(word -> !weak.contains(word))
        .map(words::stem)
        .anyMatch(
            stem ->
                stem.length() >= 3
                    && others.stream().anyMatch(o -> o.startsWith(stem) || stem.startsWith(o)));
  }

  /** How well the name of a time names the event itself: its rank among such words, or -1. */
  int events(Table table, Column column) {
    return spoken(table, column).mapToInt(this::events).filter(rank -> rank >= 0).min().orElse(-1);
  }

  private int events(List<String> name) {
    List<String> strong = new ArrayList<>(name);
    strong.removeAll(vocabulary.names("WEAK"));
    return strong.isEmpty() ? 0 : rank(strong, "EVENT");
  }

  /** Whether a word by which the column is called has the stem of one of the hints. */
  boolean hasAny(Table table, Column column, List<String> hints) {
    Set<String> stems =
        spoken(table, column).flatMap(List::stream).map(words::stem).collect(Collectors.toSet());
    return hints.stream().anyMatch(hint -> stems.contains(words.stem(words.lemma(hint))));
  }

  String describe(Meaning meaning) {
    if (meaning instanceof Meaning.OfTable table) {
      return plural(table.table());
    } else if (meaning instanceof Meaning.OfColumn column) {
      return words(column.column()) + " of " + plural(column.table());
    } else if (meaning instanceof Meaning.OfRole role) {
      return String.join(" ", roleWords(role.key())) + " of " + plural(role.table());
    } else if (meaning instanceof Meaning.OfValue value) {
      return "the " + words(value.column()) + " “" + value.value() + "”";
    }
    return meaning.toString();
  }
}
