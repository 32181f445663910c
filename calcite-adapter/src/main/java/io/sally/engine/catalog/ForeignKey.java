package io.sally.engine.catalog;

import java.util.List;

/**
 * A foreign key: {@code columns} of the table that holds it refer, in order, to {@code
 * targetColumns} of {@code target}.
 *
 * @param name the constraint's name
 */
public record ForeignKey(
    String name, List<String> columns, TableName target, List<String> targetColumns) {
  public ForeignKey {
    columns = List.copyOf(columns);
    targetColumns = List.copyOf(targetColumns);
    if (columns.isEmpty() || columns.size() != targetColumns.size()) {
      throw new IllegalArgumentException(
          "Foreign key " + name + " pairs " + columns + " with " + targetColumns);
    }
  }
}
