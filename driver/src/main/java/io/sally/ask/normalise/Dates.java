package io.sally.ask.normalise;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.sf.jsqlparser.expression.BinaryExpression;
import net.sf.jsqlparser.expression.CastExpression;
import net.sf.jsqlparser.expression.DateTimeLiteralExpression;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.expression.IntervalExpression;
import net.sf.jsqlparser.expression.LongValue;
import net.sf.jsqlparser.expression.SignedExpression;
import net.sf.jsqlparser.expression.StringValue;
import net.sf.jsqlparser.expression.operators.arithmetic.Addition;
import net.sf.jsqlparser.expression.operators.arithmetic.Multiplication;
import net.sf.jsqlparser.expression.operators.arithmetic.Subtraction;
import net.sf.jsqlparser.expression.operators.relational.ParenthesedExpressionList;
import org.jspecify.annotations.Nullable;

/** Dates, timestamps and intervals. Confined to one statement. */
final class Dates {
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
  private static final Pattern TIMESTAMP =
      Pattern.compile(
          "(\\d{4}-\\d{2}-\\d{2})[T ](\\d{2}:\\d{2})(:\\d{2}(?:\\.\\d+)?)?(?:Z|\\+00(?::?00)?)?");
  private static final Pattern LAST_WORD = Pattern.compile("\\s([A-Za-z_]+)\\s*\\z");
  private static final Pattern SPAN =
      Pattern.compile(
          "([-+]?\\d+)\\s*([A-Za-z]+)\\s*(ago)?\\s*(?:,|and)?\\s*", Pattern.CASE_INSENSITIVE);

  private final Dialect dialect;
  private final ExpressionWriter writer;

  Dates(Dialect dialect, ExpressionWriter writer) {
    this.dialect = dialect;
    this.writer = writer;
  }

  /**
   * So many of a unit.
   *
   * @param count a whole number, or an expression that gives one
   */
  record Step(String count, Unit unit) {
    boolean isLiteral() {
      return count.matches("[-+]?\\d+");
    }
  }

  /** The moment that this word or parameterless function stands for, or null. */
  @Nullable Written now(String name, Expression e) {
    return switch (name.toUpperCase(Locale.ROOT).replaceAll("\\(\\s*\\d*\\s*\\)", "").strip()) {
      case "CURRENT_DATE", "CURDATE", "TODAY" ->
          ExpressionWriter.call("CURRENT_DATE", Kind.DATE, e);
      case "CURRENT_TIMESTAMP",
          "NOW",
          "GETDATE",
          "SYSDATETIME",
          "SYSTIMESTAMP",
          "LOCALTIMESTAMP",
          "GETUTCDATE",
          "SYSUTCDATETIME",
          "CURRENT_DATETIME",
          "UTC_TIMESTAMP",
          "CLOCK_TIMESTAMP",
          "SYSDATE" ->
          ExpressionWriter.call("CURRENT_TIMESTAMP", Kind.TIMESTAMP, e);
      case "CURRENT_TIME", "CURTIME", "LOCALTIME" ->
          ExpressionWriter.call("CURRENT_TIME", Kind.TIME, e);
      default -> null;
    };
  }

  /** The date or timestamp that the text is, as a literal, or null. */
  static @Nullable Written literalOf(String text, Expression e) {
    String stripped = text.strip();
    if (DATE.matcher(stripped).matches()) {
      return ExpressionWriter.call("DATE '" + stripped + "'", Kind.DATE, e);
    }
    Matcher timestamp = TIMESTAMP.matcher(stripped);
    if (timestamp.matches()) {
      String seconds = timestamp.group(3) == null ? ":00" : timestamp.group(3);
      return ExpressionWriter.call(
          "TIMESTAMP '" + timestamp.group(1) + " " + timestamp.group(2) + seconds + "'",
          Kind.TIMESTAMP,
          e);
    }
    return null;
  }

