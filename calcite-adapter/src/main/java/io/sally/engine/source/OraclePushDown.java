package io.sally.engine.source;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/**
 * What Oracle computes as Sally does, in a session whose NLS_COMP and NLS_SORT are BINARY. It has
 * no boolean values before version 23 and takes the empty text for null: conditions stay where
 * conditions stand, and what could tell an empty text from none is computed here. Immutable.
 */
public final class OraclePushDown extends StandardPushDown {
  private static final int MOST_KEYS = 1_000;

  @Override
  public String named(String table, String alias) {
    return table + " " + alias;
  }

  /** ORA-01795: a list has at most 1,000 values. An empty text is NULL there. */
  @Override
  public Optional<KeyTest> among(RelDataType type) {
    return Family.of(type) == Family.TEXT
        ? Optional.empty()
        : super.among(type).map(test -> new KeyTest(test.before(), test.after(), false, MOST_KEYS));
  }

  @Override
  boolean comparable(Family family) {
    return switch (family) {
      case INTEGER, DECIMAL, TEXT, TIMESTAMP, INSTANT -> true;
      // DATE has a time of day there, and there is no TIME.
      case BOOLEAN, DATE, TIME, DOUBLE, OTHER -> false;
    };
  }

  @Override
  String exact(String text) {
    return text;
  }

  @Override
  boolean exactEquality() {
    return true;
  }

  @Override
  public Optional<String> literal(RexLiteral literal) {
    return Family.of(literal.getType()) == Family.BOOLEAN
        ? Optional.empty()
        : super.literal(literal);
  }

  /** A bound text may be empty, which is null there: {@code <>} would hold of no row. */
  @Override
  public Optional<String> parameter(RelDataType type, String marker) {
    return Family.of(type) == Family.TEXT ? Optional.empty() : super.parameter(type, marker);
  }

  /** An equality with null holds of no row, as one with the empty text, which is never stored. */
  @Override
  public Optional<String> equalParameter(RelDataType type, String marker) {
    return super.parameter(type, marker);
  }

  @Override
  public Optional<String> call(RexCall call, List<String> operands) {
    return switch (call.getKind()) {
      // What is unknown there may be false here, and the contrary of both is not the same.
      case NOT ->
          comparesBoundText(call.getOperands().get(0))
              ? Optional.empty()
              : super.call(call, operands);
      case IS_TRUE, IS_NOT_TRUE, IS_FALSE, IS_NOT_FALSE, IS_DISTINCT_FROM, IS_NOT_DISTINCT_FROM ->
          Optional.empty();
      case CASE ->
          Family.of(call.getType()) == Family.BOOLEAN
              ? Optional.empty()
              : super.call(call, operands);
      default -> super.call(call, operands);
    };
  }

  private static boolean comparesBoundText(RexNode node) {
    return (node instanceof RexDynamicParam && Family.of(node.getType()) == Family.TEXT)
        || (node instanceof RexCall call
            && call.getOperands().stream().anyMatch(OraclePushDown::comparesBoundText));
  }

  /** NUMBER computes decimally with 38 digits and without overflow of integers. */
  @Override
  boolean arithmetic(RexCall call) {
    return Family.of(call.getType()) == Family.DECIMAL
        && call.getOperands().stream().allMatch(o -> Family.of(o.getType()).exactNumber())
        && keepsDigits(call);
  }

  @Override
  Optional<String> text(String value) {
    return value.isEmpty() ? Optional.empty() : Optional.of("'" + value.replace("'", "''") + "'");
  }

  @Override
  Optional<String> cast(RelDataType from, RelDataType to, String operand) {
    return widens(from, to) ? Optional.of(operand) : Optional.empty();
  }

  @Override
  Optional<String> like(RexCall call, List<String> operands) {
    boolean plain =
        call.getOperator().getName().toUpperCase(Locale.ROOT).equals("LIKE")
            && operands.size() == 2;
    return plain
        ? Optional.of("(" + operands.get(0) + " LIKE " + operands.get(1) + ")")
        : Optional.empty();
  }

  @Override
  Optional<String> function(RexCall call, List<String> operands) {
    return call.getOperator().getName().equals("EXTRACT")
            && Family.of(call.getOperands().get(1).getType()) == Family.TIMESTAMP
        ? calendarPart(call)
            .filter(part -> part != org.apache.calcite.avatica.util.TimeUnitRange.QUARTER)
            .map(part -> "EXTRACT(" + part + " FROM " + operands.get(1) + ")")
        : Optional.empty();
  }

  @Override
  boolean sums(RelDataType type) {
    return Family.of(type).exactNumber();
  }

  @Override
  String filtered(String function, List<String> operands, @Nullable String filter) {
    String operand = operands.get(0);
    String counted =
        filter == null
            ? operand
            : "CASE WHEN " + filter + " THEN " + (operand.equals("*") ? "1" : operand) + " END";
    return String.format(Locale.ROOT, function, counted);
  }

  @Override
  public boolean selects(RelDataType type) {
    return Family.of(type) != Family.BOOLEAN;
  }

  /** EXCEPT is MINUS there before version 21. */
  @Override
  public boolean combines(SetOp operation) {
    return operation.kind != SqlKind.EXCEPT && super.combines(operation);
  }

  @Override
  public boolean groupingSets() {
    return true;
  }

  @Override
  public String page(String offset, String fetch) {
    return (offset.isEmpty() ? "" : " OFFSET " + offset + " ROWS")
        + (fetch.isEmpty() ? "" : " FETCH NEXT " + fetch + " ROWS ONLY");
  }

  @Override
  public String fromNothing() {
    return " FROM DUAL";
  }
}
