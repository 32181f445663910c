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
import java.util.Set;
import java.util.SortedSet;
import java.util.function.UnaryOperator;
import org.apache.calcite.adapter.enumerable.EnumerableCalc;
import org.apache.calcite.adapter.enumerable.EnumerableInterpretable;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.core.RepeatUnion;
import org.apache.calcite.rel.metadata.RelColumnOrigin;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexProgram;
import org.apache.calcite.runtime.Bindable;
import org.jspecify.annotations.Nullable;

/** A query whose code is generated and can run. Immutable; thread-safe. */
final class PlannedQuery implements Plan {
  private final String sql;
  private final Snapshot snapshot;
  private final List<ResultColumn> columns;
  private final List<UnaryOperator<@Nullable Object>> readers;
  private final List<RelDataType> parameterTypes;
  private final List<LiftedParameters.Lifted> lifted;
  private final SortedSet<TableName> tables;
  private final Operator root;
  private final double estimatedRows;
  private final Map<String, Object> stash;
  private final @Nullable Bindable<?> code;
  private final @Nullable SourceText whole;
  private final boolean oneAtMost;
  private final List<SourceScan> scans;
  private final boolean recursive;

  private PlannedQuery(
      String sql,
      Snapshot snapshot,
      List<ResultColumn> columns,
      List<UnaryOperator<@Nullable Object>> readers,
      List<RelDataType> parameterTypes,
      List<LiftedParameters.Lifted> lifted,
      SortedSet<TableName> tables,
      boolean oneAtMost,
      EnumerableRel physical) {
    this.sql = sql;
    this.snapshot = snapshot;
    this.columns = List.copyOf(columns);
    this.readers = List.copyOf(readers);
    this.parameterTypes = List.copyOf(parameterTypes);
    this.lifted = lifted;
    this.tables = Collections.unmodifiableSortedSet(tables);
    this.oneAtMost = oneAtMost;
    this.root = Operators.of(physical);
    this.estimatedRows = physical.getCluster().getMetadataQuery().getRowCount(physical);
    Map<String, Object> parameters = new HashMap<>();
    if (physical instanceof SourceQuery) {
      this.whole = root.query();
      this.code = null;
      this.scans = List.of();
    } else {
      this.whole = null;
      Checkpoints checkpoints = new Checkpoints();
      this.code =
          EnumerableInterpretable.toBindable(
              parameters,
              null,
              checkpoints.in(inArrays(physical), root),
              EnumerableRel.Prefer.ARRAY);
      this.scans = checkpoints.scans();
    }
    this.stash = Map.copyOf(parameters);
    this.recursive = containsRecursion(physical);
  }

  /**
   * Generated code hands values on in arrays as they are, but casts the one value of a row of one
   * column, for which a {@link StrayValue} is no value. So such a row gets the column twice.
   */
  private static EnumerableRel inArrays(EnumerableRel plan) {
    if (!(plan instanceof EnumerableCalc calc) || calc.getRowType().getFieldCount() != 1) {
      return plan;
    }
    RexProgram program = calc.getProgram();
    RexNode value = program.expandLocalRef(program.getProjectList().get(0));
    if (!(value instanceof RexInputRef)) {
      return plan;
    }
    RexNode condition =
        program.getCondition() == null ? null : program.expandLocalRef(program.getCondition());
    RelDataType rowType =
        calc.getCluster()
            .getTypeFactory()
            .createStructType(
                List.of(value.getType(), value.getType()), List.of("column", "again"));
    return EnumerableCalc.create(
        calc.getInput(),
        RexProgram.create(
            program.getInputRowType(),
            List.of(value, value),
            condition,
            rowType,
            calc.getCluster().getRexBuilder()));
  }

  private static boolean containsRecursion(RelNode plan) {
    return plan instanceof RepeatUnion
        || plan.getInputs().stream().anyMatch(PlannedQuery::containsRecursion);
  }

  /** Whether the plan holds the rows that a run has found so far, so that it can run only once. */
  boolean recursive() {
    return recursive;
  }

  /** What stands for literals of its text, after its own parameters. */
  List<LiftedParameters.Lifted> lifted() {
    return lifted;
  }

  /**
   * Whether it gives the same columns as the other plan of a text that differs in literals, and its
   * elements do the same in the same places.
   */
  boolean worksAs(PlannedQuery other) {
    return !recursive
        && !other.recursive
        && columns.equals(other.columns)
        && parameterTypes.equals(other.parameterTypes)
        && tables.equals(other.tables)
        && root.worksAs(other.root);
  }