  Written literal(DateTimeLiteralExpression literal) {
    String value = Names.bare(literal.getValue());
    String type = literal.getType().name();
    Written known = literalOf(value, literal);
    if (type.equals("TIME")) {
      return ExpressionWriter.call("TIME " + Names.text(value), Kind.TIME, literal);
    } else if (known != null && (type.equals("DATE") == (known.kind() == Kind.DATE))) {
      return known;
    } else if (known != null && known.kind() == Kind.DATE) {
      return ExpressionWriter.call(
          "TIMESTAMP '" + value.strip() + " 00:00:00'", Kind.TIMESTAMP, literal);
    }
    return ExpressionWriter.call(
        (type.equals("DATE") ? "DATE " : "TIMESTAMP ") + Names.text(value),
        type.equals("DATE") ? Kind.DATE : Kind.TIMESTAMP,
        literal);
  }

  /** The value as a date or a timestamp; text becomes what it looks like. */
  Written moment(Written value) {
    if (value.kind().isDateOrTimestamp()) {
      return value;
    } else if (value.source() instanceof StringValue text) {
      String content = writer.text(text);
      if (content.strip().equalsIgnoreCase("now")) {
        return ExpressionWriter.call("CURRENT_TIMESTAMP", Kind.TIMESTAMP, text);
      }
      Written literal = literalOf(content, text);
      return literal == null
          ? ExpressionWriter.call("CAST(" + value.sql() + " AS TIMESTAMP)", Kind.TIMESTAMP, text)
          : literal;
    } else if (value.kind() == Kind.TEXT) {
      return ExpressionWriter.call(
          "CAST(" + value.sql() + " AS TIMESTAMP)", Kind.TIMESTAMP, value.source());
    }
    return value;
  }

  Written moment(Expression e, Scope scope) throws SQLException {
    return moment(writer.raw(e, scope));
  }

  /** The day of the value. */
  Written date(Written value) {
    Written moment = moment(value);
    if (moment.kind().isDay()) {
      return ExpressionWriter.call(moment.operand(), Kind.DATE, value.source());
    } else if (moment.sql().equals("CURRENT_TIMESTAMP")) {
      return ExpressionWriter.call("CURRENT_DATE", Kind.DATE, value.source());
    } else if (value.kind() == Kind.TEXT && !(value.source() instanceof StringValue)) {
      // The text may hold a time behind the day.
      return ExpressionWriter.call(
          "CAST(SUBSTRING(" + value.sql() + " FROM 1 FOR 10) AS DATE)", Kind.DATE, value.source());
    }
    return ExpressionWriter.call("CAST(" + moment.sql() + " AS DATE)", Kind.DATE, value.source());
  }

  Written timestamp(Written value) {
    Written moment = moment(value);
    return moment.kind() == Kind.TIMESTAMP
        ? moment
        : ExpressionWriter.call(
            "CAST(" + moment.sql() + " AS TIMESTAMP)", Kind.TIMESTAMP, value.source());
  }

  /** The value so many steps on, or back where {@code sign} is -1. */
  Written plus(Written value, List<Step> steps, int sign, Expression e) {
    Written moved = moment(value);
    boolean timed = steps.stream().anyMatch(step -> step.unit().isPartOfDay());
    if (timed) {
      moved = timestamp(moved);
    }
    Kind kind = moved.kind();
    for (Step step : steps) {
      moved = new Written(moved.operand() + step(step, sign), kind, false, e);
    }
    return new Written("(" + moved.sql() + ")", kind, true, e);
  }

  private static String step(Step step, int sign) {
    Unit unit = step.unit();
    if (step.isLiteral()) {
      long count = Math.multiplyExact(Long.parseLong(step.count()) * sign, unit.times());
      String digits = String.valueOf(Math.abs(count));
      return (count < 0 ? " - " : " + ") + "INTERVAL '" + digits + "' " + unit.interval();
    }
    String times = unit.times() == 1 ? "" : unit.times() + " * ";
    return (sign < 0 ? " - " : " + ")
        + times
        + "CAST("
        + step.count()
        + " AS INTEGER) * INTERVAL '1' "
        + unit.interval();
  }

