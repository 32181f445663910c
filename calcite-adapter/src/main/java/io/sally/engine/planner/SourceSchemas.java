package io.sally.engine.planner;

import io.sally.engine.Session;
import io.sally.engine.catalog.Catalogs;
import java.sql.SQLException;
import java.util.List;

/** Where the planning of one statement finds its sources. Confined to that planning. */
public interface SourceSchemas {
  /** The names of all sources, whether they can be reached or not. */
  List<String> names();

  /**
   * What a source holds; the same for the whole life of the statement's plan.
   *
   * @param source a name of {@link #names}
   * @throws SQLException when the source cannot be reached or read, and never could be before
   */
  SourceSchema schema(String source) throws SQLException;

  /** The schemas that were asked for so far, in that order. */
  List<SourceSchema> asked();

  /**
   * What a reader may know of the catalogs that are there without waiting, to name it in errors.
   */
  Catalogs known(Session.Reader reader);
}
