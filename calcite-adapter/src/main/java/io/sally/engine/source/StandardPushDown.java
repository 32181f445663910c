package io.sally.engine.source;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlTrimFunction;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.TimeString;
import org.apache.calcite.util.TimestampString;
import org.jspecify.annotations.Nullable;

/**
 * What all databases compute alike, written as they all take it. What differs between them is asked
 * of the subclass. Immutable.
 */
abstract class StandardPushDown implements PushDown {
  /** SQLite takes 32,766 bound values, PostgreSQL and MySQL 65,535. */
  private static final int MOST_KEYS = 10_000;

  /** Types whose values compare with each other and mean the same in every database. */
  enum Family {
    BOOLEAN,
    INTEGER,
    DECIMAL,
    DOUBLE,
    TEXT,
    DATE,
    TIME,
    TIMESTAMP,
    INSTANT,
    OTHER;

    static Family of(RelDataType type) {
      return switch (type.getSqlTypeName()) {
        case BOOLEAN -> BOOLEAN;
        case TINYINT, SMALLINT, INTEGER, BIGINT -> INTEGER;
        case DECIMAL -> DECIMAL;
        case FLOAT, DOUBLE -> DOUBLE;
        case CHAR, VARCHAR -> TEXT;
        case DATE -> DATE;
        case TIME -> TIME;
        case TIMESTAMP -> TIMESTAMP;
        case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> INSTANT;
        default -> OTHER;
      };
    }

    boolean exactNumber() {
      return this == INTEGER || this == DECIMAL;
    }
  }

  /** Whether values of this family are stored so that the database compares them as Sally does. */
  abstract boolean comparable(Family family);

  /** The text so written that it compares, sorts and groups by code point. */
  abstract String exact(String text);

  /** A boolean so written that it compares, sorts and groups as one, where it is a number. */
  String truth(String operand) {
    return operand;
  }

  /** A value so written that equal ones are equal there, and the lesser one is less. */
  private String exact(Family family, String operand) {
    return switch (family) {
      case TEXT -> exact(operand);
      case BOOLEAN -> truth(operand);
      default -> operand;
    };
  }

  /** Whether {@code =} of texts is by code point, so that no {@link #exact} is needed. */
  abstract boolean exactEquality();

  /** Whether arithmetic with this result is exact, and fails where Sally's fails. */
  abstract boolean arithmetic(RexCall call);

  abstract Optional<String> cast(RelDataType from, RelDataType to, String operand);

  abstract Optional<String> like(RexCall call, List<String> operands);

  abstract Optional<String> function(RexCall call, List<String> operands);

  abstract Optional<String> text(String value);

  abstract boolean sums(RelDataType type);

  abstract String filtered(String function, List<String> operands, @Nullable String filter);

  @Override
  public String fixedText(String column) {
    return "RTRIM(" + column + ")";
  }

  @Override
  public String named(String table, String alias) {
    return table + " AS " + alias;
  }

  @Override
  public Optional<String> literal(RexLiteral literal) {
    if (literal.isNull()) {
      return nullOf(literal.getType());
    }
    return switch (literal.getTypeName()) {
      case BOOLEAN -> Optional.of(literal.isAlwaysTrue() ? "TRUE" : "FALSE");
      case DECIMAL -> number(literal.getValueAs(BigDecimal.class), literal.getType());
      case DOUBLE -> number(literal.getValueAs(BigDecimal.class), literal.getType());
      case CHAR -> {
        String value = literal.getValueAs(String.class);
        // Control characters mark places in the text while it is put together.
        yield value == null || value.chars().anyMatch(c -> c < 5) ? Optional.empty() : text(value);
      }
      case DATE -> date(literal.getValueAs(DateString.class));
      case TIME -> time(literal.getValueAs(TimeString.class));
      case TIMESTAMP -> timestamp(literal.getValueAs(TimestampString.class));
      default -> Optional.empty();
    };
  }

