package io.sally.ask.samples;

import io.sally.ask.SampleValues;
import io.sally.ask.Samples;
import io.sally.ask.offline.ColumnValues;
import io.sally.engine.Execution;
import io.sally.engine.catalog.Catalog;
import io.sally.engine.catalog.Catalogs;
import io.sally.engine.catalog.Table;
import io.sally.engine.catalog.TableName;
import io.sally.engine.catalog.UniqueKey;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads the values of the tables of those sources that allow it, and keeps them as long as the
 * catalog that they belong to, so that they are as old as it. Reading is bounded for each question
 * and goes on with the next; until then the same samples are given out, so that a request that was
 * shown is the request that is sent. Thread-safe.
 */
public final class KeptSamples implements SampleValues {
  /** How long one question may wait for values. */
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  /** A column with more values names things rather than kinds of things. */
  private static final int MOST_VALUES = 100;

  private final ColumnValues values;
  private final Predicate<String> allowed;
  private final Map<String, Read> kept = new HashMap<>();

  /**
   * Samples of the sources that allow it.
   *
   * @param allowed whether the values of the source of this name may leave
   */
  public KeptSamples(ColumnValues values, Predicate<String> allowed) {
    this.values = values;
    this.allowed = allowed;
  }

  /**
   * What was read of one catalog so far.
   *
   * @param of the very one, by itself; the engine gives another when it has read it again
   */
  private record Read(
      Set<Catalog> of, Map<TableName, Map<String, List<String>>> tables, boolean whole) {
    static Read nothingOf(Catalog catalog) {
      Set<Catalog> same = Collections.newSetFromMap(new IdentityHashMap<>());
      same.add(catalog);
      return new Read(same, Map.of(), false);
    }
  }

  @Override
  public boolean isAllowed(String source) {
    return allowed.test(source);
  }

  @Override
  public Samples of(Catalogs catalogs, Execution execution) throws SQLException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    List<Map<TableName, Map<String, List<String>>>> sources = new ArrayList<>();
    for (Catalog catalog : catalogs.catalogs()) {
      if (isAllowed(catalog.source())) {
        sources.add(of(catalog, end, execution).tables());
      }
    }
    return new Samples(sources);
  }

  private Read of(Catalog catalog, long end, Execution execution) throws SQLException {
    Read known = known(catalog);
    if (known.whole()) {
      return known;
    }
    Map<TableName, Map<String, List<String>>> tables = new HashMap<>(known.tables());
    boolean whole = true;
    for (Table table : catalog.tables()) {
      execution.check();
      if (!tables.containsKey(table.name())) {
        if (System.nanoTime() > end) {
          whole = false;
          break;
        }
        ColumnValues.Values read = values.of(table, execution);
        whole &= read.complete();
        if (read.complete()) {
          tables.put(table.name(), few(table, read.byColumn()));
        }
      }
    }
    if (!whole && tables.size() == known.tables().size()) {
      return known;
    }
    Read more = new Read(known.of(), Map.copyOf(tables), whole);
    keep(catalog.source(), more);
    return more;
  }

  private synchronized Read known(Catalog catalog) {
    Read read = kept.get(catalog.source());
    if (read == null || !read.of().contains(catalog)) {
      read = Read.nothingOf(catalog);
      kept.put(catalog.source(), read);
    }
    return read;
  }

  private synchronized void keep(String source, Read read) {
    kept.put(source, read);
  }

  /** Without what names single things: unique columns, and those with many values. */
  private static Map<String, List<String>> few(Table table, Map<String, List<String>> byColumn) {
    Set<String> unique =
        Stream.concat(Stream.ofNullable(table.primaryKey()), table.uniqueKeys().stream())
            .map(UniqueKey::columns)
            .filter(columns -> columns.size() == 1)
            .map(columns -> columns.get(0))
            .collect(Collectors.toSet());
    return byColumn.entrySet().stream()
        .filter(column -> !unique.contains(column.getKey()))
        .filter(column -> column.getValue().size() <= MOST_VALUES)
        .collect(
            Collectors.toUnmodifiableMap(
                Map.Entry::getKey, column -> column.getValue().stream().sorted().toList()));
  }
}
