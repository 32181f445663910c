package io.sally.engine.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/**
 * One type of a database with one value: what Sally's type and value for it must be.
 *
 * @param value the value in the database's SQL
 */
record TypeCase(String declaration, String value, String type, @Nullable Object expected) {
  static TypeCase of(String declaration, String value, String type, @Nullable Object expected) {
    return new TypeCase(declaration, value, type, expected);
  }

  /** The outcome as one line, so that a failure shows all differences at once. */
  private String line(String actualType, @Nullable Object actual) {
    return declaration + " " + value + " -> " + actualType + " " + shown(actual);
  }

  private static String shown(@Nullable Object value) {
    if (value == null) {
      return "null";
    }
    String text = value instanceof byte[] bytes ? Arrays.toString(bytes) : value.toString();
    return value.getClass().getSimpleName().replaceFirst("^(ListN|List12|ArrayList)$", "List")
        + " "
        + text;
  }

  /**
   * Reads all cases from one table in several time zones of the JVM, often enough that the driver
   * has gone over to its binary protocol.
   */
  static void check(Connection plain, JdbcSource source, String table, List<TypeCase> cases)
      throws SQLException {
    create(plain, table, cases);
    List<String> expected = cases.stream().map(c -> c.line(c.type(), c.expected())).toList();
    TimeZone before = TimeZone.getDefault();
    try {
      for (String zone : List.of("UTC", "America/New_York", "Asia/Kathmandu")) {
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        var definition = SourceReading.table(source, table);
        for (int run = 0; run < 7; run++) {
          List<@Nullable Object> row = SourceReading.rows(source, table).get(0);
          List<String> actual = new ArrayList<>();
          for (int i = 0; i < cases.size(); i++) {
            actual.add(
                cases
                    .get(i)
                    .line(definition.columns().get(i + 1).type().toString(), row.get(i + 1)));
          }
          assertThat(actual).as(zone).isEqualTo(expected);
        }
      }
    } finally {
      TimeZone.setDefault(before);
    }
    checkAgainstDriver(plain, table, cases);
  }

  /** A table of one row, whose id is 1: a column c0, c1 and so on a case. */
  static void create(Connection plain, String table, List<TypeCase> cases) throws SQLException {
    try (Statement statement = plain.createStatement()) {
      StringBuilder columns = new StringBuilder("id int");
      StringBuilder values = new StringBuilder("1");
      for (int i = 0; i < cases.size(); i++) {
        columns.append(", c").append(i).append(' ').append(cases.get(i).declaration());
        values.append(", ").append(cases.get(i).value());
      }
      statement.execute("CREATE TABLE " + table + " (" + columns + ")");
      statement.execute("INSERT INTO " + table + " VALUES (" + values + ")");
    }
  }

  /** What the driver itself gives when it is asked for the same Java type. */
  private static void checkAgainstDriver(Connection plain, String table, List<TypeCase> cases)
      throws SQLException {
    try (Statement statement = plain.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
      rows.next();
      for (int i = 0; i < cases.size(); i++) {
        TypeCase one = cases.get(i);
        Object expected = one.expected();
        if (expected instanceof String) {
          assertThat(rows.getString(i + 2)).as(one.declaration()).isEqualTo(expected);
        } else if (expected instanceof byte[] bytes) {
          assertThat(rows.getBytes(i + 2)).as(one.declaration()).isEqualTo(bytes);
        } else if (expected instanceof BigDecimal number && !one.declaration().equals("money")) {
          assertThat(rows.getBigDecimal(i + 2)).as(one.declaration()).isEqualByComparingTo(number);
        } else if (expected instanceof Integer || expected instanceof Long) {
          assertThat(rows.getLong(i + 2)).isEqualTo(((Number) expected).longValue());
        } else if (expected instanceof Double number) {
          assertThat(rows.getDouble(i + 2)).isEqualTo(number);
        }
      }
    }
  }
}
