package io.sally.engine.source;

import io.sally.engine.SqlErrors;
import io.sally.engine.catalog.ColumnType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The readers for drivers that keep to JDBC 4.2: java.time values come straight from the driver, so
 * that neither java.sql's calendar nor the JVM's time zone touches them.
 */
final class StandardReaders {
  private StandardReaders() {}

  static ColumnReader of(ColumnType type) {
    return switch (type.jdbcType()) {
      case BOOLEAN, BIT -> (rows, i) -> orNull(rows.getBoolean(i), rows);
      case TINYINT -> (rows, i) -> orNull(rows.getByte(i), rows);
      case SMALLINT -> (rows, i) -> orNull(rows.getShort(i), rows);
      case INTEGER -> (rows, i) -> orNull(rows.getInt(i), rows);
      case BIGINT -> (rows, i) -> orNull(rows.getLong(i), rows);
      case DECIMAL, NUMERIC -> ResultSet::getBigDecimal;
      case REAL -> (rows, i) -> orNull(rows.getFloat(i), rows);
      case FLOAT, DOUBLE -> (rows, i) -> orNull(rows.getDouble(i), rows);
      case BINARY, VARBINARY, LONGVARBINARY, BLOB -> ResultSet::getBytes;
      case DATE -> (rows, i) -> rows.getObject(i, LocalDate.class);
      case TIME -> (rows, i) -> rows.getObject(i, LocalTime.class);
      case TIMESTAMP -> (rows, i) -> rows.getObject(i, LocalDateTime.class);
      case TIME_WITH_TIMEZONE -> (rows, i) -> rows.getObject(i, OffsetTime.class);
      case TIMESTAMP_WITH_TIMEZONE -> (rows, i) -> inUtc(rows.getObject(i, OffsetDateTime.class));
      case NULL -> (rows, i) -> null;
      case ARRAY ->
          (rows, i) -> {
            throw SqlErrors.notSupported("This kind of source has no arrays.");
          };
      default ->
          type.name().equals("UUID") ? (rows, i) -> uuid(rows.getString(i)) : ResultSet::getString;
    };
  }

  private static @Nullable Object orNull(Object value, ResultSet rows) throws SQLException {
    return rows.wasNull() ? null : value;
  }

  /** The least and the greatest value stand for minus and plus infinity and have no other zone. */
  static @Nullable OffsetDateTime inUtc(@Nullable OffsetDateTime value) {
    return value == null || value.equals(OffsetDateTime.MIN) || value.equals(OffsetDateTime.MAX)
        ? value
        : value.withOffsetSameInstant(ZoneOffset.UTC);
  }

  static @Nullable UUID uuid(@Nullable String text) {
    return text == null ? null : UUID.fromString(text);
  }
}
