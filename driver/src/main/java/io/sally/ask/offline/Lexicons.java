package io.sally.ask.offline;

import io.sally.ask.context.GlossaryTerm;
import io.sally.ask.words.Vocabulary;
import io.sally.ask.words.Words;
import io.sally.engine.Execution;
import io.sally.engine.catalog.Catalogs;
import io.sally.engine.catalog.Table;
import io.sally.engine.catalog.TableName;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The lexicons of the catalogs that were asked about last. Thread-safe: guarded by itself. */
final class Lexicons {
  private static final int MAX_KEPT = 4;

  /** How long one question may wait for values; the next one reads on from there. */
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  private final ColumnValues values;
  private final List<GlossaryTerm> glossary;
  private final Words words;
  private final Vocabulary vocabulary;
  private final Map<String, Lexicon> kept = new LinkedHashMap<>(8, 0.75f, true);

  /** What was read of catalogs whose values are not all known yet. */
  private final Map<String, Map<TableName, ColumnValues.Values>> begun =
      new LinkedHashMap<>(8, 0.75f, true);

  Lexicons(ColumnValues values, List<GlossaryTerm> glossary, Words words, Vocabulary vocabulary) {
    this.glossary = List.copyOf(glossary);
    this.values = values;
    this.words = words;
    this.vocabulary = vocabulary;
  }

  /** The lexicon of the catalogs, built when it is not there. */
  Lexicon of(Catalogs catalogs, Execution execution) throws SQLException {
    String fingerprint = catalogs.fingerprint();
    @Nullable Lexicon known = get(fingerprint);
    if (known != null) {
      return known;
    }
    Map<TableName, ColumnValues.Values> loaded = begun(fingerprint);
    long start = System.nanoTime();
    List<Table> unread = new ArrayList<>();
    List<Table> tables = catalogs.tables().toList();
    for (Table table : tables) {
      execution.check();
      if (table.kind() == Table.Kind.SYSTEM_TABLE || loaded.containsKey(table.name())) {
        continue;
      }
      if (System.nanoTime() - start > PATIENCE.toNanos()) {
        unread.add(table);
        continue;
      }
      ColumnValues.Values of = values.of(table, execution);
      if (of.complete()) {
        loaded.put(table.name(), of);
      } else {
        unread.add(table);
      }
    }
    Lexicon built = new Lexicon(catalogs, loaded, unread, glossary, words, vocabulary);
    if (unread.isEmpty()) {
      put(fingerprint, built);
    } else {
      begin(fingerprint, loaded);
    }
    return built;
  }

  private synchronized @Nullable Lexicon get(String fingerprint) {
    return kept.get(fingerprint);
  }

  private synchronized Map<TableName, ColumnValues.Values> begun(String fingerprint) {
    return new HashMap<>(begun.getOrDefault(fingerprint, Map.of()));
  }

  private synchronized void begin(String fingerprint, Map<TableName, ColumnValues.Values> loaded) {
    begun.put(fingerprint, Map.copyOf(loaded));
    while (begun.size() > MAX_KEPT) {
      begun.remove(begun.keySet().iterator().next());
    }
  }

  private synchronized void put(String fingerprint, Lexicon lexicon) {
    begun.remove(fingerprint);
    kept.put(fingerprint, lexicon);
    while (kept.size() > MAX_KEPT) {
      kept.remove(kept.keySet().iterator().next());
    }
  }
}
