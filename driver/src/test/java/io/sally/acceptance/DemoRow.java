package io.sally.acceptance;

import io.sally.demo.DemoTable;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One row of a demo table.
 *
 * @param values one a column of the table, in its order
 */
record DemoRow(DemoTable table, List<@Nullable Object> values) {
  DemoRow {
    values = Collections.unmodifiableList(new ArrayList<>(values));
  }

  static List<DemoRow> of(DemoTable table) {
    return table.rows().toList().stream()
        .map(values -> new DemoRow(table, Arrays.<@Nullable Object>asList(values)))
        .toList();
  }

  @Nullable Object value(String column) {
    for (int i = 0; i < values.size(); i++) {
      if (table.columns().get(i).name().equals(column)) {
        return values.get(i);
      }
    }
    throw new IllegalArgumentException(table.name() + " has no column " + column);
  }

  boolean has(String column) {
    return value(column) != null;
  }

  boolean is(String column, String text) {
    return text.equals(value(column));
  }

  String text(String column) {
    return (String) present(column);
  }

  int number(String column) {
    return (Integer) present(column);
  }

  BigDecimal amount(String column) {
    return (BigDecimal) present(column);
  }

  LocalDate day(String column) {
    return (LocalDate) present(column);
  }

  /** Whether the column holds a day from the first to the last of these, both included. */
  boolean isBetween(String column, LocalDate first, LocalDate last) {
    return has(column) && !day(column).isBefore(first) && !day(column).isAfter(last);
  }

  private Object present(String column) {
    return Objects.requireNonNull(value(column), () -> "null in " + column + " of " + values);
  }
}
