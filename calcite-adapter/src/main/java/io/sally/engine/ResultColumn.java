package io.sally.engine;

import io.sally.engine.catalog.ColumnType;
import io.sally.engine.catalog.TableName;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A column of a result.
 *
 * @param label the name under which the query shows it
 * @param table the table that it comes from unchanged, or null for a computed column
 * @param column that table's column, or null for a computed column
 */
public record ResultColumn(
    String label,
    ColumnType type,
    boolean nullable,
    @Nullable TableName table,
    @Nullable String column) {
  public ResultColumn {
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(type, "type");
  }

  /** A column that the product computes. */
  public static ResultColumn computed(String label, ColumnType type, boolean nullable) {
    return new ResultColumn(label, type, nullable, null, null);
  }
}
