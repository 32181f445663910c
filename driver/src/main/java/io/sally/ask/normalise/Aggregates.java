package io.sally.ask.normalise;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.expression.StringValue;
import net.sf.jsqlparser.statement.select.OrderByElement;
import org.jspecify.annotations.Nullable;

/** Aggregate functions. Confined to one statement. */
final class Aggregates {
  static final Set<String> NAMES =
      Set.of(
          "ANY_VALUE",
          "APPROX_COUNT_DISTINCT",
          "ARRAY_AGG",
          "AVG",
          "BOOL_AND",
          "BOOL_OR",
          "COUNT",
          "COUNTIF",
          "COUNT_IF",
          "EVERY",
          "GROUP_CONCAT",
          "LISTAGG",
          "LOGICAL_AND",
          "LOGICAL_OR",
          "MAX",
          "MEDIAN",
          "MIN",
          "PERCENTILE_CONT",
          "PERCENTILE_DISC",
          "STDDEV",
          "STDDEV_POP",
          "STDDEV_SAMP",
          "STDEV",
          "STDEVP",
          "STRING_AGG",
          "SUM",
          "TOTAL",
          "VAR",
          "VARIANCE",
          "VARP",
          "VAR_POP",
          "VAR_SAMP");

  /**
   * One call of an aggregate.
   *
   * @param separator the text of GROUP_CONCAT's SEPARATOR, or null
   * @param filter the FILTER clause, or an empty text
   * @param over whether it is a window function
   */
  record Call(
      String name,
      boolean distinct,
      boolean all,
      List<Expression> arguments,
      @Nullable List<OrderByElement> order,
      @Nullable String separator,
      String filter,
      boolean over,
      Expression source) {}

  private final Dialect dialect;
  private final ExpressionWriter writer;
  private final SelectWriter selects;
  private int written;

  Aggregates(Dialect dialect, ExpressionWriter writer, SelectWriter selects) {
    this.dialect = dialect;
    this.writer = writer;
    this.selects = selects;
  }

  boolean isAggregate(@Nullable String name) {
    return name != null && NAMES.contains(name.toUpperCase(Locale.ROOT));
  }

  Written write(Function function, Scope scope) throws SQLException {
    if (function.getKeep() != null) {
      throw SelectWriter.refused("KEEP (DENSE_RANK …); write ROW_NUMBER() in a sub-query");
    }
    Expression separator = function.getKeywordArgumentValue("SEPARATOR");
    return write(
        new Call(
            function.getName().toUpperCase(Locale.ROOT),
            function.isDistinct(),
            function.isAllColumns(),
            Dates.arguments(function),
            function.getOrderByElements(),
            separator instanceof StringValue text ? writer.text(text) : null,
            "",
            false,
            function),
        scope);
  }

  /** How many aggregates were written that are no window functions. */
  int written() {
    return written;
  }

