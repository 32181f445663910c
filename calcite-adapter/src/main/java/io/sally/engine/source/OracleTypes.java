package io.sally.engine.source;

import io.sally.engine.catalog.ColumnType;
import java.sql.JDBCType;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Oracle's types, by {@code ALL_TAB_COLUMNS} (SQL Language Reference, "Data Types"). A DATE has a
 * time of day and so is a TIMESTAMP(0). Columns of object types, which no SQL expression turns into
 * a value, are not shown.
 */
final class OracleTypes {
  private static final int MAX_DIGITS = 38;
  private static final Pattern FRACTION = Pattern.compile("TIMESTAMP\\((\\d)\\)");

  private OracleTypes() {}

  /**
   * The type of a column with this declaration.
   *
   * @param digits null where the declaration leaves the number of digits open
   * @param scale null where the declaration leaves the scale open
   * @return null for a type whose columns are not shown
   */
  static @Nullable MappedType of(
      String type,
      @Nullable String typeOwner,
      int bytes,
      int characters,
      @Nullable Integer digits,
      @Nullable Integer scale) {
    if (type.startsWith("TIMESTAMP")) {
      return MappedType.of(timestamp(type));
    } else if (type.startsWith("INTERVAL")) {
      return new MappedType(ColumnType.varchar(), new ReadExpression("TO_CHAR(", ")"));
    }
    return switch (type) {
      case "NUMBER" -> MappedType.of(number(digits, scale));
      case "FLOAT", "BINARY_DOUBLE" -> MappedType.of(ColumnType.doublePrecision());
      case "BINARY_FLOAT" -> MappedType.of(simple(JDBCType.REAL));
      case "CHAR", "NCHAR" ->
          MappedType.of(new ColumnType(JDBCType.CHAR, "CHAR", characters, 0, null));
      case "VARCHAR2", "NVARCHAR2", "VARCHAR" -> MappedType.of(ColumnType.varchar(characters));
      case "CLOB", "NCLOB", "LONG" -> MappedType.of(ColumnType.varchar());
      case "RAW" -> MappedType.of(new ColumnType(JDBCType.VARBINARY, "VARBINARY", bytes, 0, null));
      case "BLOB", "LONG RAW" -> MappedType.of(simple(JDBCType.VARBINARY));
      case "BFILE" ->
          new MappedType(simple(JDBCType.VARBINARY), new ReadExpression("TO_BLOB(", ")"));
      case "DATE" -> MappedType.of(ColumnType.timestamp(0));
      case "BOOLEAN" -> MappedType.of(ColumnType.bool());
      case "ROWID" ->
          new MappedType(ColumnType.varchar(18), new ReadExpression("ROWIDTOCHAR(", ")"));
      case "UROWID" ->
          new MappedType(
              ColumnType.varchar(4000), new ReadExpression("CAST(", " AS VARCHAR2(4000))"));
      case "XMLTYPE" ->
          new MappedType(
              ColumnType.varchar(), new ReadExpression("XMLSERIALIZE(CONTENT ", " AS CLOB)"));
      case "JSON" ->
          new MappedType(
              ColumnType.varchar(), new ReadExpression("JSON_SERIALIZE(", " RETURNING CLOB)"));
      case "VECTOR" ->
          new MappedType(
              ColumnType.varchar(), new ReadExpression("FROM_VECTOR(", " RETURNING CLOB)"));
      case "SDO_GEOMETRY" ->
          new MappedType(ColumnType.varchar(), new ReadExpression("SDO_UTIL.TO_WKTGEOMETRY(", ")"));
      default ->
          typeOwner == null
              ? new MappedType(ColumnType.varchar(), new ReadExpression("TO_CHAR(", ")"))
              : null;
    };
  }

  /** NUMBER alone has up to 40 digits and any scale; INTEGER is 38 digits with scale 0. */
  private static ColumnType number(@Nullable Integer digits, @Nullable Integer scale) {
    if (digits == null && scale == null) {
      return MappedType.openDecimal();
    }
    return MappedType.decimal(
        Objects.requireNonNullElse(digits, MAX_DIGITS), Objects.requireNonNullElse(scale, 0));
  }

  private static ColumnType timestamp(String type) {
    Matcher digits = FRACTION.matcher(type);
    int fraction = digits.lookingAt() ? Integer.parseInt(digits.group(1)) : 6;
    return type.endsWith("TIME ZONE")
        ? new ColumnType(
            JDBCType.TIMESTAMP_WITH_TIMEZONE, "TIMESTAMP WITH TIME ZONE", fraction, 0, null)
        : ColumnType.timestamp(fraction);
  }

  private static ColumnType simple(JDBCType type) {
    return new ColumnType(type, type.getName(), ColumnType.UNSPECIFIED, 0, null);
  }
}
