package io.sally.engine.source;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * What MySQL and MariaDB compute as Sally does. Their collations compare texts without case and
 * without trailing spaces, so texts are compared as the bytes of their UTF-8 form, whose order is
 * that of the code points. Division rounds and divides by zero to null: it is pushed only where the
 * divisor cannot be zero and where rounding twice cannot differ from rounding once. Integers are
 * computed with 64 bits and fail on overflow: only BIGINT arithmetic is pushed. Immutable.
 */
public final class MySqlPushDown extends StandardPushDown {
  private static final int MAX_SCALE = 30;
  private static final int QUOTIENT_SCALE = 16;

  /** With the four digits of {@code div_precision_increment} a quotient has 30. */
  private static final String DIVIDEND = "DECIMAL(60, 26)";

  /** What a dividend may have left of its point, and what numbers whose sum it is. */
  private static final int DIVIDED_DIGITS = 34;

  private static final int SUMMED_DIGITS = 22;

  /** So many characters of four bytes are within {@code max_sort_length}. */
  private static final int SORTED_CHARACTERS = 256;

  @Override
  boolean comparable(Family family) {
    return family != Family.OTHER;
  }

  @Override
  String exact(String text) {
    return "CAST(CONVERT(" + text + " USING utf8mb4) AS BINARY)";
  }

  @Override
  boolean exactEquality() {
    return false;
  }

  /**
   * The own equality admits every text that the exact one does; beside it, it lets an index be
   * used. Two columns are compared exactly alone, since columns of two collations cannot be
   * compared otherwise. Any number other than 0 is true.
   */
  @Override
  Optional<String> compare(RexCall call, Family family, String left, String right) {
    if (family == Family.BOOLEAN && call.getKind() != SqlKind.IS_DISTINCT_FROM) {
      return super.compare(call, family, truth(left), truth(right));
    } else if (family == Family.TEXT
        && call.getKind() == SqlKind.EQUALS
        && call.getOperands().stream().anyMatch(MySqlPushDown::constant)) {
      return Optional.of(
          "(" + left + " = " + right + " AND " + exact(left) + " = " + exact(right) + ")");
    } else if (call.getKind() == SqlKind.IS_DISTINCT_FROM) {
      return Optional.of(
          "(NOT " + distinctValue(family, left) + " <=> " + distinctValue(family, right) + ")");
    }
    return super.compare(call, family, left, right);
  }

  private static boolean constant(RexNode node) {
    return node instanceof RexLiteral || node instanceof RexDynamicParam;
  }

  @Override
  String truth(String operand) {
    return "(" + operand + " <> 0)";
  }

  @Override
  String sign(SqlKind kind) {
    return kind == SqlKind.IS_NOT_DISTINCT_FROM ? "<=>" : super.sign(kind);
  }

  /**
   * Arithmetic of unsigned numbers is unsigned there and fails below zero, so that columns are made
   * signed first. The type of a CASE over ENUM is ENUM, which Connector/J cannot read.
   */
  @Override
  public Optional<String> call(RexCall call, List<String> operands) {
    return switch (call.getKind()) {
      case PLUS,
          CHECKED_PLUS,
          MINUS,
          CHECKED_MINUS,
          TIMES,
          CHECKED_TIMES,
          MINUS_PREFIX,
          CHECKED_MINUS_PREFIX ->
          super.call(call, signed(call.getOperands(), operands));
      case CASE ->
          Family.of(call.getType()) == Family.TEXT
              ? super.call(call, operands).map(text -> "CONVERT(" + text + " USING utf8mb4)")
              : super.call(call, operands);
      default -> super.call(call, operands);
    };
  }

  private static List<String> signed(List<RexNode> nodes, List<String> operands) {
    return IntStream.range(0, operands.size())
        .mapToObj(i -> signed(nodes.get(i), operands.get(i)))
        .toList();
  }

  private static String signed(RexNode node, String operand) {
    RelDataType type = node.getType();
    boolean integer = Family.of(type) == Family.INTEGER;
    boolean whole = Family.of(type) == Family.DECIMAL && type.getScale() == 0;
    if (constant(node) || !(integer || whole)) {
      return operand;
    }
    return "CAST("
        + operand
        + (integer ? " AS SIGNED)" : " AS DECIMAL(" + type.getPrecision() + ", 0))");
  }

  @Override
  boolean arithmetic(RexCall call) {
    boolean exact = call.getOperands().stream().allMatch(o -> Family.of(o.getType()).exactNumber());
    return switch (call.getType().getSqlTypeName()) {
      case BIGINT -> exact && call.getKind() != SqlKind.MINUS_PREFIX;
      case DECIMAL -> exact && keepsDigits(call) && call.getType().getScale() <= MAX_SCALE;
      default -> false;
    };
  }

