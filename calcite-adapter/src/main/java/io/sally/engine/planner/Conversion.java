package io.sally.engine.planner;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.calcite.DataContexts;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.plan.Contexts;
import org.apache.calcite.plan.ConventionTraitDef;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.volcano.VolcanoPlanner;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.RelCollationTraitDef;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.metadata.JaninoRelMetadataProvider;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rel.metadata.RelMetadataQueryBase;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexExecutorImpl;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.apache.calcite.sql2rel.StandardConvertletTable;
import org.apache.calcite.util.CancelFlag;
import org.jspecify.annotations.Nullable;

/**
 * Makes logical plans of parse trees over one snapshot, all in one cluster. Confined to one
 * planning; Calcite leaves its metadata provider on the thread, which the planning takes away.
 */
final class Conversion {
  private static final int LONGEST_CONDITION = 500;

  private static final SqlToRelConverter.Config TO_REL =
      SqlToRelConverter.config()
          .withExpand(false)
          .withTrimUnusedFields(true)
          // A longer IN list becomes a join: as a condition its code outgrows what a JVM compiles.
          .withInSubQueryThreshold(LONGEST_CONDITION)
          // A tool that wraps a sorted query in SELECT * FROM (…) still shows it sorted.
          .withRemoveSortInSubQuery(false);

  private final Snapshot snapshot;
  private final SqlOperatorTable operators;
  private final RelDataTypeFactory typeFactory = new SallyTypeFactory();
  private final LiftedLiterals literals;
  private final Spelling spelling;
  private final LiftedParameters parameters;
  private final RelOptCluster cluster;

  /**
   * @param stop ends the search for a plan
   */
  Conversion(Snapshot snapshot, SqlOperatorTable operators, AtomicBoolean stop) {
    this(snapshot, operators, stop, true, LiftedLiterals.NONE, Spelling.IN_ANY_CASE);
  }

  /**
   * @param stop ends the search for a plan
   * @param inUtc whether the session's time zone is UTC
   * @param literals those of its statement that become parameters
   * @param spelling how names are compared
   */
  Conversion(
      Snapshot snapshot,
      SqlOperatorTable operators,
      AtomicBoolean stop,
      boolean inUtc,
      LiftedLiterals literals,
      Spelling spelling) {
    this.snapshot = snapshot;
    this.operators = spelling.of(operators);
    this.spelling = spelling;
    this.literals = literals;
    this.parameters = new LiftedParameters(literals.parameters());
    this.cluster = cluster(stop, inUtc);
  }

  /** A valid statement. */
  record Converted(SqlValidator validator, SqlNode validated, RelRoot root) {}

  Snapshot snapshot() {
    return snapshot;
  }

  /** The parameters that lifted literals have become so far. */
  LiftedParameters parameters() {
    return parameters;
  }

  /**
   * Validates and converts one query.
   *
   * @param parsed is changed in the course of it
   */
  Converted convert(SqlNode parsed, List<String> schemaPath) {
    CalciteCatalogReader reader = snapshot.reader(schemaPath, typeFactory, spelling);
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
    SqlToRelConverter converter =
        new SqlToRelConverter(
            (rowType, queryString, path, viewPath) -> {
              throw new UnsupportedOperationException("view " + viewPath);
            },
            validator,
            reader,
            cluster,
            StandardConvertletTable.INSTANCE,
            TO_REL) {
          @Override
          protected @Nullable RexNode convertExtendedExpression(SqlNode node, Blackboard board) {
            Integer place = literals.place(node);
            return place != null
                    && board.convertLiteral((SqlLiteral) node) instanceof RexLiteral value
                ? parameters.of(place, (SqlLiteral) node, value, cluster.getRexBuilder())
                : null;
          }
        };
    return new Converted(validator, validated, converter.convertQuery(validated, false, true));
  }

  private RelOptCluster cluster(AtomicBoolean stop, boolean inUtc) {
    VolcanoPlanner planner = new VolcanoPlanner(Contexts.of(new CancelFlag(stop)));
    planner.addRelTraitDef(ConventionTraitDef.INSTANCE);
    planner.addRelTraitDef(RelCollationTraitDef.INSTANCE);
    planner.setExecutor(
        TextComparisons.in(
            ExactFunctions.in(
                TimestampsInMicros.in(ExactDivision.in(new RexExecutorImpl(DataContexts.EMPTY))))));
    RelOptCluster made =
        RelOptCluster.create(planner, new SallyRexBuilder(typeFactory, parameters, inUtc));
    made.setMetadataProvider(RowEstimates.PROVIDER);
    RelMetadataQueryBase.THREAD_PROVIDERS.set(JaninoRelMetadataProvider.of(RowEstimates.PROVIDER));
    made.setMetadataQuerySupplier(() -> new RelMetadataQuery(RowEstimates.HANDLERS));
    return made;
  }
}
