package io.sally.demo;

import java.util.List;
import java.util.Objects;

/**
 * A foreign key: {@code columns} of the table that holds it refer, in order, to {@code
 * targetColumns} of the table {@code targetTable}.
 */
public record DemoForeignKey(
    String name, List<String> columns, String targetTable, List<String> targetColumns) {
  public DemoForeignKey {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(targetTable, "targetTable");
    columns = List.copyOf(columns);
    targetColumns = List.copyOf(targetColumns);
  }
}
