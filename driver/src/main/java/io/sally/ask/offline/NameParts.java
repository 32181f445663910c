package io.sally.ask.offline;

import io.sally.ask.words.Vocabulary;
import io.sally.ask.words.Words;
import io.sally.engine.catalog.Catalogs;
import io.sally.engine.catalog.Column;
import io.sally.engine.catalog.Table;
import io.sally.engine.catalog.TableName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The words of which the names of one set of catalogs are made, as lemmas. Words that were written
 * together come apart where both halves are known, and what all names begin with says nothing and
 * is left out. Thread-safe; it remembers the names that it has divided, which are those of the
 * catalogs.
 */
final class NameParts {
  /** Fewer names than this may begin alike by chance. */
  private static final int MANY = 4;

  private record Key(TableName table, String column) {}

  private final Map<String, List<String>> names = new ConcurrentHashMap<>();
  private final Map<Key, List<String>> columns = new ConcurrentHashMap<>();
  private final Words words;
  private final Vocabulary vocabulary;
  private final Set<String> things = new HashSet<>();
  private final Set<String> endings = new HashSet<>();
  private final Set<String> spoken = new HashSet<>();
  private final Set<String> starts = new HashSet<>();
  private final Set<String> prefixWords = new HashSet<>();

  NameParts(Catalogs catalogs, Words words, Vocabulary vocabulary) {
    this.words = words;
    this.vocabulary = vocabulary;
    endings.addAll(vocabulary.names("KEY"));
    endings.addAll(vocabulary.names("LABEL"));
    endings.addAll(vocabulary.names("WEAK"));
    catalogs
        .catalogs()
        .forEach(
            catalog -> {
              List<List<String>> named =
                  catalog.tables().stream()
                      .filter(t -> t.kind() != Table.Kind.SYSTEM_TABLE)
                      .map(t -> words.nameWords(t.name().table()))
                      .toList();
              if (named.size() >= MANY && commonLength(named) > 0) {
                prefixWords.add(named.get(0).get(0));
              }
              named.forEach(things::addAll);
              String start =
                  commonStart(catalog.tables().stream().map(t -> t.name().table()).toList());
              if (start.length() > 1) {
                starts.add(start);
                named.forEach(n -> n.forEach(w -> things.add(withoutStart(w))));
              }
              catalog.tables().stream()
                  .flatMap(t -> t.columns().stream())
                  .map(Column::comment)
                  .filter(Objects::nonNull)
                  .forEach(comment -> spoken.addAll(words.phraseWords(comment)));
            });
    spoken.removeIf(word -> word.length() < 3 || !word.chars().allMatch(Character::isLetter));
  }

  /** The words of a name. */
  List<String> of(String name) {
    return names.computeIfAbsent(name, this::divided);
  }

  private List<String> divided(String name) {
    List<String> parts = new ArrayList<>();
    for (String word : words.nameWords(name)) {
      parts.addAll(split(withoutStart(word)));
    }
    if (parts.size() > 1 && prefixWords.contains(parts.get(0))) {
      parts.remove(0);
    }
    return List.copyOf(parts);
  }

  /** The words of a table's name. */
  List<String> of(Table table) {
    return of(table.name().table());
  }

  /** The words of a column's name, without those with which every column of the table begins. */
  List<String> of(Table table, Column column) {
    return columns.computeIfAbsent(
        new Key(table.name(), column.name()), key -> withoutCommon(table, column));
  }

  private List<String> withoutCommon(Table table, Column column) {
    List<String> parts = of(column.name());
    if (table.columns().size() < MANY) {
      return parts;
    }
    String start = commonStart(table.columns().stream().map(Column::name).toList());
    if (start.length() > 2 && column.name().length() > start.length()) {
      return of(column.name().substring(start.length()));
    }
    List<List<String>> all = table.columns().stream().map(c -> of(c.name())).toList();
    return parts.subList(Math.min(commonLength(all), parts.size() - 1), parts.size());
  }

  /** The name with its abbreviations written out; empty when it has none. */
  Optional<List<String>> writtenOut(List<String> parts) {
    List<String> full = new ArrayList<>();
    for (String part : parts) {
      full.addAll(vocabulary.abbreviated(part).orElse(List.of(part)));
    }
    return full.equals(parts) ? Optional.empty() : Optional.of(full);
  }

  private static int commonLength(List<List<String>> names) {
    List<String> first = names.get(0);
    int length = 0;
    while (length < first.size()) {
      int at = length;
      if (!names.stream().allMatch(n -> n.size() > at + 1 && n.get(at).equals(first.get(at)))) {
        break;
      }
      length++;
    }
    return length;
  }

  /** What names that are written in one word each begin with; empty when they do not. */
  private static String commonStart(List<String> names) {
    if (names.size() < MANY || names.stream().anyMatch(n -> !n.matches("\\p{Ll}[\\p{Ll}\\d]*"))) {
      return "";
    }
    String start = names.get(0);
    for (String name : names) {
      int length = 0;
      while (length < Math.min(start.length(), name.length() - 1)
          && start.charAt(length) == name.charAt(length)) {
        length++;
      }
      start = start.substring(0, length);
    }
    return start;
  }

  private String withoutStart(String word) {
    for (String start : starts) {
      if (word.startsWith(start) && word.length() > start.length() + 1) {
        return words.lemma(word.substring(start.length()));
      }
    }
    return word;
  }

  private List<String> split(String word) {
    if (word.length() < 4 || spoken.contains(word)) {
      return List.of(word);
    }
    if (isKnown(word)) {
      for (int at = 4; at <= word.length() - 4; at++) {
        if (spoken.contains(word.substring(0, at)) && spoken.contains(word.substring(at))) {
          return List.of(word.substring(0, at), word.substring(at));
        }
      }
      return List.of(word);
    }
    for (int at = word.length() - 2; at > 1; at--) {
      String head = word.substring(0, at);
      String tail = word.substring(at);
      if (!isKnown(tail) && !spoken.contains(tail)) {
        continue;
      }
      if (isKnown(head) || spoken.contains(head)) {
        return List.of(head, tail);
      }
      for (String thing : things) {
        if (endings.contains(tail) && head.endsWith(thing) && thing.length() > 3) {
          return List.of(head.substring(0, head.length() - thing.length()), thing, tail);
        }
      }
    }
    return List.of(word);
  }

  private boolean isKnown(String word) {
    return things.contains(word)
        || endings.contains(word)
        || vocabulary.abbreviated(word).isPresent();
  }
}
