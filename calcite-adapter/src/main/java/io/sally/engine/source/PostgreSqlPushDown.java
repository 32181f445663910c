package io.sally.engine.source;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/**
 * What PostgreSQL computes as Sally does. Its equality of texts is exact under every deterministic
 * collation, its order is the collation's and is therefore asked for with {@code COLLATE "C"}; its
 * integers fail on overflow, its numeric is exact. Immutable.
 */
public final class PostgreSqlPushDown extends StandardPushDown {
  /**
   * A quotient is taken with so many digits that rounding it once more, to Sally's scale, cannot
   * differ from rounding the true one: two numbers of 38 digits divide to a value that is at least
   * 10^-93 away from any rounding boundary it does not hit.
   */
  private static final String DIVIDEND = "NUMERIC(140, 95)";

  /** An array is one bound value, whose elements are hashed. */
  private static final int MOST_KEYS_IN_AN_ARRAY = 50_000;

  @Override
  public String fixedText(String column) {
    return "CAST(" + column + " AS TEXT)";
  }

  /**
   * With an array the planner takes an index whatever the number of its values: for a scan it
   * reckons with one comparison for each value. The values as a sub-query that is not joined are
   * hashed, and hold for cheap.
   */
  @Override
  public Optional<KeyTest> among(RelDataType type) {
    KeyTest scan =
        new KeyTest(" IN (SELECT pg_catalog.unnest(", ")) IS TRUE", true, MOST_KEYS_IN_AN_ARRAY);
    return super.among(type)
        .map(test -> new KeyTest(" = ANY (", ")", true, MOST_KEYS_IN_AN_ARRAY, scan));
  }

  @Override
  boolean comparable(Family family) {
    return family != Family.OTHER;
  }

  @Override
  String exact(String text) {
    return "(" + text + " COLLATE \"C\")";
  }

  @Override
  boolean exactEquality() {
    return true;
  }

  @Override
  boolean arithmetic(RexCall call) {
    return switch (Family.of(call.getType())) {
      case INTEGER ->
          call.getOperands().stream().allMatch(o -> Family.of(o.getType()) == Family.INTEGER);
      case DECIMAL ->
          call.getOperands().stream().allMatch(o -> Family.of(o.getType()).exactNumber())
              && keepsDigits(call);
      default -> false;
    };
  }

  @Override
  Optional<String> number(@Nullable BigDecimal value, RelDataType type) {
    if (value == null) {
      return Optional.empty();
    }
    String digits = value.toPlainString();
    return switch (Family.of(type)) {
      case INTEGER -> super.number(value, type);
      case DECIMAL ->
          Optional.of(
              digits.contains(".") && value.signum() >= 0
                  ? digits
                  : "CAST(" + digits + " AS NUMERIC)");
      case DOUBLE -> Optional.of("CAST('" + value + "' AS DOUBLE PRECISION)");
      default -> Optional.empty();
    };
  }

  @Override
  Optional<String> text(String value) {
    return Optional.of("'" + value.replace("'", "''") + "'");
  }

  @Override
  Optional<String> nullOf(RelDataType type) {
    return name(type).map(name -> "CAST(NULL AS " + name + ")");
  }

  @Override
  public Optional<String> parameter(RelDataType type, String marker) {
    return name(type).map(name -> "CAST(" + marker + " AS " + name + ")");
  }

