package io.sally.engine.planner;

import io.sally.engine.SqlErrors;
import io.sally.engine.catalog.Catalog;
import io.sally.engine.catalog.Table;
import io.sally.engine.catalog.TableName;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a translator's plan that mentions what the policies withhold from ASK. Confined to one
 * plan.
 */
final class AskScope {
  private final Snapshot snapshot;
  private @Nullable SQLException refusal;

  private AskScope(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  /**
   * Checks a logical plan as it comes from the statement.
   *
   * @throws SQLException with SQLState 42501 when it mentions a table or column that ASK may not
   *     read; of a column the name is not said, since a translator may have written a star
   */
  static void check(RelNode plan, Snapshot snapshot) throws SQLException {
    AskScope scope = new AskScope(snapshot);
    ReadColumns.of(plan, scope::read);
    if (scope.refusal != null) {
      throw scope.refusal;
    }
  }

  private void read(TableScan scan, ImmutableBitSet columns) {
    TableName name = snapshot.nameOf(scan.getTable().getQualifiedName());
    if (name == null || refusal != null) {
      return;
    }
    Catalog askable = snapshot.policy(name.source()).askable();
    Optional<Table> table =
        askable.tables().stream().filter(each -> each.name().equals(name)).findFirst();
    if (table.isEmpty()) {
      refusal = SqlErrors.notPermitted("ASK may not read the table " + name + ".");
      return;
    }
    List<String> names = scan.getRowType().getFieldNames();
    if (columns.asList().stream().anyMatch(i -> table.get().column(names.get(i)).isEmpty())) {
      refusal =
          SqlErrors.notPermitted(
              "The query names columns of "
                  + name
                  + " that ASK may not read, or a star that stands for them. Name the columns one"
                  + " by one, and only those that the catalog shows.");
    }
  }
}
