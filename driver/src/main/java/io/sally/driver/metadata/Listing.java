package io.sally.driver.metadata;

import io.sally.engine.ResultColumn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows under their columns. */
public record Listing(List<ResultColumn> columns, List<List<@Nullable Object>> rows) {
  public Listing {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }
}
