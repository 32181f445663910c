package io.sally.engine.catalog;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The catalogs of all sources at one moment. Immutable. */
public record Catalogs(List<Catalog> catalogs) {
  public Catalogs {
    catalogs = List.copyOf(catalogs);
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

  /** The catalogs of those sources alone that {@code sources} names. */
  public Catalogs only(List<String> sources) {
    return new Catalogs(catalogs.stream().filter(c -> sources.contains(c.source())).toList());
  }

  /**
   * A hash of everything that can change what a question means: names, types, nullability, keys and
   * comments. Row counts are left out, since they change with every write.
   */
  public String fingerprint() {
    Hasher hasher = Hashing.sha256().newHasher();
    tables()
        .forEach(
            table -> {
              put(hasher, table.name());
              put(hasher, table.kind());
              put(hasher, table.comment());
              table.columns().forEach(column -> put(hasher, column));
              put(hasher, table.primaryKey());
              table.uniqueKeys().forEach(key -> put(hasher, key));
              table.foreignKeys().forEach(key -> put(hasher, key));
            });
    return hasher.hash().toString();
  }

  private static void put(Hasher hasher, @Nullable Object part) {
    String text = String.valueOf(part);
    hasher.putInt(text.length()).putString(text, StandardCharsets.UTF_8);
  }
}
