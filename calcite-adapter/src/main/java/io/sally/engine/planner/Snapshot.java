package io.sally.engine.planner;

import io.sally.engine.catalog.Catalog;
import io.sally.engine.catalog.Catalogs;
import io.sally.engine.catalog.Table;
import io.sally.engine.catalog.TableName;
import io.sally.engine.source.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.config.CalciteConnectionConfig;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.config.CalciteConnectionProperty;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.Schema;
import org.apache.calcite.schema.SchemaPlus;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.apache.calcite.sql.validate.SqlNameMatchers;
import org.jspecify.annotations.Nullable;

/**
 * The catalogs of one moment, as Calcite sees them: a schema for each source, the source's own
 * schemas inside it. Immutable once built; thread-safe.
 */
public final class Snapshot {
  private static final CalciteConnectionConfig CONFIG =
      CalciteConnectionConfigImpl.DEFAULT.set(CalciteConnectionProperty.CASE_SENSITIVE, "false");

  private final Catalogs catalogs;
  private final CalciteSchema root;
  private final Map<List<String>, TableName> names = new HashMap<>();

  public Snapshot(Catalogs catalogs, List<Source> sources) {
    this(catalogs);
    for (Source source : sources) {
      catalogs
          .source(source.name())
          .ifPresent(catalog -> root.add(source.name(), schema(source, catalog)));
    }
  }

  private Snapshot(Catalogs catalogs) {
    this.catalogs = catalogs;
    this.root = CalciteSchema.createRootSchema(false, false);
  }

  /** The same tables in a schema of its own, for a run that adds a table of its own. */
  Snapshot copy() {
    Snapshot copy = new Snapshot(catalogs);
    root.getSubSchemaMap().forEach((name, schema) -> copy.root.add(name, schema.schema));
    copy.names.putAll(names);
    return copy;
  }

  private FixedSchema schema(Source source, Catalog catalog) {
    Map<String, org.apache.calcite.schema.Table> direct = new HashMap<>();
    Map<String, Map<String, org.apache.calcite.schema.Table>> inner = new HashMap<>();
    for (Table table : catalog.tables()) {
      TableName name = table.name();
      String schema = name.schema();
      if (schema == null) {
        direct.put(name.table(), source.plannerTable(table));
        names.put(List.of(source.name(), name.table()), name);
      } else {
        inner
            .computeIfAbsent(schema, key -> new HashMap<>())
            .put(name.table(), source.plannerTable(table));
        names.put(List.of(source.name(), schema, name.table()), name);
      }
    }
    Map<String, Schema> schemas = new HashMap<>();
    inner.forEach((name, tables) -> schemas.put(name, new FixedSchema(tables, Map.of())));
    return new FixedSchema(direct, schemas);
  }

  public Catalogs catalogs() {
    return catalogs;
  }

  SchemaPlus rootSchema() {
    return root.plus();
  }

  /**
   * The table at a path of names that Calcite resolved, or null where it is no table of a source.
   */
  @Nullable TableName nameOf(List<String> path) {
    return names.get(path);
  }

  /** Reads the snapshot for one statement that looks for unqualified names in these schemas. */
  CalciteCatalogReader reader(List<String> schemaPath, RelDataTypeFactory typeFactory) {
    List<List<String>> paths = new ArrayList<>();
    schemaPath.forEach(schema -> paths.add(List.of(schema)));
    paths.add(List.of());
    return new Reader(root, paths, typeFactory);
  }

  private static final class FixedSchema extends AbstractSchema {
    private final Map<String, org.apache.calcite.schema.Table> tables;
    private final Map<String, Schema> schemas;

    FixedSchema(Map<String, org.apache.calcite.schema.Table> tables, Map<String, Schema> schemas) {
      this.tables = Map.copyOf(tables);
      this.schemas = Map.copyOf(schemas);
    }

    @Override
    protected Map<String, Schema> getSubSchemaMap() {
      return schemas;
    }

    @Override
    protected Map<String, org.apache.calcite.schema.Table> getTableMap() {
      return tables;
    }
  }

  /** Calcite's own reader, with more than one default schema. */
  private static final class Reader extends CalciteCatalogReader {
    Reader(CalciteSchema root, List<List<String>> schemaPaths, RelDataTypeFactory typeFactory) {
      super(root, SqlNameMatchers.withCaseSensitive(false), schemaPaths, typeFactory, CONFIG);
    }
  }
}
