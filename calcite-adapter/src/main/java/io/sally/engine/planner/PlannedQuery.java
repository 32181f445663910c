package io.sally.engine.planner;

import io.sally.engine.Execution;
import io.sally.engine.Parameter;
import io.sally.engine.Plan;
import io.sally.engine.ResultColumn;
import io.sally.engine.RowCursor;
import io.sally.engine.SqlErrors;
import io.sally.engine.catalog.TableName;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.function.UnaryOperator;
import org.apache.calcite.adapter.enumerable.EnumerableInterpretable;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.RepeatUnion;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.runtime.Bindable;
import org.apache.calcite.sql.SqlExplainLevel;
import org.jspecify.annotations.Nullable;

/** A query whose code is generated and can run. Immutable; thread-safe. */
final class PlannedQuery implements Plan {
  private final String sql;
  private final Snapshot snapshot;
  private final List<ResultColumn> columns;
  private final List<UnaryOperator<@Nullable Object>> readers;
  private final List<RelDataType> parameterTypes;
  private final SortedSet<TableName> tables;
  private final List<String> explanation;
  private final double estimatedRows;
  private final Map<String, Object> stash;
  private final @Nullable Bindable<?> code;
  private final @Nullable SourceText whole;
  private final boolean recursive;

  private PlannedQuery(
      String sql,
      Snapshot snapshot,
      List<ResultColumn> columns,
      List<UnaryOperator<@Nullable Object>> readers,
      List<RelDataType> parameterTypes,
      SortedSet<TableName> tables,
      EnumerableRel physical) {
    this.sql = sql;
    this.snapshot = snapshot;
    this.columns = List.copyOf(columns);
    this.readers = List.copyOf(readers);
    this.parameterTypes = List.copyOf(parameterTypes);
    this.tables = Collections.unmodifiableSortedSet(tables);
    this.explanation =
        RelOptUtil.toString(physical, SqlExplainLevel.EXPPLAN_ATTRIBUTES).lines().toList();
    this.estimatedRows = physical.getCluster().getMetadataQuery().getRowCount(physical);
    Map<String, Object> parameters = new HashMap<>();
    if (physical instanceof SourceQuery query) {
      this.whole = query.text();
      this.code = null;
    } else {
      this.whole = null;
      this.code =
          EnumerableInterpretable.toBindable(
              parameters, null, Checkpoint.between(physical), EnumerableRel.Prefer.ARRAY);
    }
    this.stash = Map.copyOf(parameters);
    this.recursive = containsRecursion(physical);
  }

  private static boolean containsRecursion(RelNode plan) {
    return plan instanceof RepeatUnion
        || plan.getInputs().stream().anyMatch(PlannedQuery::containsRecursion);
  }

  /** Whether the plan holds the rows that a run has found so far, so that it can run only once. */
  boolean recursive() {
    return recursive;
  }

  static PlannedQuery of(
      String sql,
      Snapshot snapshot,
      RelDataType resultType,
      List<? extends @Nullable List<String>> origins,
      RelDataType parameterRowType,
      SortedSet<TableName> tables,
      EnumerableRel physical) {
    List<ResultColumn> columns = new ArrayList<>();
    List<UnaryOperator<@Nullable Object>> readers = new ArrayList<>();
    for (RelDataTypeField field : resultType.getFieldList()) {
      columns.add(column(field, origins.get(field.getIndex()), snapshot));
      readers.add(InternalValues.toJdbc(field.getType()));
    }
    List<RelDataType> parameterTypes =
        parameterRowType.getFieldList().stream().map(RelDataTypeField::getType).toList();
    return new PlannedQuery(sql, snapshot, columns, readers, parameterTypes, tables, physical);
  }

  /** Calcite gives an origin as the path of the table followed by the name of the column. */
  private static ResultColumn column(
      RelDataTypeField field, @Nullable List<String> origin, Snapshot snapshot) {
    TableName table = origin == null ? null : snapshot.nameOf(origin.subList(0, origin.size() - 1));
    return new ResultColumn(
        field.getName(),
        TypeMapping.toColumnType(field.getType()),
        field.getType().isNullable(),
        table,
        origin == null || table == null ? null : origin.get(origin.size() - 1));
  }

  @Override
  public String sql() {
    return sql;
  }

  @Override
  public List<ResultColumn> columns() {
    return columns;
  }

  @Override
  public List<Parameter> parameters() {
    return parameterTypes.stream()
        .map(type -> new Parameter(TypeMapping.toColumnType(type)))
        .toList();
  }

  @Override
  public SortedSet<TableName> tables() {
    return tables;
  }

  @Override
  public double estimatedRows() {
    return estimatedRows;
  }

  @Override
  public List<String> explain() {
    return explanation;
  }

  @Override
  public RowCursor execute(List<? extends @Nullable Object> parameters, Execution execution)
      throws SQLException {
    if (parameters.size() != parameterTypes.size()) {
      throw SqlErrors.invalidParameter(
          "The statement has "
              + parameterTypes.size()
              + " parameters and "
              + parameters.size()
              + " values were given.",
          null);
    }
    List<@Nullable Object> bound = new ArrayList<>();
    Map<String, @Nullable Object> values = new HashMap<>(stash);
    for (int i = 0; i < parameterTypes.size(); i++) {
      Object value = InternalValues.parameter(parameters.get(i), parameterTypes.get(i), i + 1);
      bound.add(value);
      values.put("?" + i, InternalValues.fromJdbc(value));
    }
    execution.check();
    SourceRun run = new SourceRun(bound, execution);
    values.put(SourceRun.KEY, run);
    RunContext context = new RunContext(snapshot.rootSchema(), values, execution);
    run.context(context);
    try {
      return whole == null ? generated(context, run, execution) : new SourceRows(whole, run);
    } catch (RuntimeException | LinkageError e) {
      SQLException failure = RunErrors.of(e, execution);
      closeAfter(failure, run);
      throw failure;
    }
  }

  private RowCursor generated(RunContext context, SourceRun run, Execution execution) {
    Enumerable<?> rows = Objects.requireNonNull(code, "code").bind(context);
    Enumerator<?> enumerator = rows.enumerator();
    return new GeneratedRows(enumerator, readers, execution, run);
  }

  private static void closeAfter(SQLException failure, SourceRun run) {
    try {
      run.close();
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }
}