  Written write(Call call, Scope scope) throws SQLException {
    written += call.over() ? 0 : 1;
    List<Written> arguments = new ArrayList<>();
    for (Expression argument : call.arguments()) {
      arguments.add(writer.inAggregate(argument, scope));
    }
    String distinct = call.distinct() ? "DISTINCT " : "";
    Kind kind = arguments.isEmpty() ? Kind.UNKNOWN : arguments.get(0).kind();
    return switch (call.name()) {
      case "COUNT" -> simple("COUNT", distinct, call, arguments, Kind.BIGINT);
      case "SUM" -> simple("SUM", distinct, call, numbers(arguments), sum(kind));
      case "TOTAL" -> {
        Written total = simple("SUM", distinct, call, numbers(arguments), Kind.DOUBLE);
        yield ExpressionWriter.call(
            "COALESCE(CAST(" + total.sql() + " AS DOUBLE), 0)", Kind.DOUBLE, call.source());
      }
      case "AVG" ->
          simple(
              "AVG",
              distinct,
              call,
              averaged(arguments),
              kind == Kind.DOUBLE ? kind : Kind.DECIMAL);
      case "MIN", "MAX", "ANY_VALUE" -> simple(call.name(), distinct, call, arguments, kind);
      case "COUNTIF", "COUNT_IF" -> counted(call, writer.condition(arguments.get(0)).sql());
      case "BOOL_AND", "EVERY", "LOGICAL_AND" ->
          simple("EVERY", distinct, call, arguments, Kind.BOOLEAN);
      case "BOOL_OR", "LOGICAL_OR" -> simple("BOOL_OR", distinct, call, arguments, Kind.BOOLEAN);
      case "STDDEV", "VARIANCE" ->
          simple(
              (call.name().equals("STDDEV") ? "STDDEV" : "VAR")
                  + (dialect == Dialect.MYSQL ? "_POP" : "_SAMP"),
              distinct,
              call,
              arguments,
              Kind.DOUBLE);
      case "STDEV" -> simple("STDDEV_SAMP", distinct, call, arguments, Kind.DOUBLE);
      case "STDEVP" -> simple("STDDEV_POP", distinct, call, arguments, Kind.DOUBLE);
      case "VAR" -> simple("VAR_SAMP", distinct, call, arguments, Kind.DOUBLE);
      case "VARP" -> simple("VAR_POP", distinct, call, arguments, Kind.DOUBLE);
      case "GROUP_CONCAT", "LISTAGG", "STRING_AGG" -> joined(call, arguments, scope);
      case "MEDIAN" -> percentile(arguments.get(0), "0.5", false, true, call);
      case "PERCENTILE_CONT", "PERCENTILE_DISC" -> percentile(call, arguments, scope);
      case "ARRAY_AGG" -> {
        String order = call.order() == null ? "" : " ORDER BY " + writer.order(call.order(), scope);
        yield ExpressionWriter.call(
            "ARRAY_AGG(" + distinct + arguments.get(0).sql() + order + ")" + call.filter(),
            Kind.UNKNOWN,
            call.source());
      }
      default -> simple(call.name(), distinct, call, arguments, Kind.UNKNOWN);
    };
  }

  private static Written counted(Call call, String condition) {
    return ExpressionWriter.call(
        call.over() || call.distinct()
            ? "COUNT(CASE WHEN " + condition + " THEN 1 END)"
            : "COUNT(*) FILTER (WHERE " + condition + ")",
        Kind.BIGINT,
        call.source());
  }

  /** PostgreSQL sums BIGINT as NUMERIC, whose quotients have a fraction. */
  private Kind sum(Kind kind) {
    if (kind == Kind.INTEGER || kind == Kind.BOOLEAN) {
      return Kind.BIGINT;
    }
    return kind == Kind.BIGINT && dialect == Dialect.POSTGRESQL ? Kind.WIDE : kind;
  }

  private static Written simple(
      String name, String distinct, Call call, List<Written> arguments, Kind kind) {
    String list =
        call.all() ? "*" : String.join(", ", arguments.stream().map(Written::sql).toList());
    return ExpressionWriter.call(
        name + "(" + distinct + list + ")" + call.filter(), kind, call.source());
  }

  private static List<Written> numbers(List<Written> arguments) {
    return arguments.stream().map(ExpressionWriter::number).toList();
  }

  /** The share of rows for which a condition holds. */
  private static List<Written> averaged(List<Written> arguments) {
    return arguments.stream()
        .map(
            argument ->
                argument.kind() == Kind.BOOLEAN
                    ? ExpressionWriter.call(
                        ExpressionWriter.number(argument).sql() + " * 1.0",
                        Kind.DECIMAL,
                        argument.source())
                    : argument)
        .toList();
  }

