package io.sally.ask.offline;

import static io.sally.ask.offline.SqlWriter.call;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.DateString;
import org.jspecify.annotations.Nullable;

/** Writes days and periods as SQL that stays right when the query runs on another day. */
final class DateSql {
  private static final SqlParserPos POS = SqlParserPos.ZERO;

  private DateSql() {}

  /**
   * That a time lies in a period.
   *
   * @param isDay whether the time is a DATE; otherwise its last day ends with its last instant
   */
  static SqlNode within(SqlNode time, Period period, boolean isDay) {
    Moment from = period.from();
    Moment to = period.to();
    if (isDay && !period.open() && from != null && from.equals(to)) {
      return call(SqlStdOperatorTable.EQUALS, time, moment(from));
    }
    List<SqlNode> bounds = new ArrayList<>();
    if (from != null) {
      bounds.add(call(SqlStdOperatorTable.GREATER_THAN_OR_EQUAL, time, moment(from)));
    }
    if (to != null) {
      bounds.add(end(time, to, period.open(), isDay));
    }
    return bounds.stream()
        .reduce((a, b) -> call(SqlStdOperatorTable.AND, a, b))
        .orElseThrow(() -> new IllegalStateException("A period has a beginning or an end"));
  }

  private static SqlNode end(SqlNode time, Moment to, boolean open, boolean isDay) {
    if (open) {
      return call(SqlStdOperatorTable.LESS_THAN, time, moment(to));
    } else if (isDay) {
      return call(SqlStdOperatorTable.LESS_THAN_OR_EQUAL, time, moment(to));
    }
    boolean days = to.fixed() != null || to.offset() == 0 || to.offsetUnit() == Unit.DAY;
    SqlNode dayAfter =
        days && to.startOf() == null
            ? moment(to.nextDay())
            : call(SqlStdOperatorTable.PLUS, moment(to), interval(1, Unit.DAY));
    return call(SqlStdOperatorTable.LESS_THAN, time, dayAfter);
  }

  private static SqlNode moment(Moment moment) {
    if (moment.fixed() != null) {
      return SqlLiteral.createDate(new DateString(moment.fixed().toString()), POS);
    }
    SqlNode today = SqlStdOperatorTable.CURRENT_DATE.createCall(POS);
    SqlNode start = moment.startOf() == null ? today : startOf(today, moment.startOf(), true);
    if (moment.offset() == 0) {
      return start;
    }
    SqlOperator operator =
        moment.offset() > 0 ? SqlStdOperatorTable.PLUS : SqlStdOperatorTable.MINUS;
    return call(operator, start, interval(Math.abs(moment.offset()), moment.offsetUnit()));
  }

  /** The first day of the unit in which the time lies. */
  static SqlNode startOf(SqlNode time, Unit unit, boolean isDay) {
    if (unit == Unit.WEEK) {
      // FLOOR TO WEEK begins the week on Sunday here and on Monday in some databases.
      SqlNode day = isDay ? time : day(time);
      SqlNode sinceMonday =
          call(
              SqlStdOperatorTable.MINUS,
              call(SqlStdOperatorTable.EXTRACT, unitNode(TimeUnit.ISODOW), time),
              SqlLiteral.createExactNumeric("1", POS));
      return call(
          SqlStdOperatorTable.MINUS,
          day,
          call(SqlStdOperatorTable.MULTIPLY, sinceMonday, interval(1, Unit.DAY)));
    }
    return call(SqlStdOperatorTable.FLOOR, time, unitNode(timeUnit(unit)));
  }

  private static SqlNode day(SqlNode time) {
    return call(
        SqlStdOperatorTable.CAST,
        time,
        new org.apache.calcite.sql.SqlDataTypeSpec(
            new org.apache.calcite.sql.SqlBasicTypeNameSpec(SqlTypeName.DATE, POS), POS));
  }

  private static SqlNode interval(int count, Unit unit) {
    int times = unit == Unit.WEEK ? 7 * count : unit == Unit.QUARTER ? 3 * count : count;
    TimeUnit plain =
        switch (unit) {
          case DAY, WEEK -> TimeUnit.DAY;
          case MONTH, QUARTER -> TimeUnit.MONTH;
          case YEAR -> TimeUnit.YEAR;
        };
    String text = new BigDecimal(times).toPlainString();
    // The default precision of an interval's leading field is two digits (ISO/IEC 9075-2 §4.6.3).
    int precision = text.length() > 2 ? text.length() : -1;
    return SqlLiteral.createInterval(
        1, text, new SqlIntervalQualifier(plain, precision, null, -1, POS), POS);
  }

  private static SqlNode unitNode(TimeUnit unit) {
    return new SqlIntervalQualifier(unit, (@Nullable TimeUnit) null, POS);
  }

  private static TimeUnit timeUnit(Unit unit) {
    return TimeUnit.valueOf(unit.name());
  }
}
