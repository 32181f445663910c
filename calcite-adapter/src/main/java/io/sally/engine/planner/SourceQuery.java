package io.sally.engine.planner;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.adapter.enumerable.JavaRowFormat;
import org.apache.calcite.adapter.enumerable.PhysType;
import org.apache.calcite.adapter.enumerable.PhysTypeImpl;
import org.apache.calcite.linq4j.tree.BlockBuilder;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.plan.RelOptCost;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rel.type.RelDataType;
import org.jspecify.annotations.Nullable;

/**
 * The part of a plan that one source computes: for the rest of the plan a table, for the source one
 * query. Immutable.
 */
final class SourceQuery extends AbstractRelNode implements EnumerableRel {
  private final RelNode logical;
  private final SourceSelect select;
  private final RunValues values;
  private final List<KeyFilter> filters;
  private final @Nullable SourceScan scan;

  /**
   * @param logical what the query computes, as a plan, from which the number of rows is estimated
   */
  SourceQuery(RelNode logical, SourceSelect select, RunValues values) {
    this(logical, select, values, List.of(), null);
  }

  private SourceQuery(
      RelNode logical,
      SourceSelect select,
      RunValues values,
      List<KeyFilter> filters,
      @Nullable SourceScan scan) {
    super(logical.getCluster(), logical.getCluster().traitSetOf(EnumerableConvention.INSTANCE));
    this.logical = logical;
    this.select = select;
    this.values = values;
    this.filters = List.copyOf(filters);
    this.scan = scan;
  }

  /** The same query, whose rows come through {@code rows}. */
  SourceQuery through(SourceScan rows) {
    return new SourceQuery(logical, select, values, filters, rows);
  }

  /** The same query for the rows with these keys alone, where the source can look for them. */
  Optional<SourceQuery> among(int column, SourceKeys keys) {
    return KeyFilter.of(select, column, keys)
        .map(
            filter ->
                new SourceQuery(
                    logical,
                    select,
                    values,
                    Stream.concat(filters.stream(), Stream.of(filter)).toList(),
                    scan));
  }

  List<KeyFilter> filters() {
    return filters;
  }

  RelNode logical() {
    return logical;
  }

  SourceSelect select() {
    return select;
  }

  /** The query as it is sent. */
  SourceText text() {
    return SourceText.of(this, values);
  }

  @Override
  protected RelDataType deriveRowType() {
    return logical.getRowType();
  }

  @Override
  public RelNode copy(RelTraitSet traitSet, List<RelNode> inputs) {
    return this;
  }

  @Override
  public double estimateRowCount(RelMetadataQuery mq) {
    Double rows = mq.getRowCount(logical);
    return rows == null ? 1e3 : rows;
  }

  @Override
  public RelOptCost computeSelfCost(RelOptPlanner planner, RelMetadataQuery mq) {
    double rows = estimateRowCount(mq);
    return planner.getCostFactory().makeCost(rows, rows, rows);
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    return super.explainTerms(writer)
        .item("source", select.source.name())
        .item("sql", text().sql());
  }

  @Override
  public Result implement(EnumerableRelImplementor implementor, Prefer pref) {
    PhysType physType =
        PhysTypeImpl.of(implementor.getTypeFactory(), getRowType(), JavaRowFormat.ARRAY);
    BlockBuilder block = new BlockBuilder();
    block.add(
        Expressions.return_(
            null,
            Expressions.call(
                implementor.stash(Objects.requireNonNull(scan, "scan"), SourceScan.class),
                "rows",
                implementor.getRootExpression())));
    return implementor.result(physType, block.toBlock());
  }
}
