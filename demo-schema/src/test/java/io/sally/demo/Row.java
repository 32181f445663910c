package io.sally.demo;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One row of a table, read by the names of its columns. */
record Row(Map<String, Object> values) {
  static List<Row> of(DemoSchema schema, String table) {
    DemoTable definition = schema.table(table);
    return definition.rows().toList().stream().map(values -> of(definition, values)).toList();
  }

  /** The rows by their primary key. */
  static Map<Integer, Row> byId(DemoSchema schema, String table) {
    String key = schema.table(table).primaryKey().get(0);
    Map<Integer, Row> rows = new HashMap<>();
    of(schema, table).forEach(row -> rows.put(row.number(key), row));
    return rows;
  }

  private static Row of(DemoTable table, Object[] values) {
    Map<String, Object> named = new HashMap<>();
    for (int i = 0; i < values.length; i++) {
      named.put(table.columns().get(i).name(), values[i]);
    }
    return new Row(named);
  }

  /** The part of the rows for which this holds; not a number when there are none. */
  static double share(List<Row> rows, Predicate<Row> holds) {
    return (double) rows.stream().filter(holds).count() / rows.size();
  }

  boolean has(String column) {
    return values.get(column) != null;
  }

  String text(String column) {
    return (String) get(column);
  }

  boolean is(String column, String text) {
    return text(column).equals(text);
  }

  int number(String column) {
    return (Integer) get(column);
  }

  BigDecimal amount(String column) {
    return (BigDecimal) get(column);
  }

  LocalDate day(String column) {
    return (LocalDate) get(column);
  }

  LocalDateTime time(String column) {
    return (LocalDateTime) get(column);
  }

  boolean flag(String column) {
    return (Boolean) get(column);
  }

  /** The row to which a column refers. */
  Row follow(String column, Map<Integer, Row> target) {
    return Objects.requireNonNull(target.get(number(column)));
  }

  boolean arrivedLate() {
    return has("delivered_on") && day("delivered_on").isAfter(day("due_on"));
  }

  private Object get(String column) {
    @Nullable Object value = values.get(column);
    return Objects.requireNonNull(value, () -> "null in " + column + " of " + values);
  }
}
