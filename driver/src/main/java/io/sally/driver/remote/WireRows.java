package io.sally.driver.remote;

import io.sally.engine.SqlErrors;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Calendar;
import org.jspecify.annotations.Nullable;

/**
 * Rows as the protocol can carry them. It counts times from 1970 in UTC whatever zone the server is
 * in, so that every time is read in UTC, and it has no infinity. Used as its result is, by one
 * thread at a time.
 */
final class WireRows implements InvocationHandler {
  private static final LocalDateTime FIRST = LocalDateTime.of(-9999, 1, 1, 0, 0);
  private static final LocalDateTime LAST = LocalDateTime.of(10_000, 1, 1, 0, 0);

  private final ResultSet rows;

  WireRows(ResultSet rows) {
    this.rows = rows;
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] values)
      throws Throwable {
    if (method.getName().equals("getMetaData")) {
      return WireConnection.proxy(ResultSetMetaData.class, new WireColumns(rows.getMetaData()));
    } else if (values != null && values.length > 0 && values[0] instanceof Integer column) {
      if (method.getName().equals("getObject") && values.length == 1) {
        return object(column);
      } else if (values.length == 2 && values[1] instanceof Calendar) {
        return time(column, method);
      }
    }
    return WireConnection.call(rows, method, values);
  }

  private @Nullable Object object(int column) throws SQLException {
    return switch (WireColumns.carried(rows.getMetaData(), column)) {
      case Types.CHAR, Types.VARCHAR, Types.LONGVARCHAR -> rows.getString(column);
      case Types.BINARY, Types.VARBINARY -> rows.getBytes(column);
      default -> rows.getObject(column);
    };
  }

  /**
   * The time, which Avatica asks for by a calendar. The protocol counts days and milliseconds as
   * java.time does, and not in the calendar of before 1582 that the classes of java.sql go by.
   */
  private @Nullable Object time(int column, Method method) throws Throwable {
    return switch (method.getName()) {
      case "getDate" -> {
        LocalDate date = rows.getObject(column, LocalDate.class);
        yield date == null ? null : new Date(millis(date.atStartOfDay(), column));
      }
      case "getTime" -> {
        LocalTime time = rows.getObject(column, LocalTime.class);
        yield time == null ? null : new Time(millis(time.atDate(LocalDate.EPOCH), column));
      }
      case "getTimestamp" -> {
        LocalDateTime timestamp = rows.getObject(column, LocalDateTime.class);
        yield timestamp == null ? null : new Timestamp(millis(timestamp, column));
      }
      default ->
          throw SqlErrors.internal("The server asked for a time by " + method.getName(), null);
    };
  }

  private long millis(LocalDateTime time, int column) throws SQLException {
    if (time.isBefore(FIRST) || !time.isBefore(LAST)) {
      throw SqlErrors.data(
          "The column "
              + rows.getMetaData().getColumnLabel(column)
              + " has a value that the remote protocol cannot carry: "
              + rows.getString(column)
              + ". Select CAST(… AS VARCHAR).",
          "22008",
          null);
    }
    return time.toInstant(ZoneOffset.UTC).toEpochMilli();
  }
}
