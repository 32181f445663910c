package io.sally.engine.planner;

import io.sally.engine.Session;
import io.sally.engine.catalog.Catalog;
import io.sally.engine.catalog.Table;
import io.sally.engine.catalog.TableName;
import io.sally.engine.policy.CatalogPolicy;
import io.sally.engine.policy.SourcePolicy;
import io.sally.engine.source.Source;
import io.sally.engine.source.SqlSource;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.calcite.schema.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One catalog of one source, as names find its tables: {@code source.table} for the tables of the
 * default schema, {@code source.schema.table} for all. Immutable; thread-safe. What the planner
 * sees of a table is made when a statement first names it.
 */
public final class SourceSchema {
  /** Keeps a schema apart from a table of the same name, which is found first. */
  private static final String APART = "\u0001";

  private final String source;
  private final CatalogPolicy policy;
  private final NameMap<Entry> direct = new NameMap<>();
  private final NameMap<NameMap<Entry>> schemas = new NameMap<>();
  private final Schema calcite;

  /** A table, and what the planner sees of it. */
  private record Entry(Table table, Supplier<org.apache.calcite.schema.Table> planned) {}

  /** What a name written in a statement means here. */
  sealed interface Found {
    /** One table, at this path below the source's schema. */
    record One(List<String> path) implements Found {}

    /** Several tables whose names differ only by case. */
    record Several(List<TableName> tables) implements Found {}

    /** None. */
    record None() implements Found {}
  }

  /** A part of a name, as written. */
  record Part(String text, boolean quoted) {}

  /**
   * The schema of {@code source} that holds the tables of {@code catalog}.
   *
   * @throws SQLException with SQLState 22023 when the policy does not fit the catalog
   */
  public static SourceSchema of(Source source, Catalog catalog, SourcePolicy policy)
      throws SQLException {
    SourceSchema schema =
        new SourceSchema(
            source,
            CatalogPolicy.of(
                policy,
                catalog,
                name ->
                    name.schema() == null
                        ? new TableName(name.source(), defaultSchema(source), name.table())
                        : name));
    if (!policy.rowFilters().isEmpty()) {
      RowConditions.check(schema);
    }
    return schema;
  }

  private SourceSchema(Source source, CatalogPolicy policy) {
    this.source = source.name();
    this.policy = policy;
    for (Table table : policy.catalog().tables()) {
      TableName name = table.name();
      Entry entry = new Entry(table, new Once(source, table));
      String schema = name.schema() == null ? defaultSchema(source) : name.schema();
      if (name.schema() == null) {
        direct.put(name.table(), entry);
      }
      if (schema != null) {
        NameMap<Entry> tables = schemas.get(schema);
        if (tables == null) {
          tables = new NameMap<>();
          schemas.put(schema, tables);
        }
        tables.put(name.table(), entry);
      }
    }
    this.calcite = calciteSchema();
  }

  private static @Nullable String defaultSchema(Source source) {
    return source instanceof SqlSource sql ? sql.defaultSchema() : null;
  }

  private Schema calciteSchema() {
    Map<String, Schema> inner = new HashMap<>();
    schemas.each(
        (name, tables) ->
            inner.put(key(name), new TableSchema(tables.map(e -> e.planned()), Map.of())));
    return new TableSchema(direct.map(e -> e.planned()), inner);
  }

  /** Calcite looks for a schema before it looks for a table of the same name. */
  private String key(String schema) {
    return direct.ignoringCase(schema).isEmpty() ? schema : schema + APART;
  }

  /** The name of the source, and of its schema. */
  public String source() {
    return source;
  }

  /** What the reader may know of the source. */
  public Catalog catalog(Session.Reader reader) {
    return reader == Session.Reader.TRANSLATOR ? policy.askable() : policy.catalog();
  }

  CatalogPolicy policy() {
    return policy;
  }

  Schema calcite() {
    return calcite;
  }

  /** The path of this name of a schema, below that of the source; empty for the source itself. */
  List<String> schemaPath(String schema) {
    String exact = schemas.get(schema) != null ? schema : null;
    List<String> names =
        exact != null ? List.of(exact) : List.copyOf(schemas.ignoringCase(schema).keySet());
    return names.size() == 1 ? List.of(key(names.get(0))) : List.of();
  }

