package io.sally.engine.planner;

import io.sally.engine.Execution;
import io.sally.engine.Parameter;
import io.sally.engine.Plan;
import io.sally.engine.ResultColumn;
import io.sally.engine.RowCursor;
import io.sally.engine.catalog.TableName;
import java.sql.SQLException;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * A recursive query. Calcite keeps the rows found so far in the plan itself, so that two runs of
 * one plan at the same time would mix their rows: each run is planned anew. Immutable; thread-safe.
 */
final class RecursiveQuery implements Plan {
  private final Plan first;
  private final Planning planning;

  /** Plans the same statement once more. */
  @FunctionalInterface
  interface Planning {
    Plan plan(Execution execution) throws SQLException;
  }

  RecursiveQuery(Plan first, Planning planning) {
    this.first = first;
    this.planning = planning;
  }

  @Override
  public String sql() {
    return first.sql();
  }

  @Override
  public List<ResultColumn> columns() {
    return first.columns();
  }

  @Override
  public List<Parameter> parameters() {
    return first.parameters();
  }

  @Override
  public SortedSet<TableName> tables() {
    return first.tables();
  }

  @Override
  public double estimatedRows() {
    return first.estimatedRows();
  }

  @Override
  public List<String> explain() {
    return first.explain();
  }

  @Override
  public RowCursor execute(List<? extends @Nullable Object> parameters, Execution execution)
      throws SQLException {
    return planning.plan(execution).execute(parameters, execution);
  }

  @Override
  public List<String> analyze(List<? extends @Nullable Object> parameters, Execution execution)
      throws SQLException {
    return planning.plan(execution).analyze(parameters, execution);
  }
}
