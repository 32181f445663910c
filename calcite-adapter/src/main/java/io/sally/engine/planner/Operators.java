package io.sally.engine.planner;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Calc;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.RepeatUnion;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Spool;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexProgram;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/** Puts a physical plan into words. Confined to the planning of one statement. */
final class Operators {
  private final RelMetadataQuery metadata;
  private int number;

  private Operators(RelMetadataQuery metadata) {
    this.metadata = metadata;
  }

  static Operator of(RelNode plan) {
    return new Operators(plan.getCluster().getMetadataQuery()).operator(plan);
  }

  private Operator operator(RelNode node) {
    int own = number++;
    Double rows = metadata.getRowCount(node);
    List<Operator> inputs = new ArrayList<>();
    node.getInputs().forEach(input -> inputs.add(operator(input)));
    return new Operator(
        own,
        title(node),
        node instanceof SourceQuery query ? query.text() : null,
        rows == null ? 1 : rows,
        inputs);
  }

  private static String title(RelNode node) {
    if (node instanceof SourceQuery query) {
      return "Source " + query.select().source.name();
    } else if (node instanceof KeyGiver giver) {
      return giver.title();
    } else if (node instanceof TableScan scan) {
      return "Table " + String.join(".", scan.getTable().getQualifiedName());
    } else if (node instanceof Calc calc) {
      return calc(calc.getProgram());
    } else if (node instanceof Join join) {
      return join(join);
    } else if (node instanceof Aggregate aggregate) {
      return aggregate(aggregate);
    } else if (node instanceof Sort sort) {
      return sort(sort);
    } else if (node instanceof Correlate correlate) {
      return words(correlate.getJoinType().lowerName) + " join, once for each row";
    } else if (node instanceof Window window) {
      return "Window "
          + window.groups.stream()
              .flatMap(group -> group.aggCalls.stream())
              .map(call -> call.getOperator().getName())
              .collect(Collectors.joining(", "));
    } else if (node instanceof RepeatUnion union) {
      return union.all ? "Recursive union all" : "Recursive union";
    } else if (node instanceof Spool) {
      return "Rows of the recursion so far";
    } else if (node instanceof SetOp operation) {
      return words(operation.kind.lowerName) + (operation.all ? " all" : "");
    } else if (node instanceof Values values) {
      return "Values " + (values.getTuples().isEmpty() ? "(none)" : "of the statement");
    }
    return words(node.getRelTypeName().replaceFirst("^Enumerable", ""));
  }

  private static String words(String name) {
    String spaced = name.replace('_', ' ').toLowerCase(Locale.ROOT);
    return spaced.substring(0, 1).toUpperCase(Locale.ROOT) + spaced.substring(1);
  }

  private static String calc(RexProgram program) {
    List<String> inputs = program.getInputRowType().getFieldNames();
    ExpressionText expressions = new ExpressionText(inputs);
    String filter =
        program.getCondition() == null
            ? ""
            : expressions.of(program.expandLocalRef(program.getCondition()));
    List<String> names = program.getOutputRowType().getFieldNames();
    String columns =
        IntStream.range(0, names.size())
            .mapToObj(
                i -> {
                  RexNode value = program.expandLocalRef(program.getProjectList().get(i));
                  String text = expressions.of(value);
                  return text.equals(names.get(i)) ? text : text + " AS " + names.get(i);
                })
            .collect(Collectors.joining(", "));
    if (filter.isEmpty()) {
      return "Compute " + columns;
    }
    return "Filter by "
        + filter
        + (columns.equals(String.join(", ", inputs)) ? "" : ", compute " + columns);
  }

  private static String join(Join join) {
    List<String> fields = new ArrayList<>(join.getLeft().getRowType().getFieldNames());
    fields.addAll(join.getRight().getRowType().getFieldNames());
    String kind = join.getRelTypeName().contains("NestedLoop") ? "nested loop" : "hash";
    return words(join.getJoinType().lowerName)
        + " join ("
        + kind
        + ")"
        + (join.getCondition().isAlwaysTrue()
            ? " of each with each"
            : " on " + new ExpressionText(fields).of(join.getCondition()));
  }

  private static String aggregate(Aggregate aggregate) {
    List<String> fields = aggregate.getInput().getRowType().getFieldNames();
    String calls =
        aggregate.getAggCallList().stream()
            .map(call -> call(call, fields))
            .collect(Collectors.joining(", "));
    String keys =
        aggregate.getGroupSets().stream()
            .map(set -> keys(set, fields))
            .collect(Collectors.joining("; "));
    if (calls.isEmpty()) {
      return "Distinct " + keys;
    }
    return "Aggregate " + calls + (keys.isEmpty() ? "" : " by " + keys);
  }

  private static String keys(ImmutableBitSet set, List<String> fields) {
    return set.asList().stream().map(fields::get).collect(Collectors.joining(", "));
  }

  private static String call(AggregateCall call, List<String> fields) {
    String arguments =
        call.getArgList().stream().map(fields::get).collect(Collectors.joining(", "));
    return call.getAggregation().getName()
        + "("
        + (call.isDistinct() ? "DISTINCT " : "")
        + (arguments.isEmpty() ? "*" : arguments)
        + ")";
  }

  private static String sort(Sort sort) {
    List<String> fields = sort.getInput().getRowType().getFieldNames();
    String keys =
        sort.getCollation().getFieldCollations().stream()
            .map(key -> fields.get(key.getFieldIndex()) + direction(key))
            .collect(Collectors.joining(", "));
    ExpressionText expressions = new ExpressionText(fields);
    return (keys.isEmpty() ? "" : "Sort by " + keys)
        + limit(keys.isEmpty() ? "First " : ", first ", sort.fetch, expressions)
        + limit(
            keys.isEmpty() && sort.fetch == null ? "Skip " : ", skip ", sort.offset, expressions);
  }

  private static String direction(RelFieldCollation key) {
    return key.getDirection().isDescending() ? " DESC" : "";
  }

  private static String limit(String word, @Nullable RexNode number, ExpressionText expressions) {
    return number == null ? "" : word + expressions.of(number);
  }
}
