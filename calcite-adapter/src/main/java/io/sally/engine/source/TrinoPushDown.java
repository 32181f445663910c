package io.sally.engine.source;

import com.google.common.io.BaseEncoding;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.TimestampString;
import org.jspecify.annotations.Nullable;

/**
 * What Trino computes as Sally does. It compares, sorts and groups texts by code point; integers
 * and decimals fail on overflow. A quotient has the digits of its operands' types, so that the
 * dividend gets those of Sally's quotient first; a sum of BIGINT is one, so that it is made of
 * decimals. NaN is equal to nothing there and MAX passes it over, so that floating-point numbers
 * are compared with constants alone. Immutable.
 */
public final class TrinoPushDown extends StandardPushDown {
  private static final int MAX_DIGITS = 38;

  /** Of Sally's quotients, unless the dividend has more. */
  private static final int QUOTIENT_SCALE = 16;

  /** Before a BIGINT makes it a decimal. */
  private static final String WIDENED = "DECIMAL '0' + ";

  /** Of a sum, beyond those of its summands: so many digits are ten thousand million rows. */
  private static final int DIGITS_OF_ROWS = 10;

  /** What a division may repeat of its operands. */
  private static final int LONGEST_REPEATED = 400;

  /** Bound values are written into the statement, which has at most a million characters. */
  private static final int MOST_KEYS = 1_000;

  @Override
  public String fixedText(String column) {
    // RTRIM would cut off other white space too.
    return "TRIM(TRAILING ' ' FROM CAST(" + column + " AS VARCHAR))";
  }

  @Override
  public Optional<KeyTest> among(RelDataType type) {
    return super.among(type)
        .map(test -> new KeyTest(test.before(), test.after(), test.array(), MOST_KEYS));
  }

