package io.sally.engine.planner;

import io.sally.engine.Session;
import io.sally.engine.catalog.TableName;
import io.sally.engine.policy.CatalogPolicy;
import io.sally.engine.policy.CatalogPolicy.Rows;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalValues;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;

/**
 * Puts the policies into a plan, where its tables are read: rows that a filter hides are not there,
 * and a masked column is null, whatever the statement makes of them. Confined to one planning.
 */
final class PolicedScans extends RelHomogeneousShuttle {
  private final Snapshot snapshot;
  private final Session session;
  private final RowConditions conditions;

  private PolicedScans(Snapshot snapshot, Session session, RowConditions conditions) {
    this.snapshot = snapshot;
    this.session = session;
    this.conditions = conditions;
  }

  /** The logical plan, its sub-queries included, over what the session may see. */
  static RelNode in(RelNode plan, Snapshot snapshot, Session session, RowConditions conditions) {
    return plan.accept(new PolicedScans(snapshot, session, conditions));
  }

  @Override
  public RelNode visit(RelNode other) {
    return other instanceof TableScan scan
        ? policed(scan)
        : visitChildren(other).accept(new SubQueries());
  }

  private RelNode policed(TableScan scan) {
    TableName table = snapshot.nameOf(scan.getTable().getQualifiedName());
    if (table == null) {
      return scan;
    }
    CatalogPolicy policy = snapshot.policy(table.source());
    Rows rows = policy.rows(table, session);
    if (rows instanceof Rows.None) {
      return LogicalValues.createEmpty(scan.getCluster(), scan.getRowType());
    }
    RelNode shown = scan;
    if (rows instanceof Rows.Meeting meeting) {
      try {
        shown = conditions.on(table, scan.getTable().getQualifiedName(), meeting.filter());
      } catch (SQLException e) {
        throw new Refusal(e);
      }
    }
    return masked(shown, policy.masked(table));
  }

  private static RelNode masked(RelNode scan, Set<String> columns) {
    if (columns.isEmpty()) {
      return scan;
    }
    RexBuilder rexBuilder = scan.getCluster().getRexBuilder();
    List<RexNode> values = new ArrayList<>();
    for (RelDataTypeField field : scan.getRowType().getFieldList()) {
      values.add(
          columns.contains(field.getName())
              ? rexBuilder.makeNullLiteral(field.getType())
              : rexBuilder.makeInputRef(scan, field.getIndex()));
    }
    return LogicalProject.create(
        scan, List.of(), values, scan.getRowType().getFieldNames(), Set.of());
  }

  private final class SubQueries extends RexShuttle {
    @Override
    public RexNode visitSubQuery(RexSubQuery subQuery) {
      RexSubQuery visited = (RexSubQuery) super.visitSubQuery(subQuery);
      return visited.clone(visited.rel.accept(PolicedScans.this));
    }
  }
}