  /** The steps of an interval, or null where the expression is no interval. */
  @Nullable List<Step> steps(Expression e, Scope scope) throws SQLException {
    if (e instanceof ParenthesedExpressionList<?> list && list.size() == 1) {
      return steps(list.get(0), scope);
    } else if (e instanceof CastExpression cast
        && cast.getColDataType() != null
        && cast.getColDataType().getDataType().equalsIgnoreCase("interval")
        && cast.getLeftExpression() instanceof StringValue text) {
      return parsed(writer.text(text), e);
    } else if (e instanceof IntervalExpression interval) {
      return steps(interval, scope);
    } else if (e instanceof Multiplication product) {
      List<Step> left = steps(product.getLeftExpression(), scope);
      List<Step> right = left == null ? steps(product.getRightExpression(), scope) : null;
      if (left == null && right == null) {
        return null;
      }
      Expression factor = left == null ? product.getLeftExpression() : product.getRightExpression();
      Written times = writer.write(factor, scope);
      List<Step> scaled = new ArrayList<>();
      for (Step step : left == null ? right == null ? List.<Step>of() : right : left) {
        scaled.add(
            new Step(
                step.count().equals("1") ? times.sql() : times.operand() + " * " + step.count(),
                step.unit()));
      }
      return scaled;
    }
    return null;
  }

  private @Nullable List<Step> steps(IntervalExpression interval, Scope scope) throws SQLException {
    String type =
        interval.getIntervalQualifier() == null
            ? lastWord(interval.toString())
            : interval.getIntervalQualifier().toString();
    if (type != null && type.toUpperCase(Locale.ROOT).contains(" TO ")) {
      return null;
    }
    String parameter = interval.getParameter();
    Expression counted = interval.getExpression();
    if (counted instanceof IntervalExpression inner && parameter == null) {
      return steps(inner, scope);
    } else if (counted instanceof Function function
        && function.getName().equalsIgnoreCase("INTERVAL")
        && arguments(function).size() == 1) {
      // The parser takes INTERVAL (n + 1) DAY for a call.
      counted = arguments(function).get(0);
    }
    if (parameter != null && parameter.startsWith("'")) {
      String content = Names.bare(parameter);
      if (type == null || type.isBlank()) {
        return parsed(content, interval);
      } else if (!content.strip().matches("[-+]?\\d+")) {
        return null;
      }
      parameter = content.strip();
    }
    String name = type == null ? "" : type.replaceAll("\\(.*\\)", "").strip();
    Unit unit = Unit.of(name);
    if (unit == null) {
      throw SelectWriter.refused(interval.toString());
    }
    if (parameter == null && counted != null) {
      if (counted instanceof StringValue text) {
        return List.of(new Step(writer.text(text).strip(), unit));
      }
      return List.of(new Step(writer.write(counted, scope).sql(), unit));
    } else if (parameter == null) {
      throw SelectWriter.refused(interval.toString());
    }
    return List.of(new Step(parameter, unit));
  }

  /** The unit of INTERVAL 2 WEEK, which the parser knows as no qualifier; or null. */
  private static @Nullable String lastWord(String interval) {
    Matcher word = LAST_WORD.matcher(interval);
    return word.find() ? word.group(1) : null;
  }

