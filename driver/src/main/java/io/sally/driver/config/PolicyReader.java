package io.sally.driver.config;

import io.sally.engine.policy.PolicyEntry;
import io.sally.engine.policy.RowFilter;
import io.sally.engine.policy.SourcePolicy;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads who may read what of a source. Whether its names are there, the source's catalog tells when
 * it is read. Confined to one reading.
 */
final class PolicyReader {
  private final GivenValues values;
  private final ValueReader reader;

  PolicyReader(GivenValues values, ValueReader reader) {
    this.values = values;
    this.reader = reader;
  }

  SourcePolicy read(String source) {
    List<RowFilter> filters = new ArrayList<>();
    for (GivenValue value : values.rowFilters(source)) {
      String table = SourceProperty.filteredTable(value.key()).orElseThrow();
      int at = table.lastIndexOf('@');
      filters.add(
          new RowFilter(
              new PolicyEntry(at < 0 ? table : table.substring(0, at), place(value)),
              at < 0 ? null : table.substring(at + 1),
              reader.text(value)));
    }
    return new SourcePolicy(
        entries(source, SourceProperty.ASK_SCHEMAS),
        entries(source, SourceProperty.ASK_TABLES),
        entries(source, SourceProperty.ASK_DENY_TABLES),
        entries(source, SourceProperty.ASK_DENY_COLUMNS),
        entries(source, SourceProperty.MASK),
        filters,
        entries(source, SourceProperty.VIEWS));
  }

  private List<PolicyEntry> entries(String source, SourceProperty property) {
    GivenValue value = values.get(source, property);
    return reader.list(value).stream().map(text -> new PolicyEntry(text, place(value))).toList();
  }

  private static String place(GivenValue value) {
    return (value.position() == null ? "" : "File " + value.position() + ", ") + value.key();
  }
}
