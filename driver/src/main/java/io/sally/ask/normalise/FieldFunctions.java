package io.sally.ask.normalise;

import io.sally.ask.normalise.Functions.Call;
import io.sally.ask.normalise.Functions.Rule;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.sf.jsqlparser.expression.Expression;

/** Differences of dates, and their fields. Confined to one statement. */
final class FieldFunctions {
  private final Dialect dialect;
  private final Dates dates;

  FieldFunctions(Dialect dialect, Dates dates) {
    this.dialect = dialect;
    this.dates = dates;
  }

  /** Adds their rules. */
  void add(Map<String, Rule> rules) {
    addDifferences(rules);
    addFields(rules);
  }

  private void addDifferences(Map<String, Rule> rules) {
    rules.put("DATEDIFF", this::dateDiff);
    rules.put("DATE_DIFF", this::dateDiff);
    rules.put("DATETIME_DIFF", this::dateDiff);
    rules.put(
        "TIMESTAMP_DIFF",
        call -> dates.whole(call.unit(2), call.moment(1), call.moment(0), call.source()));
    rules.put(
        "TIMESTAMPDIFF",
        call -> dates.whole(call.unit(0), call.moment(1), call.moment(2), call.source()));
    rules.put("AGE", call -> call.refuse("AGE other than in EXTRACT; subtract the dates"));
    rules.put("MONTHS_BETWEEN", this::monthsBetween);
  }

  private void addFields(Map<String, Rule> rules) {
    for (String name :
        List.of("YEAR", "QUARTER", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND", "DAYOFYEAR")) {
      rules.put(name, call -> dates.field(name, call.moment(0), call.source()));
    }
    rules.put("DAYOFMONTH", call -> dates.field("DAY", call.moment(0), call.source()));
    rules.put("DAYOFWEEK", call -> dates.field("DAYOFWEEK", call.moment(0), call.source()));
    // MySQL's counts from Monday as 0.
    rules.put(
        "WEEKDAY",
        call ->
            Functions.of(
                "(EXTRACT(ISODOW FROM " + call.moment(0).operand() + ") - 1)", Kind.BIGINT, call));
    rules.put(
        "WEEK",
        call -> {
          if (call.count() == 1) {
            return dialect == Dialect.MYSQL
                ? Dates.sundays(call.moment(0).operand(), call.source())
                : dates.field("ISOWEEK", call.moment(0), call.source());
          }
          return Long.valueOf(3).equals(Dates.constant(call.argument(1)))
              ? dates.field("ISOWEEK", call.moment(0), call.source())
              : call.refuse("WEEK with a mode other than 3");
        });
    rules.put("WEEKOFYEAR", call -> dates.field("ISOWEEK", call.moment(0), call.source()));
    Rule part =
        call ->
            dates.extract(
                call.argument(0).toString(), call.argument(1), call.source(), call.scope());
    rules.put("DATE_PART", part);
    rules.put("DATEPART", part);
    rules.put("DAYNAME", call -> named(call, "FMDay"));
    rules.put("MONTHNAME", call -> named(call, "FMMonth"));
    rules.put(
        "DATENAME",
        call -> {
          String unit = call.argument(0).toString().toUpperCase(Locale.ROOT);
          String format =
              switch (unit) {
                case "MONTH", "MM", "M" -> "FMMonth";
                case "WEEKDAY", "DW" -> "FMDay";
                case "YEAR", "YYYY", "YY" -> "YYYY";
                default -> null;
              };
          return format == null
              ? call.refuse("DATENAME of " + unit)
              : Functions.of(
                  Formats.toChar(dates.timestamp(call.moment(1)).sql(), format), Kind.TEXT, call);
        });
  }

  /** Three meanings, told apart by where the unit stands: none, first, last. */
  private Written dateDiff(Call call) throws SQLException {
    if (call.count() == 2) {
      return dates.boundaries(Unit.DAY, call.moment(1), call.moment(0), call.source());
    } else if (call.unitOrNull(0) != null && isUnitWord(call.argument(0), call.scope())) {
      return dates.boundaries(call.unit(0), call.moment(1), call.moment(2), call.source());
    }
    return dates.boundaries(call.unit(2), call.moment(1), call.moment(0), call.source());
  }

  private static boolean isUnitWord(Expression e, Scope scope) {
    return scope.find(null, Names.bare(e.toString())).isEmpty();
  }

  /** Oracle's: whole months where the days agree, otherwise with 31 days to a month. */
  private Written monthsBetween(Call call) throws SQLException {
    Written later = call.moment(0);
    Written earlier = call.moment(1);
    if (!later.kind().isDay() || !earlier.kind().isDay()) {
      return call.refuse("MONTHS_BETWEEN of anything but two dates");
    }
    String a = later.sql();
    String b = earlier.sql();
    String months = dates.boundaries(Unit.MONTH, earlier, later, call.source()).sql();
    String days = "(EXTRACT(DAY FROM " + a + ") - EXTRACT(DAY FROM " + b + "))";
    return Functions.of(
        "("
            + months
            + " + CASE WHEN "
            + days
            + " = 0 OR ("
            + a
            + " = LAST_DAY("
            + a
            + ") AND "
            + b
            + " = LAST_DAY("
            + b
            + ")) THEN 0 ELSE "
            + days
            + " / 31.0 END)",
        Kind.DECIMAL,
        call);
  }

  private Written named(Call call, String format) throws SQLException {
    return Functions.of(
        Formats.toChar(dates.timestamp(call.moment(0)).sql(), format), Kind.TEXT, call);
  }
}
