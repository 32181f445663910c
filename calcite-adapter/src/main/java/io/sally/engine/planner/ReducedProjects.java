package io.sally.engine.planner;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.rules.ReduceExpressionsRule;
import org.apache.calcite.rex.RexNode;

/**
 * Calcite's folding of constants in a projection, where it keeps the types of the columns.
 *
 * <p>Below {@code WHERE a IS NULL} a join by {@code a = b} makes Calcite hold {@code b} for a
 * constant NULL even where it is NOT NULL. No such row exists, so nothing would be wrong; but a
 * column would change its type, which no planner takes.
 */
final class ReducedProjects extends ReduceExpressionsRule.ProjectReduceExpressionsRule {
  static final ReducedProjects RULE = new ReducedProjects();

  private ReducedProjects() {
    super(
        ProjectReduceExpressionsRuleConfig.DEFAULT
            .withDescription("ReducedProjects")
            .as(ProjectReduceExpressionsRuleConfig.class));
  }

  @Override
  public void onMatch(RelOptRuleCall call) {
    Project project = call.rel(0);
    List<RexNode> expressions = new ArrayList<>(project.getProjects());
    if (!reduceExpressions(
        project,
        expressions,
        call.getMetadataQuery().getPulledUpPredicates(project.getInput()),
        false,
        config.matchNullability(),
        config.treatDynamicCallsAsConstant())) {
      return;
    }
    RelNode reduced =
        call.builder()
            .push(project.getInput())
            .project(expressions, project.getRowType().getFieldNames())
            .build();
    if (RelOptUtil.areRowTypesEqual(reduced.getRowType(), project.getRowType(), false)) {
      call.transformTo(reduced);
      call.getPlanner().prune(project);
    }
  }
}