  /** PostgreSQL's '1 year 2 months', '-3 days', '2 weeks ago' and '1 day 02:00:00'. */
  private static List<Step> parsed(String text, Expression e) throws SQLException {
    String rest = text.strip();
    List<Step> steps = new ArrayList<>();
    Matcher matcher = SPAN.matcher(rest);
    boolean ago = rest.toLowerCase(Locale.ROOT).endsWith("ago");
    while (!rest.isEmpty() && matcher.lookingAt()) {
      Unit unit = Unit.of(matcher.group(2));
      if (unit == null) {
        throw SelectWriter.refused(e.toString());
      }
      long count = Long.parseLong(matcher.group(1));
      steps.add(new Step(String.valueOf(ago ? -count : count), unit));
      rest = rest.substring(matcher.end()).strip();
      matcher = SPAN.matcher(rest);
    }
    Matcher clock = Pattern.compile("(\\d+):(\\d{2})(?::(\\d{2}))?").matcher(rest);
    if (clock.matches()) {
      steps.add(new Step(clock.group(1), Unit.HOUR));
      steps.add(new Step(clock.group(2), Unit.MINUTE));
      if (clock.group(3) != null) {
        steps.add(new Step(clock.group(3), Unit.SECOND));
      }
    } else if (!rest.isEmpty()) {
      throw SelectWriter.refused(e.toString());
    }
    if (steps.isEmpty()) {
      throw SelectWriter.refused(e.toString());
    }
    return steps;
  }

  /** An interval that stands alone. */
  Written interval(Expression e, Scope scope) throws SQLException {
    List<Step> steps = steps(e, scope);
    if (steps == null) {
      return ExpressionWriter.call(e.toString(), Kind.INTERVAL, e);
    } else if (steps.size() != 1) {
      throw SelectWriter.refused(e + " other than added to a date");
    }
    String step = step(steps.get(0), 1).strip();
    return step.startsWith("+ ")
        ? new Written(step.substring(2), Kind.INTERVAL, !step.contains("*"), e)
        : new Written(step.replaceFirst("- INTERVAL '", "INTERVAL '-"), Kind.INTERVAL, true, e);
  }

  /** A sum or difference of dates, days and intervals; null where it is none. */
  @Nullable Written arithmetic(BinaryExpression e, Scope scope) throws SQLException {
    boolean minus = e instanceof Subtraction;
    Expression first = e.getLeftExpression();
    Expression second = e.getRightExpression();
    List<Step> steps = steps(second, scope);
    if (steps == null && !minus) {
      steps = steps(first, scope);
      if (steps != null) {
        Expression swapped = first;
        first = second;
        second = swapped;
      }
    }
    if (steps != null) {
      if (isInterval(first, scope)) {
        return null;
      }
      Written left = writer.raw(first, scope);
      Written moved = plus(left, steps, minus ? -1 : 1, e);
      // To PostgreSQL a date and an interval make a timestamp.
      return dialect == Dialect.POSTGRESQL && moved.kind() == Kind.DATE
          ? new Written(moved.sql(), Kind.MIDNIGHT, true, e)
          : moved;
    }
    Function days = julianDay(first);
    Function earlierDays = julianDay(second);
    if (minus && days != null && earlierDays != null) {
      return fractionOfDays(julian(earlierDays, scope), julian(days, scope), Kind.DOUBLE, e);
    }
    Written left = writer.raw(first, scope);
    Written right = writer.raw(second, scope);
    if (minus && left.kind().isDateOrTimestamp()) {
      Written earlier = right.source() instanceof StringValue ? moment(right) : right;
      if (earlier.kind().isDateOrTimestamp()) {
        return difference(left, earlier, e);
      }
    }
    boolean leads = left.kind().isDateOrTimestamp();
    Written moment = leads ? left : minus ? null : right;
    Written count = leads ? right : left;
    if (moment == null || !moment.kind().isDateOrTimestamp() || !count.kind().isNumber()) {
      return null;
    }
    int sign = minus ? -1 : 1;
    if (count.kind().isWhole()) {
      Written moved = plus(moment, List.of(new Step(count.sql(), Unit.DAY)), sign, e);
      return moment.kind() == Kind.MIDNIGHT
          ? new Written(moved.sql(), Kind.MIDNIGHT, true, e)
          : moved;
    }
    String seconds = "ROUND(" + count.operand() + " * 86400, 0)";
    return plus(timestamp(moment), List.of(new Step(seconds, Unit.SECOND)), sign, e);
  }

