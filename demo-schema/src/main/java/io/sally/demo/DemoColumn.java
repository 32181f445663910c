package io.sally.demo;

import java.util.Objects;

/**
 * A column of a table.
 *
 * @param nullable whether a row may hold null in it
 * @param comment what the column says, in plain English, with its unit and its codes
 */
public record DemoColumn(String name, DemoType type, boolean nullable, String comment) {
  public DemoColumn {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(comment, "comment");
  }
}