  /** A backslash escapes there unless the session says otherwise; as bytes it cannot. */
  @Override
  Optional<String> text(String value) {
    if (value.indexOf('\\') < 0) {
      return Optional.of("'" + value.replace("'", "''") + "'");
    }
    StringBuilder hex = new StringBuilder();
    for (byte b : value.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
      hex.append(String.format(Locale.ROOT, "%02X", b));
    }
    return Optional.of("CONVERT(X'" + hex + "' USING utf8mb4)");
  }

  @Override
  Optional<String> cast(RelDataType from, RelDataType to, String operand) {
    if (to.getSqlTypeName() == SqlTypeName.DECIMAL
        && widens(from, to)
        && to.getScale() <= MAX_SCALE) {
      return Optional.of(
          "CAST(" + operand + " AS DECIMAL(" + to.getPrecision() + ", " + to.getScale() + "))");
    }
    boolean widerInteger =
        Family.of(from) == Family.INTEGER && Family.of(to) == Family.INTEGER && widens(from, to);
    return widerInteger ? Optional.of("CAST(" + operand + " AS SIGNED)") : Optional.empty();
  }

  @Override
  Optional<String> like(RexCall call, List<String> operands) {
    if (!call.getOperator().getName().toUpperCase(Locale.ROOT).equals("LIKE")) {
      return Optional.empty();
    }
    String escape = operands.size() > 2 ? operands.get(2) : unusedIn(call.getOperands().get(1));
    if (escape.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        "(CONVERT("
            + operands.get(0)
            + " USING utf8mb4) COLLATE utf8mb4_bin LIKE "
            + operands.get(1)
            + " ESCAPE "
            + escape
            + ")");
  }

  /** A backslash escapes also where ESCAPE is empty: a character is named that does not occur. */
  private static String unusedIn(RexNode pattern) {
    String text = pattern instanceof RexLiteral literal ? literal.getValueAs(String.class) : null;
    return text == null
        ? ""
        : Stream.of("|", "!", "~", "^")
            .filter(candidate -> !text.contains(candidate))
            .findFirst()
            .map(candidate -> "'" + candidate + "'")
            .orElse("");
  }

  @Override
  Optional<String> function(RexCall call, List<String> operands) {
    Family family = Family.of(call.getType());
    return switch (call.getOperator().getName()) {
      case "||" ->
          family == Family.TEXT
              ? Optional.of("CONCAT(" + String.join(", ", operands) + ")")
              : Optional.empty();
      case "/" -> division(call, operands);
      case "MOD", "%" ->
          family == Family.INTEGER && divisor(call) != null
              ? Optional.of("MOD(" + String.join(", ", signed(call.getOperands(), operands)) + ")")
              : Optional.empty();
      case "TRIM" -> trimmed(call, operands);
      case "POSITION" ->
          operands.size() == 2 && Family.of(call.getOperands().get(1).getType()) == Family.TEXT
              ? Optional.of(
                  "LOCATE("
                      + operands.get(0)
                      + ", CONVERT("
                      + operands.get(1)
                      + " USING utf8mb4) COLLATE utf8mb4_bin)")
              : Optional.empty();
      case "CHAR_LENGTH", "CHARACTER_LENGTH" -> Optional.of("CHAR_LENGTH(" + operands.get(0) + ")");
      case "SUBSTRING" -> PostgreSqlPushDown.substring(call, operands);
      case "EXTRACT" ->
          calendarPart(call).map(part -> "EXTRACT(" + part + " FROM " + operands.get(1) + ")");
      default -> Optional.empty();
    };
  }

  @Override
  public Optional<String> average(RelDataType summed, String sum, String divisor, int scale) {
    return Family.of(summed).exactNumber()
        ? rounded(summed, SUMMED_DIGITS, sum, divisor, scale)
        : Optional.empty();
  }

  /**
   * A quotient is cut there to four digits more than its dividend has, at most 30. With 30 of them,
   * rounding to 16 is rounding the true quotient as long as the divisor without its point is below
   * 10<sup>13</sup>: a quotient that is no half is farther from it than what was cut off. The
   * dividend must have a type of its own, whose digits leave room for those of the quotient:
   * MariaDB drops digits in silence where the types of operands come to more than 65.
   */
  private static Optional<String> rounded(
      RelDataType type, int most, String dividend, String divisor, int scale) {
    int digits = Math.max(type.getScale(), 0);
    boolean fits = digits <= QUOTIENT_SCALE && type.getPrecision() - digits <= most;
    return scale == QUOTIENT_SCALE && fits
        ? Optional.of(
            "ROUND(CAST(%s AS %s) / %s, %d)".formatted(dividend, DIVIDEND, divisor, QUOTIENT_SCALE))
        : Optional.empty();
  }

