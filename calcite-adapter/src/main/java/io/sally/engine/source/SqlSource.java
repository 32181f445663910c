package io.sally.engine.source;

import io.sally.engine.Execution;
import io.sally.engine.RowCursor;
import io.sally.engine.catalog.Column;
import io.sally.engine.catalog.ColumnType;
import io.sally.engine.catalog.Table;
import io.sally.engine.catalog.TableName;
import java.sql.SQLException;
import java.util.List;
import org.apache.calcite.sql.SqlDialect;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/**
 * A source that runs SQL of its own: a database behind JDBC. It declares how it writes SQL, what of
 * a plan it computes with the same meaning as Sally, and reads what comes back. Thread-safe.
 */
public interface SqlSource extends Source {
  /** How the source writes SQL. */
  SqlDialect dialect();

  /** What the source computes with the same meaning as Sally. */
  PushDown pushDown();

  /** The names under which the source itself knows a table of its catalog, the outer one first. */
  default List<String> path(TableName table) {
    String schema = table.schema();
    return schema == null ? List.of(table.table()) : List.of(schema, table.table());
  }

  /**
   * The schema whose tables are found without naming it; null where the source has no schemas, or
   * none of them is so.
   */
  default @Nullable String defaultSchema() {
    return null;
  }

  @Override
  default org.apache.calcite.schema.Table plannerTable(Table table) {
    return new SqlTable(this, table);
  }

  /**
   * What to select of a table so that a column comes back as a value of its type in the catalog:
   * most often the column itself, for a type that Sally shows as another (a JSON document as text)
   * a cast.
   *
   * @param column the column, as an identifier of the source
   */
  SqlNode read(Table table, Column column, SqlNode identifier);

  /** How many queries can run at the same time. */
  default int connections() {
    return Integer.MAX_VALUE;
  }

  /** How many rows a query gives. */
  enum Rows {
    /** One or none, as by a key: they need not be streamed. */
    ONE_AT_MOST,
    /** No more than {@link #FEW}, by the limit of the text. */
    FEW_AT_MOST,
    /** Few, as far as its statistics tell; the text has no limit, so that one can stand behind. */
    PROBABLY_FEW,
    ANY_NUMBER;

    /** So many rows are few. */
    public static final int FEW = 1_000;
  }

  /**
   * Runs one query on the source and streams its rows.
   *
   * @param sql text that was written from a plan, in the source's dialect
   * @param columns the type of each column of the result, which decides the Java type of its values
   *     as {@link RowCursor} documents
   * @param parameters the values of the {@code ?} of the text, in the Java types of {@link
   *     RowCursor}
   * @throws SQLException when the source cannot be reached, refuses the query, or the execution was
   *     stopped; the message names the source
   */
  RowCursor open(
      String sql,
      List<ColumnType> columns,
      List<? extends @Nullable Object> parameters,
      Execution execution)
      throws SQLException;

  /**
   * The same, with what is known of the number of rows, which is right as far as the source keeps
   * its keys.
   *
   * @throws SQLException as {@link #open(String, List, List, Execution)} does
   */
  default RowCursor open(
      String sql,
      List<ColumnType> columns,
      List<? extends @Nullable Object> parameters,
      Rows expected,
      Execution execution)
      throws SQLException {
    return open(sql, columns, parameters, execution);
  }
}
