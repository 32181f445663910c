package io.sally.engine.policy;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A condition that each row of a table must meet to be there at all. Immutable.
 *
 * @param table the name of the table
 * @param user the user of the connection for whom it holds, in place of the table's general one;
 *     null for the general one
 * @param condition a condition in SQL over the columns of the table
 */
public record RowFilter(PolicyEntry table, @Nullable String user, String condition) {
  public RowFilter {
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(condition, "condition");
  }
}
