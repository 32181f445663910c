package io.sally.engine;

import io.sally.engine.catalog.TableName;
import java.sql.SQLException;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** A proven, planned query that can run any number of times. Immutable and thread-safe. */
public interface Plan {
  /** The query as one canonical text, without comments and without a trailing semicolon. */
  String sql();

  /** The columns of the result. */
  List<ResultColumn> columns();

  /** The {@code ?} of the query, in their order. */
  List<Parameter> parameters();

  /** The tables that the query reads, also behind views. */
  SortedSet<TableName> tables();

  /** The planner's estimate of the number of rows. */
  double estimatedRows();

  /**
   * The plan as a tree in words, one line an element, with the estimated rows of each and the SQL
   * that each source will get. A plan that texts share has {@code ?} where they differ; {@link
   * Engine#prepareAlone} gives one that has not.
   */
  List<String> explain();

  /**
   * Runs the query to its last row and tells of the plan, beside what {@link #explain} says, what
   * each element really did: rows, times, and of each source the bytes of its values.
   *
   * @throws SQLException as {@link #execute} and its cursor do
   */
  List<String> analyze(List<? extends @Nullable Object> parameters, Execution execution)
      throws SQLException;

  /**
   * Runs the query.
   *
   * @param parameters a value for each parameter, in the Java types of {@link RowCursor} or any
   *     that JDBC converts to them
   * @throws SQLException when a parameter does not fit, a source fails, or the execution was
   *     stopped
   */
  RowCursor execute(List<? extends @Nullable Object> parameters, Execution execution)
      throws SQLException;
}