  /** By a number that stands in the statement and is neither 0 nor -1, which could overflow. */
  private static Optional<String> division(RexCall call, List<String> operands) {
    RelDataType dividend = call.getOperands().get(0).getType();
    BigDecimal divisor = divisor(call);
    if (divisor == null || !Family.of(dividend).exactNumber()) {
      return Optional.empty();
    }
    List<String> signed = signed(call.getOperands(), operands);
    return switch (Family.of(call.getType())) {
      case INTEGER -> Optional.of("(" + signed.get(0) + " DIV " + signed.get(1) + ")");
      case DECIMAL ->
          divisor.unscaledValue().bitLength() <= DIVISOR_BITS
              ? rounded(
                  dividend, DIVIDED_DIGITS, signed.get(0), signed.get(1), call.getType().getScale())
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static @Nullable BigDecimal divisor(RexCall call) {
    RexNode node = call.getOperands().get(1);
    BigDecimal value =
        node instanceof RexLiteral literal && Family.of(node.getType()).exactNumber()
            ? literal.getValueAs(BigDecimal.class)
            : null;
    return value == null || value.signum() == 0 || value.compareTo(BigDecimal.ONE.negate()) == 0
        ? null
        : value;
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
  Optional<String> extreme(
      String function, Family family, String operand, @Nullable String condition) {
    Optional<String> extreme = super.extreme(function, family, operand, condition);
    return family == Family.TEXT
        ? extreme.map(bytes -> "CONVERT(" + bytes + " USING utf8mb4)")
        : extreme;
  }

  /**
   * The bytes of a text that is the least or greatest would have to be read as text again, and
   * those of a BIT come out of LAG the other way round.
   */
  @Override
  public Optional<String> windowFunction(
      String name, RelDataType type, List<RelDataType> types, List<String> operands) {
    boolean textExtreme =
        (name.equals("MIN") || name.equals("MAX")) && Family.of(type) == Family.TEXT;
    boolean bytes = type.getSqlTypeName().getFamily() == SqlTypeFamily.BINARY;
    return textExtreme || bytes
        ? Optional.empty()
        : super.windowFunction(name, type, types, operands);
  }

  /** Zero and minus zero are two groups there, which adding a zero makes one. */
  @Override
  String distinctValue(Family family, String operand) {
    return family == Family.DOUBLE
        ? "(" + operand + " + 0e0)"
        : super.distinctValue(family, operand);
  }

  @Override
  public Optional<GroupKey> groupKey(RelDataType type, String operand) {
    Family family = Family.of(type);
    if (family == Family.BOOLEAN || family == Family.DOUBLE) {
      String key = distinctValue(family, operand);
      return Optional.of(new GroupKey(key, "MIN(" + key + ")"));
    }
    return sortedWhole(type) ? super.groupKey(type, operand) : Optional.empty();
  }

  @Override
  public Optional<String> orderKey(
      RelDataType type,
      String operand,
      RelFieldCollation.Direction direction,
      RelFieldCollation.NullDirection nulls) {
    return sortedWhole(type) ? super.orderKey(type, operand, direction, nulls) : Optional.empty();
  }

  /** A sort looks at the first bytes of a text alone, 1024 of them by default. */
  private static boolean sortedWhole(RelDataType type) {
    return Family.of(type) != Family.TEXT
        || (type.getPrecision() >= 0 && type.getPrecision() <= SORTED_CHARACTERS);
  }

  /** Nulls sort low there, and there is no word to say otherwise. */
  @Override
  String ordered(String key, boolean nullable, boolean descending, boolean nullsFirst) {
    String item = descending ? key + " DESC" : key;
    return !nullable || nullsFirst != descending
        ? item
        : key + " IS NULL" + (nullsFirst ? " DESC, " : ", ") + item;
  }

  @Override
  public boolean joins(JoinRelType type) {
    return type != JoinRelType.FULL && super.joins(type);
  }

  @Override
  public boolean combines(SetOp operation) {
    return operation.kind == SqlKind.UNION && super.combines(operation);
  }

  /** There is no OFFSET without a LIMIT. */
  @Override
  public String page(String offset, String fetch) {
    return super.page(
        offset, fetch.isEmpty() && !offset.isEmpty() ? "18446744073709551615" : fetch);
  }
}
