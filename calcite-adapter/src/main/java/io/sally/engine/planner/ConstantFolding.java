package io.sally.engine.planner;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexExecutor;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;

/** Folds constants as they will be computed at run time. */
final class ConstantFolding {
  private ConstantFolding() {}

  /**
   * An executor that computes constants after this rewriting. One that cannot be computed stays in
   * the plan as it was, and not as it was rewritten: it is looked at again by the guard and by
   * later passes, and fails when a row needs it.
   */
  static RexExecutor after(Function<RexBuilder, RexShuttle> rewriting, RexExecutor executor) {
    return (rexBuilder, constants, reduced) -> {
      List<RexNode> rewritten = rewriting.apply(rexBuilder).apply(constants);
      List<RexNode> folded = new ArrayList<>();
      executor.reduce(rexBuilder, rewritten, folded);
      for (int i = 0; i < constants.size(); i++) {
        boolean failed = folded.get(i).equals(rewritten.get(i));
        reduced.add(failed ? constants.get(i) : folded.get(i));
      }
    };
  }
}