  Optional<String> nullOf(RelDataType type) {
    return Optional.of("NULL");
  }

  Optional<String> number(@Nullable BigDecimal value, RelDataType type) {
    if (value == null || !Family.of(type).exactNumber()) {
      return Optional.empty();
    }
    String digits = value.toPlainString();
    return Optional.of(value.signum() < 0 ? "(" + digits + ")" : digits);
  }

  Optional<String> date(@Nullable DateString value) {
    return value == null || !comparable(Family.DATE)
        ? Optional.empty()
        : Optional.of("DATE '" + value + "'");
  }

  Optional<String> time(@Nullable TimeString value) {
    return value == null || !comparable(Family.TIME)
        ? Optional.empty()
        : Optional.of("TIME '" + value + "'");
  }

  Optional<String> timestamp(@Nullable TimestampString value) {
    return value == null || !comparable(Family.TIMESTAMP)
        ? Optional.empty()
        : Optional.of("TIMESTAMP '" + value + "'");
  }

  @Override
  public Optional<String> parameter(RelDataType type, String marker) {
    Family family = Family.of(type);
    return family == Family.OTHER || !(comparable(family) || family == Family.DECIMAL)
        ? Optional.empty()
        : Optional.of(marker);
  }

  /** By the column's own comparison, which takes for equal at least what is. */
  @Override
  public Optional<KeyTest> among(RelDataType type) {
    return switch (Family.of(type)) {
      case INTEGER, DECIMAL, TEXT, DATE, TIMESTAMP ->
          comparable(Family.of(type))
              ? Optional.of(new KeyTest(" IN (", ")", false, MOST_KEYS))
              : Optional.empty();
      case BOOLEAN, DOUBLE, TIME, INSTANT, OTHER -> Optional.empty();
    };
  }

  @Override
  public Optional<String> call(RexCall call, List<String> operands) {
    SqlKind kind = call.getKind();
    return switch (kind) {
      case AND -> Optional.of("(" + String.join(" AND ", operands) + ")");
      case OR -> Optional.of("(" + String.join(" OR ", operands) + ")");
      case NOT -> Optional.of("(NOT " + operands.get(0) + ")");
      case IS_NULL -> Optional.of("(" + operands.get(0) + " IS NULL)");
      case IS_NOT_NULL -> Optional.of("(" + operands.get(0) + " IS NOT NULL)");
      case IS_TRUE -> Optional.of("(" + operands.get(0) + " IS TRUE)");
      case IS_NOT_TRUE -> Optional.of("(" + operands.get(0) + " IS NOT TRUE)");
      case IS_FALSE -> Optional.of("(" + operands.get(0) + " IS FALSE)");
      case IS_NOT_FALSE -> Optional.of("(" + operands.get(0) + " IS NOT FALSE)");
      case EQUALS,
          NOT_EQUALS,
          LESS_THAN,
          LESS_THAN_OR_EQUAL,
          GREATER_THAN,
          GREATER_THAN_OR_EQUAL,
          IS_DISTINCT_FROM,
          IS_NOT_DISTINCT_FROM ->
          comparison(call, operands);
      case CASE -> conditional(call, operands);
      case CAST -> castOf(call, operands);
      case LIKE -> like(call, operands);
      case PLUS, CHECKED_PLUS -> infix(call, "+", operands);
      case MINUS, CHECKED_MINUS -> infix(call, "-", operands);
      case TIMES, CHECKED_TIMES -> infix(call, "*", operands);
      case MINUS_PREFIX, CHECKED_MINUS_PREFIX ->
          arithmetic(call) ? Optional.of("(- " + operands.get(0) + ")") : Optional.empty();
      default -> function(call, operands);
    };
  }

  private Optional<String> infix(RexCall call, String operator, List<String> operands) {
    return operands.size() == 2 && arithmetic(call)
        ? Optional.of("(" + operands.get(0) + " " + operator + " " + operands.get(1) + ")")
        : Optional.empty();
  }

