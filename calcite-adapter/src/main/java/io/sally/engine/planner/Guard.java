package io.sally.engine.planner;

import io.sally.engine.SqlErrors;
import io.sally.engine.catalog.TableName;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Collect;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Intersect;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Minus;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.RepeatUnion;
import org.apache.calcite.rel.core.Sample;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Spool;
import org.apache.calcite.rel.core.TableModify;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Uncollect;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.schema.TransientTable;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.jspecify.annotations.Nullable;

/**
 * Admits only what is known to be harmless: a tree of known reading elements, known operators and
 * functions without side effects, and tables of the catalog. It looks at the logical plan and not
 * at the text, so that no spelling gets around it, and refuses whatever it does not know.
 * Immutable.
 */
final class Guard {
  private static final Set<Class<? extends RelNode>> READING_ELEMENTS =
      Set.of(
          Aggregate.class,
          Collect.class,
          Correlate.class,
          Filter.class,
          Intersect.class,
          Join.class,
          Minus.class,
          Project.class,
          RepeatUnion.class,
          Sample.class,
          Sort.class,
          Spool.class,
          TableScan.class,
          Uncollect.class,
          Union.class,
          Values.class);

  /** Functions that bear the name of an admitted operator and are another: EXTRACT over XML. */
  private static final Set<SqlOperator> REFUSED_NAMESAKES = Set.of(SqlLibraryOperators.EXTRACT_XML);

  private static final String ORDERED_DISTINCT =
      "Sally cannot compute an aggregate with both DISTINCT and ORDER BY."
          + " Write SELECT DISTINCT in a sub-query and aggregate its rows.";

  /** The names of the admitted operators and functions, in a file so that a review sees each. */
  private final Set<String> operators = read("permitted-operators.txt");

  /**
   * Checks a whole plan.
   *
   * @return the tables that it reads
   * @throws SQLException with SQLState 25006 when it writes, 42501 when it holds anything else that
   *     is not admitted, 0A000 when it holds what would be computed wrongly
   */
  SortedSet<TableName> admit(RelNode plan, Snapshot snapshot) throws SQLException {
    Walk walk = new Walk(snapshot);
    walk.element(plan);
    if (walk.refusal != null) {
      throw walk.refusal;
    }
    return walk.tables;
  }

  boolean admits(SqlOperator operator) {
    return ExactFunctions.isComputation(operator)
        || (!REFUSED_NAMESAKES.contains(operator)
            && operators.contains(operator.getName().toUpperCase(Locale.ROOT)));
  }

  static Set<String> read(String resource) {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(Guard.class.getResourceAsStream(resource), resource),
                StandardCharsets.UTF_8))) {
      return reader
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("## "))
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final class Walk extends RexShuttle {
    private final Snapshot snapshot;
    private final SortedSet<TableName> tables = new TreeSet<>();
    private final Set<RelNode> seen = new HashSet<>();
    private @Nullable SQLException refusal;

    Walk(Snapshot snapshot) {
      this.snapshot = snapshot;
    }

    private void element(RelNode element) {
      if (refusal != null || !seen.add(element)) {
        return;
      }
      if (element instanceof TableModify modify) {
        refusal =
            SqlErrors.readOnly("Sally only reads: " + modify.getOperation() + " is not permitted.");
      } else if (READING_ELEMENTS.stream().noneMatch(known -> known.isInstance(element))) {
        refusal =
            SqlErrors.notPermitted(
                "The guard does not admit the plan element " + element.getRelTypeName() + ".");
      } else if (element instanceof TableScan scan) {
        table(scan);
      } else if (element instanceof Aggregate aggregate) {
        aggregate.getAggCallList().stream()
            .map(AggregateCall::getAggregation)
            .forEach(this::operator);
        if (aggregate.getAggCallList().stream().anyMatch(Walk::ordersDistinctValues)) {
          refusal = SqlErrors.notSupported(ORDERED_DISTINCT);
        }
      }
      element.accept(this);
      List<RelNode> inputs = element.getInputs();
      inputs.forEach(this::element);
    }

    /** Calcite 1.42 loses the order when it makes two aggregates of such a one. */
    private static boolean ordersDistinctValues(AggregateCall call) {
      return call.isDistinct() && !call.getCollation().getFieldCollations().isEmpty();
    }

    private void table(TableScan scan) {
      List<String> path = scan.getTable().getQualifiedName();
      TableName name = snapshot.nameOf(path);
      if (name != null) {
        tables.add(name);
      } else if (scan.getTable().unwrap(TransientTable.class) == null) {
        refusal =
            SqlErrors.notPermitted(
                "The guard does not admit " + String.join(".", path) + ", which is in no catalog.");
      }
    }

    private void operator(SqlOperator operator) {
      if (refusal == null && !admits(operator)) {
        refusal =
            SqlErrors.notPermitted(
                "The guard does not admit the function or operator " + operator.getName() + ".");
      }
    }

    @Override
    public RexNode visitCall(RexCall call) {
      operator(call.getOperator());
      return super.visitCall(call);
    }

    @Override
    public RexNode visitOver(RexOver over) {
      operator(over.getAggOperator());
      return super.visitOver(over);
    }

    @Override
    public RexNode visitSubQuery(RexSubQuery subQuery) {
      if (subQuery.getKind() != SqlKind.SCALAR_QUERY) {
        operator(subQuery.getOperator());
      }
      element(subQuery.rel);
      return super.visitSubQuery(subQuery);
    }
  }
}
