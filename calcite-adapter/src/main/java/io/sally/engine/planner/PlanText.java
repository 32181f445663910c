package io.sally.engine.planner;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Writes a plan for people: a tree, an element a line, each source's SQL in full. Stateless. */
final class PlanText {
  private static final String INDENT = "  ";

  private PlanText() {}

  /** The plan with the planner's estimates. */
  static List<String> of(Operator root) {
    return of(root, operator -> "");
  }

  /**
   * The plan with the planner's estimates and, where it is not empty, what is said of each element.
   */
  static List<String> of(Operator root, Function<Operator, String> remark) {
    List<String> lines = new ArrayList<>();
    write(root, "", remark, lines);
    return lines;
  }

  private static void write(
      Operator operator, String indent, Function<Operator, String> remark, List<String> lines) {
    String said = remark.apply(operator);
    lines.add(
        indent
            + operator.title()
            + " (about "
            + rows(operator.estimatedRows())
            + (said.isEmpty() ? "" : "; actual: " + said)
            + ")");
    SourceText query = operator.query();
    if (query != null) {
      query.sql().lines().forEach(line -> lines.add(indent + INDENT + line));
    }
    operator.inputs().forEach(input -> write(input, indent + INDENT, remark, lines));
  }

  private static String rows(double estimate) {
    long rounded = Math.max(1, Math.round(estimate));
    return String.format(Locale.ROOT, "%,d", rounded) + (rounded == 1 ? " row" : " rows");
  }
}
