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

  Names(Words words, Vocabulary vocabulary, NameParts parts) {
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
    List<String> role = new ArrayList<>(parts.of(key.columns().get(0)));
    role.removeAll(parts.of(key.target().table()));
    role.removeAll(vocabulary.names("KEY"));
    role.removeAll(vocabulary.names("WEAK"));
    List<String> target = parts.of(key.target().table());
    role.removeIf(
        word ->
            vocabulary.abbreviated(word).filter(target::containsAll).isPresent()
                || (word.length() > 2 && target.stream().anyMatch(t -> t.startsWith(word))));
    return role;
  }

  /** What a single key such as {@code invoice_id} calls a row of the table, or nothing. */
  List<String> keyWords(Table table) {
    if (table.primaryKey() == null || table.primaryKey().columns().size() != 1) {
      return List.of();
    }
    List<String> key = new ArrayList<>(parts.of(table.primaryKey().columns().get(0)));
    int size = key.size();
    key.removeAll(vocabulary.names("KEY"));
    boolean named = key.size() < size && !parts.of(table).containsAll(key);
    return named ? key : List.of();
  }

  /** The column by which people know a row of the table. */
  Optional<Column> label(Table table) {
    for (String label : vocabulary.names("LABEL")) {
      for (Column column : table.columns()) {
        List<String> columnWords = new ArrayList<>(parts.of(table, column));
        if (columnWords.size() > 1) {
          columnWords.removeAll(parts.of(table));
        }
        if (isText(column)
            && table.foreignKeys().stream().noneMatch(k -> k.columns().contains(column.name()))
            && String.join("_", columnWords).equals(label)) {
          return Optional.of(column);
        }
      }
    }
    return Optional.empty();
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

  /** Whether one of the words of the name has the stem of one of the vocabulary's for the sense. */
  boolean says(String name, String sense) {
    return rank(name, sense) >= 0;
  }

  /** The place of the first of the sense's words that the name has, or -1. */
  int rank(String name, String sense) {
    List<String> stems = parts.of(name).stream().map(words::stem).toList();
    List<String> hints = vocabulary.names(sense);
    for (int i = 0; i < hints.size(); i++) {
      if (stems.contains(words.stem(words.lemma(hints.get(i))))) {
        return i;
      }
    }
    return -1;
  }

  /** Whether a strong word of one name begins as one of the other does: "ordered" and "orders". */
  boolean sharesRoot(String name, String other) {
    List<String> weak = vocabulary.names("WEAK");
    List<String> others = parts.of(other).stream().map(words::stem).toList();
    return parts.of(name).stream()
        .filter(word -> !weak.contains(word))
        .map(words::stem)
        .anyMatch(
            stem ->
                stem.length() >= 3
                    && others.stream().anyMatch(o -> o.startsWith(stem) || stem.startsWith(o)));
  }

  /** How well the name of a time names the event itself: its rank among such words, or -1. */
  int events(String name) {
    List<String> strong = new ArrayList<>(parts.of(name));
    strong.removeAll(vocabulary.names("WEAK"));
    return strong.isEmpty() ? 0 : rank(String.join("_", strong), "EVENT");
  }

  /** Whether a word of the name has the stem of one of the hints. */
  boolean hasAny(String name, List<String> hints) {
    List<String> stems = parts.of(name).stream().map(words::stem).toList();
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
