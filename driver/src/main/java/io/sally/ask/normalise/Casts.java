package io.sally.ask.normalise;

import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import net.sf.jsqlparser.expression.CastExpression;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.TranscodingFunction;
import net.sf.jsqlparser.statement.create.table.ColDataType;

/** CAST, {@code ::}, CONVERT and those that give null for what cannot be read. */
final class Casts {
  private Casts() {}

  static Written write(
      CastExpression cast, Dialect dialect, ExpressionWriter writer, Dates dates, Scope scope)
      throws SQLException {
    ColDataType type = cast.getColDataType();
    if (type == null || cast.getFormat() != null) {
      throw SelectWriter.refused(cast.toString());
    }
    if (type.getDataType().toUpperCase(Locale.ROOT).startsWith("INTERVAL")) {
      return dates.interval(cast, scope);
    }
    String keyword = cast.keyword == null ? "CAST" : cast.keyword.toUpperCase(Locale.ROOT);
    boolean safe = keyword.startsWith("TRY") || keyword.startsWith("SAFE");
    return to(type, writer.raw(cast.getLeftExpression(), scope), safe, dialect, dates, cast);
  }

  static Written write(
      TranscodingFunction convert,
      Dialect dialect,
      ExpressionWriter writer,
      Dates dates,
      Scope scope)
      throws SQLException {
    ColDataType type = convert.getColDataType();
    Written value = writer.raw(convert.getExpression(), scope);
    boolean safe =
        convert.getKeyword() != null
            && convert.getKeyword().toUpperCase(Locale.ROOT).startsWith("TRY");
    String transcoding = convert.getTranscodingName();
    if (type == null) {
      throw SelectWriter.refused(convert.toString());
    }
    if (transcoding != null && !transcoding.isBlank() && isText(type)) {
      return Formats.styled(transcoding.strip(), value, type, dates, convert);
    }
    return to(type, value, safe, dialect, dates, convert);
  }

  private static boolean isText(ColDataType type) {
    return type.getDataType().toUpperCase(Locale.ROOT).contains("CHAR");
  }

  /** The value as the type. */
  static Written to(
      ColDataType type, Written value, boolean safe, Dialect dialect, Dates dates, Expression e)
      throws SQLException {
    String name = type.getDataType().toUpperCase(Locale.ROOT).replaceAll("\\s+", " ").strip();
    List<String> arguments =
        type.getArgumentsStringList() == null ? List.of() : type.getArgumentsStringList();
    if (type.getArrayData() != null && !type.getArrayData().isEmpty()) {
      throw SelectWriter.refused("the array type " + type);
    }
    int parenthesis = name.indexOf('(');
    String word = parenthesis < 0 ? name : name.substring(0, parenthesis).strip();
    String size = size(arguments, parenthesis < 0 ? "" : name.substring(parenthesis));
    return switch (word) {
      case "INT", "INTEGER", "INT4", "MEDIUMINT" -> whole("INTEGER", value, safe, dialect, e);
      case "SMALLINT", "INT2", "TINYINT" -> whole("SMALLINT", value, safe, dialect, e);
      case "BIGINT",
          "INT8",
          "INT64",
          "SIGNED",
          "SIGNED INTEGER",
          "UNSIGNED",
          "UNSIGNED INTEGER",
          "LONG" ->
          whole("BIGINT", value, safe, dialect, e);
      case "NUMERIC", "DECIMAL", "NUMBER", "DEC", "BIGNUMERIC", "MONEY" ->
          decimal(size, value, safe, dialect, e);
      case "FLOAT",
          "REAL",
          "DOUBLE",
          "DOUBLE PRECISION",
          "FLOAT8",
          "FLOAT4",
          "FLOAT64",
          "BINARY_DOUBLE" ->
          cast("DOUBLE", Kind.DOUBLE, ExpressionWriter.number(value), safe, e);
      case "TEXT",
          "STRING",
          "VARCHAR",
          "CHAR",
          "NVARCHAR",
          "NCHAR",
          "VARCHAR2",
          "NVARCHAR2",
          "CHARACTER VARYING",
          "CHARACTER",
          "BPCHAR",
          "CLOB" -> {
        Written text =
            ExpressionWriter.call(
                value.kind() == Kind.BOOLEAN ? Texts.asText(value) : value.sql(),
                value.kind(),
                value.source());
        String length = size.equalsIgnoreCase("(MAX)") ? "" : size;
        yield value.kind() == Kind.TEXT && length.isEmpty()
            ? value
            : cast("VARCHAR" + length, Kind.TEXT, text, safe, e);
      }
      case "DATE" -> safe ? cast("DATE", Kind.DATE, value, true, e) : dates.date(value);
      case "DATETIME",
          "DATETIME2",
          "SMALLDATETIME",
          "TIMESTAMP",
          "TIMESTAMPTZ",
          "TIMESTAMP WITHOUT TIME ZONE",
          "TIMESTAMP WITH TIME ZONE" ->
          safe ? cast("TIMESTAMP", Kind.TIMESTAMP, value, true, e) : dates.timestamp(value);
      case "TIME", "TIME WITHOUT TIME ZONE" -> cast("TIME", Kind.TIME, value, safe, e);
      case "BOOLEAN", "BOOL", "BIT" -> truth(value, safe, e);
      default -> throw SelectWriter.refused("the type " + type);
    };
  }