  private Optional<String> comparison(RexCall call, List<String> operands) {
    Family left = Family.of(call.getOperands().get(0).getType());
    Family right = Family.of(call.getOperands().get(1).getType());
    boolean alike = left == right || (left.exactNumber() && right.exactNumber());
    if (!alike || !comparable(left) || !comparable(right)) {
      return Optional.empty();
    }
    return compare(call, left, operands.get(0), operands.get(1));
  }

  Optional<String> compare(RexCall call, Family family, String left, String right) {
    if (family != Family.TEXT) {
      return Optional.of("(" + left + " " + sign(call.getKind()) + " " + right + ")");
    }
    boolean range =
        switch (call.getKind()) {
          case LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL -> true;
          default -> false;
        };
    return Optional.of(
        range || !exactEquality()
            ? "(" + exact(left) + " " + sign(call.getKind()) + " " + exact(right) + ")"
            : "(" + left + " " + sign(call.getKind()) + " " + right + ")");
  }

  String sign(SqlKind kind) {
    return switch (kind) {
      case IS_DISTINCT_FROM -> "IS DISTINCT FROM";
      case IS_NOT_DISTINCT_FROM -> "IS NOT DISTINCT FROM";
      default -> kind.sql;
    };
  }

  private static Optional<String> conditional(RexCall call, List<String> operands) {
    Family family = Family.of(call.getType());
    boolean alike =
        IntStream.range(0, operands.size())
            .filter(i -> i % 2 == 1 || i == operands.size() - 1)
            .mapToObj(i -> call.getOperands().get(i))
            .allMatch(
                value ->
                    RexLiteral.isNullLiteral(value)
                        || Family.of(value.getType()) == family
                        || (family == Family.DECIMAL
                            && Family.of(value.getType()) == Family.INTEGER));
    if (!alike || family == Family.OTHER) {
      return Optional.empty();
    }
    StringBuilder sql = new StringBuilder("CASE");
    for (int i = 0; i + 1 < operands.size(); i += 2) {
      sql.append(" WHEN ").append(operands.get(i)).append(" THEN ").append(operands.get(i + 1));
    }
    sql.append(" ELSE ").append(operands.get(operands.size() - 1)).append(" END");
    return Optional.of(sql.toString());
  }

  private Optional<String> castOf(RexCall call, List<String> operands) {
    RexNode value = call.getOperands().get(0);
    RelDataType from = value.getType();
    RelDataType to = call.getType();
    Family family = Family.of(from);
    boolean unchanged =
        from.getSqlTypeName() == to.getSqlTypeName()
            && from.getPrecision() == to.getPrecision()
            && (family != Family.DECIMAL || from.getScale() == to.getScale())
            && family != Family.OTHER;
    boolean longer =
        family == Family.TEXT
            && Family.of(to) == Family.TEXT
            && to.getSqlTypeName() == org.apache.calcite.sql.type.SqlTypeName.VARCHAR
            && (to.getPrecision() < 0
                || (from.getPrecision() >= 0 && from.getPrecision() <= to.getPrecision()));
    return unchanged || longer ? Optional.of(operands.get(0)) : cast(from, to, operands.get(0));
  }

  /** Whether every value of one exact type is a value of the other, with no digit lost. */
  static boolean widens(RelDataType from, RelDataType to) {
    Family family = Family.of(from);
    if (!family.exactNumber() || !Family.of(to).exactNumber()) {
      return false;
    }
    int fromScale = family == Family.DECIMAL ? from.getScale() : 0;
    int toScale = Family.of(to) == Family.DECIMAL ? to.getScale() : 0;
    return fromScale <= toScale && from.getPrecision() - fromScale <= to.getPrecision() - toScale;
  }

