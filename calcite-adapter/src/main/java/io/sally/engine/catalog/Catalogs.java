package io.sally.engine.catalog;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The catalogs of all sources at one moment. Immutable.
 *
 * @param catalogs those that could be read, in the order of the sources
 * @param missing the sources whose catalog could never be read, each with the reason
 */
public record Catalogs(List<Catalog> catalogs, Map<String, String> missing) {
  public Catalogs {
    catalogs = List.copyOf(catalogs);
    missing = Collections.unmodifiableMap(new LinkedHashMap<>(missing));
  }

  /** Catalogs of sources that could all be read. */
  public Catalogs(List<Catalog> catalogs) {
    this(catalogs, Map.of());
  }

  /** The catalog of the source of exactly this name. */
  public Optional<Catalog> source(String name) {
    return catalogs.stream().filter(c -> c.source().equals(name)).findFirst();
  }

  /** All tables of all sources, in the order of the sources. */
  public Stream<Table> tables() {
    return catalogs.stream().flatMap(c -> c.tables().stream());
  }

  /** The table of exactly this name. */
  public Optional<Table> table(TableName name) {
    return tables().filter(t -> t.name().equals(name)).findFirst();
  }

  /** What is there of those sources alone that {@code sources} names. */
  public Catalogs only(List<String> sources) {
    Map<String, String> stillMissing = new LinkedHashMap<>(missing);
    stillMissing.keySet().retainAll(sources);
    return new Catalogs(
        catalogs.stream().filter(c -> sources.contains(c.source())).toList(), stillMissing);
  }

  /**
   * A hash of everything that can change what a question means: names, types, nullability, keys and
   * comments. Row counts are left out, since they change with every write.
   */
  public String fingerprint() {
    Hasher hasher = Hashing.sha256().newHasher();
    tables().forEach(table -> put(hasher, table));
    return hasher.hash().toString();
  }

  /** The same of these tables alone; one that is not there counts by its name. */
  public String fingerprint(SortedSet<TableName> names) {
    Hasher hasher = Hashing.sha256().newHasher();
    for (TableName name : names) {
      table(name).ifPresentOrElse(table -> put(hasher, table), () -> put(hasher, (Object) name));
    }
    return hasher.hash().toString();
  }

  private static void put(Hasher hasher, Table table) {
    put(hasher, table.name());
    put(hasher, table.kind());
    put(hasher, table.comment());
    table.columns().forEach(column -> put(hasher, column));
    put(hasher, table.primaryKey());
    table.uniqueKeys().forEach(key -> put(hasher, key));
    table.foreignKeys().forEach(key -> put(hasher, key));
  }

  private static void put(Hasher hasher, @Nullable Object part) {
    String text = String.valueOf(part);
    hasher.putInt(text.length()).putString(text, StandardCharsets.UTF_8);
  }
}
