package io.sally.driver.metadata;

import java.sql.JDBCType;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What <code>{fn CONVERT(x, SQL_…)}</code> (JDBC 4.3, Appendix C.5) can make of what: the casts of
 * SQL. A type that SQL here has under another name is that one, and text and binaries have no
 * limit, since JDBC names none: <code>SQL_CHAR</code> is VARCHAR.
 */
public final class Conversions {
  /** Types between which conversions do not tell. */
  private enum Family {
    BOOLEAN,
    INTEGER,
    NUMBER,
    TEXT,
    BINARY,
    DATE,
    TIME,
    TIMESTAMP
  }

  private static final Set<Family> NUMBERS = EnumSet.of(Family.INTEGER, Family.NUMBER);

  /** A number is a timestamp's milliseconds since 1970. */
  private static final Map<Family, Set<Family>> POSSIBLE =
      new EnumMap<>(
          Map.of(
              Family.BOOLEAN, EnumSet.of(Family.BOOLEAN, Family.INTEGER, Family.TEXT),
              Family.INTEGER,
                  with(NUMBERS, Family.BOOLEAN, Family.TEXT, Family.BINARY, Family.TIMESTAMP),
              Family.NUMBER, with(NUMBERS, Family.BOOLEAN, Family.TEXT, Family.TIMESTAMP),
              Family.TEXT, EnumSet.allOf(Family.class),
              Family.BINARY, EnumSet.of(Family.TEXT, Family.BINARY),
              Family.DATE, EnumSet.of(Family.TEXT, Family.DATE, Family.TIMESTAMP),
              Family.TIME, EnumSet.of(Family.TEXT, Family.TIME, Family.TIMESTAMP),
              Family.TIMESTAMP,
                  with(NUMBERS, Family.TEXT, Family.DATE, Family.TIME, Family.TIMESTAMP)));

  private Conversions() {}

  private static Set<Family> with(Set<Family> some, Family... more) {
    Set<Family> all = EnumSet.copyOf(some);
    all.addAll(Set.of(more));
    return all;
  }

  /** Whether some values of the type {@code from} can be made {@code to}; codes of JDBC's types. */
  public static boolean isPossible(int from, int to) {
    JDBCType source = type(from);
    JDBCType target = type(to);
    if (source == null || target == null || sqlName(target) == null) {
      return false;
    }
    Family family = source == JDBCType.TIMESTAMP_WITH_TIMEZONE ? Family.TIMESTAMP : family(source);
    return family != null && POSSIBLE.getOrDefault(family, Set.of()).contains(family(target));
  }

  /** The name that a cast has for the type, or null where there is none. */
  public static @Nullable String sqlName(JDBCType type) {
    Family family = family(type);
    if (family == null) {
      return null;
    }
    return switch (family) {
      case TEXT -> "VARCHAR";
      case BINARY -> "VARBINARY";
      case BOOLEAN -> "BOOLEAN";
      default -> type == JDBCType.NUMERIC ? "DECIMAL" : type.getName();
    };
  }

  private static @Nullable JDBCType type(int code) {
    for (JDBCType type : JDBCType.values()) {
      if (type.getVendorTypeNumber() == code) {
        return type;
      }
    }
    return null;
  }

  private static @Nullable Family family(JDBCType type) {
    return switch (type) {
      case BIT, BOOLEAN -> Family.BOOLEAN;
      case TINYINT, SMALLINT, INTEGER, BIGINT -> Family.INTEGER;
      case DECIMAL, NUMERIC, REAL, FLOAT, DOUBLE -> Family.NUMBER;
      case CHAR, VARCHAR, LONGVARCHAR, NCHAR, NVARCHAR, LONGNVARCHAR, CLOB, NCLOB -> Family.TEXT;
      case BINARY, VARBINARY, LONGVARBINARY, BLOB -> Family.BINARY;
      case DATE -> Family.DATE;
      case TIME -> Family.TIME;
      case TIMESTAMP -> Family.TIMESTAMP;
      default -> null;
    };
  }
}
