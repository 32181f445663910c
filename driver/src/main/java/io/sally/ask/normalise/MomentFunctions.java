package io.sally.ask.normalise;

import io.sally.ask.normalise.Functions.Call;
import io.sally.ask.normalise.Functions.Rule;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.sf.jsqlparser.expression.Expression;
import org.jspecify.annotations.Nullable;

/** Functions that give a date or a timestamp. Confined to one statement. */
final class MomentFunctions {
  private final Dialect dialect;
  private final ExpressionWriter writer;
  private final Dates dates;

  MomentFunctions(Dialect dialect, ExpressionWriter writer, Dates dates) {
    this.dialect = dialect;
    this.writer = writer;
    this.dates = dates;
  }

  /** Adds their rules. */
  void add(Map<String, Rule> rules) {
    addMoments(rules);
  }

  private void addMoments(Map<String, Rule> rules) {
    Rule now = call -> dates.now(call.name(), call.source());
    for (String name :
        List.of(
            "NOW",
            "CURDATE",
            "CURRENT_DATE",
            "CURRENT_TIMESTAMP",
            "CURRENT_DATETIME",
            "GETDATE",
            "SYSDATE",
            "SYSDATETIME",
            "SYSTIMESTAMP",
            "GETUTCDATE",
            "SYSUTCDATETIME",
            "UTC_TIMESTAMP",
            "LOCALTIMESTAMP",
            "CLOCK_TIMESTAMP",
            "CURTIME",
            "TODAY")) {
      rules.put(name, now);
    }
    Rule add = call -> moved(call, 1);
    Rule subtract = call -> moved(call, -1);
    for (String name : List.of("DATE_ADD", "ADDDATE", "DATETIME_ADD", "TIMESTAMP_ADD")) {
      rules.put(name, add);
    }
    for (String name : List.of("DATE_SUB", "SUBDATE", "DATETIME_SUB", "TIMESTAMP_SUB")) {
      rules.put(name, subtract);
    }
    Rule unitFirst =
        call ->
            dates.plus(
                call.moment(2),
                List.of(new Dates.Step(count(call, 1), call.unit(0))),
                1,
                call.source());
    rules.put("DATEADD", unitFirst);
    rules.put("TIMESTAMPADD", unitFirst);
    rules.put("ADD_MONTHS", this::addMonths);
    rules.put(
        "LAST_DAY",
        call ->
            Functions.of("LAST_DAY(" + dates.date(call.moment(0)).sql() + ")", Kind.DATE, call));
    rules.put("EOMONTH", this::endOfMonth);
    rules.put(
        "DATE_TRUNC",
        call ->
            Unit.of(call.argument(0).toString()) != null && call.literal(0) != null
                ? dates.start(call.unit(0), call.moment(1), call.source())
                : dates.start(call.unit(1), call.moment(0), call.source()));
    rules.put("DATETRUNC", call -> dates.start(call.unit(0), call.moment(1), call.source()));
    Rule truncated = call -> dates.start(call.unit(1), call.moment(0), call.source());
    rules.put("TIMESTAMP_TRUNC", truncated);
    rules.put("DATETIME_TRUNC", truncated);
    rules.put("TRUNC", this::trunc);
    rules.put("FLOOR", this::floor);
    rules.put("CEIL", this::floor);
    rules.put("DATE", this::date);
    rules.put("DATETIME", this::datetime);
    rules.put("MAKE_DATE", this::madeDate);
    rules.put("DATEFROMPARTS", this::madeDate);
    Rule epoch = call -> dates.ofEpoch(call.value(0), call.source());
    rules.put("FROM_UNIXTIME", call -> call.count() == 1 ? epoch.write(call) : unknownFormat(call));
    rules.put("TIMESTAMP_SECONDS", epoch);
    Rule seconds =
        call ->
            call.count() == 0
                ? Functions.of("EXTRACT(EPOCH FROM CURRENT_TIMESTAMP)", Kind.BIGINT, call)
                : Functions.of(
                    "EXTRACT(EPOCH FROM " + call.moment(0).operand() + ")", Kind.BIGINT, call);
    rules.put("UNIX_TIMESTAMP", seconds);
    rules.put("UNIX_SECONDS", seconds);
    rules.put("UNIXEPOCH", seconds);
    rules.put(
        "JULIANDAY",
        call ->
            Functions.of(
                "(CAST(EXTRACT(EPOCH FROM "
                    + dates
                        .timestamp(dates.sqlite(call.arguments(), call.source(), call.scope()))
                        .sql()
                    + ") AS DOUBLE) / 86400 + 2440587.5)",
                Kind.DOUBLE,
                call));
  }

  private static Written unknownFormat(Call call) throws SQLException {
    throw SelectWriter.refused(call.source() + " with a format");
  }

