package io.sally.ask.offline;

import io.sally.engine.catalog.ForeignKey;
import io.sally.engine.catalog.Table;

/**
 * A step along a foreign key.
 *
 * @param forward true from the table that holds the key to its target, where each row meets at most
 *     one; false the other way, where it meets any number
 */
record Hop(ForeignKey key, Table from, Table to, boolean forward) {
  Table holder() {
    return forward ? from : to;
  }

  boolean nullable() {
    // No constraint keeps a key that nobody declared from pointing nowhere.
    return key.name().equals(InferredKeys.NAME)
        || key.columns().stream()
            .anyMatch(c -> holder().column(c).map(column -> column.nullable()).orElse(true));
  }

  String id() {
    return (forward ? ">" : "<") + holder().name() + key.columns();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Hop hop && hop.id().equals(id());
  }

  @Override
  public int hashCode() {
    return id().hashCode();
  }
}
