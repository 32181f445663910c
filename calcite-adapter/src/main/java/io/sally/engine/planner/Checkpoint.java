package io.sally.engine.planner;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.adapter.enumerable.PhysType;
import org.apache.calcite.adapter.enumerable.PhysTypeImpl;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.linq4j.tree.BlockBuilder;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.SingleRel;

/**
 * Passes rows on and looks, at each, whether the execution was stopped. Calcite's own operators
 * never look: a join of large inputs would go on for minutes after a cancel. Put between every two
 * operators, no operator can do more than one row's work without a look.
 */
public final class Checkpoint extends SingleRel implements EnumerableRel {
  private Checkpoint(RelTraitSet traits, RelNode input) {
    super(input.getCluster(), traits, input);
  }

  /** The plan with a checkpoint on every edge. */
  static EnumerableRel between(EnumerableRel plan) {
    List<RelNode> inputs = plan.getInputs();
    if (inputs.isEmpty() || !inputs.stream().allMatch(EnumerableRel.class::isInstance)) {
      return plan;
    }
    List<RelNode> checked =
        inputs.stream()
            .map(input -> between((EnumerableRel) input))
            .<RelNode>map(input -> new Checkpoint(input.getTraitSet(), input))
            .toList();
    return (EnumerableRel) plan.copy(plan.getTraitSet(), checked);
  }

  @Override
  public RelNode copy(RelTraitSet traitSet, List<RelNode> inputs) {
    return new Checkpoint(traitSet, inputs.get(0));
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
                Checkpoint.class,
                "checked",
                block.append("child", child.block),
                implementor.getRootExpression())));
    return implementor.result(physType, block.toBlock());
  }

  /** Called by generated code. */
  public static <T> Enumerable<T> checked(Enumerable<T> rows, DataContext context) {
    AtomicBoolean stopped = DataContext.Variable.CANCEL_FLAG.get(context);
    return new AbstractEnumerable<>() {
      @Override
      public Enumerator<T> enumerator() {
        return new Checked<>(rows.enumerator(), stopped);
      }
    };
  }

  /** Ends a run from inside; the cursor turns it into the exception that tells the reason. */
  static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1;

    Stopped() {
      super("stopped", null, false, false);
    }
  }

  private record Checked<T>(Enumerator<T> rows, AtomicBoolean stopped) implements Enumerator<T> {
    @Override
    public T current() {
      return rows.current();
    }

    @Override
    public boolean moveNext() {
      if (stopped.get()) {
        throw new Stopped();
      }
      return rows.moveNext();
    }

    @Override
    public void reset() {
      rows.reset();
    }

    @Override
    public void close() {
      rows.close();
    }
  }
}
