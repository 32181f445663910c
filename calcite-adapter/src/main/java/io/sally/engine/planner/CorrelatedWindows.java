package io.sally.engine.planner;

import java.util.HashSet;
import java.util.Set;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;

/**
 * Finds windows over the rows that belong to one outer row: {@code (SELECT MAX(n) FROM (SELECT
 * COUNT(*) OVER () AS n FROM o WHERE o.k = p.k))}. Calcite 1.42's decorrelation joins the rows of
 * all outer rows first and then has one window for all of them. Stateless.
 */
final class CorrelatedWindows {
  private CorrelatedWindows() {}

  /** Whether the plan, which has no sub-queries any more, has such a one. */
  static boolean areIn(RelNode plan) {
    if (plan instanceof Project project && project.containsOver() && looksOut(plan)) {
      return true;
    }
    return plan.getInputs().stream().anyMatch(CorrelatedWindows::areIn);
  }

  /** Whether a plan uses a value of a row outside of it. */
  private static boolean looksOut(RelNode plan) {
    Set<CorrelationId> used = new HashSet<>();
    Set<CorrelationId> given = new HashSet<>();
    RexShuttle variables =
        new RexShuttle() {
          @Override
          public RexNode visitCorrelVariable(RexCorrelVariable variable) {
            used.add(variable.id);
            return variable;
          }
        };
    plan.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(RelNode other) {
            other.accept(variables);
            if (other instanceof Correlate correlate) {
              given.add(correlate.getCorrelationId());
            }
            return visitChildren(other);
          }
        });
    used.removeAll(given);
    return !used.isEmpty();
  }
}
