package io.sally.engine.planner;

import com.google.common.collect.ImmutableList;
import io.sally.engine.SqlErrors;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.adapter.enumerable.EnumerableProject;
import org.apache.calcite.adapter.enumerable.EnumerableValues;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexExecutor;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.rex.RexWindowBound;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.TimestampString;

/**
 * Has generated code hold timestamps as {@link Microseconds}. Calcite's own code counts
 * milliseconds: what compares, moves or groups timestamps does not mind; literals, casts and
 * calendar arithmetic are computed by {@link Microseconds}; for every other function a timestamp is
 * made milliseconds before and microseconds after, so that no function ever takes one count for the
 * other. Immutable; thread-safe.
 */
final class TimestampsInMicros extends RexShuttle {
  private static final SqlOperator UNCHANGED = microseconds("unchanged");
  private static final SqlOperator FLOOR_TO_MILLIS = microseconds("floorToMillis");
  private static final SqlOperator FLOOR_TO_SECONDS = microseconds("floorToSeconds");
  private static final SqlOperator MILLIS_OF_SECOND = microseconds("millisOfSecond");
  private static final SqlOperator CEIL_TO_MILLIS = microseconds("ceilToMillis");
  private static final SqlOperator FROM_MILLIS = microseconds("fromMillis");
  private static final SqlOperator WITH_FRACTION_OF = microseconds("withFractionOf");
  private static final SqlOperator WITH_DIGITS = microseconds("withDigits");
  private static final SqlOperator DAY = microseconds("day");
  private static final SqlOperator START_OF_DAY = microseconds("startOfDay");
  private static final SqlOperator PLUS_MONTHS = microseconds("plusMonths");
  private static final SqlOperator PLUS_MILLIS = microseconds("plusMillis");
  private static final SqlOperator MILLIS_BETWEEN = microseconds("millisBetween");
  private static final SqlOperator OF_MINUTE = microseconds("ofMinute");
  private static final SqlOperator TEXT = microseconds("text");
  private static final SqlOperator TEXT_WITH_FRACTION = microseconds("textWithFraction");
  private static final SqlOperator TEXT_OF_SECOND = microseconds("textOfSecond");
  private static final SqlOperator WITH_FRACTION = microseconds("withFraction");

  /** What looks at no more than which of two timestamps is the later, or passes them on. */
  private static final Set<SqlKind> UNIT_FREE =
      Set.of(
          SqlKind.EQUALS,
          SqlKind.NOT_EQUALS,
          SqlKind.LESS_THAN,
          SqlKind.LESS_THAN_OR_EQUAL,
          SqlKind.GREATER_THAN,
          SqlKind.GREATER_THAN_OR_EQUAL,
          SqlKind.IS_DISTINCT_FROM,
          SqlKind.IS_NOT_DISTINCT_FROM,
          SqlKind.IS_NULL,
          SqlKind.IS_NOT_NULL,
          SqlKind.CASE,
          SqlKind.COALESCE,
          SqlKind.NULLIF,
          SqlKind.NVL,
          SqlKind.NVL2,
          SqlKind.GREATEST,
          SqlKind.LEAST,
          SqlKind.GREATEST_PG,
          SqlKind.LEAST_PG,
          SqlKind.IF,
          SqlKind.ROW,
          SqlKind.ITEM,
          SqlKind.ARRAY_VALUE_CONSTRUCTOR,
          SqlKind.MAP_VALUE_CONSTRUCTOR,
          SqlKind.MULTISET_VALUE_CONSTRUCTOR,
          SqlKind.ARRAY_CONTAINS,
          SqlKind.ARRAY_POSITION,
          SqlKind.ARRAY_APPEND,
          SqlKind.ARRAY_PREPEND,
          SqlKind.ARRAY_REMOVE,
          SqlKind.ARRAY_INSERT,
          SqlKind.ARRAY_REPEAT,
          SqlKind.ARRAY_MAX,
          SqlKind.ARRAY_MIN,
          SqlKind.IN,
          SqlKind.NOT_IN,
          SqlKind.BETWEEN,
          SqlKind.SCALAR_QUERY);

