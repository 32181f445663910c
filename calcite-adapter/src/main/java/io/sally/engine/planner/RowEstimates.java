package io.sally.engine.planner;

import com.google.common.collect.ImmutableList;
import io.sally.engine.source.SqlTable;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Calc;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinInfo;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.metadata.BuiltInMetadata;
import org.apache.calcite.rel.metadata.ChainedRelMetadataProvider;
import org.apache.calcite.rel.metadata.DefaultRelMetadataProvider;
import org.apache.calcite.rel.metadata.ReflectiveRelMetadataProvider;
import org.apache.calcite.rel.metadata.RelMdDistinctRowCount;
import org.apache.calcite.rel.metadata.RelMdRowCount;
import org.apache.calcite.rel.metadata.RelMdSelectivity;
import org.apache.calcite.rel.metadata.RelMdUtil;
import org.apache.calcite.rel.metadata.RelMetadataProvider;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.ImmutableBitSet;
import org.apache.calcite.util.ImmutableIntList;
import org.jspecify.annotations.Nullable;

/**
 * How many rows a plan is thought to give: by the numbers of rows and of different values that the
 * sources know of their tables, where Calcite by itself guesses that every comparison leaves a
 * fixed share. Its parts are public for those who call them by reflection. Stateless; thread-safe.
 */
public final class RowEstimates {
  static final RelMetadataProvider PROVIDER =
      ChainedRelMetadataProvider.of(
          ImmutableList.of(
              ReflectiveRelMetadataProvider.reflectiveSource(
                  new Rows(), BuiltInMetadata.RowCount.Handler.class),
              ReflectiveRelMetadataProvider.reflectiveSource(
                  new Values(), BuiltInMetadata.DistinctRowCount.Handler.class),
              ReflectiveRelMetadataProvider.reflectiveSource(
                  new Shares(), BuiltInMetadata.Selectivity.Handler.class),
              DefaultRelMetadataProvider.INSTANCE));

  static final MetadataHandlers HANDLERS = new MetadataHandlers(PROVIDER);

  /** Of a number of which nothing is known, this share of the rows has a value of its own. */
  private static final double UNKNOWN_VALUES = 0.1;

  /** Texts and dates of which nothing is known are more likely those of a list. */
  private static final double VALUES_OF_A_LIST = 200;

  private static final double FEWEST_VALUES = 10;

  private RowEstimates() {}

  /** How many different values a column is thought to have; at least 1. */
  static double values(RelNode plan, int column, RelMetadataQuery metadata) {
    double rows = rows(plan, metadata);
    Double known = metadata.getDistinctRowCount(plan, ImmutableBitSet.of(column), null);
    return Math.max(1, Math.min(rows, known == null ? unknown(plan, column, rows) : known));
  }

  /** A guess at the number of values in a column of which nothing is known. */
  private static double unknown(RelNode plan, int column, double rows) {
    RelDataType type = plan.getRowType().getFieldList().get(column).getType();
    double share = rows * UNKNOWN_VALUES;
    return Math.max(
        FEWEST_VALUES,
        SqlTypeName.NUMERIC_TYPES.contains(type.getSqlTypeName())
            ? share
            : Math.min(VALUES_OF_A_LIST, share));
  }

  private static double rows(RelNode plan, RelMetadataQuery metadata) {
    Double rows = metadata.getRowCount(plan);
    return rows == null ? 1 : Math.max(1, rows);
  }

  /** How many different values several columns have together: no more than there are rows. */
  private static double values(RelNode plan, ImmutableIntList columns, RelMetadataQuery metadata) {
    double product = 1;
    for (int column : columns) {
      product *= values(plan, column, metadata);
    }
    return Math.min(product, rows(plan, metadata));
  }

