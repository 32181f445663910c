package io.sally.demo;

import java.util.List;
import java.util.Objects;
import org.apache.calcite.linq4j.Enumerable;

/**
 * A table of the demo data. Immutable and thread-safe.
 *
 * @param comment what the table holds, in plain English
 * @param primaryKey the names of the primary key's columns
 * @param uniqueKeys further unique keys, without the primary key
 * @param rowCount the exact number of rows; known before the rows are made
 * @param rows the rows, each with one value a column in the Java type of {@link DemoType.Kind} or
 *     null; made at the first scan and kept. Each scan gives copies, so that a caller who changes a
 *     row changes no data
 */
public record DemoTable(
    String name,
    String comment,
    List<DemoColumn> columns,
    List<String> primaryKey,
    List<DemoUniqueKey> uniqueKeys,
    List<DemoForeignKey> foreignKeys,
    int rowCount,
    Enumerable<Object[]> rows) {
  public DemoTable {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(comment, "comment");
    Objects.requireNonNull(rows, "rows");
    columns = List.copyOf(columns);
    primaryKey = List.copyOf(primaryKey);
    uniqueKeys = List.copyOf(uniqueKeys);
    foreignKeys = List.copyOf(foreignKeys);
  }
}