  static PlannedQuery of(
      String sql,
      Snapshot snapshot,
      RelDataType resultType,
      List<? extends @Nullable List<String>> origins,
      RelDataType parameterRowType,
      LiftedParameters lifted,
      SortedSet<TableName> tables,
      RelRoot logical,
      EnumerableRel physical) {
    List<ResultColumn> columns = new ArrayList<>();
    List<UnaryOperator<@Nullable Object>> readers = new ArrayList<>();
    for (RelDataTypeField field : resultType.getFieldList()) {
      columns.add(column(field, origins.get(field.getIndex()), snapshot));
      readers.add(
          isUnchanged(logical, field.getIndex())
              ? InternalValues.toJdbcUnchanged(field.getType())
              : InternalValues.toJdbc(field.getType()));
    }
    List<RelDataType> parameterTypes =
        parameterRowType.getFieldList().stream().map(RelDataTypeField::getType).toList();
    return new PlannedQuery(
        sql,
        snapshot,
        columns,
        readers,
        parameterTypes,
        lifted.all(),
        tables,
        SourceText.isOneAtMost(logical.rel),
        physical);
  }

  /** Whether all values of a result's column are values of columns of sources as they are. */
  private static boolean isUnchanged(RelRoot logical, int column) {
    Set<RelColumnOrigin> origins =
        logical
            .rel
            .getCluster()
            .getMetadataQuery()
            .getColumnOrigins(logical.rel, logical.fields.get(column).getKey());
    return origins != null
        && !origins.isEmpty()
        && origins.stream().noneMatch(RelColumnOrigin::isDerived);
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
    return PlanText.of(root);
  }

  @Override
  public List<String> analyze(List<? extends @Nullable Object> parameters, Execution execution)
      throws SQLException {
    return analyze(parameters, List.of(), execution);
  }

  /** The same with values for what stands for literals. */
  List<String> analyze(
      List<? extends @Nullable Object> parameters, List<Object> literals, Execution execution)
      throws SQLException {
    RunProfile profile = RunProfile.measuring();
    SourceRun run = run(parameters, literals, execution, profile);
    long rows = 0;
    try (RowCursor cursor = open(run)) {
      while (cursor.next()) {
        rows++;
      }
    }
    return profile.describe(root, rows, run.memory().peak());
  }

  @Override
  public RowCursor execute(List<? extends @Nullable Object> parameters, Execution execution)
      throws SQLException {
    return execute(parameters, List.of(), execution);
  }

  /** The same with values for what stands for literals. */
  RowCursor execute(
      List<? extends @Nullable Object> parameters, List<Object> literals, Execution execution)
      throws SQLException {
    return open(run(parameters, literals, execution, RunProfile.none()));
  }

  private SourceRun run(
      List<? extends @Nullable Object> parameters,
      List<Object> literals,
      Execution execution,
      RunProfile profile)
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
    for (int i = 0; i < parameterTypes.size(); i++) {
      bound.add(
          InternalValues.parameter(
              parameters.get(i), parameterTypes.get(i), i + 1, execution.clock().getZone()));
    }
    bound.addAll(literals);
    execution.check();
    SourceRun run = new SourceRun(bound, execution, profile);
    run.context(() -> context(bound, run));
    return run;
  }

  private RunContext context(List<@Nullable Object> bound, SourceRun run) {
    Map<String, @Nullable Object> values = new HashMap<>(stash);
    for (int i = 0; i < bound.size(); i++) {
      values.put("?" + i, InternalValues.fromJdbc(bound.get(i)));
    }
    values.put(SourceRun.KEY, run);
    return new RunContext(snapshot.rootSchema(), values, run.execution());
  }

  /** Nothing stays open or held when it fails, also where it fails for want of memory. */
  private RowCursor open(SourceRun run) throws SQLException {
    try {
      return whole == null ? generated(run) : new SourceRows(root, whole, oneAtMost, run);
    } catch (SQLException e) {
      closeAfter(e, run);
      throw e;
    } catch (OutOfMemoryError e) {
      SQLException failure = SqlErrors.outOfMemory(e);
      closeAfter(failure, run);
      throw failure;
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      SQLException failure = RunErrors.of(e, run);
      closeAfter(failure, run);
      throw failure;
    }
  }

  private RowCursor generated(SourceRun run) {
    run.start(scans);
    Enumerable<?> rows = Objects.requireNonNull(code, "code").bind(run.context());
    return new GeneratedRows(rows.enumerator(), readers, run.execution(), run);
  }

  private static void closeAfter(SQLException failure, SourceRun run) {
    try {
      run.close();
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }
}
