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
 * Where MySQL's values need more than JDBC's usual. A date of zeros, also one whose month or day
 * alone is zero, stands for no date in MySQL and is no date of the calendar: it is NULL here.
 */
final class MySqlReaders {
  private static final Pattern WITH_ZEROS =
      Pattern.compile("0000-.*|\\d{4}-00-.*|\\d{4}-\\d{2}-00.*");

  private MySqlReaders() {}

  static ColumnReader of(ColumnType type) {
    return switch (type.jdbcType()) {
      case BOOLEAN, BIT -> MySqlReaders::bool;
      case DATE -> MySqlReaders::date;
      case TIME -> MySqlReaders::time;
      case TIMESTAMP -> MySqlReaders::timestamp;
      case TIMESTAMP_WITH_TIMEZONE ->
          (rows, i) -> {
            LocalDateTime inUtc = timestamp(rows, i);
            return inUtc == null ? null : inUtc.atOffset(ZoneOffset.UTC);
          };
      default -> StandardReaders.of(type);
    };
  }

  /** Connector/J's getBoolean takes -5 for false, which MySQL does not. */
  private static @Nullable Boolean bool(ResultSet rows, int column) throws SQLException {
    long number = rows.getLong(column);
    return rows.wasNull() ? null : number != 0;
  }

  private static @Nullable LocalDate date(ResultSet rows, int column) throws SQLException {
    try {
      return rows.getObject(column, LocalDate.class);
    } catch (SQLException | DateTimeException e) {
      refuseUnlessZero(rows, column, e);
      return null;
    }
  }

  private static @Nullable LocalDateTime timestamp(ResultSet rows, int column) throws SQLException {
    try {
      return rows.getObject(column, LocalDateTime.class);
    } catch (SQLException | DateTimeException e) {
      refuseUnlessZero(rows, column, e);
      return null;
    }
  }

  private static void refuseUnlessZero(ResultSet rows, int column, Exception thrown)
      throws SQLException {
    String text = rows.getString(column);
    if (text != null && !WITH_ZEROS.matcher(text).matches()) {
      throw SqlErrors.data(text + " is no date of the calendar.", "22007", thrown);
    }
  }

  /** TIME reaches from -838 to 838 hours; what is no time of a day is refused, not bent. */
  private static @Nullable LocalTime time(ResultSet rows, int column) throws SQLException {
    String text = rows.getString(column);
    if (text == null) {
      return null;
    }
    try {
      return LocalTime.parse(text);
    } catch (DateTimeException e) {
      throw SqlErrors.data(text + " is no time of a day.", "22008", e);
    }
  }
}
