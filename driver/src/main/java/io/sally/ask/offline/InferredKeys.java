package io.sally.ask.offline;

import io.sally.ask.words.Vocabulary;
import io.sally.engine.catalog.Catalog;
import io.sally.engine.catalog.Catalogs;
import io.sally.engine.catalog.Column;
import io.sally.engine.catalog.ForeignKey;
import io.sally.engine.catalog.Table;
import io.sally.engine.catalog.TableName;
import io.sally.engine.catalog.UniqueKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Completes catalogs that declare no keys: a key goes by the names and types of columns, by what
 * comments say, and by the values where they are known; what is declared is never overruled.
 * Confined to the building of one lexicon.
 */
final class InferredKeys {
  /** The name of a foreign key that no catalog declares. */
  static final String NAME = "(inferred)";

  private static final double LIKELY = 0.6;

  private final Catalogs declared;
  private final NameParts parts;
  private final Vocabulary vocabulary;
  private final Map<TableName, ColumnValues.Values> values;
  private final Map<TableName, Table> tables = new LinkedHashMap<>();

  InferredKeys(
      Catalogs declared,
      NameParts parts,
      Vocabulary vocabulary,
      Map<TableName, ColumnValues.Values> values) {
    this.declared = declared;
    this.parts = parts;
    this.vocabulary = vocabulary;
    this.values = values;
  }

  Catalogs complete() {
    declared.tables().forEach(table -> tables.put(table.name(), withPrimaryKey(table)));
    return new Catalogs(
        declared.catalogs().stream()
            .map(
                catalog ->
                    new Catalog(
                        catalog.source(),
                        catalog.tables().stream()
                            .map(t -> withForeignKeys(Objects.requireNonNull(tables.get(t.name()))))
                            .toList()))
            .toList());
  }

  private Table withPrimaryKey(Table table) {
    if (table.primaryKey() != null || table.kind() == Table.Kind.SYSTEM_TABLE) {
      return table;
    }
    return table.columns().stream()
        .filter(column -> rank(table, column) >= 0 && !repeats(table, column))
        .min((a, b) -> Integer.compare(rank(table, a), rank(table, b)))
        .map(
            column ->
                new Table(
                    table.name(),
                    table.kind(),
                    table.comment(),
                    table.columns(),
                    new UniqueKey(NAME, List.of(column.name())),
                    table.uniqueKeys(),
                    table.foreignKeys(),
                    table.rowCount()))
        .orElse(table);
  }

  /** How well the name is that of the table's key, the best being 0, or -1. */
  private int rank(Table table, Column column) {
    if (!Names.isNumber(column) && !Names.isText(column)) {
      return -1;
    }
    List<String> name = parts.of(table, column);
    List<String> whole = parts.of(column.name());
    List<String> thing = parts.of(table);
    List<String> keys = vocabulary.names("KEY");
    List<String> labels = vocabulary.names("NATURAL_KEY");
    String last = name.get(name.size() - 1);
    if (name.size() == 1 && keys.contains(last)) {
      return 0;
    }
    boolean ofThing =
        whole.size() == thing.size() + 1 && whole.subList(0, thing.size()).equals(thing);
    String wholeLast = whole.get(whole.size() - 1);
    if (ofThing && keys.contains(wholeLast)) {
      return 1;
    }
    if (isInitialed(name, thing)) {
      return 2;
    }
    if (ofThing && labels.contains(wholeLast)) {
      return 3 + labels.indexOf(wholeLast);
    }
    return labels.contains(wholeLast) && known(table, column) != null && isShared(table, column)
        ? 3 + labels.size()
        : -1;
  }

  /** Whether another table has a column of the very name. */
  private boolean isShared(Table table, Column column) {
    return table.columns().indexOf(column) == 0
        && table.rowCount() != null
        && declared
            .tables()
            .anyMatch(t -> !t.name().equals(table.name()) && t.column(column.name()).isPresent());
  }

  /** "bid" for a book: the beginning of the thing's name and a key's word in one. */
  private boolean isInitialed(List<String> name, List<String> thing) {
    if (name.size() != 1 || thing.size() != 1 || name.get(0).length() > 5) {
      return false;
    }
    String word = name.get(0);
    return vocabulary.names("KEY").stream()
        .filter(key -> word.endsWith(key) && word.length() > key.length())
        .map(key -> word.substring(0, word.length() - key.length()))
        .anyMatch(start -> thing.get(0).startsWith(start));
  }

  /** Whether the values are known to occur more than once. */
  private boolean repeats(Table table, Column column) {
    List<String> known = known(table, column);
    Long rows = table.rowCount();
    return known != null && rows != null && known.size() < rows;
  }

