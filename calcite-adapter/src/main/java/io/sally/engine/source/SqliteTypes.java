package io.sally.engine.source;

import io.sally.engine.catalog.ColumnType;
import java.sql.JDBCType;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a declared type of SQLite stands for. SQLite itself knows only affinities (its
 * documentation, "Datatypes in SQLite", section 3), which decide where the name is not one with a
 * meaning of its own; a column without a declared type, such as a computed one of a view, is text.
 */
final class SqliteTypes {
  private static final int MICROSECONDS = 6;
  private static final Pattern DIGITS = Pattern.compile("\\(\\s*(\\d+)\\s*(?:,\\s*(\\d+)\\s*)?\\)");

  private SqliteTypes() {}

  static MappedType of(String declaration) {
    return MappedType.of(type(declaration.strip().toUpperCase(Locale.ROOT)));
  }

  private static ColumnType type(String declared) {
    String name = declared.replaceFirst("\\s*\\(.*", "");
    return switch (name) {
      case "BOOLEAN", "BOOL" -> ColumnType.bool();
      case "DATE" -> ColumnType.date();
      case "TIME" -> new ColumnType(JDBCType.TIME, "TIME", MICROSECONDS, 0, null);
      case "DATETIME", "TIMESTAMP" -> ColumnType.timestamp(MICROSECONDS);
      case "DECIMAL", "NUMERIC", "NUMBER" -> decimal(declared);
      default -> byAffinity(declared);
    };
  }

  private static ColumnType decimal(String declared) {
    Matcher digits = DIGITS.matcher(declared);
    if (!digits.find()) {
      return MappedType.openDecimal();
    }
    String scale = digits.group(2);
    return MappedType.decimal(
        Integer.parseInt(digits.group(1)), scale == null ? 0 : Integer.parseInt(scale));
  }

  private static ColumnType byAffinity(String declared) {
    if (declared.contains("INT")) {
      return ColumnType.bigint();
    } else if (declared.contains("CHAR")
        || declared.contains("CLOB")
        || declared.contains("TEXT")
        || declared.isEmpty()) {
      // A declared length is not enforced, so none is promised.
      return ColumnType.varchar();
    } else if (declared.contains("BLOB")) {
      return new ColumnType(JDBCType.VARBINARY, "VARBINARY", ColumnType.UNSPECIFIED, 0, null);
    } else if (declared.contains("REAL")
        || declared.contains("FLOA")
        || declared.contains("DOUB")) {
      return ColumnType.doublePrecision();
    }
    return ColumnType.varchar();
  }
}
