package io.sally.engine.planner;

import io.sally.engine.Execution;
import io.sally.engine.Plan;
import io.sally.engine.Session;
import io.sally.engine.SqlErrors;
import io.sally.engine.catalog.TableName;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.metadata.RelMetadataQueryBase;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.fun.SqlLibrary;
import org.apache.calcite.sql.fun.SqlLibraryOperatorTableFactory;
import org.apache.calcite.sql.type.SqlTypeCoercionRule;
import org.apache.calcite.sql.util.SqlOperatorTables;
import org.apache.calcite.sql.validate.SqlValidator;
import org.jspecify.annotations.Nullable;

/** From one text to a plan that can run. Immutable; thread-safe. */
public final class QueryPlanner {
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
    PlannedQuery planned = planOnce(sql, null, sources, session, execution);
    return planned.recursive()
        ? new RecursiveQuery(planned, run -> planOnce(sql, null, sources, session, run))
        : planned;
  }

  /** Which of a text's literals a shared plan need not know; the same for all texts of a shape. */
  public BitSet liftable(String sql, LiteralText literals) throws SQLException {
    try {
      return LiftedLiterals.of(parser.parse(sql), literals).literals();
    } catch (Refusal e) {
      throw e.reason();
    }
  }

  /**
   * Plans a query for all texts that differ from it in no more than literals that can be lifted.
   *
   * @param alone the plan of such a text on its own
   * @return the plan, or empty where it would not do the same work in the same places as the one
   *     that knows its literals
   * @throws SQLException as {@link #plan} does
   */
  public Optional<SharedPlan> share(
      String sql,
      LiteralText literals,
      Plan alone,
      SourceSchemas sources,
      Session session,
      Execution execution)
      throws SQLException {
    PlannedQuery planned = planOnce(sql, literals, sources, session, execution);
    return alone instanceof PlannedQuery known && planned.worksAs(known)
        ? Optional.of(new SharedPlan(planned, parser))
        : Optional.empty();
  }

  private PlannedQuery planOnce(
      String sql,
      @Nullable LiteralText literals,
      SourceSchemas sources,
      Session session,
      Execution execution)
      throws SQLException {
    execution.check();
    try {
      return planSpelled(sql, literals, sources, session, execution);
    } catch (CalciteContextException e) {
      execution.check();
      throw PlanningErrors.invalid(e, sources.known(session.reader()));
    } catch (Refusal e) {
      throw e.reason();
    } catch (StackOverflowError e) {
      throw PlanningErrors.tooDeep(e);
    } catch (RuntimeException | AssertionError e) {
      execution.check();
      throw PlanningErrors.unplannable(e, sources.known(session.reader()));
    } finally {
      // Calcite leaves its metadata provider and its rules of casts on the thread, which is the
      // client's, and outlives the driver where a tool unloads that.
      RelMetadataQueryBase.THREAD_PROVIDERS.remove();
      SqlTypeCoercionRule.THREAD_PROVIDERS.remove();
    }
  }

  /** With names in any case, and where that leaves a column open, in their exact spelling. */
  private PlannedQuery planSpelled(
      String sql,
      @Nullable LiteralText literals,
      SourceSchemas sources,
      Session session,
      Execution execution)
      throws SQLException {
    try {
      return planChecked(sql, literals, Spelling.IN_ANY_CASE, sources, session, execution);
    } catch (CalciteContextException e) {
      if (!Spelling.mattersTo(e)) {
        throw e;
      }
      try {
        PlannedQuery exact =
            planChecked(sql, literals, Spelling.EXACT, sources, session, execution);
        if (!Spelling.leavesOpen(parser.parse(sql), columnNames(exact, sources))) {
          return exact;
        }
      } catch (CalciteContextException | Refusal other) {
        // That a name is ambiguous says more than that its exact spelling is not there.
        e.addSuppressed(other);
      }
      throw e;
    }
  }

  private static Set<String> columnNames(PlannedQuery planned, SourceSchemas sources) {
    Set<String> names = new HashSet<>();
    for (SourceSchema source : sources.asked()) {
      source.catalog(Session.Reader.PERSON).tables().stream()
          .filter(table -> planned.tables().contains(table.name()))
          .flatMap(table -> table.columns().stream())
          .forEach(column -> names.add(column.name()));
    }
    return names;
  }

  private PlannedQuery planChecked(
      String sql,
      @Nullable LiteralText literals,
      Spelling spelling,
      SourceSchemas sources,
      Session session,
      Execution execution)
      throws SQLException {
    SqlNode parsed = parser.parse(sql);
    String canonical = parser.write(parsed);
    LiftedLiterals lifted =
        literals == null ? LiftedLiterals.NONE : LiftedLiterals.of(parsed, literals);
    TableReferences.find(parsed, sources, session.schemaPath());
    NamesakeTables.tellApart(parsed);
    SqlNode known = StatisticalAggregates.takingOver(TextParameters.in(parsed));
    Snapshot snapshot = new Snapshot(sources.asked());

    Conversion conversion =
        new Conversion(
            snapshot, operators, execution.stopFlag(), execution.isInUtc(), lifted, spelling);
    Conversion.Converted converted = conversion.convert(known, session.schemaPath());
    RelRoot root = converted.root();
    if (!lifted.areUnknownTo(conversion.parameters().places())) {
      throw new Refusal(SqlErrors.notSupported("The plan knows literals that texts differ in."));
    }
    SortedSet<TableName> tables = guard.admit(root.rel, snapshot);
    if (session.reader() == Session.Reader.TRANSLATOR) {
      AskScope.check(root.rel, snapshot);
    }
    RelNode checked =
        PolicedScans.in(
            SessionNames.in(CheckedArithmetic.in(StatisticalAggregates.in(root.rel)), session),
            snapshot,
            session,
            new RowConditions(conversion));
    EnumerableRel physical;
    try {
      physical = optimizer.optimize(root.withRel(checked));
    } catch (RelOptPlanner.CannotPlanException e) {
      execution.check();
      throw PlanningErrors.unrunnable(e, root.rel);
    }
    execution.check();
    SqlValidator validator = converted.validator();
    SqlNode validated = converted.validated();
    RelDataType resultType = validator.getValidatedNodeType(validated);
    return PlannedQuery.of(
        canonical,
        snapshot,
        resultType,
        validator.getFieldOrigins(validated),
        validator.getParameterRowType(validated),
        conversion.parameters(),
        tables,
        root,
        physical);
  }
}