  /** Numbers of rows. */
  public static final class Rows extends RelMdRowCount {
    /**
     * Each value of the side that has fewer is thought to be on the other side too, and the rows of
     * a side to spread evenly over its values.
     */
    @Override
    public Double getRowCount(Join join, RelMetadataQuery metadata) {
      JoinInfo info = join.analyzeCondition();
      double left = rows(join.getLeft(), metadata);
      double right = rows(join.getRight(), metadata);
      double leftValues = values(join.getLeft(), info.leftKeys, metadata);
      double rightValues = values(join.getRight(), info.rightKeys, metadata);
      RexNode rest =
          RexUtil.composeConjunction(join.getCluster().getRexBuilder(), info.nonEquiConditions);
      double share = RelMdUtil.guessSelectivity(rest);
      double inner = Math.max(1, left * right / Math.max(leftValues, rightValues) * share);
      double partnered =
          info.leftKeys.isEmpty() ? share : share * Math.min(1, rightValues / leftValues);
      return switch (join.getJoinType()) {
        case INNER, ASOF -> inner;
        case SEMI -> Math.max(1, left * partnered);
        case ANTI -> Math.max(1, left * Math.max(1 - partnered, UNKNOWN_VALUES));
        case LEFT, LEFT_ASOF, LEFT_MARK -> Math.max(left, inner);
        case RIGHT -> Math.max(right, inner);
        case FULL -> Math.max(left, inner) + Math.max(0, right - inner);
      };
    }
  }

  /** Numbers of different values. */
  public static final class Values extends RelMdDistinctRowCount {
    @Override
    public @Nullable Double getDistinctRowCount(
        RelNode plan, RelMetadataQuery metadata, ImmutableBitSet columns, @Nullable RexNode where) {
      if (plan instanceof SourceQuery query) {
        return metadata.getDistinctRowCount(query.logical(), columns, where);
      } else if (plan instanceof KeyGiver giver) {
        return metadata.getDistinctRowCount(giver.getInput(), columns, where);
      } else if (plan instanceof Calc calc && where == null) {
        return below(calc, metadata, columns);
      }
      return super.getDistinctRowCount(plan, metadata, columns, where);
    }

    private static @Nullable Double below(
        Calc calc, RelMetadataQuery metadata, ImmutableBitSet columns) {
      ImmutableBitSet.Builder inputs = ImmutableBitSet.builder();
      for (int column : columns) {
        if (calc.getProgram().expandLocalRef(calc.getProgram().getProjectList().get(column))
            instanceof RexInputRef ref) {
          inputs.set(ref.getIndex());
        } else {
          return null;
        }
      }
      return RelMdUtil.numDistinctVals(
          metadata.getDistinctRowCount(calc.getInput(), inputs.build(), null),
          metadata.getRowCount(calc));
    }

    @Override
    public @Nullable Double getDistinctRowCount(
        TableScan scan,
        RelMetadataQuery metadata,
        ImmutableBitSet columns,
        @Nullable RexNode where) {
      double rows = rows(scan, metadata);
      double left = rows * (where == null ? 1 : RowShare.of(where, scan, metadata));
      if (Boolean.TRUE.equals(metadata.areColumnsUnique(scan, columns))) {
        return left;
      }
      SqlTable table = scan.getTable().unwrap(SqlTable.class);
      double product = 1;
      for (int column : columns) {
        Double known =
            table == null || column >= table.definition().columns().size()
                ? null
                : table.distinctValues(column);
        product *= known == null ? Math.min(rows, unknown(scan, column, rows)) : known;
      }
      return RelMdUtil.numDistinctVals(Math.min(product, rows), left);
    }
  }

  /** Shares of rows that a condition leaves. */
  public static final class Shares extends RelMdSelectivity {
    @Override
    public Double getSelectivity(
        RelNode plan, RelMetadataQuery metadata, @Nullable RexNode condition) {
      if (plan instanceof SourceQuery query) {
        return metadata.getSelectivity(query.logical(), condition);
      }
      return super.getSelectivity(plan, metadata, condition);
    }

    @Override
    public Double getSelectivity(
        TableScan scan, RelMetadataQuery metadata, @Nullable RexNode condition) {
      double share = 1;
      for (RexNode part : RelOptUtil.conjunctions(condition)) {
        share *= RowShare.of(part, scan, metadata);
      }
      return share;
    }
  }
}
