package io.sally.engine.planner;

import com.google.common.collect.ImmutableList;
import java.lang.reflect.Method;
import java.util.List;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.function.Function1;
import org.apache.calcite.linq4j.tree.BlockBuilder;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.linq4j.tree.Types;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.SingleRel;

/** Leads rows past, and has their keys known to the run. Immutable. */
final class KeyGiver extends SingleRel implements EnumerableRel {
  private static final Method ROWS =
      Types.lookupMethod(
          SourceKeys.class, "rows", Enumerable.class, Function1.class, DataContext.class);

  private final SourceKeys keys;
  private final int column;
  private final String source;

  /**
   * @param column the place of the key in the rows
   * @param source the source that the keys go to
   */
  KeyGiver(RelNode input, SourceKeys keys, int column, String source) {
    this(input.getTraitSet(), input, keys, column, source);
  }

  private KeyGiver(RelTraitSet traits, RelNode input, SourceKeys keys, int column, String source) {
    super(input.getCluster(), traits, input);
    this.keys = keys;
    this.column = column;
    this.source = source;
  }

  /** What it does, in a line. */
  String title() {
    return "Send " + getRowType().getFieldNames().get(column) + " to source " + source;
  }

  @Override
  public RelNode copy(RelTraitSet traitSet, List<RelNode> inputs) {
    return new KeyGiver(traitSet, inputs.get(0), keys, column, source);
  }

  @Override
  public Result implement(EnumerableRelImplementor implementor, Prefer pref) {
    BlockBuilder block = new BlockBuilder();
    Result child = implementor.visitChild(this, 0, (EnumerableRel) getInput(), pref);
    block.add(
        Expressions.return_(
            null,
            Expressions.call(
                implementor.stash(keys, SourceKeys.class),
                ROWS,
                block.append("child", child.block),
                child.physType.generateAccessor(ImmutableList.of(column)),
                implementor.getRootExpression())));
    return implementor.result(child.physType, block.toBlock());
  }
}