  private Written difference(Written later, Written earlier, Expression e) {
    if (later.kind().isDay() && earlier.kind().isDay()) {
      return ExpressionWriter.call(
          "TIMESTAMPDIFF(DAY, " + earlier.sql() + ", " + later.sql() + ")", Kind.INTEGER, e);
    } else if (dialect == Dialect.ORACLE) {
      return fractionOfDays(earlier, later, Kind.DECIMAL, e);
    }
    return ExpressionWriter.call(
        "(" + timestamp(later).sql() + " - " + timestamp(earlier).sql() + ") SECOND",
        Kind.INTERVAL,
        e);
  }

  private boolean isInterval(Expression e, Scope scope) throws SQLException {
    return steps(e, scope) != null
        || (e instanceof BinaryExpression binary
            && (e instanceof Addition || e instanceof Subtraction)
            && isInterval(binary.getLeftExpression(), scope));
  }

  private static @Nullable Function julianDay(Expression e) {
    if (e instanceof ParenthesedExpressionList<?> list && list.size() == 1) {
      return julianDay(list.get(0));
    }
    return e instanceof Function function && function.getName().equalsIgnoreCase("julianday")
        ? function
        : null;
  }

  private Written julian(Function function, Scope scope) throws SQLException {
    return sqlite(arguments(function), function, scope);
  }

  private Written fractionOfDays(Written earlier, Written later, Kind kind, Expression e) {
    String type = kind == Kind.DOUBLE ? "DOUBLE" : "DECIMAL(19, 0)";
    if (earlier.kind().isDay() && later.kind().isDay()) {
      return ExpressionWriter.call(
          "CAST(TIMESTAMPDIFF(DAY, " + earlier.sql() + ", " + later.sql() + ") AS " + type + ")",
          kind,
          e);
    }
    return new Written(
        "CAST(TIMESTAMPDIFF(SECOND, "
            + timestamp(earlier).sql()
            + ", "
            + timestamp(later).sql()
            + ") AS "
            + type
            + ") / 86400",
        kind,
        false,
        e);
  }

  static List<Expression> arguments(Function function) {
    return function.getParameters() == null ? List.of() : List.copyOf(function.getParameters());
  }

  /** SQLite's date, datetime and so on: a moment and what is done to it. */
  Written sqlite(List<Expression> arguments, Expression e, Scope scope) throws SQLException {
    Written moment =
        arguments.isEmpty()
            ? ExpressionWriter.call("CURRENT_TIMESTAMP", Kind.TIMESTAMP, e)
            : moment(writer.raw(arguments.get(0), scope));
    if (!moment.kind().isDateOrTimestamp()) {
      boolean epoch =
          arguments.size() > 1
              && arguments.get(1) instanceof StringValue text
              && writer.text(text).equalsIgnoreCase("unixepoch");
      if (!epoch) {
        moment = timestamp(moment);
      }
    }
    return modified(moment, arguments, e);
  }

  /** The moment with what SQLite's further arguments do to it, one after the other. */
  Written modified(Written moment, List<Expression> arguments, Expression e) throws SQLException {
    Written modified = moment;
    for (Expression argument : arguments.subList(Math.min(1, arguments.size()), arguments.size())) {
      if (!(argument instanceof StringValue text)) {
        throw SelectWriter.refused("the modifier " + argument + " of a date, which is no literal");
      }
      modified = modified(modified, writer.text(text).strip().toLowerCase(Locale.ROOT), e);
    }
    return modified;
  }

  private Written modified(Written moment, String modifier, Expression e) throws SQLException {
    return switch (modifier) {
      case "localtime", "utc", "auto", "subsec" -> moment;
      case "unixepoch" -> ofEpoch(moment, e);
      case "start of day" -> midnight(date(moment).sql(), e);
      case "start of month" -> midnight("FLOOR(" + date(moment).sql() + " TO MONTH)", e);
      case "start of year" -> midnight("FLOOR(" + date(moment).sql() + " TO YEAR)", e);
      default -> stepped(moment, modifier, e);
    };
  }

