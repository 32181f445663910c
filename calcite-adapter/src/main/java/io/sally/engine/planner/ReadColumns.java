package io.sally.engine.planner;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelVisitor;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds the columns of tables that a logical plan reads, as it comes from the statement: also those
 * of which a condition, an order or a group alone is made, and all those that a star stands for. An
 * element that it does not know counts as reading all. Confined to one plan.
 */
final class ReadColumns {
  /** Learns of each scan which of its columns are mentioned. */
  @FunctionalInterface
  interface Reader {
    void read(TableScan scan, ImmutableBitSet columns);
  }

  private final Reader reader;
  private final Map<CorrelationId, ImmutableBitSet> correlated = new HashMap<>();

  private ReadColumns(Reader reader) {
    this.reader = reader;
  }

  /** Tells of each scan of the plan, its sub-queries included. */
  static void of(RelNode plan, Reader reader) {
    ReadColumns columns = new ReadColumns(reader);
    columns.collectCorrelated(plan);
    columns.walk(plan, all(plan));
  }

  private static ImmutableBitSet all(RelNode node) {
    return ImmutableBitSet.range(node.getRowType().getFieldCount());
  }

  private void collectCorrelated(RelNode plan) {
    RexShuttle collector =
        new RexShuttle() {
          @Override
          public RexNode visitFieldAccess(RexFieldAccess access) {
            if (access.getReferenceExpr() instanceof RexCorrelVariable variable) {
              correlated.merge(
                  variable.id,
                  ImmutableBitSet.of(access.getField().getIndex()),
                  ImmutableBitSet::union);
            }
            return super.visitFieldAccess(access);
          }

          @Override
          public RexNode visitSubQuery(RexSubQuery subQuery) {
            collectCorrelated(subQuery.rel);
            return super.visitSubQuery(subQuery);
          }
        };
    new RelVisitor() {
      @Override
      public void visit(RelNode node, int ordinal, @Nullable RelNode parent) {
        node.accept(collector);
        super.visit(node, ordinal, parent);
      }
    }.go(plan);
  }

  private void walk(RelNode node, ImmutableBitSet wanted) {
    if (node instanceof TableScan scan) {
      reader.read(scan, wanted);
    } else if (node instanceof Project project) {
      walk(project.getInput(), mentioned(project.getProjects()).union(outer(project)));
    } else if (node instanceof Filter filter) {
      walk(
          filter.getInput(),
          wanted.union(mentioned(List.of(filter.getCondition()))).union(outer(filter)));
    } else if (node instanceof Sort sort) {
      walk(sort.getInput(), wanted.union(ImmutableBitSet.of(sort.getCollation().getKeys())));
    } else if (node instanceof Aggregate aggregate) {
      walk(aggregate.getInput(), ImmutableBitSet.of(RelOptUtil.getAllFields(aggregate)));
    } else if (node instanceof Join join) {
      ImmutableBitSet both =
          wanted.union(mentioned(List.of(join.getCondition()))).union(outer(join));
      sides(join.getLeft(), join.getRight(), both);
    } else if (node instanceof Correlate correlate) {
      sides(
          correlate.getLeft(),
          correlate.getRight(),
          wanted
              .union(correlate.getRequiredColumns())
              .union(correlated.getOrDefault(correlate.getCorrelationId(), ImmutableBitSet.of())));
    } else {
      node.accept(subQueries());
      node.getInputs().forEach(input -> walk(input, all(input)));
    }
  }

  private void sides(RelNode left, RelNode right, ImmutableBitSet wanted) {
    int width = left.getRowType().getFieldCount();
    walk(left, wanted.intersect(ImmutableBitSet.range(width)));
    walk(right, wanted.except(ImmutableBitSet.range(width)).shift(-width));
  }

  /** The columns of the outer row that sub-queries of this element look at. */
  private ImmutableBitSet outer(RelNode node) {
    return node.getVariablesSet().stream()
        .map(id -> correlated.getOrDefault(id, ImmutableBitSet.of()))
        .reduce(ImmutableBitSet.of(), ImmutableBitSet::union);
  }

  private ImmutableBitSet mentioned(List<RexNode> expressions) {
    List<Integer> fields = new ArrayList<>();
    RexShuttle finder =
        new RexShuttle() {
          @Override
          public RexNode visitInputRef(RexInputRef ref) {
            fields.add(ref.getIndex());
            return ref;
          }

          @Override
          public RexNode visitSubQuery(RexSubQuery subQuery) {
            walk(subQuery.rel, all(subQuery.rel));
            return super.visitSubQuery(subQuery);
          }
        };
    expressions.forEach(expression -> expression.accept(finder));
    return ImmutableBitSet.of(fields);
  }

  private RexShuttle subQueries() {
    return new RexShuttle() {
      @Override
      public RexNode visitSubQuery(RexSubQuery subQuery) {
        walk(subQuery.rel, all(subQuery.rel));
        return super.visitSubQuery(subQuery);
      }
    };
  }
}
