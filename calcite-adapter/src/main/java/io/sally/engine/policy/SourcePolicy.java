package io.sally.engine.policy;

import java.util.List;

/**
 * What is decided of one source, as it was written. Immutable; empty lists decide nothing.
 *
 * @param askSchemas the schemas that ASK may read; empty for all
 * @param askTables the tables that ASK may read; empty for all of those schemas
 * @param askDeniedTables tables that ASK may not read all the same
 * @param askDeniedColumns columns that ASK may not read
 * @param masked columns whose values nobody sees: they read as null
 * @param rowFilters which rows of a table are there
 * @param views the views that are there although some columns are masked or some rows filtered:
 *     what a view reads, its database knows alone
 */
public record SourcePolicy(
    List<PolicyEntry> askSchemas,
    List<PolicyEntry> askTables,
    List<PolicyEntry> askDeniedTables,
    List<PolicyEntry> askDeniedColumns,
    List<PolicyEntry> masked,
    List<RowFilter> rowFilters,
    List<PolicyEntry> views) {
  /** Decides nothing. */
  public static final SourcePolicy NONE =
      new SourcePolicy(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

  public SourcePolicy {
    askSchemas = List.copyOf(askSchemas);
    askTables = List.copyOf(askTables);
    askDeniedTables = List.copyOf(askDeniedTables);
    askDeniedColumns = List.copyOf(askDeniedColumns);
    masked = List.copyOf(masked);
    rowFilters = List.copyOf(rowFilters);
    views = List.copyOf(views);
  }
}
