package io.sally.engine.source;

import io.sally.engine.catalog.ColumnType;
import java.sql.JDBCType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Where Oracle's values need more than JDBC's usual: what is a DATE to Oracle comes as a timestamp,
 * also where a query asks for its day alone.
 */
final class OracleReaders {
  private OracleReaders() {}

  static ColumnReader of(ColumnType type) {
    return type.jdbcType() == JDBCType.DATE ? OracleReaders::date : StandardReaders.of(type);
  }

  private static @Nullable LocalDate date(ResultSet rows, int column) throws SQLException {
    LocalDateTime value = rows.getObject(column, LocalDateTime.class);
    return value == null ? null : value.toLocalDate();
  }
}
