package io.sally.engine.source;

import io.sally.engine.catalog.Table;
import io.sally.engine.planner.TypeMapping;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.Statistic;
import org.apache.calcite.schema.Statistics;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * A table that the planner finds in a source that runs SQL. Immutable.
 *
 * <p>Of the keys only the primary key is told to the planner: other unique keys may hold null more
 * than once, and foreign keys are enforced by few sources at all times.
 */
public final class SourceTable extends AbstractTable {
  private final JdbcSource source;
  private final Table table;

  SourceTable(JdbcSource source, Table table) {
    this.source = source;
    this.table = table;
  }

  /** The source that holds the table. */
  public JdbcSource source() {
    return source;
  }

  /** The table of the snapshot. */
  public Table table() {
    return table;
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory typeFactory) {
    return TypeMapping.rowType(table.columns(), typeFactory);
  }

  @Override
  public Statistic getStatistic() {
    Long rows = table.rowCount();
    return Statistics.of(rows == null ? null : rows.doubleValue(), keys(), List.of(), null);
  }

  private List<ImmutableBitSet> keys() {
    var key = table.primaryKey();
    if (key == null) {
      return List.of();
    }
    ImmutableBitSet.Builder positions = ImmutableBitSet.builder();
    for (int i = 0; i < table.columns().size(); i++) {
      if (key.columns().contains(table.columns().get(i).name())) {
        if (table.columns().get(i).nullable()) {
          return List.of();
        }
        positions.set(i);
      }
    }
    return List.of(positions.build());
  }
}
