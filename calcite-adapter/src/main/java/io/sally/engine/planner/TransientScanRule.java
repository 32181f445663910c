package io.sally.engine.planner;

import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.adapter.enumerable.EnumerableInterpreter;
import org.apache.calcite.interpreter.Bindables;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.convert.ConverterRule;
import org.apache.calcite.rel.logical.LogicalTableScan;
import org.apache.calcite.schema.TransientTable;

/** Reads the rows that a recursive query has found so far, which generated code cannot. */
final class TransientScanRule extends ConverterRule {
  static final TransientScanRule INSTANCE =
      Config.INSTANCE
          .withConversion(
              LogicalTableScan.class,
              scan -> scan.getTable().unwrap(TransientTable.class) != null,
              Convention.NONE,
              EnumerableConvention.INSTANCE,
              "TransientScanRule")
          .withRuleFactory(TransientScanRule::new)
          .toRule(TransientScanRule.class);

  private TransientScanRule(Config config) {
    super(config);
  }

  @Override
  public RelNode convert(RelNode scan) {
    return EnumerableInterpreter.create(
        Bindables.BindableTableScan.create(scan.getCluster(), scan.getTable()), 1d);
  }
}
