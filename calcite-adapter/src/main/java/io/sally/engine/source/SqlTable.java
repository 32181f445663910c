package io.sally.engine.source;

import io.sally.engine.catalog.Column;
import io.sally.engine.catalog.Table;
import io.sally.engine.catalog.UniqueKey;
import io.sally.engine.planner.TypeMapping;
import java.util.List;
import java.util.stream.Stream;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.Statistic;
import org.apache.calcite.schema.Statistics;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * A table of a database, as the planner sees it: it has no rows of its own, they come with the
 * query that is pushed to its source. Immutable.
 */
public final class SqlTable extends AbstractTable {
  private final SqlSource source;
  private final Table definition;

  public SqlTable(SqlSource source, Table definition) {
    this.source = source;
    this.definition = definition;
  }

  public SqlSource source() {
    return source;
  }

  public Table definition() {
    return definition;
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory typeFactory) {
    return TypeMapping.rowType(definition.columns(), typeFactory);
  }

  /**
   * The row count and the keys. A key with a column that can be null is left out: a database lets
   * its nulls repeat, the planner would not.
   */
  @Override
  public Statistic getStatistic() {
    List<ImmutableBitSet> keys =
        Stream.concat(Stream.ofNullable(definition.primaryKey()), definition.uniqueKeys().stream())
            .map(UniqueKey::columns)
            .filter(columns -> columns.stream().allMatch(this::neverNull))
            .map(columns -> ImmutableBitSet.of(columns.stream().map(this::position).toList()))
            .toList();
    Long rowCount = definition.rowCount();
    return Statistics.of(rowCount == null ? null : rowCount.doubleValue(), keys, List.of(), null);
  }

  /** How many different values its source thinks that a column has, or null. */
  public @Nullable Double distinctValues(int column) {
    return definition.distinctValues().get(definition.columns().get(column).name());
  }

  private boolean neverNull(String column) {
    return definition.column(column).filter(found -> !found.nullable()).isPresent();
  }

  private int position(String column) {
    return definition.columns().stream().map(Column::name).toList().indexOf(column);
  }
}
