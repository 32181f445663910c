package io.sally.ask.context;

import io.sally.ask.TranslationRequest;
import io.sally.engine.catalog.Catalogs;
import io.sally.engine.catalog.Column;
import io.sally.engine.catalog.Table;
import io.sally.engine.catalog.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The part of the catalogs that one question needs, as text: all of it where it fits, otherwise the
 * tables that fit the question best, each with the tables by which it is joined to the others.
 *
 * @param text the tables, in the order of the catalogs
 * @param tables those that are in it
 * @param whole whether nothing was left out
 */
record CatalogPart(String text, List<Table> tables, boolean whole) {
  /** No column comes below this, so that most large catalogs need not be counted exactly. */
  private static final int LEAST_TOKENS_OF_COLUMN = 4;

  private static final int MOST_TABLES = 40;

  /** A table that fits this much worse than the best one is about something else. */
  private static final double FITS = 0.12;

  /** The share of the tokens that is kept for tables that only join others: one in this many. */
  private static final int FOR_JOINS = 8;

  private static final int MOST_COLUMNS = 30;
  private static final int FIRST_COLUMNS = 12;

  static CatalogPart whole(Catalogs catalogs, SampleText samples) {
    StringBuilder text = new StringBuilder();
    catalogs.tables().forEach(table -> text.append(CatalogText.of(table, samples)));
    return new CatalogPart(text.toString(), catalogs.tables().toList(), true);
  }

  /** Whether the whole could have no more tokens than this. */
  static boolean mayFit(Catalogs catalogs, int mostTokens) {
    long columns = catalogs.tables().mapToLong(table -> table.columns().size() + 1L).sum();
    return columns * LEAST_TOKENS_OF_COLUMN <= mostTokens;
  }

  /**
   * The best of the catalogs.
   *
   * @param found the tables that fit the question, the best first
   * @param samples which values to show
   */
  static CatalogPart of(
      TranslationRequest request,
      List<CatalogIndex.Found> found,
      JoinPaths paths,
      SampleText samples,
      int mostTokens) {
    Map<TableName, Table> byName = new HashMap<>();
    request.catalogs().tables().forEach(table -> byName.put(table.name(), table));
    Choice choice = new Choice(byName, samples, mostTokens);
    double least = found.isEmpty() ? 0 : found.get(0).score() * FITS;
    for (CatalogIndex.Found next : found) {
      if (next.score() < least || choice.texts.size() >= MOST_TABLES) {
        break;
      }
      List<TableName> wanted = new ArrayList<>(List.of(next.table()));
      wanted.addAll(paths.between(next.table(), choice.texts.keySet()));
      choice.add(wanted, mostTokens / FOR_JOINS);
    }
    // Tables that were on their own may be joined by way of what came after them.
    for (TableName name : List.copyOf(choice.texts.keySet())) {
      Set<TableName> others = new HashSet<>(choice.texts.keySet());
      others.remove(name);
      choice.add(paths.between(name, others), 0);
    }
    List<Table> tables =
        request.catalogs().tables().filter(t -> choice.texts.containsKey(t.name())).toList();
    StringBuilder text = new StringBuilder();
    tables.forEach(table -> text.append(Objects.requireNonNull(choice.texts.get(table.name()))));
    return new CatalogPart(text.toString(), tables, false);
  }

  /** The tables chosen so far, with their texts. Confined to one choice. */
  private static final class Choice {
    private final Map<TableName, String> texts = new LinkedHashMap<>();
    private final Map<TableName, Table> byName;
    private final SampleText samples;
    private int left;

    Choice(Map<TableName, Table> byName, SampleText samples, int mostTokens) {
      this.byName = byName;
      this.samples = samples;
      this.left = mostTokens;
    }

    /** Takes these tables, all of them or, where they leave less than this, none. */
    void add(List<TableName> wanted, int leave) {
      Map<TableName, String> added = new LinkedHashMap<>();
      for (TableName name : wanted) {
        Table table = byName.get(name);
        if (table != null && !texts.containsKey(name)) {
          added.put(name, text(table, samples));
        }
      }
      int cost = added.values().stream().mapToInt(Tokens::of).sum();
      if (cost <= left - leave) {
        left -= cost;
        texts.putAll(added);
      }
    }
  }

  /**
   * A wide table is shown by its keys, its first columns and those of which the question speaks.
   */
  private static String text(Table table, SampleText samples) {
    if (table.columns().size() <= MOST_COLUMNS) {
      return CatalogText.of(table, samples);
    }
    Set<String> shown = new HashSet<>(JoinPaths.keyColumns(table));
    List<Column> others = new ArrayList<>();
    for (Column column : table.columns()) {
      if (samples.stems().ofName(column.name()).stream().anyMatch(samples.said()::contains)
          || samples.isSaidOf(table, column.name())) {
        shown.add(column.name());
      } else {
        others.add(column);
      }
    }
    others.stream().limit(FIRST_COLUMNS).forEach(column -> shown.add(column.name()));
    return CatalogText.of(table, column -> shown.contains(column.name()), samples);
  }
}