  private String count(Call call, int index) throws SQLException {
    Long constant = Dates.constant(call.argument(index));
    return constant == null ? call.sql(index) : constant.toString();
  }

  private Written moved(Call call, int sign) throws SQLException {
    Written from = call.moment(0);
    List<Dates.Step> steps = dates.steps(call.argument(1), call.scope());
    if (steps == null) {
      Unit unit = call.count() > 2 ? call.unit(2) : Unit.DAY;
      steps = List.of(new Dates.Step(count(call, 1), unit));
    }
    return dates.plus(from, steps, sign, call.source());
  }

  /** To Oracle the last day of a month stays the last. */
  private Written addMonths(Call call) throws SQLException {
    Written from = call.moment(0);
    Written moved =
        dates.plus(from, List.of(new Dates.Step(count(call, 1), Unit.MONTH)), 1, call.source());
    if (!from.kind().isDay()) {
      return moved;
    }
    return Functions.of(
        "CASE WHEN "
            + from.operand()
            + " = LAST_DAY("
            + from.sql()
            + ") THEN LAST_DAY("
            + moved.sql()
            + ") ELSE "
            + moved.sql()
            + " END",
        Kind.DATE,
        call);
  }

  private Written endOfMonth(Call call) throws SQLException {
    Written day = dates.date(call.moment(0));
    Written month =
        call.count() > 1
            ? dates.plus(day, List.of(new Dates.Step(count(call, 1), Unit.MONTH)), 1, call.source())
            : day;
    return Functions.of("LAST_DAY(" + month.sql() + ")", Kind.DATE, call);
  }

  private @Nullable Written trunc(Call call) throws SQLException {
    Written first = writer.raw(call.argument(0), call.scope());
    if (!first.kind().isDateOrTimestamp()) {
      return call.count() == 1
          ? Functions.of("TRUNCATE(" + first.sql() + ", 0)", first.kind(), call)
          : Functions.of("TRUNCATE(" + first.sql() + ", " + call.sql(1) + ")", first.kind(), call);
    } else if (call.count() == 1) {
      return dates.start(Unit.DAY, first, call.source());
    }
    String format = call.literal(1);
    Unit unit =
        format == null
            ? null
            : switch (format.toUpperCase(Locale.ROOT)) {
              case "MM", "MON", "MONTH", "RM" -> Unit.MONTH;
              case "YYYY", "YEAR", "YY", "Y", "SYYYY" -> Unit.YEAR;
              case "Q" -> Unit.QUARTER;
              case "IW" -> Unit.ISOWEEK;
              case "DD", "DDD", "J" -> Unit.DAY;
              case "HH", "HH24", "HH12" -> Unit.HOUR;
              case "MI" -> Unit.MINUTE;
              default -> null;
            };
    if (unit == null) {
      throw SelectWriter.refused(call.source().toString());
    }
    return dates.start(unit, first, call.source());
  }

  /** FLOOR(x TO MONTH) is Calcite's own. */
  private @Nullable Written floor(Call call) throws SQLException {
    String text = call.source().toString();
    int to = text.toUpperCase(Locale.ROOT).lastIndexOf(" TO ");
    if (to < 0 || call.source().getKeywordArguments() == null) {
      return call.count() == 1 ? call.plain(call.name(), call.value(0).kind()) : null;
    }
    Written value = call.moment(0);
    return Functions.of(call.name() + "(" + value.sql() + text.substring(to), value.kind(), call);
  }

  private Written date(Call call) throws SQLException {
    if (call.count() == 3 && dialect == Dialect.BIGQUERY) {
      return madeDate(call);
    }
    List<Expression> arguments = call.arguments();
    boolean timed = arguments.toString().matches("(?is).*(?:hour|minute|second|unixepoch|auto).*");
    Written moment =
        dates.sqlite(
            arguments.subList(0, Math.min(1, arguments.size())), call.source(), call.scope());
    return timed
        ? dates.date(dates.sqlite(arguments, call.source(), call.scope()))
        : dates.date(dates.modified(dates.date(moment), arguments, call.source()));
  }

  private Written datetime(Call call) throws SQLException {
    return dates.timestamp(dates.sqlite(call.arguments(), call.source(), call.scope()));
  }

  private Written madeDate(Call call) throws SQLException {
    return Functions.of(
        "CAST(LPAD(CAST("
            + call.sql(0)
            + " AS VARCHAR), 4, '0') || '-' || LPAD(CAST("
            + call.sql(1)
            + " AS VARCHAR), 2, '0') || '-' || LPAD(CAST("
            + call.sql(2)
            + " AS VARCHAR), 2, '0') AS DATE)",
        Kind.DATE,
        call);
  }
}
