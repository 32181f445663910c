package io.sally.engine.catalog;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table.
 *
 * @param comment what the source says of the column, or null where it says nothing
 */
public record Column(String name, ColumnType type, boolean nullable, @Nullable String comment) {
  public Column {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
  }
}
