package io.sally.ask.literals;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A text that a query compares with a column of which no row holds it. Immutable.
 *
 * @param values what the column holds, the nearest first
 * @param whole whether these are all
 */
public record StrayLiteral(ComparedLiteral literal, List<String> values, boolean whole) {
  public StrayLiteral {
    values = List.copyOf(values);
  }

  /** What a model is told of it. */
  String reason() {
    return "No row holds "
        + quote(literal.value())
        + " in "
        + literal.table()
        + "."
        + literal.column()
        + (whole ? ". All that it holds: " : ". Among what it holds: ")
        + values.stream().map(StrayLiteral::quote).collect(Collectors.joining(", "))
        + ".";
  }

  /** What a person is told of it. */
  String remark() {
    return "No row of "
        + literal.table()
        + " holds “"
        + literal.value()
        + "” in "
        + literal.column()
        + ".";
  }

  private static String quote(String value) {
    return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(value)) + "\"";
  }

  /** What a model is told of a query with these. */
  public static String reason(List<StrayLiteral> strays) {
    return "The query runs and can find nothing. "
        + strays.stream().map(StrayLiteral::reason).collect(Collectors.joining(" "));
  }

  /** What a person is told of a query with these. */
  public static String remark(List<StrayLiteral> strays) {
    return strays.stream().map(StrayLiteral::remark).collect(Collectors.joining(" "));
  }
}
