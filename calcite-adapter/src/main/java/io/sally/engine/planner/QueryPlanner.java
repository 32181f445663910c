package io.sally.engine.planner;

import io.sally.engine.Execution;
import io.sally.engine.Plan;
import io.sally.engine.Session;
import io.sally.engine.catalog.TableName;
import java.sql.SQLException;
import java.util.SortedSet;
import org.apache.calcite.DataContexts;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.plan.Contexts;
import org.apache.calcite.plan.ConventionTraitDef;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.plan.volcano.VolcanoPlanner;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.RelCollationTraitDef;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.metadata.DefaultRelMetadataProvider;
import org.apache.calcite.rel.metadata.JaninoRelMetadataProvider;
import org.apache.calcite.rel.metadata.RelMetadataQueryBase;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexExecutorImpl;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.fun.SqlLibrary;
import org.apache.calcite.sql.fun.SqlLibraryOperatorTableFactory;
import org.apache.calcite.sql.util.SqlOperatorTables;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.apache.calcite.sql2rel.StandardConvertletTable;
import org.apache.calcite.util.CancelFlag;

/** From one text to a plan that can run. Immutable; thread-safe. */
public final class QueryPlanner {
  private static final int LONGEST_CONDITION = 500;

  private static final SqlToRelConverter.Config TO_REL =
      SqlToRelConverter.config()
          .withExpand(false)
          .withTrimUnusedFields(true)
          // A longer IN list becomes a join: as a condition its code outgrows what a JVM compiles.
          .withInSubQueryThreshold(LONGEST_CONDITION)
          // A tool that wraps a sorted query in SELECT * FROM (…) still shows it sorted.
          .withRemoveSortInSubQuery(false);

  private final QueryParser parser = new QueryParser();
  private final Guard guard = new Guard();
  private final Optimizer optimizer = new Optimizer();
  private final SqlOperatorTable operators = operators();

  /** The functions of all the dialects that people write, the standard's own first. */
  static SqlOperatorTable operators() {
    SqlLibraryOperatorTableFactory libraries = SqlLibraryOperatorTableFactory.INSTANCE;
    return SqlOperatorTables.chain(
        OwnOperators.table(),
        libraries.getOperatorTable(SqlLibrary.STANDARD, SqlLibrary.POSTGRESQL),
        libraries.getOperatorTable(SqlLibrary.MYSQL),
        libraries.getOperatorTable(SqlLibrary.ORACLE),
        libraries.getOperatorTable(SqlLibrary.BIG_QUERY),
        SqlOperatorTables.of(NowFunction.INSTANCE));
  }

  /**
   * Plans one query.
   *
   * @throws SQLException when the text is no query, the query is invalid or not admitted, or the
   *     execution was stopped
   */
  public Plan plan(String sql, SourceSchemas sources, Session session, Execution execution)
      throws SQLException {
    PlannedQuery planned = planOnce(sql, sources, session, execution);
    return planned.recursive()
        ? new RecursiveQuery(planned, run -> planOnce(sql, sources, session, run))
        : planned;
  }

  private PlannedQuery planOnce(
      String sql, SourceSchemas sources, Session session, Execution execution) throws SQLException {
    execution.check();
    try {
      return planChecked(sql, sources, session, execution);
    } catch (CalciteContextException e) {
      execution.check();
      throw PlanningErrors.invalid(e, sources.known());
    } catch (Refusal e) {
      throw e.reason();
    } catch (StackOverflowError e) {
      throw PlanningErrors.tooDeep(e);
    } catch (RuntimeException | AssertionError e) {
      execution.check();
      throw PlanningErrors.unplannable(e, sources.known());
    } finally {
      // Calcite leaves its metadata provider on the thread, which is the client's.
      RelMetadataQueryBase.THREAD_PROVIDERS.remove();
    }
  }

  private PlannedQuery planChecked(
      String sql, SourceSchemas sources, Session session, Execution execution) throws SQLException {
    SqlNode parsed = parser.parse(sql);
    String canonical = parser.write(parsed);
    TableReferences.find(parsed, sources, session.schemaPath());
    Snapshot snapshot = new Snapshot(sources.asked());

    RelDataTypeFactory typeFactory = new SallyTypeFactory();
    CalciteCatalogReader reader = snapshot.reader(session.schemaPath(), typeFactory);
    SqlValidator validator =
        SqlValidatorUtil.newValidator(
            operators,
            reader,
            typeFactory,
            SqlValidator.Config.DEFAULT
                .withConformance(SallyConformance.of(parsed))
                .withDefaultNullCollation(NullCollation.HIGH)
                .withIdentifierExpansion(true));
    SqlNode validated = validator.validate(NullableTexts.in(parsed));

    RelOptCluster cluster = cluster(typeFactory, execution);
    SqlToRelConverter converter =
        new SqlToRelConverter(
            (rowType, queryString, schemaPath, viewPath) -> {
              throw new UnsupportedOperationException("view " + viewPath);
            },
            validator,
            reader,
            cluster,
            StandardConvertletTable.INSTANCE,
            TO_REL);
    RelRoot root = converter.convertQuery(validated, false, true);
    SortedSet<TableName> tables = guard.admit(root.rel, snapshot);

    RelNode checked = CheckedArithmetic.in(root.rel);
    EnumerableRel physical;
    try {
      physical = optimizer.optimize(root.withRel(checked));
    } catch (RelOptPlanner.CannotPlanException e) {
      execution.check();
      throw PlanningErrors.unrunnable(e, root.rel);
    }
    execution.check();
    RelDataType resultType = validator.getValidatedNodeType(validated);
    return PlannedQuery.of(
        canonical,
        snapshot,
        resultType,
        validator.getFieldOrigins(validated),
        validator.getParameterRowType(validated),
        tables,
        root,
        physical);
  }

  private static RelOptCluster cluster(RelDataTypeFactory typeFactory, Execution execution) {
    VolcanoPlanner planner = new VolcanoPlanner(Contexts.of(new CancelFlag(execution.stopFlag())));
    planner.addRelTraitDef(ConventionTraitDef.INSTANCE);
    planner.addRelTraitDef(RelCollationTraitDef.INSTANCE);
    planner.setExecutor(
        TextComparisons.in(
            ExactFunctions.in(
                TimestampsInMicros.in(ExactDivision.in(new RexExecutorImpl(DataContexts.EMPTY))))));
    RelOptCluster cluster = RelOptCluster.create(planner, new SallyRexBuilder(typeFactory));
    cluster.setMetadataProvider(DefaultRelMetadataProvider.INSTANCE);
    RelMetadataQueryBase.THREAD_PROVIDERS.set(
        JaninoRelMetadataProvider.of(DefaultRelMetadataProvider.INSTANCE));
    return cluster;
  }
}
