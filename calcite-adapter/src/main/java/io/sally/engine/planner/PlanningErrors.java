package io.sally.engine.planner;

import io.sally.engine.SqlErrors;
import io.sally.engine.catalog.Catalogs;
import io.sally.engine.catalog.Column;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.calcite.adapter.enumerable.RexImpTable;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelVisitor;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * Makes of what Calcite says against a statement an error that says what, where, and what is near.
 */
final class PlanningErrors {
  private static final Pattern NO_TABLE =
      Pattern.compile(
          "(?:(?:Object|Table) '([^']*)' not found|Unknown identifier '([^']*)').*",
          Pattern.DOTALL);
  private static final Pattern NO_COLUMN =
      Pattern.compile(
          "(?:Column|Unknown field) '([^']*)'.*(?:not found|in any table|in table).*",
          Pattern.DOTALL);
  private static final Pattern ENCOUNTERED =
      Pattern.compile("Encountered \"(.*?)\" at line .*", Pattern.DOTALL);

  private PlanningErrors() {}

  /** The text does not parse. */
  static SQLException syntax(String sql, SqlParseException e) {
    if (sql.isBlank()) {
      return SqlErrors.syntax("The statement is empty.", e);
    }
    if (e.getCause() instanceof StackOverflowError) {
      return tooDeep(e);
    }
    String message = Objects.requireNonNullElse(e.getMessage(), "");
    Matcher encountered = ENCOUNTERED.matcher(message);
    String what;
    if (encountered.matches()) {
      String token = encountered.group(1).strip();
      what =
          token.equals("<EOF>")
              ? "the statement ends too early"
              : "\"" + token + "\" is unexpected";
    } else {
      what = firstLine(message).replaceFirst(" at line \\d+, column \\d+$", "");
    }
    return SqlErrors.syntax("Syntax error" + at(e.getPos()) + ": " + what + ".", e);
  }

  /** The stack did not suffice for the statement. */
  static SQLException tooDeep(Throwable cause) {
    return SqlErrors.invalid(
        "The statement is nested too deeply to be planned. Split it, or write long AND/OR chains as IN lists.",
        cause);
  }

  /** The validator refuses the statement. */
  static SQLException invalid(CalciteContextException e, Catalogs catalogs) {
    Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
    String message = firstLine(Objects.requireNonNullElse(cause.getMessage(), cause.toString()));
    String where = " (line " + e.getPosLine() + ", column " + e.getPosColumn() + ")";
    Matcher table = NO_TABLE.matcher(message);
    if (table.matches()) {
      String name = Objects.requireNonNullElse(table.group(1), table.group(2));
      Stream<String> names =
          Stream.concat(
              catalogs.catalogs().stream().map(c -> c.source()),
              catalogs.tables().map(t -> t.name().table()));
      return SqlErrors.undefinedTable(
          "There is no table or schema '" + name + "'" + where + NearNames.hint(name, names), e);
    }
    Matcher column = NO_COLUMN.matcher(message);
    if (column.matches()) {
      Stream<String> names = catalogs.tables().flatMap(t -> t.columns().stream()).map(Column::name);
      return SqlErrors.undefinedColumn(message + where + NearNames.hint(column.group(1), names), e);
    }
    if (message.contains("ambiguous")) {
      return SqlErrors.ambiguous(
          message + where + ". Write the table or its alias before the column.", e);
    }
    if (message.startsWith("No match found for function signature")) {
      return SqlErrors.undefinedFunction(message + where + ".", e);
    }
    if (message.contains("Illegal use of dynamic parameter")) {
      return SqlErrors.undefinedFunction(
          "The type of the parameter ? cannot be told from its place"
              + where
              + ". Write CAST(? AS <type>).",
          e);
    }
    return SqlErrors.invalid(withoutPeriod(message) + where + ".", e);
  }

  /** Calcite gave up on the statement, for a reason that only its exceptions tell. */
  static SQLException unplannable(Throwable thrown, Catalogs catalogs) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof CalciteContextException context) {
        return invalid(context, catalogs);
      }
    }
    String message = firstLine(Objects.requireNonNullElse(thrown.getMessage(), thrown.toString()));
    if (thrown instanceof RelOptPlanner.CannotPlanException
        || thrown instanceof UnsupportedOperationException
        || message.startsWith("Unable to implement")) {
      return SqlErrors.notSupported(
          "Sally has no way to run a part of this statement (" + message + ").");
    }
    return SqlErrors.internal("The statement could not be planned: " + message + ".", thrown);
  }

  /**
   * No plan computes the statement; most often because of an aggregate that Calcite only parses.
   */
  static SQLException unrunnable(RelOptPlanner.CannotPlanException e, RelNode plan) {
    SortedSet<String> missing = new TreeSet<>();
    new RelVisitor() {
      @Override
      public void visit(RelNode node, int ordinal, @Nullable RelNode parent) {
        if (node instanceof Aggregate aggregate) {
          aggregate.getAggCallList().stream()
              .map(AggregateCall::getAggregation)
              .filter(function -> !computable(function))
              .forEach(function -> missing.add(function.getName()));
        }
        super.visit(node, ordinal, parent);
      }
    }.go(plan);
    return missing.isEmpty()
        ? unplannable(e, new Catalogs(List.of()))
        : SqlErrors.notSupported("Sally cannot compute " + String.join(", ", missing) + ".");
  }

  /** Averages and deviations have no code of their own: a rule makes sums and counts of them. */
  private static boolean computable(SqlAggFunction function) {
    return SqlKind.AVG_AGG_FUNCTIONS.contains(function.getKind())
        || SqlKind.COVAR_AVG_AGG_FUNCTIONS.contains(function.getKind())
        || RexImpTable.INSTANCE.get(function, false) != null;
  }

  private static String at(SqlParserPos position) {
    return position == null || position.getLineNum() == 0
        ? ""
        : " at line " + position.getLineNum() + ", column " + position.getColumnNum();
  }

  private static String firstLine(String message) {
    return withoutPeriod(message.strip().split("\\R", 2)[0].strip());
  }

  private static String withoutPeriod(String message) {
    return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
  }
}
