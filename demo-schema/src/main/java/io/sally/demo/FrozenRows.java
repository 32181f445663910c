package io.sally.demo;

import java.util.List;
import java.util.function.Supplier;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.linq4j.Linq4j;

/** Rows of which each scan sees copies. Thread-safe. */
final class FrozenRows extends AbstractEnumerable<Object[]> {
  private final Supplier<List<Object[]>> rows;

  FrozenRows(Supplier<List<Object[]>> rows) {
    this.rows = rows;
  }

  @Override
  public Enumerator<Object[]> enumerator() {
    return Linq4j.transform(Linq4j.iterableEnumerator(rows.get()), row -> row.clone());
  }
}