  private static final Set<String> UNIT_FREE_NAMES =
      Set.of(
          "OFFSET",
          "ORDINAL",
          "SAFE_OFFSET",
          "SAFE_ORDINAL",
          "ELEMENT",
          "TYPEOF",
          "MEMBER OF",
          "$ELEMENT_SLICE",
          "$SLICE",
          "$STRUCT_ACCESS",
          "DOT",
          "<=>",
          "IFNULL",
          "$NULLABLE");

  /** Functions from a timestamp to a timestamp that leave the part below the second as it is. */
  private static final Set<String> KEEPING_THE_FRACTION =
      Set.of("CAST", "SAFE_CAST", "TRY_CAST", "::", "TIMESTAMP", "DATETIME", "CONVERT_TIMEZONE");

  private static final long MILLIS_A_DAY = 86_400_000L;

  private final RexBuilder rexBuilder;

  private TimestampsInMicros(RexBuilder rexBuilder) {
    this.rexBuilder = rexBuilder;
  }

  private static SqlOperator microseconds(String method) {
    return ExactFunctions.computation(Microseconds.class, method);
  }

  /** The plan that is about to run. */
  static RelNode in(RelNode plan) {
    TimestampsInMicros expressions = new TimestampsInMicros(plan.getCluster().getRexBuilder());
    return plan.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(RelNode other) {
            RelNode visited = super.visit(other).accept(expressions);
            return visited instanceof Values values
                ? expressions.rows(values)
                : visited instanceof Window window ? expressions.frames(window) : visited;
          }
        });
  }

  /** The expressions with the same done to them. */
  static List<RexNode> in(List<RexNode> expressions, RexBuilder rexBuilder) {
    return new TimestampsInMicros(rexBuilder).apply(expressions);
  }

  /** The executor with the same done to the constants that it folds. */
  static RexExecutor in(RexExecutor executor) {
    return (rexBuilder, constants, reduced) -> {
      TimestampsInMicros micros = new TimestampsInMicros(rexBuilder);
      List<RexNode> rewritten = constants.stream().map(micros::countable).toList();
      List<RexNode> folded = new ArrayList<>();
      executor.reduce(rexBuilder, rewritten, folded);
      for (int i = 0; i < constants.size(); i++) {
        boolean failed = folded.get(i).equals(rewritten.get(i));
        reduced.add(failed ? constants.get(i) : micros.constant(constants.get(i), folded.get(i)));
      }
    };
  }

  /** An executor would take the result for milliseconds. */
  private RexNode countable(RexNode constant) {
    RexNode rewritten = constant.accept(this);
    return isTimestamp(constant.getType())
        ? call(bigint(constant), UNCHANGED, rewritten)
        : rewritten;
  }

  private RexNode constant(RexNode original, RexNode folded) {
    RelDataType type = original.getType();
    if (!isTimestamp(type)) {
      return type.getComponentType() == null ? folded : original;
    }
    if (!(folded instanceof RexLiteral literal)) {
      return original;
    }
    if (literal.isNull()) {
      return rexBuilder.makeNullLiteral(type);
    }
    long micros = Objects.requireNonNull(literal.getValueAs(Long.class));
    LocalDateTime timestamp = Microseconds.timestamp(micros);
    boolean fits =
        timestamp.getYear() >= 1
            && timestamp.getYear() <= 9999
            && Objects.equals(Microseconds.withDigits(micros, type.getPrecision()), micros);
    // A literal would be cut to the digits of its type.
    return fits
        ? rexBuilder.makeLiteral(
            new TimestampString(Objects.requireNonNull(Microseconds.text(micros))), type, true)
        : original;
  }

  @Override
  public RexNode visitLiteral(RexLiteral literal) {
    return isTimestamp(literal.getType())
            && literal.getTypeName() != SqlTypeName.SARG
            && !literal.isNull()
        ? call(literal.getType(), UNCHANGED, count(literal))
        : literal;
  }

  private RexLiteral count(RexLiteral timestamp) {
    TimestampString value =
        Objects.requireNonNull(timestamp.getValueAs(TimestampString.class), "value");
    long micros = Microseconds.of(LocalDateTime.parse(value.toString().replace(' ', 'T')));
    return rexBuilder.makeExactLiteral(
        BigDecimal.valueOf(micros), rexBuilder.getTypeFactory().createSqlType(SqlTypeName.BIGINT));
  }

  @Override
  public RexNode visitCall(RexCall call) {
    if (call.getKind() == SqlKind.SEARCH && isTimestamp(call.getOperands().get(0).getType())) {
      return RexUtil.expandSearch(rexBuilder, null, call).accept(this);
    }
    RexCall visited = (RexCall) super.visitCall(call);
    List<RexNode> operands = visited.getOperands();
    if (visited.getKind() == SqlKind.AND || visited.getKind() == SqlKind.OR) {
      // Where a list of constants became comparisons.
      return RexUtil.flatten(rexBuilder, visited);
    }
    boolean concerned =
        isTimestamp(visited.getType())
            || operands.stream().anyMatch(operand -> isTimestamp(operand.getType()));
    String name = visited.getOperator().getName();
    if (!concerned
        || UNIT_FREE.contains(visited.getKind())
        || UNIT_FREE_NAMES.contains(name)
        || ExactFunctions.isComputation(visited.getOperator())) {
      return visited;
    }
    return switch (visited.getKind()) {
      case CAST, SAFE_CAST ->
          operands.size() == 1
              ? cast(visited, operands.get(0))
              : inMillis(visited, FLOOR_TO_MILLIS);
      case PLUS, MINUS -> arithmetic(visited);
      case EXTRACT -> part(visited);
      case FLOOR -> below(visited) ? operands.get(0) : inMillis(visited, FLOOR_TO_MILLIS);
      case CEIL -> below(visited) ? operands.get(0) : inMillis(visited, CEIL_TO_MILLIS);
      default ->
          switch (name) {
            case "UNIX_MICROS", "TIMESTAMP_MICROS" -> call(visited.getType(), UNCHANGED, operands);
            case "UNIX_MILLIS" -> call(visited.getType(), FLOOR_TO_MILLIS, operands);
            case "UNIX_SECONDS" -> call(visited.getType(), FLOOR_TO_SECONDS, operands);
            default -> inMillis(visited, FLOOR_TO_MILLIS);
          };
    };
  }

  private RexNode cast(RexCall cast, RexNode from) {
    RelDataType type = cast.getType();
    SqlTypeName source = from.getType().getSqlTypeName();
    SqlTypeName target = type.getSqlTypeName();
    if (source == target) {
      return from.getType().getPrecision() <= type.getPrecision()
          ? call(type, UNCHANGED, from)
          : call(type, WITH_DIGITS, from, number(type.getPrecision()));
    } else if (source == SqlTypeName.TIMESTAMP && SqlTypeName.CHAR_TYPES.contains(target)) {
      return rexBuilder.makeAbstractCast(
          type, call(as(from, SqlTypeName.VARCHAR), TEXT, from), false);
    } else if (SqlTypeName.CHAR_TYPES.contains(target)) {
      RexNode second = call(from.getType(), MILLIS_OF_SECOND, from);
      RexNode text = cast.clone(as(from, SqlTypeName.VARCHAR), List.of(second));
      return rexBuilder.makeAbstractCast(
          type, call(as(from, SqlTypeName.VARCHAR), TEXT_WITH_FRACTION, text, from), false);
    } else if (SqlTypeName.CHAR_TYPES.contains(source)) {
      RelDataType varchar = as(from, SqlTypeName.VARCHAR);
      RexNode second = cast.clone(type, List.of(call(varchar, TEXT_OF_SECOND, from)));
      return call(type, WITH_FRACTION, second, from, number(type.getPrecision()));
    } else if (source == SqlTypeName.TIMESTAMP && target == SqlTypeName.DATE) {
      return call(type, DAY, from);
    } else if (source == SqlTypeName.DATE && target == SqlTypeName.TIMESTAMP) {
      return call(type, START_OF_DAY, from);
    }
    return inMillis(cast, FLOOR_TO_MILLIS);
  }

  /** A timestamp plus or minus an interval, or a timestamp minus another. */
  private RexNode arithmetic(RexCall call) {
    List<RexNode> operands = call.getOperands();
    RexNode from = operands.get(0);
    RexNode to = operands.get(1);
    if (operands.size() == 2 && isInterval(to.getType()) && isTimestamp(call.getType())) {
      if (!isTimestamp(from.getType())) {
        from = cast((RexCall) rexBuilder.makeAbstractCast(call.getType(), from, false), from);
      }
      boolean months = SqlTypeName.YEAR_INTERVAL_TYPES.contains(to.getType().getSqlTypeName());
      return call(
          call.getType(),
          months ? PLUS_MONTHS : PLUS_MILLIS,
          from,
          to,
          number(call.getKind() == SqlKind.PLUS ? 1 : -1));
    } else if (operands.size() == 2
        && call.getKind() == SqlKind.MINUS
        && SqlTypeName.DAY_INTERVAL_TYPES.contains(call.getType().getSqlTypeName())
        && from.getType().getSqlTypeName() == to.getType().getSqlTypeName()) {
      return call(call.getType(), MILLIS_BETWEEN, from, to);
    }
    return inMillis(call, FLOOR_TO_MILLIS);
  }

  private RexNode part(RexCall extract) {
    RexNode from = extract.getOperands().get(1);
    TimeUnitRange unit = unit(extract.getOperands().get(0));
    if (unit == TimeUnitRange.MICROSECOND || unit == TimeUnitRange.NANOSECOND) {
      RexNode micros = call(bigint(from), OF_MINUTE, from);
      RexNode counted =
          unit == TimeUnitRange.MICROSECOND
              ? micros
              : rexBuilder.makeCall(
                  bigint(from),
                  org.apache.calcite.sql.fun.SqlStdOperatorTable.MULTIPLY,
                  List.of(micros, number(1000)));
      return rexBuilder.makeAbstractCast(extract.getType(), counted, false);
    }
    return inMillis(extract, FLOOR_TO_MILLIS);
  }

  /** Whether a rounding is to a unit that no timestamp is finer than. */
  private static boolean below(RexCall rounding) {
    TimeUnitRange unit =
        rounding.getOperands().size() == 2 ? unit(rounding.getOperands().get(1)) : null;
    return unit == TimeUnitRange.MICROSECOND || unit == TimeUnitRange.NANOSECOND;
  }

  private static @org.jspecify.annotations.Nullable TimeUnitRange unit(RexNode flag) {
    return flag instanceof RexLiteral literal && literal.getTypeName() == SqlTypeName.SYMBOL
        ? literal.getValue() instanceof TimeUnitRange unit ? unit : null
        : null;
  }

  /** Any function, computed by Calcite's own code. */
  private RexNode inMillis(RexCall call, SqlOperator toMillis) {
    List<RexNode> timestamps =
        call.getOperands().stream().filter(operand -> isTimestamp(operand.getType())).toList();
    List<RexNode> operands =
        call.getOperands().stream()
            .map(
                operand ->
                    isTimestamp(operand.getType())
                        ? call(operand.getType(), toMillis, operand)
                        : operand)
            .toList();
    RexNode millis = call.clone(call.getType(), operands);
    if (!isTimestamp(call.getType())) {
      return millis;
    }
    return timestamps.size() == 1 && KEEPING_THE_FRACTION.contains(call.getOperator().getName())
        ? call(
            call.getType(),
            WITH_FRACTION_OF,
            millis,
            timestamps.get(0),
            number(call.getType().getPrecision()))
        : call(call.getType(), FROM_MILLIS, millis);
  }

  /** Constant rows hold integers, which a projection above them takes for timestamps. */
  private RelNode rows(Values values) {
    List<RelDataTypeField> fields = values.getRowType().getFieldList();
    if (fields.stream().noneMatch(field -> isTimestamp(field.getType()))) {
      return values;
    }
    RelDataTypeFactory types = rexBuilder.getTypeFactory();
    RelDataTypeFactory.Builder counts = types.builder();
    for (RelDataTypeField field : fields) {
      RelDataType type = field.getType();
      counts.add(
          field.getName(),
          isTimestamp(type)
              ? types.createTypeWithNullability(
                  types.createSqlType(SqlTypeName.BIGINT), type.isNullable())
              : type);
    }
    RelDataType countType = counts.build();
    ImmutableList.Builder<ImmutableList<RexLiteral>> tuples = ImmutableList.builder();
    for (ImmutableList<RexLiteral> tuple : values.getTuples()) {
      ImmutableList.Builder<RexLiteral> counted = ImmutableList.builder();
      for (int i = 0; i < tuple.size(); i++) {
        RexLiteral value = tuple.get(i);
        boolean timestamp = isTimestamp(fields.get(i).getType());
        counted.add(
            !timestamp
                ? value
                : value.isNull()
                    ? rexBuilder.makeNullLiteral(countType.getFieldList().get(i).getType())
                    : count(value));
      }
      tuples.add(counted.build());
    }
    RelNode counted = EnumerableValues.create(values.getCluster(), countType, tuples.build());
    List<RexNode> projects = new ArrayList<>();
    for (RelDataTypeField field : fields) {
      RexNode value = rexBuilder.makeInputRef(counted, field.getIndex());
      projects.add(isTimestamp(field.getType()) ? call(field.getType(), UNCHANGED, value) : value);
    }
    return EnumerableProject.create(counted, projects, values.getRowType());
  }

  /** The constants of a window are literals: how far a frame reaches, or another row's default. */
  private RelNode frames(Window window) {
    int columns = window.getInput().getRowType().getFieldCount();
    List<RexLiteral> constants = new ArrayList<>();
    for (int i = 0; i < window.constants.size(); i++) {
      RexLiteral constant = window.constants.get(i);
      constants.add(
          isTimestamp(constant.getType()) && !constant.isNull() ? count(constant) : constant);
    }
    for (Window.Group group : window.groups) {
      for (RexWindowBound bound : List.of(group.lowerBound, group.upperBound)) {
        if (!(bound.getOffset() instanceof RexInputRef ref) || ref.getIndex() < columns) {
          continue;
        }
        int place = ref.getIndex() - columns;
        RexLiteral reach = window.constants.get(place);
        if (!isInterval(reach.getType())) {
          continue;
        }
        RelDataType key =
            window
                .getInput()
                .getRowType()
                .getFieldList()
                .get(group.orderKeys.getFieldCollations().get(0).getFieldIndex())
                .getType();
        constants.set(place, reach(reach, key));
      }
    }
    return window.copy(constants);
  }

  /** In the unit of the key that the rows are ordered by: microseconds, or days for a date. */
  private RexLiteral reach(RexLiteral interval, RelDataType key) {
    BigDecimal millis = Objects.requireNonNull(interval.getValueAs(BigDecimal.class), "interval");
    boolean months = SqlTypeName.YEAR_INTERVAL_TYPES.contains(interval.getType().getSqlTypeName());
    BigDecimal[] days = millis.divideAndRemainder(BigDecimal.valueOf(MILLIS_A_DAY));
    boolean date = key.getSqlTypeName() == SqlTypeName.DATE && days[1].signum() == 0;
    if (months || !(date || isTimestamp(key))) {
      throw new Refusal(
          SqlErrors.notSupported(
              "The RANGE of a window cannot be measured in months, nor in parts of a day over dates."
                  + " Use days, or order by a timestamp."));
    }
    return rexBuilder.makeIntervalLiteral(
        date ? days[0] : millis.multiply(BigDecimal.valueOf(1000)),
        Objects.requireNonNull(interval.getType().getIntervalQualifier(), "qualifier"));
  }

  private RexNode call(RelDataType type, SqlOperator operator, RexNode... operands) {
    return call(type, operator, List.of(operands));
  }

  private RexNode call(RelDataType type, SqlOperator operator, List<RexNode> operands) {
    return rexBuilder.makeCall(type, operator, operands);
  }

  private RexNode number(int value) {
    return rexBuilder.makeExactLiteral(BigDecimal.valueOf(value));
  }

  private RelDataType bigint(RexNode like) {
    return as(like, SqlTypeName.BIGINT);
  }

  private RelDataType as(RexNode like, SqlTypeName name) {
    RelDataTypeFactory types = rexBuilder.getTypeFactory();
    return types.createTypeWithNullability(types.createSqlType(name), like.getType().isNullable());
  }

  private static boolean isInterval(RelDataType type) {
    return SqlTypeName.INTERVAL_TYPES.contains(type.getSqlTypeName());
  }

  private static boolean isTimestamp(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.TIMESTAMP
        || type.getSqlTypeName() == SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE;
  }
}
