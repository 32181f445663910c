package io.sally.engine.planner;

import io.sally.engine.SqlErrors;
import io.sally.engine.catalog.Catalogs;
import io.sally.engine.catalog.TableName;
import io.sally.engine.policy.RowFilter;
import io.sally.engine.source.SqlTable;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.metadata.RelMetadataQueryBase;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeCoercionRule;

/**
 * Makes of the text of a row filter a scan of its table. The table's own source computes the
 * condition, before anything else does, so that a filter which its source does not know is none.
 * Confined to one planning.
 */
final class RowConditions {
  private static final QueryParser PARSER = new QueryParser();
  private static final Guard GUARD = new Guard();

  private final Conversion conversion;
  private final Map<RowFilter, Map<List<String>, RelNode>> known = new HashMap<>();

  RowConditions(Conversion conversion) {
    this.conversion = conversion;
  }

  /**
   * Checks all row filters of a schema against its tables.
   *
   * @throws SQLException with SQLState 22023 when one cannot be used; the message says where it
   *     stands
   */
  static void check(SourceSchema schema) throws SQLException {
    Snapshot snapshot = new Snapshot(List.of(schema));
    try {
      RowConditions conditions =
          new RowConditions(
              new Conversion(snapshot, QueryPlanner.operators(), new AtomicBoolean()));
      for (Map.Entry<TableName, List<RowFilter>> each : schema.policy().filters().entrySet()) {
        for (RowFilter filter : each.getValue()) {
          conditions.on(each.getKey(), snapshot.path(each.getKey()), filter);
        }
      }
    } finally {
      RelMetadataQueryBase.THREAD_PROVIDERS.remove();
      SqlTypeCoercionRule.THREAD_PROVIDERS.remove();
    }
  }

  /** The scan of a statement, of those rows alone that meet the filter. */
  RelNode on(TableName table, List<String> path, RowFilter filter) throws SQLException {
    Map<List<String>, RelNode> scans = known.computeIfAbsent(filter, each -> new HashMap<>());
    RelNode scan = scans.get(path);
    if (scan == null) {
      scan = made(table, path, filter);
      scans.put(path, scan);
    }
    return scan;
  }

  private RelNode made(TableName table, List<String> path, RowFilter filter) throws SQLException {
    RelNode plan;
    try {
      SqlNode condition = PARSER.parseCondition(filter.condition());
      plan =
          CheckedArithmetic.in(conversion.convert(select(path, condition), List.of()).root().rel);
      GUARD.admit(plan, conversion.snapshot());
    } catch (CalciteContextException e) {
      Catalogs here = new Catalogs(List.of(conversion.snapshot().policy(table.source()).catalog()));
      throw unusable(table, filter, PlanningErrors.invalid(e, here));
    } catch (SQLException e) {
      throw unusable(table, filter, e);
    }
    RelNode below = plan.getInput(0);
    if (!(below instanceof Filter where) || !(where.getInput() instanceof TableScan scan)) {
      return below;
    }
    FilteredScan filtered = new FilteredScan(scan, where.getCondition());
    if (!isOfOneRow(where.getCondition()) || !isKnownToSource(filtered)) {
      throw unusable(
          table,
          filter,
          SqlErrors.notSupported(
              "its database does not compute it as Sally does. Use comparisons of columns with"
                  + " values, AND, OR, NOT, IN, BETWEEN, LIKE and IS NULL."));
    }
    return filtered;
  }

  private static SqlSelect select(List<String> path, SqlNode condition) {
    return new SqlSelect(
        SqlParserPos.ZERO,
        null,
        SqlNodeList.SINGLETON_STAR,
        new SqlIdentifier(path, SqlParserPos.ZERO),
        condition,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static boolean isOfOneRow(RexNode condition) {
    return RexUtil.SubQueryFinder.find(condition) == null
        && !RexOver.containsOver(condition)
        && RexUtil.isDeterministic(condition);
  }

  private boolean isKnownToSource(FilteredScan scan) {
    SqlTable table = scan.getTable().unwrap(SqlTable.class);
    SourceSelects selects = new SourceSelects(scan.getCluster().getRexBuilder());
    return table != null
        && selects.guarded(selects.scan(table), scan.getRowType(), scan.condition()).isPresent();
  }

  private static SQLException unusable(TableName table, RowFilter filter, SQLException reason) {
    return SqlErrors.invalidParameter(
        filter
            .table()
            .error(
                "The row filter of "
                    + table
                    + " cannot be used, and until then nothing of the source is read: "
                    + reason.getMessage()),
        reason);
  }
}
