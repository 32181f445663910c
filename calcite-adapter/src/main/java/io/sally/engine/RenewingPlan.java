package io.sally.engine;

import io.sally.engine.catalog.TableName;
import java.sql.SQLException;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * A plan that is made anew, once a run, when a source says before the first row that it no longer
 * holds what the plan knows. Immutable; thread-safe.
 */
final class RenewingPlan implements Plan {
  private final Engine engine;
  private final Plan plan;
  private final String text;
  private final Session session;

  RenewingPlan(Engine engine, Plan plan, String text, Session session) {
    this.engine = engine;
    this.plan = plan;
    this.text = text;
    this.session = session;
  }

  /** The plan itself, which fails where it fails. */
  Plan once() {
    return plan;
  }

  @Override
  public String sql() {
    return plan.sql();
  }

  @Override
  public List<ResultColumn> columns() {
    return plan.columns();
  }

  @Override
  public List<Parameter> parameters() {
    return plan.parameters();
  }

  @Override
  public SortedSet<TableName> tables() {
    return plan.tables();
  }

  @Override
  public double estimatedRows() {
    return plan.estimatedRows();
  }

  @Override
  public List<String> explain() {
    return plan.explain();
  }

  @Override
  public List<String> analyze(List<? extends @Nullable Object> parameters, Execution execution)
      throws SQLException {
    try {
      return plan.analyze(parameters, execution);
    } catch (SQLException e) {
      execution.check();
      return renewed(e, execution).analyze(parameters, execution);
    }
  }

  /**
   * Runs the query.
   *
   * @throws SQLException also with SQLState SA009 when the source has changed so that the query now
   *     has other columns: what was told of them no longer holds
   */
  @Override
  public RowCursor execute(List<? extends @Nullable Object> parameters, Execution execution)
      throws SQLException {
    RowCursor rows;
    try {
      rows = plan.execute(parameters, execution);
    } catch (SQLException e) {
      return renewed(e, execution).execute(parameters, execution);
    }
    return new FirstRow(rows, parameters, execution);
  }

  /** The plan made anew, or the failure itself where that has another reason than a change. */
  private Plan renewed(SQLException failure, Execution execution) throws SQLException {
    Plan renewed = engine.plannedAnew(plan, failure, text, session, execution);
    if (renewed == null || renewed == plan) {
      throw failure;
    }
    if (!renewed.columns().equals(columns()) || !renewed.parameters().equals(parameters())) {
      throw SqlErrors.changed(failure);
    }
    return renewed;
  }

  /** Rows of which none was given yet: until then the query may run again. */
  private final class FirstRow implements RowCursor {
    private final List<? extends @Nullable Object> parameters;
    private final Execution execution;
    private RowCursor rows;
    private boolean begun;

    FirstRow(RowCursor rows, List<? extends @Nullable Object> parameters, Execution execution) {
      this.rows = rows;
      this.parameters = parameters;
      this.execution = execution;
    }

    @Override
    public boolean next() throws SQLException {
      if (begun) {
        return rows.next();
      }
      begun = true;
      try {
        return rows.next();
      } catch (SQLException e) {
        execution.check();
        if (!SourceChange.isReasonOf(e)) {
          throw e;
        }
        rows.close();
        rows = renewed(e, execution).execute(parameters, execution);
        return rows.next();
      }
    }

    @Override
    public @Nullable Object value(int column) {
      return rows.value(column);
    }

    @Override
    public void close() throws SQLException {
      rows.close();
    }
  }
}
