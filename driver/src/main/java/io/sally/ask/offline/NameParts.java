package io.sally.ask.offline;

import io.sally.engine.catalog.Catalogs;
import io.sally.engine.catalog.Column;
import io.sally.engine.catalog.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The words of which the names of one set of catalogs are made, as lemmas. Words that were written
 * together come apart where both halves are known, and what all names begin with says nothing and
 * is left out. Immutable.
 */
final class NameParts {
  /** Fewer names than this may begin alike by chance. */
  private static final int MANY = 4;

  private final Words words;
  private final Vocabulary vocabulary;
  private final Set<String> things = new HashSet<>();
  private final Set<String> endings = new HashSet<>();
  private final Map<String, String> prefixes = new HashMap<>();
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
              List<List<String>> names =
                  catalog.tables().stream()
                      .filter(t -> t.kind() != Table.Kind.SYSTEM_TABLE)
                      .map(t -> words.nameWords(t.name().table()))
                      .toList();
              if (names.size() >= MANY && commonLength(names) > 0) {
                prefixes.put(catalog.source(), names.get(0).get(0));
                prefixWords.add(names.get(0).get(0));
              }
              names.forEach(things::addAll);
            });
  }

  /** The words of a name. */
  List<String> of(String name) {
    List<String> parts = new ArrayList<>();
    for (String word : words.nameWords(name)) {
      parts.addAll(split(word));
    }
    if (parts.size() > 1 && prefixWords.contains(parts.get(0))) {
      parts.remove(0);
    }
    return parts;
  }

  /** The words of a table's name. */
  List<String> of(Table table) {
    return of(table.name().table());
  }

  /** The words of a column's name, without those with which every column of the table begins. */
  List<String> of(Table table, Column column) {
    List<String> parts = of(column.name());
    if (table.columns().size() < MANY) {
      return parts;
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

  private List<String> split(String word) {
    for (int at = word.length() - 2; at > 2; at--) {
      String head = word.substring(0, at);
      String tail = word.substring(at);
      if (endings.contains(tail) && !things.contains(word)) {
        for (String thing : things) {
          if (head.equals(thing)) {
            return List.of(head, tail);
          }
          if (head.endsWith(thing) && thing.length() > 3) {
            return List.of(head.substring(0, head.length() - thing.length()), thing, tail);
          }
        }
      }
    }
    return List.of(word);
  }
}
