package io.sally.engine.source;

import com.google.common.io.BaseEncoding;
import io.sally.engine.catalog.ColumnType;
import io.trino.jdbc.Row;
import io.trino.jdbc.RowField;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where Trino's values need more than JDBC's usual. Dates and times are read from their texts: the
 * driver loses the sign of years, the zone of moments and the fraction of times. What is finer than
 * a nanosecond, or no value of its java.time class for another reason, is its text.
 */
final class TrinoReaders {
  /** Digits of a second that say nothing. */
  private static final Pattern ZEROS = Pattern.compile("(\\.\\d{9})0+(?=$|[ +-])");

  private TrinoReaders() {}

  static ColumnReader of(ColumnType type) {
    ColumnType component = type.component();
    if (component != null) {
      Function<Object, Object> element = element(component);
      return (rows, i) -> array(rows.getArray(i), element);
    }
    return switch (type.jdbcType()) {
      case DATE, TIME, TIME_WITH_TIMEZONE, TIMESTAMP, TIMESTAMP_WITH_TIMEZONE -> {
        Function<String, Object> parser = parser(type);
        yield (rows, i) -> parsed(rows.getString(i), parser);
      }
      case VARCHAR -> TrinoReaders::text;
      default -> StandardReaders.of(type);
    };
  }

  private static @Nullable Object parsed(@Nullable String text, Function<String, Object> parser) {
    if (text == null) {
      return null;
    }
    try {
      return parser.apply(ZEROS.matcher(text).replaceFirst("$1"));
    } catch (DateTimeException notOfTheType) {
      return text;
    }
  }

  private static Function<String, Object> parser(ColumnType type) {
    return switch (type.jdbcType()) {
      case DATE -> LocalDate::parse;
      case TIME -> LocalTime::parse;
      case TIME_WITH_TIMEZONE -> OffsetTime::parse;
      case TIMESTAMP -> TrinoReaders::timestamp;
      default -> TrinoReaders::moment;
    };
  }

  private static LocalDateTime timestamp(String text) {
    return LocalDateTime.parse(text.replace(' ', 'T'));
  }

  /** The session's and the selected column's zone is UTC; only then no hour comes twice. */
  private static Object moment(String text) {
    int zone = text.lastIndexOf(' ');
    return timestamp(text.substring(0, zone))
        .atZone(ZoneId.of(text.substring(zone + 1)))
        .withZoneSameInstant(ZoneOffset.UTC)
        .toOffsetDateTime();
  }

  private static @Nullable Object array(@Nullable Array array, Function<Object, Object> element)
      throws SQLException {
    if (array == null) {
      return null;
    }
    List<@Nullable Object> values = new ArrayList<>();
    for (Object value : (@Nullable Object[]) array.getArray()) {
      values.add(value == null ? null : element.apply(value));
    }
    return values;
  }

  private static Function<Object, Object> element(ColumnType component) {
    return switch (component.jdbcType()) {
      case DATE, TIME, TIME_WITH_TIMEZONE, TIMESTAMP, TIMESTAMP_WITH_TIMEZONE -> {
        Function<String, Object> parser = parser(component);
        yield text -> java.util.Objects.requireNonNull(parsed(text.toString(), parser));
      }
      case OTHER -> text -> java.util.UUID.fromString(text.toString());
      default -> value -> value;
    };
  }

  /** What holds other values comes as an object where Trino cannot make JSON of it. */
  private static @Nullable Object text(ResultSet rows, int column) throws SQLException {
    Object value = rows.getObject(column);
    return value == null || value instanceof String
        ? value
        : value instanceof Row || value instanceof Map || value instanceof Array
            ? json(value)
            : rows.getString(column);
  }

  private static String json(@Nullable Object value) throws SQLException {
    if (value == null) {
      return "null";
    } else if (value instanceof Array array) {
      List<String> elements = new ArrayList<>();
      for (Object element : (@Nullable Object[]) array.getArray()) {
        elements.add(json(element));
      }
      return "[" + String.join(",", elements) + "]";
    } else if (value instanceof List<?> list) {
      List<String> elements = new ArrayList<>();
      for (Object element : list) {
        elements.add(json(element));
      }
      return "[" + String.join(",", elements) + "]";
    } else if (value instanceof Row row) {
      List<String> fields = new ArrayList<>();
      for (RowField field : row.getFields()) {
        fields.add(quoted(field.getName().orElse("")) + ":" + json(field.getValue()));
      }
      return "{" + String.join(",", fields) + "}";
    } else if (value instanceof Map<?, ?> map) {
      List<String> entries = new ArrayList<>();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        entries.add(quoted(plain(entry.getKey())) + ":" + json(entry.getValue()));
      }
      return entries.stream().sorted().collect(Collectors.joining(",", "{", "}"));
    }
    return value instanceof Number || value instanceof Boolean
        ? value.toString()
        : quoted(plain(value));
  }

  private static String plain(Object value) {
    return value instanceof byte[] bytes ? BaseEncoding.base16().encode(bytes) : value.toString();
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.chars()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
              } else if (c < ' ') {
                quoted.append(String.format(java.util.Locale.ROOT, "\\u%04x", c));
              } else {
                quoted.append((char) c);
              }
            });
    return quoted.append('"').toString();
  }
}