  @Override
  boolean comparable(Family family) {
    return family != Family.OTHER;
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
  Optional<String> compare(RexCall call, Family family, String left, String right) {
    return switch (family) {
      case DOUBLE -> compareDoubles(call, left, right);
      case INTEGER, DECIMAL -> compareNumbers(call, left, right);
      case INSTANT -> super.compare(call, family, instant(left), instant(right));
      default -> super.compare(call, family, left, right);
    };
  }

  /** The zone in which a column is read keeps connectors from using an index or a partition. */
  private static String instant(String operand) {
    String before = TrinoTypes.IN_UTC.before();
    String after = TrinoTypes.IN_UTC.after();
    boolean column =
        operand.startsWith(before)
            && operand.endsWith(after)
            && operand.indexOf(' ') == operand.length() - after.length();
    return column ? operand.substring(before.length(), operand.length() - after.length()) : operand;
  }

  /** NaN is greater than any constant for Sally, and neither greater nor less there. */
  private Optional<String> compareDoubles(RexCall call, String left, String right) {
    boolean constantRight = call.getOperands().get(1) instanceof RexLiteral;
    if (!constantRight && !(call.getOperands().get(0) instanceof RexLiteral)) {
      return Optional.empty();
    }
    SqlKind kind = constantRight ? call.getKind() : call.getKind().reverse();
    String value = constantRight ? left : right;
    String constant = constantRight ? right : left;
    return switch (kind) {
      case GREATER_THAN -> Optional.of("(NOT " + value + " <= " + constant + ")");
      case GREATER_THAN_OR_EQUAL -> Optional.of("(NOT " + value + " < " + constant + ")");
      default -> Optional.of("(" + value + " " + sign(kind) + " " + constant + ")");
    };
  }

  /**
   * The number with fewer digits right of the point gets those of the other, and Trino fails where
   * it has no room for them; then it is farther from zero than the other can be.
   */
  private Optional<String> compareNumbers(RexCall call, String left, String right) {
    RelDataType one = call.getOperands().get(0).getType();
    RelDataType other = call.getOperands().get(1).getType();
    String sign = " " + sign(call.getKind()) + " ";
    boolean constant = call.getOperands().stream().anyMatch(RexLiteral.class::isInstance);
    if (constant || fits(one, other)) {
      return Optional.of("(" + left + sign + right + ")");
    } else if (call.getKind() == SqlKind.IS_DISTINCT_FROM
        || call.getKind() == SqlKind.IS_NOT_DISTINCT_FROM
        || left.length() + right.length() > LONGEST_REPEATED) {
      return Optional.empty();
    }
    boolean wideLeft = scale(one) < scale(other);
    String wide = wideLeft ? left : right;
    String narrow = wideLeft ? right : left;
    String cast = decimal("TRY_CAST", wide, MAX_DIGITS, Math.max(scale(one), scale(other)));
    return Optional.of(
        "(CASE WHEN %s IS NULL AND %s IS NOT NULL AND %s IS NOT NULL THEN %s ELSE %s END)"
            .formatted(
                cast,
                wide,
                narrow,
                wideLeft ? wide + sign + "0" : "0" + sign + wide,
                wideLeft ? cast + sign + narrow : narrow + sign + cast));
  }

  private static boolean fits(RelDataType one, RelDataType other) {
    return Math.max(wholeDigits(one), wholeDigits(other)) + Math.max(scale(one), scale(other))
        <= MAX_DIGITS;
  }

  private static int scale(RelDataType type) {
    return Family.of(type) == Family.DECIMAL ? type.getScale() : 0;
  }

  private static int wholeDigits(RelDataType type) {
    return type.getPrecision() - scale(type);
  }

  private static String decimal(String cast, String operand, int precision, int scale) {
    return cast + "(" + operand + " AS DECIMAL(" + precision + ", " + scale + "))";
  }

  @Override
  public Optional<String> call(RexCall call, List<String> operands) {
    return switch (call.getKind()) {
      case IS_TRUE -> Optional.of("COALESCE(" + operands.get(0) + ", FALSE)");
      case IS_NOT_TRUE -> Optional.of("(NOT COALESCE(" + operands.get(0) + ", FALSE))");
      case IS_FALSE -> Optional.of("(NOT COALESCE(" + operands.get(0) + ", TRUE))");
      case IS_NOT_FALSE -> Optional.of("COALESCE(" + operands.get(0) + ", TRUE)");
      default -> super.call(call, operands);
    };
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
  public Optional<String> literal(RexLiteral literal) {
    if (!literal.isNull() && literal.getTypeName() == SqlTypeName.BINARY) {
      ByteString bytes = literal.getValueAs(ByteString.class);
      return bytes == null
          ? Optional.empty()
          : Optional.of("X'" + BaseEncoding.base16().encode(bytes.getBytes()) + "'");
    } else if (!literal.isNull()
        && literal.getTypeName() == SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE) {
      return Optional.of("TIMESTAMP '" + literal.getValueAs(TimestampString.class) + " UTC'");
    }
    return super.literal(literal);
  }

  /** Each with its type, on which that of an expression depends. */
  @Override
  Optional<String> number(@Nullable BigDecimal value, RelDataType type) {
    if (value == null) {
      return Optional.empty();
    }
    String digits = value.toPlainString();
    return switch (type.getSqlTypeName()) {
      case TINYINT, SMALLINT, BIGINT -> Optional.of(type.getSqlTypeName() + " '" + digits + "'");
      case INTEGER -> Optional.of(value.signum() < 0 ? "INTEGER '" + digits + "'" : digits);
      case DECIMAL -> Optional.of("DECIMAL '" + digits + "'");
      case FLOAT, DOUBLE -> Optional.of("DOUBLE '" + value + "'");
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

  /** A decimal keeps its own digits: with those of its type it could be another number. */
  @Override
  public Optional<String> parameter(RelDataType type, String marker) {
    return type.getSqlTypeName() == SqlTypeName.DECIMAL
        ? Optional.of(marker)
        : name(type).map(name -> "CAST(" + marker + " AS " + name + ")");
  }

  private static Optional<String> name(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT, DATE ->
          Optional.of(type.getSqlTypeName().getName());
      case DECIMAL -> Optional.of("DECIMAL(" + type.getPrecision() + ", " + type.getScale() + ")");
      case FLOAT, DOUBLE -> Optional.of("DOUBLE");
      case CHAR, VARCHAR, NULL -> Optional.of("VARCHAR");
      case TIME -> Optional.of("TIME(9)");
      case TIMESTAMP -> Optional.of("TIMESTAMP(9)");
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> Optional.of("TIMESTAMP(9) WITH TIME ZONE");
      default -> Optional.empty();
    };
  }

  @Override
  Optional<String> cast(RelDataType from, RelDataType to, String operand) {
    Family source = Family.of(from);
    Family target = Family.of(to);
    boolean exact =
        widens(from, to)
            || (source == Family.INTEGER && (target == Family.INTEGER || target == Family.DOUBLE))
            || (source == Family.DATE && target == Family.TIMESTAMP)
            || (source == Family.TIMESTAMP && target == Family.DATE);
    return exact ? name(to).map(name -> "CAST(" + operand + " AS " + name + ")") : Optional.empty();
  }

  @Override
  Optional<String> like(RexCall call, List<String> operands) {
    if (!call.getOperator().getName().toUpperCase(Locale.ROOT).equals("LIKE")) {
      return Optional.empty();
    }
    String like = operands.get(0) + " LIKE " + operands.get(1);
    if (operands.size() < 3) {
      return Optional.of("(" + like + ")");
    }
    String escape =
        call.getOperands().get(2) instanceof RexLiteral literal
            ? literal.getValueAs(String.class)
            : null;
    return escape != null && escape.codePointCount(0, escape.length()) == 1
        ? Optional.of("(" + like + " ESCAPE " + operands.get(2) + ")")
        : Optional.empty();
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
              ? name(call.getType())
                  .map(name -> "CAST(MOD(" + String.join(", ", operands) + ") AS " + name + ")")
              : Optional.empty();
      case "ABS" ->
          family.exactNumber() ? Optional.of("ABS(" + operands.get(0) + ")") : Optional.empty();
      case "TRIM" -> trimmed(call, operands);
      case "POSITION" ->
          operands.size() == 2 && Family.of(call.getOperands().get(1).getType()) == Family.TEXT
              ? Optional.of(
                  "CAST(STRPOS(" + operands.get(1) + ", " + operands.get(0) + ") AS INTEGER)")
              : Optional.empty();
      case "CHAR_LENGTH", "CHARACTER_LENGTH" ->
          Optional.of("CAST(LENGTH(" + operands.get(0) + ") AS INTEGER)");
      case "SUBSTRING" -> PostgreSqlPushDown.substring(call, operands);
      case "FLOOR" -> truncated(call, operands);
      case "EXTRACT" ->
          calendarPart(call).map(part -> "EXTRACT(" + part + " FROM " + operands.get(1) + ")");
      default -> Optional.empty();
    };
  }

  /** {@code FLOOR(x TO MONTH)}, which DATE_TRUNC becomes. */
  private static Optional<String> truncated(RexCall call, List<String> operands) {
    Family family = Family.of(call.getType());
    if (call.getOperands().size() != 2
        || !(family == Family.DATE || family == Family.TIMESTAMP)
        || !(call.getOperands().get(1) instanceof RexLiteral literal)) {
      return Optional.empty();
    }
    TimeUnitRange unit = literal.getValueAs(TimeUnitRange.class);
    boolean known =
        unit != null
            && switch (unit) {
              case YEAR, QUARTER, MONTH, DAY -> true;
              case HOUR, MINUTE, SECOND -> family == Family.TIMESTAMP;
              default -> false;
            };
    return known
        ? Optional.of(
            "DATE_TRUNC('" + unit.name().toLowerCase(Locale.ROOT) + "', " + operands.get(0) + ")")
        : Optional.empty();
  }

  private static Optional<String> division(RexCall call, List<String> operands) {
    RelDataType dividend = call.getOperands().get(0).getType();
    RelDataType divisor = call.getOperands().get(1).getType();
    if (!Family.of(dividend).exactNumber() || !Family.of(divisor).exactNumber()) {
      return Optional.empty();
    }
    return switch (Family.of(call.getType())) {
      case INTEGER -> Optional.of("(" + operands.get(0) + " / " + operands.get(1) + ")");
      case DECIMAL -> {
        int scale = call.getType().getScale();
        int room = MAX_DIGITS - scale;
        if (scale(dividend) > scale || scale(divisor) > scale) {
          yield Optional.empty();
        } else if (wholeDigits(dividend) <= room) {
          yield Optional.of(quotient(operands.get(0), operands.get(1), scale));
        }
        boolean whole = scale(divisor) == 0 && divisor.getPrecision() <= room;
        yield whole && operands.get(0).length() + operands.get(1).length() <= LONGEST_REPEATED
            ? Optional.of(wideQuotient(operands.get(0), operands.get(1), scale))
            : Optional.empty();
      }
      default -> Optional.empty();
    };
  }

  private static String quotient(String dividend, String divisor, int scale) {
    return "(" + decimal("CAST", dividend, MAX_DIGITS, scale) + " / " + divisor + ")";
  }

  /**
   * The whole part and the fraction apart, since the dividend has no room for the latter's digits.
   */
  private static String wideQuotient(String dividend, String divisor, int scale) {
    String rest = "(" + dividend + " % " + divisor + ")";
    return "((%s - %s) / %s + %s)"
        .formatted(dividend, rest, divisor, quotient(rest, divisor, scale));
  }

  @Override
  public Optional<String> average(RelDataType summed, String sum, String divisor, int scale) {
    if (!Family.of(summed).exactNumber() || scale(summed) > scale) {
      return Optional.empty();
    } else if (wholeDigits(summed) + DIGITS_OF_ROWS <= MAX_DIGITS - scale) {
      return Optional.of(quotient(sum, divisor, scale));
    }
    boolean whole = scale == QUOTIENT_SCALE && !divisor.matches("DECIMAL '.*[.].*'");
    return whole && sum.length() + divisor.length() <= LONGEST_REPEATED
        ? Optional.of(wideQuotient(sum, divisor, scale))
        : Optional.empty();
  }

  @Override
  boolean sums(RelDataType type) {
    return Family.of(type).exactNumber();
  }

  @Override
  public Optional<String> aggregate(
      AggregateCall call, List<RelDataType> types, List<String> operands) {
    return switch (call.getAggregation().getKind()) {
      case SUM, SUM0 -> super.aggregate(call, types, summands(types, operands));
      default -> super.aggregate(call, types, operands);
    };
  }

  /** A sum of BIGINT is one there, and a decimal of 38 digits for Sally. */
  private static List<String> summands(List<RelDataType> types, List<String> operands) {
    List<String> summands = new ArrayList<>(operands);
    if (!types.isEmpty() && types.get(0).getSqlTypeName() == SqlTypeName.BIGINT) {
      summands.set(0, WIDENED + operands.get(0));
    }
    return summands;
  }

  @Override
  public String counted(String sum) {
    return super.counted(sum)
        .replaceFirst("^(COUNT\\((?:DISTINCT )?)" + Pattern.quote(WIDENED), "$1");
  }

  @Override
  String filtered(String function, List<String> operands, @Nullable String filter) {
    String call = String.format(Locale.ROOT, function, operands.toArray());
    return filter == null ? call : call + " FILTER (WHERE " + filter + ")";
  }

  @Override
  Optional<String> extreme(
      String function, Family family, String operand, @Nullable String condition) {
    return family == Family.DOUBLE
        ? Optional.empty()
        : super.extreme(function, family, operand, condition);
  }

  @Override
  public Optional<String> windowFunction(
      String name, RelDataType type, List<RelDataType> types, List<String> operands) {
    return switch (name) {
      case "PERCENT_RANK", "CUME_DIST" -> Optional.of(name + "()");
      case "NTILE" -> Optional.of("NTILE(" + operands.get(0) + ")");
      case "SUM" -> super.windowFunction(name, type, types, summands(types, operands));
      default -> super.windowFunction(name, type, types, operands);
    };
  }

  /** Nulls come last there in both directions, whatever a connector would do. */
  @Override
  String ordered(String key, boolean nullable, boolean descending, boolean nullsFirst) {
    String item = descending ? key + " DESC" : key;
    return nullable ? item + (nullsFirst ? " NULLS FIRST" : " NULLS LAST") : item;
  }

  /** A FULL JOIN is done by equality alone. */
  @Override
  public boolean joins(JoinRelType type, RexNode condition) {
    return joins(type)
        && (type != JoinRelType.FULL
            || RelOptUtil.conjunctions(condition).stream()
                .allMatch(
                    part ->
                        part.getKind() == SqlKind.EQUALS
                            && ((RexCall) part)
                                .getOperands().stream().allMatch(RexInputRef.class::isInstance)));
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

  @Override
  public String page(String offset, String fetch) {
    return (offset.isEmpty() ? "" : " OFFSET " + offset)
        + (fetch.isEmpty() ? "" : " LIMIT " + fetch);
  }
}
