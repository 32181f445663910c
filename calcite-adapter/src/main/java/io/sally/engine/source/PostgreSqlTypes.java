package io.sally.engine.source;

import io.sally.engine.catalog.ColumnType;
import java.sql.JDBCType;

/**
 * PostgreSQL's types, by the names of {@code pg_type} (manual, chapter 8). What is not named here,
 * be it built in, of an extension or of the user (enum, composite, range, json, xml, inet, bit,
 * interval, …), is shown as the text that PostgreSQL writes for it.
 */
final class PostgreSqlTypes {
  private static final int NO_MODIFIER = -1;

  /** A length, precision or scale is kept with the four bytes of its header added. */
  private static final int HEADER = 4;

  private static final int MICROSECONDS = 6;

  private static final ReadExpression AS_TEXT = new ReadExpression("CAST(", " AS TEXT)");
  private static final ReadExpression AS_NUMERIC = new ReadExpression("CAST(", " AS NUMERIC)");
  private static final ReadExpression AS_BIGINT = new ReadExpression("CAST(", " AS BIGINT)");

  private static final ReadExpression EXACT = new ReadExpression("(", " COLLATE \"C\")");

  private PostgreSqlTypes() {}

  /**
   * The type of a column with this declaration.
   *
   * @param moneyScale the digits right of the point that the server's locale gives money
   */
  static MappedType of(
      String type, int modifier, boolean array, String elementType, int moneyScale) {
    if (array) {
      ColumnType component = of(elementType, modifier, false, "", moneyScale).type();
      if (elementType.equals("money") || elementType.equals("oid")) {
        component = ColumnType.varchar();
      }
      return MappedType.of(
          new ColumnType(
              JDBCType.ARRAY, component.name() + " ARRAY", ColumnType.UNSPECIFIED, 0, component));
    }
    return switch (type) {
      case "bool" -> MappedType.of(ColumnType.bool());
      case "int2" -> MappedType.of(simple(JDBCType.SMALLINT));
      case "int4" -> MappedType.of(ColumnType.integer());
      case "int8" -> MappedType.of(ColumnType.bigint());
      case "oid" -> new MappedType(ColumnType.bigint(), AS_BIGINT);
      case "float4" -> MappedType.of(simple(JDBCType.REAL));
      case "float8" -> MappedType.of(ColumnType.doublePrecision());
      case "numeric" -> MappedType.of(numeric(modifier));
      case "money" -> new MappedType(ColumnType.decimal(19, moneyScale), AS_NUMERIC);
      case "bpchar" ->
          MappedType.of(
              modifier == NO_MODIFIER
                  ? ColumnType.varchar()
                  : new ColumnType(JDBCType.CHAR, "CHAR", modifier - HEADER, 0, null));
      case "varchar" ->
          MappedType.of(
              modifier == NO_MODIFIER
                  ? ColumnType.varchar()
                  : ColumnType.varchar(modifier - HEADER));
      case "text" -> MappedType.of(ColumnType.varchar());
      case "bytea" -> MappedType.of(simple(JDBCType.VARBINARY));
      case "date" -> MappedType.of(ColumnType.date());
      case "time" -> MappedType.of(timed(JDBCType.TIME, "TIME", modifier));
      case "timetz" ->
          MappedType.of(timed(JDBCType.TIME_WITH_TIMEZONE, "TIME WITH TIME ZONE", modifier));
      case "timestamp" -> MappedType.of(timed(JDBCType.TIMESTAMP, "TIMESTAMP", modifier));
      case "timestamptz" ->
          MappedType.of(
              timed(JDBCType.TIMESTAMP_WITH_TIMEZONE, "TIMESTAMP WITH TIME ZONE", modifier));
      case "uuid" -> MappedType.of(MappedType.uuid());
      default -> new MappedType(ColumnType.varchar(), AS_TEXT);
    };
  }

  /** A text whose collation takes different texts for equal, read so that it does not. */
  static MappedType comparedExactly(MappedType type) {
    return type.read() == null && type.type().component() == null
        ? new MappedType(type.type(), EXACT)
        : type;
  }

  /** Eleven bits of scale with a sign, above them the precision (numerictypmodin of the server). */
  private static ColumnType numeric(int modifier) {
    if (modifier == NO_MODIFIER) {
      return MappedType.openDecimal();
    }
    int bits = modifier - HEADER;
    int scale = ((bits & 0x7ff) ^ 1024) - 1024;
    return MappedType.decimal((bits >> 16) & 0xffff, scale);
  }

  private static ColumnType timed(JDBCType type, String name, int modifier) {
    return new ColumnType(type, name, modifier == NO_MODIFIER ? MICROSECONDS : modifier, 0, null);
  }

  private static ColumnType simple(JDBCType type) {
    return new ColumnType(type, type.getName(), ColumnType.UNSPECIFIED, 0, null);
  }
}
