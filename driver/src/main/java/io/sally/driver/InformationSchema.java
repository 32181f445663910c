package io.sally.driver;

import io.sally.driver.metadata.Listing;
import io.sally.driver.metadata.StandardViews;
import io.sally.engine.Engine;
import io.sally.engine.Execution;
import io.sally.engine.ResultColumn;
import io.sally.engine.catalog.Column;
import io.sally.engine.catalog.Table;
import io.sally.engine.catalog.TableName;
import io.sally.engine.policy.PolicyEntry;
import io.sally.engine.policy.SourcePolicy;
import io.sally.engine.source.MemorySource;
import io.sally.engine.source.MemoryTable;
import io.sally.engine.source.Source;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Linq4j;
import org.jspecify.annotations.Nullable;

/**
 * What there is, for those who ask for it in SQL: the schema {@code information_schema}, over the
 * catalogs that {@code DatabaseMetaData} lists. Like {@link SystemSource} it is in no schema path.
 */
final class InformationSchema {
  /** The source's name, and its schema's. */
  static final String NAME = "information_schema";

  /**
   * ASK has its own view of the catalogs, from which more is withheld, and so reads none of this.
   */
  static final SourcePolicy POLICY =
      new SourcePolicy(
          List.of(),
          List.of(),
          List.of(new PolicyEntry("*", null)),
          List.of(),
          List.of(),
          List.of(),
          List.of());

  private InformationSchema() {}

  /**
   * Its tables.
   *
   * @param engine holds the engine before the first query runs
   */
  static Source of(AtomicReference<Engine> engine) {
    return new MemorySource(
        NAME, StandardViews.all().stream().map(view -> table(view, engine)).toList());
  }

  private static MemoryTable table(StandardViews.View view, AtomicReference<Engine> engine) {
    Table definition =
        new Table(
            new TableName(NAME, null, view.name()),
            Table.Kind.SYSTEM_TABLE,
            view.comment(),
            view.header().empty().columns().stream().map(InformationSchema::column).toList(),
            // The planner believes in keys, and whether these are unique is up to the sources.
            null,
            List.of(),
            List.of(),
            null);
    return new MemoryTable(definition, execution -> rows(view, engine, execution));
  }

  private static Column column(ResultColumn column) {
    return new Column(column.label(), column.type(), column.nullable(), null);
  }

  private static Enumerable<@Nullable Object[]> rows(
      StandardViews.View view, AtomicReference<Engine> engine, Execution execution)
      throws SQLException {
    Listing listing = view.of(Objects.requireNonNull(engine.get(), "engine").catalogs(execution));
    return Linq4j.asEnumerable(listing.rows()).select(row -> row.toArray());
  }
}
