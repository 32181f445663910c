package io.sally.ask.offline;

import io.sally.engine.catalog.Column;
import io.sally.engine.catalog.Table;
import io.sally.engine.catalog.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an organisation calls tables and columns beside their names, each as lemmas. Filled by
 * {@link GlossaryReader}, and not changed once a lexicon has it.
 */
final class Aliases {
  private record Key(TableName table, @Nullable String column) {}

  private final Map<Key, List<List<String>>> phrases = new HashMap<>();

  void add(Table table, List<String> phrase) {
    put(new Key(table.name(), null), phrase);
  }

  void add(Table table, Column column, List<String> phrase) {
    put(new Key(table.name(), column.name()), phrase);
  }

  private void put(Key key, List<String> phrase) {
    phrases.computeIfAbsent(key, k -> new ArrayList<>(1)).add(List.copyOf(phrase));
  }

  List<List<String>> of(Table table) {
    return phrases.getOrDefault(new Key(table.name(), null), List.of());
  }

  List<List<String>> of(Table table, Column column) {
    return phrases.getOrDefault(new Key(table.name(), column.name()), List.of());
  }
}
