package io.sally.engine.catalog;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a table is found: its source, the schema inside the source where the source has schemas,
 * and its own name, each in the source's spelling.
 *
 * @param schema the schema inside the source, or null for the source's only or default one
 */
public record TableName(String source, @Nullable String schema, String table)
    implements Comparable<TableName> {
  public TableName {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(table, "table");
  }

  /** The schema under which JDBC metadata lists the table: the source, or {@code source.schema}. */
  public String schemaLabel() {
    return schema == null ? source : source + "." + schema;
  }

  @Override
  public int compareTo(TableName other) {
    int bySchema = schemaLabel().compareTo(other.schemaLabel());
    return bySchema != 0 ? bySchema : table.compareTo(other.table);
  }

  @Override
  public String toString() {
    return schemaLabel() + "." + table;
  }
}
