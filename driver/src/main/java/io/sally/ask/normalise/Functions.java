package io.sally.ask.normalise;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.expression.StringValue;
import net.sf.jsqlparser.expression.operators.relational.NamedExpressionList;
import org.jspecify.annotations.Nullable;

/**
 * Functions of one row: a rule for each that does not stand as it is. Confined to one statement.
 */
final class Functions {
  /** How one function is written. */
  @FunctionalInterface
  interface Rule {
    /** The call in Calcite's SQL; null where it stands as it is. */
    @Nullable Written write(Call call) throws SQLException;
  }

  /** One call of a function. */
  record Call(
      String name,
      List<Expression> arguments,
      Scope scope,
      Function source,
      ExpressionWriter writer,
      Dates dates) {
    int count() {
      return arguments.size();
    }

    Expression argument(int index) throws SQLException {
      if (index >= arguments.size()) {
        throw SelectWriter.refused(source + ", which lacks an argument");
      }
      return arguments.get(index);
    }

    Written value(int index) throws SQLException {
      return writer.write(argument(index), scope);
    }

    /** The argument as a date or a timestamp. */
    Written moment(int index) throws SQLException {
      return dates.moment(argument(index), scope);
    }

    String sql(int index) throws SQLException {
      return value(index).sql();
    }

    String text(int index) throws SQLException {
      return Texts.asText(value(index));
    }

    /** The text that the argument is, or null where it is no literal. */
    @Nullable String literal(int index) {
      return index < count() && arguments.get(index) instanceof StringValue value
          ? writer.text(value)
          : null;
    }

    String format(int index) throws SQLException {
      String format = literal(index);
      if (format == null) {
        throw SelectWriter.refused(source + ", whose format is no literal");
      }
      return format;
    }

    String formatOr(int index, String otherwise) throws SQLException {
      return index < count() ? format(index) : otherwise;
    }

    Unit unit(int index) throws SQLException {
      Unit unit = unitOrNull(index);
      if (unit == null) {
        throw SelectWriter.refused("the unit " + argument(index) + " in " + source);
      }
      return unit;
    }

    @Nullable Unit unitOrNull(int index) throws SQLException {
      return Unit.of(argument(index).toString());
    }

    /** The call by another name. */
    Written plain(String otherName, Kind kind) throws SQLException {
      return ExpressionWriter.call(
          otherName + "(" + writer.list(arguments, scope) + ")", kind, source);
    }

    Written refuse(String what) throws SQLException {
      return thrown(
          SelectWriter.refused(what + (what.equals(source.toString()) ? "" : " in " + source)));
    }

    /** So that a refusal can stand where a rule has an expression. */
    private static Written thrown(SQLException refusal) throws SQLException {
      throw refusal;
    }
  }

  private final ExpressionWriter writer;
  private final Dates dates;
  private final Map<String, Rule> rules = new HashMap<>();

  Functions(Dialect dialect, ExpressionWriter writer, Dates dates) {
    this.writer = writer;
    this.dates = dates;
    new MomentFunctions(dialect, writer, dates).add(rules);
    new FieldFunctions(dialect, dates).add(rules);
    new FormatFunctions(writer, dates).add(rules);
    new TextFunctions(dialect, writer).add(rules);
    new ChoiceFunctions(dialect, writer).add(rules);
    new NumberFunctions(dialect).add(rules);
    addRefused();
  }

  static Written of(String sql, Kind kind, Call call) {
    return ExpressionWriter.call(sql, kind, call.source());
  }

  Written write(Function function, Scope scope) throws SQLException {
    String name = function.getName().toUpperCase(Locale.ROOT);
    if (name.startsWith("DBO.") || name.startsWith("PG_CATALOG.")) {
      name = name.substring(name.indexOf('.') + 1);
    }
    Call call = new Call(name, Dates.arguments(function), scope, function, writer, dates);
    if (function.getNamedParameters() != null) {
      return withWords(call, function.getNamedParameters());
    }
    Rule rule = rules.get(name);
    Written written = rule == null ? null : rule.write(call);
    return written == null ? asItIs(call) : written;
  }

  private Written asItIs(Call call) throws SQLException {
    if (call.count() == 0
        && call.source().toString().contains(" TO ")
        && call.source().getKeywordArguments() != null) {
      return ExpressionWriter.call(call.source().toString(), Kind.UNKNOWN, call.source());
    }
    if (call.source().getKeywordArguments() != null
        && !call.source().getKeywordArguments().isEmpty()) {
      throw SelectWriter.refused(call.source().toString());
    }
    return call.plain(call.name(), Kind.UNKNOWN);
  }

  /** SUBSTRING(x FROM a FOR b), POSITION(a IN b) and their kin, by the words between. */
  private Written withWords(Call call, NamedExpressionList<?> arguments) throws SQLException {
    if (call.name().equals("SUBSTRING")
        && arguments.get(arguments.size() - 1) instanceof StringValue) {
      return call.refuse("SUBSTRING by a regular expression");
    }
    StringBuilder sql = new StringBuilder(call.name()).append('(');
    for (int i = 0; i < arguments.size(); i++) {
      String word = arguments.getNames().get(i);
      sql.append(word.isEmpty() ? "" : " " + word + " ");
      Written argument = writer.write(arguments.get(i), call.scope());
      sql.append(i == 0 ? Texts.asText(argument) : argument.sql());
    }
    return of(
        sql.append(')').toString(),
        call.name().equals("POSITION") ? Kind.INTEGER : Kind.TEXT,
        call);
  }

  private void addRefused() {
    for (String name :
        List.of(
            "PRINTF",
            "SUBSTRING_INDEX",
            "REGEXP_EXTRACT",
            "REGEXP_REPLACE",
            "REGEXP_SUBSTR",
            "SOUNDEX",
            "RATIO_TO_REPORT",
            "INTERVAL",
            "GENERATE_SERIES",
            "JSON_EXTRACT",
            "TO_DAYS",
            "PATINDEX",
            "STUFF")) {
      rules.put(name, call -> call.refuse("the function " + name));
    }
    rules.put(
        "TIME_BUCKET", call -> call.refuse("the function TIME_BUCKET; write FLOOR(x TO unit)"));
  }
}
