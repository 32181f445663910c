package io.sally.engine;

import io.sally.engine.catalog.ColumnType;
import java.util.Objects;

/** A {@code ?} of a statement, with the type that its place in the statement gives it. */
public record Parameter(ColumnType type) {
  public Parameter {
    Objects.requireNonNull(type, "type");
  }
}
