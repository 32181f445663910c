package io.sally.driver.metadata;

import io.sally.driver.metadata.Header.Row;
import io.sally.engine.catalog.ColumnType;
import java.sql.DatabaseMetaData;
import java.sql.JDBCType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The types that columns and CAST can have. */
public final class TypeListing {
  private static final Header TYPES =
      Header.of(
          """
          TYPE_NAME DATA_TYPE:int PRECISION:int LITERAL_PREFIX LITERAL_SUFFIX CREATE_PARAMS
          NULLABLE:short CASE_SENSITIVE:boolean SEARCHABLE:short UNSIGNED_ATTRIBUTE:boolean
          FIXED_PREC_SCALE:boolean AUTO_INCREMENT:boolean LOCAL_TYPE_NAME MINIMUM_SCALE:short
          MAXIMUM_SCALE:short SQL_DATA_TYPE:int SQL_DATETIME_SUB:int NUM_PREC_RADIX:int
          """);
  private static final String INTERVAL = "INTERVAL";
  private static final short MAX_DECIMAL_SCALE = 38;
  private static final short MAX_FRACTION_DIGITS = 9;

  private record Entry(ColumnType type, @Nullable String prefix, @Nullable String parameters) {
    Entry(JDBCType type, String name, @Nullable String prefix, @Nullable String parameters) {
      this(new ColumnType(type, name, ColumnType.UNSPECIFIED, 0, null), prefix, parameters);
    }

    Row row() {
      boolean number = TypeFacts.isNumber(type);
      return Row.of(
          type.name(),
          type.jdbcType().getVendorTypeNumber(),
          TypeFacts.size(type),
          prefix,
          suffix(),
          parameters,
          (short) DatabaseMetaData.typeNullable,
          TypeFacts.isText(type),
          (short) TypeFacts.searchability(type),
          !number,
          false,
          false,
          null,
          (short) 0,
          maxScale(),
          null,
          null,
          number ? 10 : null);
    }

    /** An interval's literal ends with its fields, as in INTERVAL '1-6' YEAR TO MONTH. */
    private @Nullable String suffix() {
      if (prefix == null) {
        return null;
      }
      return type.name().startsWith(INTERVAL)
          ? "'" + type.name().substring(INTERVAL.length())
          : "'";
    }

    private short maxScale() {
      return switch (type.jdbcType()) {
        case DECIMAL -> MAX_DECIMAL_SCALE;
        case TIME, TIMESTAMP, TIMESTAMP_WITH_TIMEZONE -> MAX_FRACTION_DIGITS;
        default -> 0;
      };
    }
  }

  private static final List<Entry> ENTRIES =
      List.of(
          new Entry(JDBCType.BOOLEAN, "BOOLEAN", null, null),
          new Entry(JDBCType.TINYINT, "TINYINT", null, null),
          new Entry(JDBCType.SMALLINT, "SMALLINT", null, null),
          new Entry(JDBCType.INTEGER, "INTEGER", null, null),
          new Entry(JDBCType.BIGINT, "BIGINT", null, null),
          new Entry(JDBCType.DECIMAL, "DECIMAL", null, "precision,scale"),
          new Entry(JDBCType.REAL, "REAL", null, null),
          new Entry(JDBCType.FLOAT, "FLOAT", null, null),
          new Entry(JDBCType.DOUBLE, "DOUBLE", null, null),
          new Entry(JDBCType.CHAR, "CHAR", "'", "length"),
          new Entry(JDBCType.VARCHAR, "VARCHAR", "'", "length"),
          new Entry(JDBCType.BINARY, "BINARY", "X'", "length"),
          new Entry(JDBCType.VARBINARY, "VARBINARY", "X'", "length"),
          new Entry(JDBCType.DATE, "DATE", "DATE '", null),
          new Entry(JDBCType.TIME, "TIME", "TIME '", "precision"),
          new Entry(JDBCType.TIMESTAMP, "TIMESTAMP", "TIMESTAMP '", "precision"),
          new Entry(
              JDBCType.TIMESTAMP_WITH_TIMEZONE, "TIMESTAMP WITH TIME ZONE", null, "precision"),
          new Entry(JDBCType.ARRAY, "ARRAY", null, null),
          new Entry(JDBCType.OTHER, "UUID", "UUID '", null),
          new Entry(JDBCType.OTHER, "INTERVAL YEAR TO MONTH", "INTERVAL '", null),
          new Entry(JDBCType.OTHER, "INTERVAL DAY TO SECOND", "INTERVAL '", null));

  private TypeListing() {}

  /** The type of this name, in any case, or null. */
  public static @Nullable ColumnType named(String name) {
    return ENTRIES.stream()
        .map(Entry::type)
        .filter(type -> type.name().equalsIgnoreCase(name))
        .findFirst()
        .orElse(null);
  }

  public static Listing types() {
    return TYPES.sorted(ENTRIES.stream().map(Entry::row), "DATA_TYPE");
  }
}
