package io.sally.engine.planner;

import java.lang.reflect.Method;
import java.util.List;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.adapter.enumerable.PhysType;
import org.apache.calcite.adapter.enumerable.PhysTypeImpl;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.tree.BlockBuilder;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.linq4j.tree.Types;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.SingleRel;

/**
 * Stands on every edge of a plan and above its root, and leads the rows through a {@link Passage}.
 * Calcite's own operators never look whether they should stop, and hold without counting: between
 * every two of them, no operator can do more than one row's work without a look. Immutable.
 */
final class Checkpoint extends SingleRel implements EnumerableRel {
  private static final Method ROWS =
      Types.lookupMethod(Passage.class, "rows", Enumerable.class, DataContext.class);

  private final Passage passage;

  Checkpoint(RelNode input, Passage passage) {
    this(input.getTraitSet(), input, passage);
  }

  private Checkpoint(RelTraitSet traits, RelNode input, Passage passage) {
    super(input.getCluster(), traits, input);
    this.passage = passage;
  }

  @Override
  public RelNode copy(RelTraitSet traitSet, List<RelNode> inputs) {
    return new Checkpoint(traitSet, inputs.get(0), passage);
  }

  @Override
  public Result implement(EnumerableRelImplementor implementor, Prefer pref) {
    BlockBuilder block = new BlockBuilder();
    Result child = implementor.visitChild(this, 0, (EnumerableRel) getInput(), pref);
    PhysType physType = PhysTypeImpl.of(implementor.getTypeFactory(), getRowType(), child.format);
    block.add(
        Expressions.return_(
            null,
            Expressions.call(
                implementor.stash(passage, Passage.class),
                ROWS,
                block.append("child", CountedCalls.in(child.block)),
                implementor.getRootExpression())));
    return implementor.result(physType, block.toBlock());
  }
}
