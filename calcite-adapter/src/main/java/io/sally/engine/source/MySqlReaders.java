package io.sally.engine.source;

import io.sally.engine.SqlErrors;
import io.sally.engine.catalog.ColumnType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where MySQL's values need more than JDBC's usual. MySQL stores dates that the calendar does not
 * have (31 February, a month 0, a date of zeros) where the writing session allows it, and none of
 * them IS NULL to it: they come as their texts.
 */
final class MySqlReaders {
  private static final Pattern DATE_LIKE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}( .*)?");

  private MySqlReaders() {}

  static ColumnReader of(ColumnType type) {
    return switch (type.jdbcType()) {
      case BOOLEAN, BIT -> MySqlReaders::bool;
      case DATE -> MySqlReaders::date;
      case TIME -> MySqlReaders::time;
      case TIMESTAMP -> MySqlReaders::timestamp;
      case TIMESTAMP_WITH_TIMEZONE ->
          (rows, i) -> {
            Object inUtc = timestamp(rows, i);
            return inUtc instanceof LocalDateTime moment ? moment.atOffset(ZoneOffset.UTC) : inUtc;
          };
      default -> StandardReaders.of(type);
    };
  }

  /** Connector/J's getBoolean takes -5 for false, which MySQL does not. */
  private static @Nullable Boolean bool(ResultSet rows, int column) throws SQLException {
    long number = rows.getLong(column);
    return rows.wasNull() ? null : number != 0;
  }

  private static @Nullable Object date(ResultSet rows, int column) throws SQLException {
    try {
      return rows.getObject(column, LocalDate.class);
    } catch (SQLException | DateTimeException e) {
      return dateText(rows, column, e);
    }
  }

  private static @Nullable Object timestamp(ResultSet rows, int column) throws SQLException {
    try {
      return rows.getObject(column, LocalDateTime.class);
    } catch (SQLException | DateTimeException e) {
      return dateText(rows, column, e);
    }
  }

  private static @Nullable String dateText(ResultSet rows, int column, Exception thrown)
      throws SQLException {
    String text = rows.getString(column);
    if (text != null && !DATE_LIKE.matcher(text).matches()) {
      throw SqlErrors.data(text + " is no date.", "22007", thrown);
    }
    return text;
  }

  /** TIME reaches from -838 to 838 hours; what is no time of a day is its text, not bent. */
  private static @Nullable Object time(ResultSet rows, int column) throws SQLException {
    String text = rows.getString(column);
    if (text == null) {
      return null;
    }
    try {
      return LocalTime.parse(text);
    } catch (DateTimeException notOfTheDay) {
      return text;
    }
  }
}