  private static Optional<String> name(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case BOOLEAN -> Optional.of("BOOLEAN");
      case TINYINT, SMALLINT -> Optional.of("SMALLINT");
      case INTEGER -> Optional.of("INTEGER");
      case BIGINT -> Optional.of("BIGINT");
      case DECIMAL -> Optional.of("NUMERIC");
      case FLOAT, DOUBLE -> Optional.of("DOUBLE PRECISION");
      case CHAR, VARCHAR -> Optional.of("TEXT");
      case DATE -> Optional.of("DATE");
      case TIME -> Optional.of("TIME");
      case TIMESTAMP -> Optional.of("TIMESTAMP");
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> Optional.of("TIMESTAMPTZ");
      case NULL -> Optional.of("TEXT");
      default -> Optional.empty();
    };
  }

  @Override
  Optional<String> cast(RelDataType from, RelDataType to, String operand) {
    Family source = Family.of(from);
    Family target = Family.of(to);
    boolean exact =
        widens(from, to)
            || (source == Family.DECIMAL
                && target == Family.DECIMAL
                && from.getScale() <= to.getScale())
            || (source == Family.INTEGER && target == Family.DECIMAL)
            || (source == Family.INTEGER && (target == Family.INTEGER || target == Family.DOUBLE))
            || (source == Family.DATE && target == Family.TIMESTAMP)
            || (source == Family.TIMESTAMP && target == Family.DATE);
    return exact ? name(to).map(name -> "CAST(" + operand + " AS " + name + ")") : Optional.empty();
  }

  /** Without ESCAPE a backslash would escape there. */
  @Override
  Optional<String> like(RexCall call, List<String> operands) {
    if (!call.getOperator().getName().toUpperCase(Locale.ROOT).equals("LIKE")) {
      return Optional.empty();
    }
    String escape = operands.size() > 2 ? operands.get(2) : "''";
    return Optional.of(
        "(" + operands.get(0) + " LIKE " + operands.get(1) + " ESCAPE " + escape + ")");
  }

  @Override
  Optional<String> function(RexCall call, List<String> operands) {
    Family family = Family.of(call.getType());
    return switch (call.getOperator().getName()) {
      case "||" ->
          family == Family.TEXT
              ? Optional.of("(" + String.join(" || ", operands) + ")")
              : Optional.empty();
      case "/" -> division(call, operands);
      case "MOD", "%" ->
          family == Family.INTEGER
              ? Optional.of("MOD(" + String.join(", ", operands) + ")")
              : Optional.empty();
      case "ABS" ->
          family.exactNumber() ? Optional.of("ABS(" + operands.get(0) + ")") : Optional.empty();
      case "TRIM" -> trimmed(call, operands);
      case "POSITION" ->
          operands.size() == 2 && Family.of(call.getOperands().get(1).getType()) == Family.TEXT
              ? Optional.of(
                  "POSITION(" + operands.get(0) + " IN (" + operands.get(1) + " COLLATE \"C\"))")
              : Optional.empty();
      case "CHAR_LENGTH", "CHARACTER_LENGTH" -> Optional.of("CHAR_LENGTH(" + operands.get(0) + ")");
      case "SUBSTRING" -> substring(call, operands);
      case "EXTRACT" ->
          calendarPart(call)
              .map(part -> "CAST(EXTRACT(" + part + " FROM " + operands.get(1) + ") AS BIGINT)");
      default -> Optional.empty();
    };
  }

  @Override
  public Optional<String> windowFunction(
      String name, RelDataType type, List<RelDataType> types, List<String> operands) {
    return switch (name) {
      case "PERCENT_RANK", "CUME_DIST" -> Optional.of(name + "()");
      case "NTILE" -> Optional.of("NTILE(" + operands.get(0) + ")");
      default -> super.windowFunction(name, type, types, operands);
    };
  }

  private static Optional<String> division(RexCall call, List<String> operands) {
    boolean exact = call.getOperands().stream().allMatch(o -> Family.of(o.getType()).exactNumber());
    if (!exact) {
      return Optional.empty();
    }
    return switch (Family.of(call.getType())) {
      case INTEGER -> Optional.of("(" + operands.get(0) + " / " + operands.get(1) + ")");
      case DECIMAL ->
          Optional.of(
              "ROUND(CAST("
                  + operands.get(0)
                  + " AS "
                  + DIVIDEND
                  + ") / "
                  + operands.get(1)
                  + ", "
                  + call.getType().getScale()
                  + ")");
      default -> Optional.empty();
    };
  }

  /** With a start before the first character the two count differently. */
  static Optional<String> substring(RexCall call, List<String> operands) {
    boolean plain =
        Family.of(call.getType()) == Family.TEXT
            && call.getOperands().stream()
                .skip(1)
                .allMatch(o -> o instanceof RexLiteral number && positive(number));
    return plain ? Optional.of("SUBSTR(" + String.join(", ", operands) + ")") : Optional.empty();
  }

  private static boolean positive(RexLiteral number) {
    BigDecimal value =
        Family.of(number.getType()).exactNumber() ? number.getValueAs(BigDecimal.class) : null;
    return value != null && value.signum() > 0;
  }

  @Override
  boolean sums(RelDataType type) {
    return Family.of(type).exactNumber();
  }

  @Override
  String filtered(String function, List<String> operands, @Nullable String filter) {
    String call = String.format(Locale.ROOT, function, operands.toArray());
    return filter == null ? call : call + " FILTER (WHERE " + filter + ")";
  }

  @Override
  public boolean combines(SetOp operation) {
    return super.combines(operation)
        || (operation.all
            && (operation.kind == SqlKind.INTERSECT || operation.kind == SqlKind.EXCEPT)
            && families(operation).stream().noneMatch(Family.OTHER::equals));
  }

  @Override
  public boolean groupingSets() {
    return true;
  }
}