  private static String size(List<String> arguments, String inName) {
    return arguments.isEmpty() ? inName : "(" + String.join(", ", arguments) + ")";
  }

  private static Written whole(
      String type, Written value, boolean safe, Dialect dialect, Expression e) {
    Written number = ExpressionWriter.number(value);
    Kind kind = type.equals("BIGINT") ? Kind.BIGINT : Kind.INTEGER;
    boolean fraction = number.kind() == Kind.DECIMAL || number.kind() == Kind.DOUBLE;
    if (fraction && (dialect == Dialect.SQLITE || dialect == Dialect.TSQL)) {
      // These two cut the fraction off; the others round.
      number =
          ExpressionWriter.call("TRUNCATE(" + number.sql() + ", 0)", number.kind(), value.source());
    }
    return cast(type, kind, number, safe, e);
  }

  private static Written decimal(
      String size, Written value, boolean safe, Dialect dialect, Expression e) {
    Written number = ExpressionWriter.number(value);
    if (!size.isEmpty()) {
      return cast("DECIMAL" + size, Kind.DECIMAL, number, safe, e);
    }
    return switch (dialect) {
      case MYSQL -> cast("DECIMAL(10, 0)", Kind.DECIMAL, number, safe, e);
      case TSQL -> cast("DECIMAL(18, 0)", Kind.DECIMAL, number, safe, e);
      case BIGQUERY -> cast("DECIMAL(38, 9)", Kind.DECIMAL, number, safe, e);
      case STANDARD -> cast("DECIMAL", Kind.DECIMAL, number, safe, e);
      // The others take as many digits as there are.
      default ->
          number.kind() == Kind.DECIMAL
              ? number
              : number.kind().isWhole()
                  ? cast("DECIMAL(19, 0)", Kind.DECIMAL, number, safe, e)
                  : cast("DECIMAL(38, 10)", Kind.DECIMAL, number, safe, e);
    };
  }

  private static Written truth(Written value, boolean safe, Expression e) {
    if (value.kind().isNumber()) {
      return new Written(value.operand() + " <> 0", Kind.BOOLEAN, false, e);
    }
    return cast("BOOLEAN", Kind.BOOLEAN, value, safe, e);
  }

  private static Written cast(String type, Kind kind, Written value, boolean safe, Expression e) {
    return ExpressionWriter.call(
        (safe ? "SAFE_CAST(" : "CAST(") + value.sql() + " AS " + type + ")", kind, e);
  }
}
