package io.sally.engine.planner;

import io.sally.engine.SqlErrors;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Between the values that {@link io.sally.engine.RowCursor} documents and those that Calcite's
 * generated code computes with: days since 1970 for a date, milliseconds for a time, {@link
 * Microseconds} for a timestamp, {@link ByteString} for binaries.
 */
public final class InternalValues {
  private static final long NANOS_PER_MILLI = 1_000_000L;

  /** {@code 2026-03-01 08:15:00} as well as {@code 2026-03-01T08:15}. */
  private static final DateTimeFormatter DATE_TIME =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendPattern("['T'][ ]")
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .toFormatter()
          .withResolverStyle(ResolverStyle.STRICT);

  private InternalValues() {}

  /**
   * The reader of one column of generated rows: null goes to null, a {@link StrayValue} to its own
   * value.
   */
  static UnaryOperator<@Nullable Object> toJdbc(RelDataType type) {
    return orStray(ownToJdbc(type));
  }

  /**
   * The same for a column that is a source's column, unchanged. A decimal keeps the source's
   * digits, which are more than those of the type where the source declares none.
   */
  static UnaryOperator<@Nullable Object> toJdbcUnchanged(RelDataType type) {
    if (type.getComponentType() != null) {
      UnaryOperator<@Nullable Object> component = toJdbcUnchanged(leaf(type));
      return orStray(each(List.class, values -> elements(values, component)));
    }
    return type.getSqlTypeName() == SqlTypeName.DECIMAL
        ? orStray(each(Number.class, InternalValues::decimal))
        : toJdbc(type);
  }

  private static UnaryOperator<@Nullable Object> orStray(
      UnaryOperator<@Nullable Object> conversion) {
    return value -> value instanceof StrayValue stray ? stray.value() : conversion.apply(value);
  }