  private Written stepped(Written moment, String modifier, Expression e) throws SQLException {
    Matcher step = Pattern.compile("([-+]?\\d+)\\s+([a-z]+)").matcher(modifier);
    Unit unit = step.matches() ? Unit.of(step.group(2)) : null;
    if (unit == null || unit == Unit.WEEK || unit == Unit.QUARTER) {
      throw SelectWriter.refused("the modifier '" + modifier + "' of a date");
    }
    Step by = new Step(step.group(1).replace("+", ""), unit);
    if ((unit != Unit.MONTH && unit != Unit.YEAR) || moment.sql().startsWith("FLOOR(")) {
      Written moved = plus(moment, List.of(by), 1, e);
      return moment.kind() == Kind.MIDNIGHT && !unit.isPartOfDay()
          ? new Written(moved.sql(), Kind.MIDNIGHT, true, e)
          : moved;
    }
    // A month on from January 31 is March 2 or 3 to SQLite.
    String day = date(moment).sql();
    Written first =
        plus(
            ExpressionWriter.call("FLOOR(" + day + " TO MONTH)", Kind.DATE, e),
            List.of(by, new Step("EXTRACT(DAY FROM " + day + ") - 1", Unit.DAY)),
            1,
            e);
    if (moment.kind().isDay()) {
      return new Written(first.sql(), moment.kind(), true, e);
    }
    return plus(
        timestamp(first),
        List.of(
            new Step(
                "TIMESTAMPDIFF(SECOND, CAST(" + day + " AS TIMESTAMP), " + moment.sql() + ")",
                Unit.SECOND)),
        1,
        e);
  }

  private static Written midnight(String date, Expression e) {
    return ExpressionWriter.call(date, Kind.MIDNIGHT, e);
  }

  /** The moment so many seconds after the beginning of 1970. */
  Written ofEpoch(Written seconds, Expression e) {
    return plus(
        ExpressionWriter.call("TIMESTAMP '1970-01-01 00:00:00'", Kind.TIMESTAMP, e),
        List.of(new Step(seconds.sql(), Unit.SECOND)),
        1,
        e);
  }

  /** The start of the unit in which the value lies. */
  Written start(Unit unit, Written value, Expression e) {
    Written moment = moment(value);
    if (unit.isPartOfDay()) {
      return ExpressionWriter.call(
          "FLOOR(" + timestamp(moment).sql() + " TO " + unit + ")", Kind.TIMESTAMP, e);
    }
    String day = date(moment).sql();
    boolean monday =
        unit == Unit.ISOWEEK
            || (unit == Unit.WEEK
                && dialect != Dialect.BIGQUERY
                && dialect != Dialect.TSQL
                && dialect != Dialect.MYSQL);
    String sql =
        unit == Unit.DAY
            ? day
            : monday
                ? "("
                    + day
                    + " - CAST(EXTRACT(ISODOW FROM "
                    + day
                    + ") - 1 AS INTEGER) * INTERVAL '1' DAY)"
                : "FLOOR(" + day + " TO " + unit + ")";
    boolean staysDate =
        dialect == Dialect.BIGQUERY || dialect == Dialect.TSQL || dialect == Dialect.STANDARD;
    return ExpressionWriter.call(
        sql, staysDate && moment.kind().isDay() ? Kind.DATE : Kind.MIDNIGHT, e);
  }

