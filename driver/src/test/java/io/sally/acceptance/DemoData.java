package io.sally.acceptance;

import io.sally.demo.DemoSchema;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The rows of the demo around the day that the tests take for today, read without SQL. */
final class DemoData {
  static final LocalDate TODAY = LocalDate.of(2026, 3, 15);

  private final DemoSchema schema = DemoSchema.around(TODAY);

  List<DemoRow> studies() {
    return DemoRow.of(schema.table("studies"));
  }

  List<DemoRow> sites() {
    return DemoRow.of(schema.table("sites"));
  }

  List<DemoRow> inventory() {
    return DemoRow.of(schema.table("inventory"));
  }

  List<DemoRow> shipments() {
    return DemoRow.of(schema.table("shipments"));
  }

  List<DemoRow> tasks() {
    return DemoRow.of(schema.table("tasks"));
  }

  /** The sites by their keys. */
  ByKey sitesByKey() {
    return new ByKey(sites(), "site_id");
  }

  /** The studies by their keys. */
  ByKey studiesByKey() {
    return new ByKey(studies(), "study_id");
  }

  /** Rows by their primary key. */
  static final class ByKey {
    private final Map<Integer, DemoRow> rows = new HashMap<>();

    ByKey(List<DemoRow> all, String key) {
      all.forEach(row -> rows.put(row.number(key), row));
    }

    /** The row to which this column of another row refers. */
    DemoRow referredBy(DemoRow row, String column) {
      return Objects.requireNonNull(rows.get(row.number(column)));
    }
  }
}
