package io.sally.engine.source;

import com.google.common.io.BaseEncoding;
import io.sally.engine.catalog.ColumnType;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where PostgreSQL's values need more than JDBC's usual. pgjdbc gives {@code infinity} of dates and
 * timestamps as the greatest value of its java.time class and {@code -infinity} as the least, and
 * so does this.
 */
final class PostgreSqlReaders {
  private static final Set<String> NO_NUMBERS = Set.of("NaN", "Infinity", "-Infinity");

  private static final DateTimeFormatter OFFSET_TIME =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .appendOffset("+HH:mm:ss", "+00")
          .toFormatter(Locale.ROOT);

  private static final String BEFORE_CHRIST = " BC";

  private PostgreSqlReaders() {}

  static ColumnReader of(ColumnType type) {
    ColumnType component = type.component();
    if (component != null) {
      Function<String, Object> element = element(component);
      return (rows, i) -> array(rows.getString(i), element);
    }
    return switch (type.jdbcType()) {
      case DECIMAL, NUMERIC -> PostgreSqlReaders::decimal;
      case OTHER ->
          type.name().equals("UUID")
              ? (rows, i) -> rows.getObject(i, UUID.class)
              : ResultSet::getString;
      default -> StandardReaders.of(type);
    };
  }

  /** NaN and the infinities, which no BigDecimal holds, are their texts. */
  private static @Nullable Object decimal(ResultSet rows, int column) throws SQLException {
    try {
      return rows.getBigDecimal(column);
    } catch (SQLException e) {
      String text = rows.getString(column);
      if (!NO_NUMBERS.contains(text)) {
        throw e;
      }
      return text;
    }
  }

  private static @Nullable Object array(@Nullable String text, Function<String, Object> element) {
    try {
      return text == null ? null : PostgreSqlArray.parse(text, element);
    } catch (DateTimeException | IllegalArgumentException notOfTheType) {
      return text;
    }
  }

  /** How one element reads as text. The array's text is the same whatever the JVM's time zone. */
  private static Function<String, Object> element(ColumnType type) {
    return switch (type.jdbcType()) {
      case BOOLEAN -> text -> text.equals("t") || text.equals("true");
      case SMALLINT -> Short::valueOf;
      case INTEGER -> Integer::valueOf;
      case BIGINT -> Long::valueOf;
      case REAL -> Float::valueOf;
      case DOUBLE -> Double::valueOf;
      case DECIMAL -> text -> NO_NUMBERS.contains(text) ? text : new BigDecimal(text);
      case VARBINARY ->
          text -> BaseEncoding.base16().lowerCase().decode(text.substring("\\x".length()));
      case DATE -> PostgreSqlReaders::date;
      case TIME -> PostgreSqlReaders::time;
      case TIME_WITH_TIMEZONE -> text -> OffsetTime.parse(text, OFFSET_TIME);
      case TIMESTAMP -> PostgreSqlReaders::timestamp;
      case TIMESTAMP_WITH_TIMEZONE -> PostgreSqlReaders::timestampWithTimeZone;
      case OTHER -> type.name().equals("UUID") ? UUID::fromString : text -> text;
      default -> text -> text;
    };
  }

  private static LocalDate date(String text) {
    if (text.equals("infinity")) {
      return LocalDate.MAX;
    } else if (text.equals("-infinity")) {
      return LocalDate.MIN;
    }
    boolean before = text.endsWith(BEFORE_CHRIST);
    String[] parts =
        (before ? text.substring(0, text.length() - BEFORE_CHRIST.length()) : text).split("-", -1);
    int year = Integer.parseInt(parts[0]);
    // The year 1 BC is the year 0 of ISO 8601.
    return LocalDate.of(
        before ? 1 - year : year, Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
  }

  /** The end of the day is 24:00:00 in PostgreSQL; pgjdbc gives the last moment for it. */
  private static LocalTime time(String text) {
    return text.equals("24:00:00") ? LocalTime.MAX : LocalTime.parse(text);
  }

  private static LocalDateTime timestamp(String text) {
    if (text.equals("infinity")) {
      return LocalDateTime.MAX;
    } else if (text.equals("-infinity")) {
      return LocalDateTime.MIN;
    }
    boolean before = text.endsWith(BEFORE_CHRIST);
    int space = text.indexOf(' ');
    String time =
        text.substring(space + 1, before ? text.length() - BEFORE_CHRIST.length() : text.length());
    return date(text.substring(0, space) + (before ? BEFORE_CHRIST : "")).atTime(time(time));
  }

  /** Sessions are in UTC, so the offset is always +00. */
  private static OffsetDateTime timestampWithTimeZone(String text) {
    if (text.equals("infinity")) {
      return OffsetDateTime.MAX;
    } else if (text.equals("-infinity")) {
      return OffsetDateTime.MIN;
    }
    return timestamp(text.replace("+00", "")).atOffset(ZoneOffset.UTC);
  }
}