  /**
   * The table that a name means. A quoted name means the table of exactly that spelling where there
   * is one; any other the one table that it spells when case is left out of account.
   *
   * @param parts {@code table}, or {@code schema.table}
   */
  Found find(List<Part> parts) {
    if (parts.size() == 1) {
      return found(List.of(), direct, parts.get(0));
    }
    if (parts.size() != 2) {
      return new Found.None();
    }
    List<Found> all = new ArrayList<>();
    schemas
        .meant(parts.get(0))
        .forEach(
            (schema, tables) -> {
              Found one = found(List.of(key(schema)), tables, parts.get(1));
              if (!(one instanceof Found.None)) {
                all.add(one);
              }
            });
    if (all.size() == 1) {
      return all.get(0);
    }
    List<TableName> several = new ArrayList<>();
    all.forEach(
        found -> {
          if (found instanceof Found.Several more) {
            several.addAll(more.tables());
          } else if (found instanceof Found.One one) {
            several.add(tableAt(one.path()));
          }
        });
    return several.isEmpty() ? new Found.None() : new Found.Several(several);
  }

  /** The path of a table, that of the source's schema included. */
  List<String> pathOf(TableName table) {
    String schema = table.schema();
    return schema == null
        ? List.of(source, table.table())
        : List.of(source, key(schema), table.table());
  }

  private static Found found(List<String> prefix, NameMap<Entry> tables, Part part) {
    Map<String, Entry> meant = tables.meant(part);
    if (meant.size() == 1) {
      List<String> path = new ArrayList<>(prefix);
      path.addAll(meant.keySet());
      return new Found.One(path);
    }
    return meant.isEmpty()
        ? new Found.None()
        : new Found.Several(meant.values().stream().map(e -> e.table().name()).toList());
  }

  private TableName tableAt(List<String> path) {
    TableName name = nameOf(path);
    if (name == null) {
      throw new IllegalArgumentException("No table at " + path);
    }
    return name;
  }

  /** The table at a path below the source's schema, or null where there is none. */
  @Nullable TableName nameOf(List<String> path) {
    Entry entry = null;
    if (path.size() == 1) {
      entry = direct.get(path.get(0));
    } else if (path.size() == 2) {
      String schema = path.get(0);
      NameMap<Entry> tables =
          schemas.get(
              schema.endsWith(APART)
                  ? schema.substring(0, schema.length() - APART.length())
                  : schema);
      entry = tables == null ? null : tables.get(path.get(1));
    }
    return entry == null ? null : entry.table().name();
  }

  /** What the planner sees of a table, made once. */
  private static final class Once implements Supplier<org.apache.calcite.schema.Table> {
    private final Source source;
    private final Table table;
    private volatile org.apache.calcite.schema.@Nullable Table planned;

    Once(Source source, Table table) {
      this.source = source;
      this.table = table;
    }

    @Override
    public org.apache.calcite.schema.Table get() {
      org.apache.calcite.schema.Table current = planned;
      if (current == null) {
        current = source.plannerTable(table);
        planned = current;
      }
      return current;
    }
  }

  /** Things by name, found by the exact one or without regard to case. */
  static final class NameMap<V> {
    private final Map<String, V> exact = new LinkedHashMap<>();
    private final Map<String, Map<String, V>> folded = new HashMap<>();

    void put(String name, V value) {
      exact.put(name, value);
      folded.computeIfAbsent(fold(name), key -> new LinkedHashMap<>(2)).put(name, value);
    }

    /** Upper case first, so that ſ and ß fold as databases fold them. */
    private static String fold(String name) {
      return name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    @Nullable V get(String name) {
      return exact.get(name);
    }

    Map<String, V> ignoringCase(String name) {
      return folded.getOrDefault(fold(name), Map.of());
    }

    Map<String, V> meant(Part part) {
      V value = part.quoted() ? exact.get(part.text()) : null;
      return value == null ? ignoringCase(part.text()) : Map.of(part.text(), value);
    }

    /** The exact name where there is one, else the only one that differs by case alone. */
    @Nullable String best(String name) {
      if (exact.containsKey(name)) {
        return name;
      }
      Collection<String> names = ignoringCase(name).keySet();
      return names.size() == 1 ? names.iterator().next() : null;
    }

    java.util.Set<String> names() {
      return exact.keySet();
    }

    void each(java.util.function.BiConsumer<String, V> action) {
      exact.forEach(action);
    }

    <W> NameMap<W> map(java.util.function.Function<V, W> mapping) {
      NameMap<W> mapped = new NameMap<>();
      exact.forEach((name, value) -> mapped.put(name, mapping.apply(value)));
      return mapped;
    }
  }
}
