package io.sally.engine.source;

import io.sally.engine.catalog.Catalog;
import io.sally.engine.catalog.Table;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * One configured database, or data held in memory: it appears in SQL as a schema of its own name.
 * Thread-safe. Adding a kind of database is adding one class.
 */
public interface Source extends AutoCloseable {
  /** The name of the source and of its schema. */
  String name();

  /** The kind of source, as {@code postgresql}. */
  String type();

  /** The version that the source gave when it answered last, or null while it never did. */
  @Nullable String version();

  /**
   * Asks the source whether it answers.
   *
   * @throws SQLException when it does not
   */
  void probe() throws SQLException;

  /**
   * Reads the snapshot of what the source holds.
   *
   * @throws SQLException when the source cannot be reached or read
   */
  Catalog readCatalog() throws SQLException;

  /**
   * How the planner sees one table of the snapshot.
   *
   * @param table a table of the catalog that {@link #readCatalog} gave
   */
  org.apache.calcite.schema.Table plannerTable(Table table);

  /** Lets go of what the source holds: pools, files, threads. */
  @Override
  void close() throws SQLException;
}