  /** How many ends of the unit lie between the two: T-SQL's and BigQuery's difference. */
  Written boundaries(Unit unit, Written from, Written to, Expression e) {
    return switch (unit) {
      case DAY ->
          ExpressionWriter.call(
              "TIMESTAMPDIFF(DAY, " + date(from).sql() + ", " + date(to).sql() + ")",
              Kind.INTEGER,
              e);
      case WEEK, ISOWEEK ->
          new Written(
              "TIMESTAMPDIFF(DAY, " + week(unit, from) + ", " + week(unit, to) + ") / 7",
              Kind.INTEGER,
              false,
              e);
      case MONTH, QUARTER, YEAR -> {
        String later = moment(to).operand();
        String earlier = moment(from).operand();
        String years = "(" + part("YEAR", later) + " - " + part("YEAR", earlier) + ")";
        String sql =
            unit == Unit.YEAR
                ? years
                : "("
                    + years
                    + (unit == Unit.MONTH ? " * 12 + " : " * 4 + ")
                    + part(unit.name(), later)
                    + " - "
                    + part(unit.name(), earlier)
                    + ")";
        yield ExpressionWriter.call(sql, Kind.BIGINT, e);
      }
      default ->
          ExpressionWriter.call(
              "TIMESTAMPDIFF("
                  + unit
                  + ", FLOOR("
                  + timestamp(from).sql()
                  + " TO "
                  + unit
                  + "), FLOOR("
                  + timestamp(to).sql()
                  + " TO "
                  + unit
                  + "))",
              Kind.INTEGER,
              e);
    };
  }

  private String week(Unit unit, Written value) {
    String day = date(value).sql();
    return unit == Unit.ISOWEEK
        ? "(" + day + " - CAST(EXTRACT(ISODOW FROM " + day + ") - 1 AS INTEGER) * INTERVAL '1' DAY)"
        : "FLOOR(" + day + " TO WEEK)";
  }

  static String part(String field, String of) {
    return "EXTRACT(" + field + " FROM " + of + ")";
  }

  /** How many whole units lie between the two: MySQL's and Calcite's TIMESTAMPDIFF. */
  Written whole(Unit unit, Written from, Written to, Expression e) {
    Written start = moment(from);
    Written end = moment(to);
    if (unit.isPartOfDay() || start.kind() != end.kind()) {
      start = timestamp(start);
      end = timestamp(end);
    }
    String name = unit == Unit.ISOWEEK ? "WEEK" : unit.name();
    return ExpressionWriter.call(
        "TIMESTAMPDIFF(" + name + ", " + start.sql() + ", " + end.sql() + ")", Kind.INTEGER, e);
  }

  /** EXTRACT and its kin. */
  Written extract(String field, Expression from, Expression e, Scope scope) throws SQLException {
    String name = Names.bare(field).toUpperCase(Locale.ROOT);
    Expression inner = from;
    while (inner instanceof ParenthesedExpressionList<?> list && list.size() == 1) {
      inner = list.get(0);
    }
    if (inner instanceof Function age && age.getName().equalsIgnoreCase("AGE")) {
      return ofAge(name, age, e, scope);
    } else if (inner instanceof Subtraction minus
        && steps(minus.getRightExpression(), scope) == null) {
      Written left = moment(writer.raw(minus.getLeftExpression(), scope));
      Written right = moment(writer.raw(minus.getRightExpression(), scope));
      if (left.kind().isDateOrTimestamp() && right.kind().isDateOrTimestamp()) {
        return numeric(ofDifference(name, right, left, e));
      }
    }
    return numeric(field(name, moment(writer.raw(from, scope)), e));
  }

  /** To PostgreSQL the fields of a date are no integers: their quotients have a fraction. */
  private Written numeric(Written field) {
    return dialect == Dialect.POSTGRESQL && field.kind().isWhole()
        ? new Written(field.sql(), Kind.WIDE, field.whole(), field.source())
        : field;
  }

  private Written ofDifference(String name, Written from, Written to, Expression e)
      throws SQLException {
    return switch (name) {
      case "EPOCH" -> whole(Unit.SECOND, from, to, e);
      case "DAY", "DAYS" -> whole(Unit.DAY, from, to, e);
      case "HOUR" -> remainder(whole(Unit.HOUR, from, to, e), 24, e);
      case "MINUTE" -> remainder(whole(Unit.MINUTE, from, to, e), 60, e);
      default ->
          throw SelectWriter.refused("EXTRACT(" + name + " FROM the difference of two timestamps)");
    };
  }

