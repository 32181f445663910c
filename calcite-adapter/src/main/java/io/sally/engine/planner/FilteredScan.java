package io.sally.engine.planner;

import java.util.List;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexNode;

/**
 * A table of which a policy shows some rows. The condition is a part of the scan and no filter
 * above it, so that no rule brings it together with a condition of the statement's. Immutable.
 */
final class FilteredScan extends TableScan {
  private final RexNode condition;

  FilteredScan(TableScan scan, RexNode condition) {
    super(
        scan.getCluster(),
        scan.getCluster().traitSetOf(Convention.NONE),
        List.of(),
        scan.getTable());
    this.condition = condition;
  }

  /** The condition over the columns of the table, before any mask. */
  RexNode condition() {
    return condition;
  }

  @Override
  public RelNode copy(RelTraitSet traitSet, List<RelNode> inputs) {
    return this;
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    return super.explainTerms(writer).item("rows", condition);
  }
}