  /** Whether a product or sum of decimals has all its digits in its type. */
  static boolean keepsDigits(RexCall call) {
    int needed =
        switch (call.getKind()) {
          case TIMES, CHECKED_TIMES ->
              call.getOperands().stream().mapToInt(StandardPushDown::scale).sum();
          default -> call.getOperands().stream().mapToInt(StandardPushDown::scale).max().orElse(0);
        };
    return needed <= scale(call);
  }

  private static int scale(RexNode node) {
    return Family.of(node.getType()) == Family.DECIMAL ? node.getType().getScale() : 0;
  }

  /** {@code EXTRACT(YEAR FROM x)} and the other parts of a day that all count alike. */
  static Optional<TimeUnitRange> calendarPart(RexCall call) {
    if (call.getKind() != SqlKind.EXTRACT
        || !(call.getOperands().get(0) instanceof RexLiteral part)) {
      return Optional.empty();
    }
    Family family = Family.of(call.getOperands().get(1).getType());
    TimeUnitRange unit = part.getValueAs(TimeUnitRange.class);
    boolean known =
        unit != null
            && switch (unit) {
              case YEAR, MONTH, DAY, QUARTER -> family == Family.DATE || family == Family.TIMESTAMP;
              case HOUR, MINUTE -> family == Family.TIMESTAMP;
              default -> false;
            };
    return known ? Optional.ofNullable(unit) : Optional.empty();
  }

  /** One character is cut from a text; of several the databases make a set or a word. */
  static Optional<String> trimmed(RexCall call, List<String> operands) {
    if (call.getOperands().size() != 3
        || Family.of(call.getOperands().get(2).getType()) != Family.TEXT
        || !(call.getOperands().get(0) instanceof RexLiteral side)
        || !(call.getOperands().get(1) instanceof RexLiteral cut)) {
      return Optional.empty();
    }
    String text = cut.getValueAs(String.class);
    SqlTrimFunction.Flag flag = side.getValueAs(SqlTrimFunction.Flag.class);
    return text == null || flag == null || text.codePointCount(0, text.length()) != 1
        ? Optional.empty()
        : Optional.of(
            "TRIM(" + flag.name() + " " + operands.get(1) + " FROM " + operands.get(2) + ")");
  }

  @Override
  public Optional<String> aggregate(
      AggregateCall call, List<RelDataType> types, List<String> operands) {
    boolean plain =
        call.getCollation().getFieldCollations().isEmpty()
            && call.distinctKeys == null
            && !call.isApproximate()
            && !call.ignoreNulls();
    boolean filter = call.filterArg >= 0;
    List<String> arguments = filter ? operands.subList(0, operands.size() - 1) : operands;
    String condition = filter ? operands.get(operands.size() - 1) : null;
    if (!plain || arguments.size() > 1) {
      return Optional.empty();
    }
    String distinct = call.isDistinct() ? "DISTINCT " : "";
    RelDataType type = arguments.isEmpty() ? call.getType() : types.get(0);
    Family family = Family.of(type);
    return switch (call.getAggregation().getKind()) {
      case COUNT -> {
        if (arguments.isEmpty()) {
          yield Optional.of(filtered("COUNT(%s)", List.of("*"), condition));
        }
        if (call.isDistinct() && !comparable(family)) {
          yield Optional.empty();
        }
        String counted =
            call.isDistinct() ? distinctValue(family, arguments.get(0)) : arguments.get(0);
        yield Optional.of(filtered("COUNT(" + distinct + "%s)", List.of(counted), condition));
      }
      case SUM ->
          sums(type)
              ? Optional.of(filtered("SUM(" + distinct + "%s)", arguments, condition))
              : Optional.empty();
      case SUM0 ->
          sums(type)
              ? Optional.of(
                  "COALESCE(" + filtered("SUM(" + distinct + "%s)", arguments, condition) + ", 0)")
              : Optional.empty();
      case MIN, MAX ->
          extreme(call.getAggregation().getKind().name(), family, arguments.get(0), condition);
      default -> Optional.empty();
    };
  }