  private @org.jspecify.annotations.Nullable List<String> known(Table table, Column column) {
    ColumnValues.Values of = values.get(table.name());
    return of == null ? null : of.byColumn().get(column.name());
  }

  private Table withForeignKeys(Table table) {
    if (table.kind() == Table.Kind.SYSTEM_TABLE) {
      return table;
    }
    Set<String> taken = new HashSet<>();
    table.foreignKeys().forEach(key -> taken.addAll(key.columns()));
    List<ForeignKey> keys = new ArrayList<>(table.foreignKeys());
    for (Column column : table.columns()) {
      if (!taken.contains(column.name())) {
        target(table, column).ifPresent(keys::add);
      }
    }
    return new Table(
        table.name(),
        table.kind(),
        table.comment(),
        table.columns(),
        table.primaryKey(),
        table.uniqueKeys(),
        keys,
        table.rowCount());
  }

  private Optional<ForeignKey> target(Table table, Column column) {
    double best = 0;
    List<ForeignKey> found = new ArrayList<>();
    for (Table other : tables.values()) {
      UniqueKey key = other.primaryKey();
      if (other.name().equals(table.name())
          || key == null
          || key.columns().size() != 1
          || !other.name().source().equals(table.name().source())) {
        continue;
      }
      Column target = other.column(key.columns().get(0)).orElseThrow();
      if (isOwnKey(table, column) && !column.name().equals(target.name())) {
        continue;
      }
      double score = score(table, column, other, target);
      if (score >= LIKELY && score >= best && valuesFit(table, column, other, target)) {
        if (score > best) {
          found.clear();
        }
        best = score;
        found.add(
            new ForeignKey(NAME, List.of(column.name()), other.name(), List.of(target.name())));
      }
    }
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }

  private static boolean isOwnKey(Table table, Column column) {
    return table.primaryKey() != null && table.primaryKey().columns().contains(column.name());
  }

  private double score(Table table, Column column, Table other, Column target) {
    boolean sameFamily =
        Names.isNumber(column)
            ? Names.isNumber(target)
            : Names.isText(column) && Names.isText(target);
    if (!sameFamily) {
      return 0;
    }
    List<String> keys = vocabulary.names("KEY");
    List<String> thing = parts.of(other);
    List<String> targetParts = parts.of(other, target);
    boolean tellingName = !(targetParts.size() == 1 && keys.contains(target.name()));
    if (tellingName && column.name().equalsIgnoreCase(target.name())) {
      return 1;
    }
    List<String> name = new ArrayList<>(parts.of(table, column));
    boolean key = name.removeAll(keys) || parts.of(column.name()).equals(parts.of(target.name()));
    if (name.equals(thing)) {
      return key ? 0.95 : 0.85;
    }
    int from = name.size() - thing.size();
    if (from > 0 && name.subList(from, name.size()).equals(thing)) {
      return key ? 0.8 : isOne(column) ? 0.7 : 0;
    }
    if (key && name.size() == 1 && abbreviates(name.get(0), thing)) {
      return 0.75;
    }
    return saysSo(column, thing) ? 0.65 : 0;
  }

  /** "Many guests" is a number of them, "main guest" is one. */
  private boolean isOne(Column column) {
    String name = column.name().toLowerCase(Locale.ROOT);
    List<String> said = parts.of(name);
    return name.endsWith(said.get(said.size() - 1))
        && said.stream().noneMatch(vocabulary.names("NUMBER_OF")::contains);
  }

  private boolean abbreviates(String word, List<String> thing) {
    String last = thing.get(thing.size() - 1);
    return (word.length() >= 3 && last.startsWith(word))
        || last.equals(word)
        || vocabulary.abbreviated(word).filter(full -> full.equals(thing)).isPresent();
  }

  /** Whether the comment calls the column a reference to the thing. */
  private boolean saysSo(Column column, List<String> thing) {
    String comment = column.comment();
    if (comment == null) {
      return false;
    }
    List<String> said = parts.of(comment.toLowerCase(Locale.ROOT));
    return said.stream().anyMatch(vocabulary.names("REFERENCE")::contains)
        && said.containsAll(thing);
  }

  /** False when both columns' values are known and most of them do not meet. */
  private boolean valuesFit(Table table, Column column, Table other, Column target) {
    List<String> own = known(table, column);
    List<String> there = known(other, target);
    return own == null
        || there == null
        || own.stream().filter(there::contains).count() * 2 >= own.size();
  }
}
