package io.sally.engine.source;

import com.google.common.cache.CacheBuilder;
import io.sally.engine.SqlErrors;
import io.sally.engine.catalog.ColumnType;
import java.sql.JDBCType;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * Finds out that a column is no longer of the type that the plan reads it as, where the driver
 * would bend its values in silence: a decimal read as an integer loses its fraction. Thread-safe.
 */
final class ChangedColumns {
  private static final int REMEMBERED = 1_000;

  /**
   * Queries that were reported once. The catalog has been read anew since, so that a result that is
   * still of other types is what the database makes of the query, and no change.
   */
  private final Set<String> reported = remembered();

  /** The same for queries of which a value could not be read. */
  private final Set<String> failed = remembered();

  private static Set<String> remembered() {
    return Collections.newSetFromMap(
        CacheBuilder.newBuilder().maximumSize(REMEMBERED).<String, Boolean>build().asMap());
  }

  /**
   * Looks at a result before its first row is read.
   *
   * @throws SQLException with SQLState SA009 when a column has changed
   */
  void look(String sql, List<ColumnType> columns, ResultSetMetaData result) throws SQLException {
    for (int i = 0; i < columns.size(); i++) {
      if (bends(columns.get(i).jdbcType(), result, i + 1)) {
        if (reported.add(sql)) {
          throw SqlErrors.changed(null);
        }
        return;
      }
    }
    reported.remove(sql);
  }

  /** Whether a value could not be read since its column takes larger numbers than it did. */
  boolean isWider(String sql, ColumnType wanted, ResultSetMetaData result, int column)
      throws SQLException {
    return switch (wanted.jdbcType()) {
      case TINYINT, SMALLINT, INTEGER ->
          switch (result.getColumnType(column)) {
            case Types.INTEGER, Types.BIGINT, Types.DECIMAL, Types.NUMERIC -> failed.add(sql);
            default -> false;
          };
      default -> false;
    };
  }

  private static boolean bends(JDBCType wanted, ResultSetMetaData result, int column)
      throws SQLException {
    return switch (wanted) {
      case TINYINT, SMALLINT, INTEGER, BIGINT ->
          switch (result.getColumnType(column)) {
            case Types.DECIMAL, Types.NUMERIC -> result.getScale(column) > 0;
            case Types.REAL, Types.FLOAT, Types.DOUBLE -> true;
            default -> false;
          };
      case REAL, FLOAT, DOUBLE ->
          switch (result.getColumnType(column)) {
            case Types.DECIMAL, Types.NUMERIC -> true;
            case Types.DOUBLE -> wanted == JDBCType.REAL;
            default -> false;
          };
      case DATE, TIME ->
          switch (result.getColumnType(column)) {
            case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE -> true;
            default -> false;
          };
      default -> false;
    };
  }
}