  private Written joined(Call call, List<Written> arguments, Scope scope) throws SQLException {
    if (call.over()) {
      throw SelectWriter.refused(call.name() + " as a window function");
    }
    List<Written> texts = new ArrayList<>(arguments);
    String separator;
    if (call.name().equals("GROUP_CONCAT")
        && dialect != Dialect.SQLITE
        && call.separator() != null) {
      separator = Names.text(call.separator());
    } else if (texts.size() > 1
        && !(call.name().equals("GROUP_CONCAT") && dialect == Dialect.MYSQL)) {
      separator = texts.remove(texts.size() - 1).sql();
    } else {
      separator = call.name().equals("LISTAGG") ? "''" : "','";
    }
    String text =
        String.join(
            " || ",
            texts.stream()
                .map(
                    t ->
                        t.kind() == Kind.UNKNOWN
                            ? "CAST(" + t.sql() + " AS VARCHAR)"
                            : Texts.asText(t))
                .toList());
    String order =
        call.order() == null || call.order().isEmpty()
            ? ""
            : " WITHIN GROUP (ORDER BY " + order(call, text, scope) + ")";
    String distinct = "";
    if (call.distinct()) {
      distinct = "DISTINCT ";
    }
    if (call.distinct() && !order.isEmpty()) {
      // The engine refuses an aggregate with both: DISTINCT texts in their own order alone are
      // sure.
      throw SelectWriter.refused(
          call.name()
              + " with both DISTINCT and ORDER BY; select the distinct rows in a sub-query");
    }
    return ExpressionWriter.call(
        "LISTAGG(" + distinct + text + ", " + separator + ")" + order + call.filter(),
        Kind.TEXT,
        call.source());
  }

  private String order(Call call, String text, Scope scope) throws SQLException {
    List<String> keys = new ArrayList<>();
    List<OrderByElement> order = call.order() == null ? List.of() : call.order();
    for (OrderByElement element : order) {
      boolean position = Long.valueOf(1).equals(Dates.constant(element.getExpression()));
      keys.add(
          (position ? text : writer.inAggregate(element.getExpression(), scope).sql())
              + selects.direction(element));
    }
    return String.join(", ", keys);
  }

  private Written percentile(Call call, List<Written> arguments, Scope scope) throws SQLException {
    List<OrderByElement> order = call.order();
    if (call.over() || order == null || order.size() != 1 || arguments.size() != 1) {
      throw SelectWriter.refused(
          call.name() + " other than (fraction) WITHIN GROUP (ORDER BY one expression)");
    }
    OrderByElement key = order.get(0);
    return percentile(
        writer.inAggregate(key.getExpression(), scope),
        arguments.get(0).operand(),
        call.name().equals("PERCENTILE_DISC"),
        key.isAsc(),
        call);
  }

  /**
   * The values in order, and of them the one at the fraction or the point between its neighbours.
   */
  private static Written percentile(
      Written value, String fraction, boolean discrete, boolean ascending, Call call)
      throws SQLException {
    if (call.over() || call.distinct()) {
      throw SelectWriter.refused(call.name() + " with DISTINCT or OVER");
    }
    String sql = value.sql();
    String present =
        call.filter().isEmpty()
            ? " FILTER (WHERE " + sql + " IS NOT NULL)"
            : call.filter().substring(0, call.filter().length() - 1)
                + " AND "
                + sql
                + " IS NOT NULL)";
    String values =
        "ARRAY_AGG(" + sql + " ORDER BY " + sql + (ascending ? "" : " DESC") + ")" + present;
    String count = "COUNT(" + sql + ")" + call.filter();
    if (discrete) {
      String index = "CAST(GREATEST(CEIL(" + fraction + " * " + count + "), 1) AS INTEGER)";
      return ExpressionWriter.call(values + "[" + index + "]", value.kind(), call.source());
    }
    String place = fraction + " * (" + count + " - 1)";
    String low = values + "[CAST(FLOOR(" + place + ") AS INTEGER) + 1]";
    String high = values + "[CAST(CEIL(" + place + ") AS INTEGER) + 1]";
    return ExpressionWriter.call(
        "(" + low + " + (" + high + " - " + low + ") * (" + place + " - FLOOR(" + place + ")))",
        value.kind() == Kind.DOUBLE ? Kind.DOUBLE : Kind.DECIMAL,
        call.source());
  }
}
