package io.sally.engine.source;

import io.sally.engine.catalog.ColumnType;
import java.sql.JDBCType;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * MySQL's and MariaDB's types, by {@code information_schema.columns} (MySQL manual, chapter 13).
 *
 * <p>TINYINT(1) and BIT(1) are BOOLEAN, as Connector/J takes them: any number but 0 is true. A
 * TIMESTAMP is a moment, kept in UTC, and so has a time zone; a DATETIME has none. CHAR comes
 * without its padding.
 */
final class MySqlTypes {
  private MySqlTypes() {}

  static MappedType of(
      String dataType, String columnType, long characters, int digits, int scale, int fraction) {
    String declared = columnType.toLowerCase(Locale.ROOT);
    boolean unsigned = declared.contains("unsigned");
    ColumnType type =
        switch (dataType.toLowerCase(Locale.ROOT)) {
          case "tinyint" ->
              declared.equals("tinyint(1)")
                  ? ColumnType.bool()
                  : simple(unsigned ? JDBCType.SMALLINT : JDBCType.TINYINT);
          case "smallint" -> simple(unsigned ? JDBCType.INTEGER : JDBCType.SMALLINT);
          case "mediumint" -> ColumnType.integer();
          case "int", "integer" -> unsigned ? ColumnType.bigint() : ColumnType.integer();
          case "bigint" -> unsigned ? ColumnType.decimal(20, 0) : ColumnType.bigint();
          case "year" -> simple(JDBCType.SMALLINT);
          case "bit" ->
              digits == 1
                  ? ColumnType.bool()
                  : new ColumnType(JDBCType.VARBINARY, "VARBINARY", (digits + 7) / 8, 0, null);
          case "decimal", "numeric" -> MappedType.decimal(digits, scale);
          case "float" -> simple(JDBCType.REAL);
          case "double", "real" -> ColumnType.doublePrecision();
          case "char", "varchar", "enum", "set" -> text(characters);
          case "binary" -> new ColumnType(JDBCType.BINARY, "BINARY", (int) characters, 0, null);
          case "varbinary" ->
              new ColumnType(JDBCType.VARBINARY, "VARBINARY", (int) characters, 0, null);
          case "tinyblob", "blob", "mediumblob", "longblob", "vector" -> simple(JDBCType.VARBINARY);
          // The driver's own value: the number of the spatial reference system, then WKB.
          case "geometry",
              "point",
              "linestring",
              "polygon",
              "multipoint",
              "multilinestring",
              "multipolygon",
              "geometrycollection",
              "geomcollection" ->
              simple(JDBCType.VARBINARY);
          case "date" -> ColumnType.date();
          case "time" -> new ColumnType(JDBCType.TIME, "TIME", fraction, 0, null);
          case "datetime" -> ColumnType.timestamp(fraction);
          case "timestamp" ->
              new ColumnType(
                  JDBCType.TIMESTAMP_WITH_TIMEZONE, "TIMESTAMP WITH TIME ZONE", fraction, 0, null);
          case "uuid" -> MappedType.uuid();
          default -> ColumnType.varchar();
        };
    return new MappedType(type, read(dataType.toLowerCase(Locale.ROOT), digits));
  }

  /**
   * What does not compare or compute as Sally's type for it. MySQL compares a JSON document with a
   * text as if the text were a JSON string, which is never what Sally's text for the document means
   * (in MariaDB JSON is another word for LONGTEXT); a YEAR with 9 as with 2009; and what CASE makes
   * of a BIT is a text of one byte.
   */
  private static @Nullable ReadExpression read(String dataType, int digits) {
    return switch (dataType) {
      case "json" -> new ReadExpression("CAST(", " AS CHAR)");
      case "year" -> new ReadExpression("CAST(", " AS SIGNED)");
      case "bit" -> digits == 1 ? new ReadExpression("(", " + 0)") : null;
      default -> null;
    };
  }

  private static ColumnType text(long characters) {
    return characters > 0 ? ColumnType.varchar((int) characters) : ColumnType.varchar();
  }

  private static ColumnType simple(JDBCType type) {
    return new ColumnType(type, type.getName(), ColumnType.UNSPECIFIED, 0, null);
  }
}
