package io.sally.engine.source;

import io.sally.engine.catalog.Catalog;
import io.sally.engine.catalog.ForeignKey;
import io.sally.engine.catalog.Table;
import io.sally.engine.catalog.TableName;
import io.sally.engine.catalog.UniqueKey;
import io.sally.engine.planner.InternalValues;
import io.sally.engine.planner.RunContext;
import io.sally.engine.planner.TypeMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.rel.RelReferentialConstraint;
import org.apache.calcite.rel.RelReferentialConstraintImpl;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.ScannableTable;
import org.apache.calcite.schema.Statistic;
import org.apache.calcite.schema.Statistics;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.util.ImmutableBitSet;
import org.apache.calcite.util.mapping.IntPair;
import org.jspecify.annotations.Nullable;

/**
 * A source whose rows are held or computed in memory. Thread-safe as far as its tables' rows are.
 */
public final class MemorySource implements Source {
  private final String name;
  private final String type;
  private final Map<TableName, MemoryTable> tables;
  private final Catalog catalog;

  /**
   * A source of this name over these tables.
   *
   * @throws IllegalArgumentException when a table says that it belongs to another source
   */
  public MemorySource(String name, List<MemoryTable> tables) {
    this(name, "memory", tables);
  }

  /**
   * The same, of a kind of its own.
   *
   * @throws IllegalArgumentException when a table says that it belongs to another source
   */
  public MemorySource(String name, String type, List<MemoryTable> tables) {
    this.name = name;
    this.type = type;
    this.catalog = new Catalog(name, tables.stream().map(MemoryTable::definition).toList());
    this.tables =
        tables.stream().collect(Collectors.toMap(t -> t.definition().name(), Function.identity()));
    catalog.tables().stream()
        .filter(table -> !table.name().source().equals(name))
        .findAny()
        .ifPresent(
            table -> {
              throw new IllegalArgumentException(table.name() + " is no table of source " + name);
            });
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String type() {
    return type;
  }

  /** The version of the Java runtime. */
  @Override
  public String version() {
    return "Java " + Runtime.version().feature();
  }

  @Override
  public void probe() {}

  @Override
  public Catalog readCatalog() {
    return catalog;
  }

  @Override
  public org.apache.calcite.schema.Table plannerTable(Table table) {
    MemoryTable rows = tables.get(table.name());
    if (rows == null) {
      throw new IllegalArgumentException(table.name() + " is no table of source " + name);
    }
    return new Scannable(table, rows.rows(), catalog);
  }

  @Override
  public void close() {}

  private static final class Scannable extends AbstractTable implements ScannableTable {
    private final Table table;
    private final MemoryTable.Rows rows;
    private final Catalog catalog;

    Scannable(Table table, MemoryTable.Rows rows, Catalog catalog) {
      this.table = table;
      this.rows = rows;
      this.catalog = catalog;
    }

    @Override
    public RelDataType getRowType(RelDataTypeFactory typeFactory) {
      return TypeMapping.rowType(table.columns(), typeFactory);
    }

    @Override
    public Enumerable<@Nullable Object[]> scan(DataContext root) {
      return RunContext.rows(rows, root).select(Scannable::internalRow);
    }

    private static @Nullable Object[] internalRow(@Nullable Object[] row) {
      @Nullable Object[] converted = new Object[row.length];
      for (int i = 0; i < row.length; i++) {
        converted[i] = InternalValues.fromJdbc(row[i]);
      }
      return converted;
    }

    @Override
    public Statistic getStatistic() {
      List<ImmutableBitSet> keys =
          Stream.concat(Stream.ofNullable(table.primaryKey()), table.uniqueKeys().stream())
              .map(UniqueKey::columns)
              .map(columns -> ImmutableBitSet.of(positions(table, columns)))
              .toList();
      List<RelReferentialConstraint> references =
          table.foreignKeys().stream().flatMap(this::reference).toList();
      Long rowCount = table.rowCount();
      return Statistics.of(
          rowCount == null ? null : rowCount.doubleValue(), keys, references, null);
    }

    private Stream<RelReferentialConstraint> reference(ForeignKey key) {
      return catalog.tables().stream()
          .filter(target -> target.name().equals(key.target()))
          .map(
              target -> {
                List<Integer> from = positions(table, key.columns());
                List<Integer> to = positions(target, key.targetColumns());
                List<IntPair> pairs = new ArrayList<>();
                for (int i = 0; i < from.size(); i++) {
                  pairs.add(IntPair.of(from.get(i), to.get(i)));
                }
                return RelReferentialConstraintImpl.of(
                    path(table.name()), path(target.name()), pairs);
              });
    }

    private static List<String> path(TableName name) {
      return Stream.of(name.source(), name.schema(), name.table())
          .filter(Objects::nonNull)
          .toList();
    }

    private static List<Integer> positions(Table table, List<String> columns) {
      List<String> names = table.columns().stream().map(c -> c.name()).toList();
      return columns.stream().map(names::indexOf).toList();
    }
  }
}
