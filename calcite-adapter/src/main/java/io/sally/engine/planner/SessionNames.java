package io.sally.engine.planner;

import io.sally.engine.Session;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * {@code CURRENT_SCHEMA} and {@code CURRENT_CATALOG} as the values that they have in the session. A
 * plan is kept for the session that it was made in, so that they are constants of it.
 */
final class SessionNames extends RelHomogeneousShuttle {
  private final Names names;

  private SessionNames(Session session, RexBuilder rexBuilder) {
    this.names = new Names(session, rexBuilder);
  }

  /** The logical plan, its sub-queries included, with these values. */
  static RelNode in(RelNode plan, Session session) {
    return plan.accept(new SessionNames(session, plan.getCluster().getRexBuilder()));
  }

  @Override
  public RelNode visit(RelNode other) {
    return visitChildren(other).accept(names);
  }

  private final class Names extends RexShuttle {
    private final Session session;
    private final RexBuilder rexBuilder;

    Names(Session session, RexBuilder rexBuilder) {
      this.session = session;
      this.rexBuilder = rexBuilder;
    }

    @Override
    public RexNode visitSubQuery(RexSubQuery subQuery) {
      RexSubQuery visited = (RexSubQuery) super.visitSubQuery(subQuery);
      return visited.clone(visited.rel.accept(SessionNames.this));
    }

    @Override
    public RexNode visitCall(RexCall call) {
      SqlOperator operator = call.getOperator();
      if (operator.equals(SqlStdOperatorTable.CURRENT_SCHEMA)) {
        return text(session.schemaPath().isEmpty() ? "" : session.schemaPath().get(0), call);
      } else if (operator.equals(SqlStdOperatorTable.CURRENT_CATALOG)) {
        return text(Session.CATALOG, call);
      }
      return super.visitCall(call);
    }

    private RexNode text(String value, RexCall call) {
      return rexBuilder.makeLiteral(value, call.getType(), true);
    }
  }
}