  private Written ofAge(String name, Function age, Expression e, Scope scope) throws SQLException {
    List<Expression> arguments = arguments(age);
    Written to =
        arguments.size() == 2
            ? moment(arguments.get(0), scope)
            : ExpressionWriter.call("CURRENT_DATE", Kind.DATE, e);
    Written from = moment(arguments.get(arguments.size() - 1), scope);
    return switch (name) {
      case "YEAR", "YEARS" -> whole(Unit.YEAR, from, to, e);
      case "MONTH", "MONTHS" -> remainder(whole(Unit.MONTH, from, to, e), 12, e);
      default ->
          throw SelectWriter.refused("EXTRACT(" + name + " FROM AGE(…)); subtract the dates");
    };
  }

  private static Written remainder(Written count, int of, Expression e) {
    return ExpressionWriter.call("MOD(" + count.sql() + ", " + of + ")", Kind.INTEGER, e);
  }

  /** One field of a moment, by any of its names. */
  Written field(String name, Written value, Expression e) throws SQLException {
    String from = value.operand();
    return switch (name) {
      case "YEAR", "YYYY", "YY" -> number(part("YEAR", from), e);
      case "QUARTER", "QQ", "Q" -> number(part("QUARTER", from), e);
      case "MONTH", "MM", "M" -> number(part("MONTH", from), e);
      case "DAY", "DD", "D" -> number(part("DAY", from), e);
      case "HOUR", "HH" -> number(part("HOUR", timestamp(value).sql()), e);
      case "MINUTE", "MI", "N" -> number(part("MINUTE", timestamp(value).sql()), e);
      case "SECOND", "SS", "S" -> number(part("SECOND", timestamp(value).sql()), e);
      case "DOY", "DAYOFYEAR", "DY" -> number(part("DOY", from), e);
      case "ISODOW" -> number(part("ISODOW", from), e);
      case "DOW" -> difference(part("DOW", from), 1, e);
      case "DAYOFWEEK", "WEEKDAY", "DW" -> number(part("DOW", from), e);
      case "ISOWEEK", "ISO_WEEK", "ISOWK", "ISOWW" -> number(part("WEEK", from), e);
      case "WEEK", "WK", "WW" ->
          switch (dialect) {
            case BIGQUERY -> sundays(from, e);
            case TSQL ->
                throw SelectWriter.refused(
                    "DATEPART(week, …), which hangs on a setting; use iso_week");
            default -> number(part("WEEK", from), e);
          };
      case "ISOYEAR" -> number(part("ISOYEAR", from), e);
      case "DECADE", "CENTURY", "MILLENNIUM" -> number(part(name, from), e);
      case "EPOCH" -> number(part("EPOCH", from), e);
      case "DATE" -> date(value);
      default -> throw SelectWriter.refused("the field " + name + " of a date");
    };
  }

  /** The number of Sundays in the year up to the day. */
  static Written sundays(String from, Expression e) {
    return number("((" + part("DOY", from) + " + 7 - " + part("DOW", from) + ") / 7)", e);
  }

  private static Written number(String sql, Expression e) {
    return ExpressionWriter.call(sql, Kind.BIGINT, e);
  }

  private static Written difference(String sql, int less, Expression e) {
    return ExpressionWriter.call("(" + sql + " - " + less + ")", Kind.BIGINT, e);
  }

  /** The whole number that the expression is, or null. */
  static @Nullable Long constant(Expression e) {
    if (e instanceof LongValue value) {
      return value.getValue();
    } else if (e instanceof SignedExpression signed
        && signed.getExpression() instanceof LongValue value) {
      return signed.getSign() == '-' ? -value.getValue() : value.getValue();
    }
    return null;
  }
}
