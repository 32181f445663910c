package io.sally.ask.normalise;

import io.sally.ask.normalise.Functions.Call;
import io.sally.ask.normalise.Functions.Rule;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Dates as texts, and texts as dates. Confined to one statement. */
final class FormatFunctions {
  private final ExpressionWriter writer;
  private final Dates dates;

  FormatFunctions(ExpressionWriter writer, Dates dates) {
    this.writer = writer;
    this.dates = dates;
  }

  /** Adds their rules. */
  void add(Map<String, Rule> rules) {
    addFormats(rules);
  }

  private void addFormats(Map<String, Rule> rules) {
    rules.put("TO_CHAR", this::toChar);
    rules.put(
        "DATE_FORMAT",
        call -> formatted(call, call.moment(0), Formats.ofPercents(call.format(1), Formats.MYSQL)));
    Rule formatFirst =
        call ->
            formatted(call, call.moment(1), Formats.ofPercents(call.format(0), Formats.STRFTIME));
    for (String name : List.of("FORMAT_DATE", "FORMAT_TIMESTAMP", "FORMAT_DATETIME")) {
      rules.put(name, formatFirst);
    }
    rules.put("STRFTIME", this::strftime);
    rules.put(
        "FORMAT",
        call -> {
          Written value = call.moment(0);
          return value.kind().isDateOrTimestamp()
              ? formatted(call, value, Formats.ofDotNet(call.format(1)))
              : call.refuse("FORMAT of a number; ROUND it");
        });
    rules.put("TO_DATE", call -> parsed(call, Formats.ofToChar(call.formatOr(1, "YYYY-MM-DD")), 0));
    rules.put(
        "STR_TO_DATE", call -> parsed(call, Formats.ofPercents(call.format(1), Formats.MYSQL), 0));
    rules.put(
        "PARSE_DATE",
        call -> parsed(call, Formats.ofPercents(call.format(0), Formats.STRFTIME), 1));
    rules.put(
        "TO_TIMESTAMP",
        call -> {
          if (call.count() == 1) {
            Written value = call.value(0);
            return value.kind().isNumber()
                ? dates.ofEpoch(value, call.source())
                : dates.timestamp(value);
          }
          String format = Formats.ofToChar(call.format(1));
          return format.matches("YYYY-MM-DD HH24:MI(?::SS)?")
              ? dates.timestamp(call.value(0))
              : format.contains("HH") || format.contains("MI") || format.contains("SS")
                  ? call.refuse("TO_TIMESTAMP with the format '" + format + "'")
                  : Functions.of(
                      "CAST(" + parsed(call, format, 0).sql() + " AS TIMESTAMP)",
                      Kind.TIMESTAMP,
                      call);
        });
    rules.put(
        "TO_NUMBER",
        call ->
            call.count() == 1
                ? Functions.of("CAST(" + call.sql(0) + " AS DECIMAL(38, 10))", Kind.DECIMAL, call)
                : call.refuse("TO_NUMBER with a format"));
  }

  private Written formatted(Call call, Written moment, String format) {
    return Functions.of(Formats.toChar(dates.timestamp(moment).sql(), format), Kind.TEXT, call);
  }

  private Written toChar(Call call) throws SQLException {
    Written value = writer.raw(call.argument(0), call.scope());
    if (call.count() == 1) {
      return Functions.of(Texts.asText(value), Kind.TEXT, call);
    } else if (value.kind().isNumber()) {
      return call.refuse("TO_CHAR of a number with a format; ROUND or CAST it");
    }
    return formatted(call, value, Formats.ofToChar(call.format(1)));
  }

  private Written strftime(Call call) throws SQLException {
    String format = call.format(0);
    Written moment =
        dates.sqlite(call.arguments().subList(1, call.count()), call.source(), call.scope());
    String from = moment.operand();
    return switch (format) {
      case "%w" ->
          Functions.of("CAST(EXTRACT(DOW FROM " + from + ") - 1 AS VARCHAR)", Kind.TEXT, call);
      case "%s" ->
          Functions.of("CAST(EXTRACT(EPOCH FROM " + from + ") AS VARCHAR)", Kind.TEXT, call);
      case "%W" ->
          Functions.of(
              "LPAD(CAST((EXTRACT(DOY FROM "
                  + from
                  + ") + 7 - EXTRACT(ISODOW FROM "
                  + from
                  + ")) / 7 AS VARCHAR), 2, '0')",
              Kind.TEXT,
              call);
      default -> formatted(call, moment, Formats.ofPercents(format, Formats.STRFTIME));
    };
  }

  private Written parsed(Call call, String format, int index) throws SQLException {
    if (format.contains("HH") || format.contains("MI") || format.contains("SS")) {
      return format.equals("YYYY-MM-DD HH24:MI:SS")
          ? dates.timestamp(call.value(index))
          : call.refuse(call.name() + " with the time format '" + format + "'");
    }
    return format.equals("YYYY-MM-DD")
        ? dates.date(call.value(index))
        : Functions.of(
            "TO_DATE(" + call.sql(index) + ", " + Names.text(format) + ")", Kind.DATE, call);
  }
}
