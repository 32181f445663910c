package io.sally.engine.planner;

import io.sally.engine.catalog.TableName;
import io.sally.engine.policy.CatalogPolicy;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.config.CalciteConnectionConfig;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.config.CalciteConnectionProperty;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.SchemaPlus;
import org.jspecify.annotations.Nullable;

/**
 * The sources of one statement, as Calcite sees them: a schema for each source, the source's own
 * schemas inside it. It belongs to one plan, so that a run may add a table of its own.
 */
final class Snapshot {
  private static final CalciteConnectionConfig CONFIG =
      CalciteConnectionConfigImpl.DEFAULT.set(CalciteConnectionProperty.CASE_SENSITIVE, "false");

  private final List<SourceSchema> sources;
  private final CalciteSchema root = CalciteSchema.createRootSchema(false, false);

  Snapshot(List<SourceSchema> sources) {
    this.sources = List.copyOf(sources);
    this.sources.forEach(source -> root.add(source.source(), source.calcite()));
  }

  SchemaPlus rootSchema() {
    return root.plus();
  }

  /**
   * The table at a path of names that Calcite resolved, or null where it is no table of a source.
   */
  @Nullable TableName nameOf(List<String> path) {
    return sources.stream()
        .filter(source -> !path.isEmpty() && source.source().equals(path.get(0)))
        .findFirst()
        .map(source -> source.nameOf(path.subList(1, path.size())))
        .orElse(null);
  }

  /** The path of names of a table, as Calcite resolves it. */
  List<String> path(TableName table) {
    return sources.stream()
        .filter(schema -> schema.source().equals(table.source()))
        .findFirst()
        .orElseThrow()
        .pathOf(table);
  }

  /** What is decided of a source of the statement. */
  CatalogPolicy policy(String source) {
    return sources.stream()
        .filter(schema -> schema.source().equals(source))
        .findFirst()
        .orElseThrow()
        .policy();
  }

  /**
   * Reads the snapshot for one statement. Its tables have whole paths already; the schemas of the
   * session are for names of columns that begin with a table's.
   */
  CalciteCatalogReader reader(
      List<String> schemaPath, RelDataTypeFactory typeFactory, Spelling spelling) {
    List<List<String>> paths = new ArrayList<>();
    paths.add(List.of());
    schemaPath.forEach(schema -> paths.add(path(schema)));
    return new Reader(root, paths, typeFactory, spelling);
  }

  private List<String> path(String schema) {
    for (SourceSchema source : sources) {
      if (schema.startsWith(source.source() + ".")) {
        List<String> path = new ArrayList<>(List.of(source.source()));
        path.addAll(source.schemaPath(schema.substring(source.source().length() + 1)));
        return path;
      }
    }
    return List.of(schema);
  }

  /** Calcite's own reader, with more than one default schema. */
  private static final class Reader extends CalciteCatalogReader {
    Reader(
        CalciteSchema root,
        List<List<String>> schemaPaths,
        RelDataTypeFactory typeFactory,
        Spelling spelling) {
      super(root, spelling.matcher(), schemaPaths, typeFactory, CONFIG);
    }
  }
}