  String distinctValue(Family family, String operand) {
    return family == Family.TEXT && exactEquality() ? operand : exact(family, operand);
  }

  Optional<String> extreme(
      String function, Family family, String operand, @Nullable String condition) {
    if (!comparable(family) || family == Family.BOOLEAN) {
      return Optional.empty();
    }
    String ordered = family == Family.TEXT ? exact(operand) : operand;
    return Optional.of(filtered(function + "(%s)", List.of(ordered), condition));
  }

  @Override
  public Optional<String> windowFunction(
      String name, RelDataType type, List<RelDataType> types, List<String> operands) {
    return switch (name) {
      case "ROW_NUMBER", "RANK", "DENSE_RANK" -> Optional.of(name + "()");
      case "COUNT" ->
          operands.size() > 1
              ? Optional.empty()
              : Optional.of("COUNT(" + (operands.isEmpty() ? "*" : operands.get(0)) + ")");
      case "SUM" ->
          sums(types.get(0)) ? Optional.of("SUM(" + operands.get(0) + ")") : Optional.empty();
      case "MIN", "MAX" -> extreme(name, Family.of(types.get(0)), operands.get(0), null);
      case "FIRST_VALUE", "LAST_VALUE" -> Optional.of(name + "(" + operands.get(0) + ")");
      case "LAG", "LEAD" ->
          operands.size() <= 2
              ? Optional.of(name + "(" + String.join(", ", operands) + ")")
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  @Override
  public Optional<GroupKey> groupKey(RelDataType type, String operand) {
    Family family = Family.of(type);
    if (!comparable(family)) {
      return Optional.empty();
    }
    return Optional.of(
        family == Family.TEXT && !exactEquality()
            ? new GroupKey(exact(operand), "MIN(" + operand + ")")
            : new GroupKey(operand, operand));
  }

  @Override
  public Optional<String> orderKey(
      RelDataType type,
      String operand,
      RelFieldCollation.Direction direction,
      RelFieldCollation.NullDirection nulls) {
    Family family = Family.of(type);
    if (!comparable(family)) {
      return Optional.empty();
    }
    String key = exact(family, operand);
    boolean descending = direction.isDescending();
    boolean nullsFirst = nulls == RelFieldCollation.NullDirection.FIRST;
    return Optional.of(ordered(key, type.isNullable(), descending, nullsFirst));
  }

  /** Where a database does not sort nulls high by itself, the subclass says where they go. */
  String ordered(String key, boolean nullable, boolean descending, boolean nullsFirst) {
    String item = descending ? key + " DESC" : key;
    return !nullable || nullsFirst == descending
        ? item
        : item + (nullsFirst ? " NULLS FIRST" : " NULLS LAST");
  }

  @Override
  public boolean selects(RelDataType type) {
    return true;
  }

  @Override
  public boolean joins(JoinRelType type) {
    return switch (type) {
      case INNER, LEFT, RIGHT, FULL, SEMI, ANTI -> true;
      default -> false;
    };
  }

  @Override
  public boolean combines(SetOp operation) {
    return operation.all
        ? operation.kind == SqlKind.UNION
        : families(operation).stream()
            .allMatch(family -> comparable(family) && distinctValue(family, "x").equals("x"));
  }

  static List<Family> families(SetOp operation) {
    List<Family> families = new ArrayList<>();
    for (RelDataTypeField field : operation.getRowType().getFieldList()) {
      families.add(Family.of(field.getType()));
    }
    return families;
  }

  @Override
  public boolean groupingSets() {
    return false;
  }

  @Override
  public String page(String offset, String fetch) {
    return (fetch.isEmpty() ? "" : " LIMIT " + fetch)
        + (offset.isEmpty() ? "" : " OFFSET " + offset);
  }

  @Override
  public String fromNothing() {
    return "";
  }
}