  private static UnaryOperator<@Nullable Object> ownToJdbc(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case TINYINT -> each(Number.class, Number::byteValue);
      case SMALLINT -> each(Number.class, Number::shortValue);
      case INTEGER -> each(Number.class, Number::intValue);
      case BIGINT -> each(Number.class, Number::longValue);
      case REAL -> each(Number.class, Number::floatValue);
      case FLOAT, DOUBLE -> each(Number.class, Number::doubleValue);
      case DECIMAL -> {
        int scale = type.getScale();
        yield each(Number.class, value -> atScale(decimal(value), scale));
      }
      case DATE -> each(Number.class, value -> day(value.intValue()));
      case TIME ->
          each(Number.class, value -> LocalTime.ofNanoOfDay(value.longValue() * NANOS_PER_MILLI));
      case TIMESTAMP -> each(Number.class, value -> Microseconds.timestamp(value.longValue()));
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          each(Number.class, value -> Microseconds.inUtc(value.longValue()));
      case INTERVAL_YEAR, INTERVAL_MONTH, INTERVAL_YEAR_MONTH ->
          each(Number.class, value -> Period.ofMonths(value.intValue()).normalized());
      case INTERVAL_DAY,
          INTERVAL_DAY_HOUR,
          INTERVAL_DAY_MINUTE,
          INTERVAL_DAY_SECOND,
          INTERVAL_HOUR,
          INTERVAL_HOUR_MINUTE,
          INTERVAL_HOUR_SECOND,
          INTERVAL_MINUTE,
          INTERVAL_MINUTE_SECOND,
          INTERVAL_SECOND ->
          each(Number.class, value -> Duration.ofMillis(value.longValue()));
      case BINARY, VARBINARY -> each(ByteString.class, ByteString::getBytes);
      case ARRAY, MULTISET -> {
        UnaryOperator<@Nullable Object> component = toJdbc(leaf(type));
        yield each(List.class, values -> elements(values, component));
      }
      case BOOLEAN, CHAR, VARCHAR, UUID, TIME_TZ, NULL -> value -> value;
      default -> each(Object.class, String::valueOf);
    };
  }

  private static <T> UnaryOperator<@Nullable Object> each(
      Class<T> internal, Function<T, Object> conversion) {
    return value -> value == null ? null : conversion.apply(internal.cast(value));
  }

  /** PostgreSQL has one type for arrays of any number of dimensions: a row of one is a list. */
  static List<@Nullable Object> elements(
      List<?> values, UnaryOperator<@Nullable Object> component) {
    List<@Nullable Object> converted = new ArrayList<>(values.size());
    for (Object value : values) {
      converted.add(
          value instanceof List<?> row ? elements(row, component) : component.apply(value));
    }
    return converted;
  }

  /** What an array has in the end, through all its dimensions. */
  static RelDataType leaf(RelDataType array) {
    RelDataType component = array.getComponentType();
    return component == null ? array : leaf(component);
  }

  private static BigDecimal decimal(Number value) {
    return value instanceof BigDecimal exact
        ? exact
        : value instanceof Double || value instanceof Float
            ? BigDecimal.valueOf(value.doubleValue())
            : new BigDecimal(value.toString());
  }

  private static BigDecimal atScale(BigDecimal value, int scale) {
    return value.scale() == scale ? value : value.setScale(scale, RoundingMode.HALF_UP);
  }

  /** The greatest and the least integer are plus and minus infinity. */
  private static LocalDate day(int day) {
    return day == Integer.MAX_VALUE
        ? LocalDate.MAX
        : day == Integer.MIN_VALUE ? LocalDate.MIN : LocalDate.ofEpochDay(day);
  }

  private static int day(LocalDate day) {
    return day.equals(LocalDate.MAX)
        ? Integer.MAX_VALUE
        : day.equals(LocalDate.MIN) ? Integer.MIN_VALUE : Math.toIntExact(day.toEpochDay());
  }

  /** A value as generated code takes it from a table; the other way round than {@link #toJdbc}. */
  public static @Nullable Object fromJdbc(@Nullable Object value) {
    if (value instanceof LocalDate date) {
      return day(date);
    } else if (value instanceof LocalDateTime timestamp) {
      return Microseconds.of(timestamp);
    } else if (value instanceof LocalTime time) {
      return (int) (time.toNanoOfDay() / NANOS_PER_MILLI);
    } else if (value instanceof OffsetDateTime timestamp) {
      return Microseconds.of(timestamp);
    } else if (value instanceof byte[] bytes) {
      return new ByteString(bytes);
    } else if (value instanceof Double number && number == 0) {
      // The negative zero is the same number, and would be another key of a group or join.
      return 0.0;
    } else if (value instanceof Float number && number == 0) {
      return 0.0f;
    }
    return value;
  }

  /** The conversion of the values of one type, those inside arrays too: null goes to null. */
  static UnaryOperator<@Nullable Object> fromJdbc(RelDataType type) {
    if (type.getComponentType() != null) {
      UnaryOperator<@Nullable Object> component = fromJdbc(leaf(type));
      return each(List.class, values -> elements(values, component));
    }
    return switch (type.getSqlTypeName()) {
      case INTERVAL_YEAR, INTERVAL_MONTH, INTERVAL_YEAR_MONTH ->
          each(Period.class, Period::toTotalMonths);
      case DATE, TIME, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE, BINARY, VARBINARY ->
          InternalValues::fromJdbc;
      default ->
          value -> value instanceof Duration duration ? duration.toMillis() : fromJdbc(value);
    };
  }

  /**
   * A parameter's value in the Java type that {@link io.sally.engine.RowCursor} documents for its
   * type.
   *
   * @param number the parameter's place, from 1, for the message
   * @param zone the session's, whose date and time a moment has where one without a zone is asked
   *     for
   * @throws SQLException with SQLState 22018 when the value cannot be read as that type, 22003 when
   *     it is out of its range
   */
  static @Nullable Object parameter(
      @Nullable Object value, RelDataType type, int number, ZoneId zone) throws SQLException {
    if (value == null) {
      return null;
    }
    try {
      return switch (type.getSqlTypeName()) {
        case TINYINT -> exact(value).byteValueExact();
        case SMALLINT -> exact(value).shortValueExact();
        case INTEGER -> exact(value).intValueExact();
        case BIGINT -> exact(value).longValueExact();
        case DECIMAL -> exact(value);
        case REAL -> value instanceof Number n ? n.floatValue() : Float.valueOf(text(value));
        case FLOAT, DOUBLE ->
            value instanceof Number n ? n.doubleValue() : Double.valueOf(text(value));
        case BOOLEAN -> bool(value);
        case CHAR, VARCHAR -> ParameterTexts.of(value);
        case DATE -> date(value, zone);
        case TIME -> value instanceof LocalTime ? value : LocalTime.parse(text(value));
        case TIMESTAMP -> dateTime(value, zone);
        case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
            value instanceof OffsetDateTime ? value : OffsetDateTime.parse(text(value));
        default -> value;
      };
    } catch (ArithmeticException e) {
      throw SqlErrors.data(
          "Parameter " + number + " is out of the range of " + type + ".", "22003", e);
    } catch (NumberFormatException | DateTimeException e) {
      throw SqlErrors.data(
          "Parameter "
              + number
              + " cannot be read as "
              + type
              + ", which its place in the statement asks for.",
          type.getFamily() == SqlTypeFamily.DATE || type.getFamily() == SqlTypeFamily.TIMESTAMP
              ? "22007"
              : "22018",
          e);
    }
  }

  private static BigDecimal exact(Object value) {
    if (value instanceof Boolean bool) {
      return bool ? BigDecimal.ONE : BigDecimal.ZERO;
    }
    return value instanceof Number number ? decimal(number) : new BigDecimal(text(value));
  }

  private static Boolean bool(Object value) {
    if (value instanceof Boolean bool) {
      return bool;
    } else if (value instanceof Number number) {
      return exact(number).signum() != 0;
    }
    return switch (text(value).toLowerCase(Locale.ROOT)) {
      case "true", "t", "1", "yes", "on" -> true;
      case "false", "f", "0", "no", "off" -> false;
      default -> throw new NumberFormatException();
    };
  }

  private static LocalDate date(Object value, ZoneId zone) {
    if (value instanceof LocalDate date) {
      return date;
    }
    if (value instanceof OffsetDateTime moment) {
      return date(local(moment, zone), zone);
    }
    if (value instanceof LocalDateTime timestamp) {
      if (!timestamp.toLocalTime().equals(LocalTime.MIDNIGHT)) {
        // Cutting the time off would silently change what a comparison means.
        throw new DateTimeException("a time of day where a date is wanted");
      }
      return timestamp.toLocalDate();
    }
    return LocalDate.parse(text(value));
  }

  private static LocalDateTime dateTime(Object value, ZoneId zone) {
    if (value instanceof LocalDateTime timestamp) {
      return timestamp;
    } else if (value instanceof LocalDate date) {
      return date.atStartOfDay();
    } else if (value instanceof OffsetDateTime moment) {
      return local(moment, zone);
    }
    String text = text(value);
    return text.length() <= "yyyy-mm-dd".length()
        ? LocalDate.parse(text).atStartOfDay()
        : LocalDateTime.parse(text, DATE_TIME);
  }

  /** As a comparison of a timestamp with a moment has it. */
  private static LocalDateTime local(OffsetDateTime moment, ZoneId zone) {
    if (moment.equals(OffsetDateTime.MAX)) {
      return LocalDateTime.MAX;
    } else if (moment.equals(OffsetDateTime.MIN)) {
      return LocalDateTime.MIN;
    }
    return LocalDateTime.ofInstant(moment.toInstant(), zone);
  }

  private static String text(Object value) {
    return value.toString().strip();
  }
}
