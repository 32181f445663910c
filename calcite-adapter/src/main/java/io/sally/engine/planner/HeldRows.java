package io.sally.engine.planner;

import java.util.List;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.adapter.enumerable.EnumerableNestedLoopJoin;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.adapter.enumerable.PhysType;
import org.apache.calcite.adapter.enumerable.PhysTypeImpl;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.linq4j.Linq4j;
import org.apache.calcite.linq4j.tree.BlockBuilder;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.SingleRel;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are read once and given as often as they are asked for. A nested loop asks for the rows
 * of its right side once for each row of its left, and a source would run its query each time.
 * Immutable.
 */
final class HeldRows extends SingleRel implements EnumerableRel {
  private HeldRows(RelNode input) {
    super(input.getCluster(), input.getCluster().traitSetOf(EnumerableConvention.INSTANCE), input);
  }

  /** The plan with the right side of every nested loop held. */
  static RelNode in(RelNode plan) {
    return plan.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(RelNode other) {
            RelNode visited = super.visit(other);
            return visited instanceof EnumerableNestedLoopJoin join
                    && !(join.getRight() instanceof HeldRows)
                ? join.copy(
                    join.getTraitSet(), List.of(join.getLeft(), new HeldRows(join.getRight())))
                : visited;
          }
        });
  }

  @Override
  public RelNode copy(RelTraitSet traitSet, List<RelNode> inputs) {
    return new HeldRows(inputs.get(0));
  }

  @Override
  public Result implement(EnumerableRelImplementor implementor, Prefer pref) {
    BlockBuilder block = new BlockBuilder();
    Result input = implementor.visitChild(this, 0, (EnumerableRel) getInput(), pref);
    Expression rows = block.append("rows", input.block);
    PhysType physType =
        PhysTypeImpl.of(
            implementor.getTypeFactory(), getRowType(), pref.prefer(input.format), false);
    block.add(Expressions.call(Once.class, "of", rows));
    return implementor.result(physType, block.toBlock());
  }

  /** Called by generated code. Confined to one run. */
  public static final class Once extends AbstractEnumerable<@Nullable Object> {
    private final Enumerable<@Nullable Object> input;
    private @Nullable List<@Nullable Object> held;

    private Once(Enumerable<@Nullable Object> input) {
      this.input = input;
    }

    public static Enumerable<@Nullable Object> of(Enumerable<@Nullable Object> input) {
      return new Once(input);
    }

    @Override
    public Enumerator<@Nullable Object> enumerator() {
      List<@Nullable Object> rows = held;
      if (rows == null) {
        rows = input.toList();
        held = rows;
      }
      return Linq4j.enumerator(rows);
    }
  }
}
