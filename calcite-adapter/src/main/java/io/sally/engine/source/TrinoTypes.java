package io.sally.engine.source;

import io.sally.engine.catalog.ColumnType;
import java.sql.JDBCType;

/**
 * Trino's types, by the names that its {@code information_schema} gives (manual, "Data types").
 * What holds other types (maps, rows, arrays of such) is shown as JSON.
 */
final class TrinoTypes {
  /** Where a timestamp or a time declares no digits of a second. */
  private static final int MILLISECONDS = 3;

  private static final ReadExpression AS_TEXT = new ReadExpression("CAST(", " AS VARCHAR)");
  private static final ReadExpression AS_BYTES = new ReadExpression("CAST(", " AS VARBINARY)");
  private static final ReadExpression AS_TEXTS = new ReadExpression("CAST(", " AS ARRAY(VARCHAR))");

  /**
   * Values have zones of their own and come as texts with their names. The hour that a zone has
   * twice would be ambiguous.
   */
  static final ReadExpression IN_UTC = new ReadExpression("(", " AT TIME ZONE 'UTC')");

  private static final ReadExpression MOMENTS_AS_TEXTS =
      new ReadExpression("TRANSFORM(", ", m -> CAST(m AT TIME ZONE 'UTC' AS VARCHAR))");

  private TrinoTypes() {}

  /** The type of a column with this declaration. */
  static MappedType of(String declaration) {
    TrinoType type = TrinoType.parse(declaration);
    return switch (type.name()) {
      case "array" -> array(type);
      case "map", "row" -> json(type);
      case "json" -> text(new ReadExpression("JSON_FORMAT(", ")"));
      case "interval day to second", "interval year to month", "ipaddress" -> text(AS_TEXT);
      case "geometry" -> text(new ReadExpression("ST_AsText(", ")"));
      case "sphericalgeography" -> text(new ReadExpression("ST_AsText(to_geometry(", "))"));
      case "bingtile" -> text(new ReadExpression("bing_tile_quadkey(", ")"));
      case "hyperloglog", "p4hyperloglog", "qdigest", "tdigest", "setdigest" ->
          new MappedType(simple(JDBCType.VARBINARY), AS_BYTES);
      case "timestamp with time zone" -> new MappedType(scalar(type), IN_UTC);
      default -> MappedType.of(scalar(type));
    };
  }

  private static MappedType text(ReadExpression read) {
    return new MappedType(ColumnType.varchar(), read);
  }

  private static ColumnType scalar(TrinoType type) {
    return switch (type.name()) {
      case "boolean" -> ColumnType.bool();
      case "tinyint" -> simple(JDBCType.TINYINT);
      case "smallint" -> simple(JDBCType.SMALLINT);
      case "integer" -> ColumnType.integer();
      case "bigint" -> ColumnType.bigint();
      case "real" -> simple(JDBCType.REAL);
      case "double" -> ColumnType.doublePrecision();
      case "decimal" -> ColumnType.decimal(type.number(0, 38), type.number(1, 0));
      case "char" -> new ColumnType(JDBCType.CHAR, "CHAR", type.number(0, 1), 0, null);
      case "varchar" -> ColumnType.varchar(type.number(0, ColumnType.UNSPECIFIED));
      case "varbinary" -> simple(JDBCType.VARBINARY);
      case "date" -> ColumnType.date();
      case "time" -> timed(JDBCType.TIME, "TIME", type);
      case "time with time zone" -> timed(JDBCType.TIME_WITH_TIMEZONE, "TIME WITH TIME ZONE", type);
      case "timestamp" -> timed(JDBCType.TIMESTAMP, "TIMESTAMP", type);
      case "timestamp with time zone" ->
          timed(JDBCType.TIMESTAMP_WITH_TIMEZONE, "TIMESTAMP WITH TIME ZONE", type);
      case "uuid" -> MappedType.uuid();
      default -> ColumnType.varchar();
    };
  }

  /** The driver makes java.sql's values of the elements, unless they come as texts. */
  private static MappedType array(TrinoType type) {
    TrinoType element = type.argument(0);
    ColumnType component = scalar(element);
    boolean text = component.jdbcType() == JDBCType.VARCHAR && !element.name().equals("varchar");
    if (element.composite() || text) {
      return json(type);
    }
    ColumnType array =
        new ColumnType(
            JDBCType.ARRAY, component.name() + " ARRAY", ColumnType.UNSPECIFIED, 0, component);
    return switch (component.jdbcType()) {
      case DATE, TIME, TIME_WITH_TIMEZONE, TIMESTAMP -> new MappedType(array, AS_TEXTS);
      case TIMESTAMP_WITH_TIMEZONE -> new MappedType(array, MOMENTS_AS_TEXTS);
      default -> MappedType.of(array);
    };
  }

  /** What has no JSON is written by the reader. */
  private static MappedType json(TrinoType type) {
    String castable = type.inJson();
    if (castable.isEmpty()) {
      return MappedType.of(ColumnType.varchar());
    }
    return text(
        castable.equals(type.toString())
            ? new ReadExpression("JSON_FORMAT(CAST(", " AS JSON))")
            : new ReadExpression("JSON_FORMAT(CAST(CAST(", " AS " + castable + ") AS JSON))"));
  }

  private static ColumnType timed(JDBCType type, String name, TrinoType declared) {
    return new ColumnType(type, name, declared.number(0, MILLISECONDS), 0, null);
  }

  private static ColumnType simple(JDBCType type) {
    return new ColumnType(type, type.getName(), ColumnType.UNSPECIFIED, 0, null);
  }
}
