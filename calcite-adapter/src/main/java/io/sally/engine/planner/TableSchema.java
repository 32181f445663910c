package io.sally.engine.planner;

import io.sally.engine.planner.SourceSchema.NameMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.calcite.schema.Schema;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.apache.calcite.schema.lookup.LikePattern;
import org.apache.calcite.schema.lookup.Lookup;
import org.apache.calcite.schema.lookup.Named;
import org.jspecify.annotations.Nullable;

/**
 * Tables and schemas that Calcite finds by name: by the exact one first, so that two that differ
 * only by case are kept apart. Immutable.
 */
final class TableSchema extends AbstractSchema {
  private final NameMap<Supplier<Table>> tables;
  private final Map<String, Schema> schemas;

  TableSchema(NameMap<Supplier<Table>> tables, Map<String, Schema> schemas) {
    this.tables = tables;
    this.schemas = Map.copyOf(schemas);
  }

  @Override
  public Lookup<Table> tables() {
    return new Lookup<>() {
      @Override
      public @Nullable Table get(String name) {
        Supplier<Table> table = tables.get(name);
        return table == null ? null : table.get();
      }

      @Override
      public @Nullable Named<Table> getIgnoreCase(String name) {
        String best = tables.best(name);
        Table table = best == null ? null : get(best);
        return best == null || table == null ? null : new Named<>(best, table);
      }

      @Override
      public Set<String> getNames(LikePattern pattern) {
        Predicate<String> wanted = pattern.matcher()::apply;
        Set<String> names = new HashSet<>(tables.names());
        names.removeIf(wanted.negate());
        return names;
      }
    };
  }

  @Override
  protected Map<String, Schema> getSubSchemaMap() {
    return schemas;
  }
}
