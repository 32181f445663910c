package io.sally.engine.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.sally.engine.Engine;
import io.sally.engine.Execution;
import io.sally.engine.Limits;
import io.sally.engine.Plan;
import io.sally.engine.RowCursor;
import io.sally.engine.Session;
import io.sally.engine.catalog.Table;
import io.sally.engine.catalog.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.linq4j.Linq4j;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What a column of each type holds is compared, sorted, grouped and put together by the database as
 * Sally does it with the same values in memory.
 */
@Tag("mysql")
final class MySqlValuesPushedIT {
  private static final String DATABASE = "pushed_values";

  /** Types, each with values that its own comparison may take for others. */
  private static final List<List<String>> TYPES =
      List.of(
          List.of("tinyint(1)", "0", "1", "2", "-5"),
          List.of("bit(1)", "b'0'", "b'1'"),
          List.of("bigint unsigned", "18446744073709551615", "9223372036854775808", "0", "9", "10"),
          List.of("int unsigned", "4294967295", "0", "1"),
          List.of("year", "1901", "2001", "2026", "0", "2069", "1970"),
          List.of("decimal(10,2)", "-0.10", "0", "9.5", "10.00", "0.1"),
          List.of("double", "0.1", "1e300", "-1e-300", "9", "10", "-0e0", "0"),
          List.of("varchar(9)", "'a'", "'A'", "'a '", "'á'", "''", "'😀'", "'\uff5e'", "'10'"),
          List.of("varchar(9) CHARACTER SET latin1", "'a'", "'A'", "'ä'", "'Ä'", "'z'", "''"),
          List.of("enum('z','a','B','b1','10','9','')", "'z'", "'a'", "'B'", "'10'", "'9'", "''"),
          List.of(
              "json",
              "'{\"b\": 1, \"a\": 2}'",
              "'\"text\"'",
              "'null'",
              "'10'",
              "'9'",
              "'[1, \"x\"]'",
              "'true'"),
          List.of("binary(3)", "X'00FF'", "X'00FF00'", "X'61'", "X'FFFFFF'"),
          List.of("bit(12)", "b'101000000001'", "b'1'", "b'110001'", "b'0'"),
          List.of("datetime(6)", "'2026-03-08 02:30:00.123456'", "'2026-03-08 02:30:00.123455'"),
          List.of("timestamp(6) NULL", "'2026-03-08 02:30:00.123456'", "'2026-11-01 01:30:00'"));

  /** More of them, which {@code -Dvalues.all=true} adds. */
  private static final List<List<String>> MORE_TYPES =
      List.of(
          List.of("bigint", "-9223372036854775808", "9223372036854775807", "9", "10"),
          List.of("decimal(38,3)", "1234567890123456.678", "-1", "0.001"),
          List.of("decimal(12,4) unsigned", "0.0001", "99999999.9999", "10", "9"),
          List.of("float", "1.2345678", "0.1", "16777217", "-1e30", "9", "10", "-0e0", "0"),
          List.of("char(5)", "'ab'", "'AB'", "'a'", "''", "'ä'", "'ß'", "'ss'"),
          List.of("varchar(9) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin", "'a'", "'a '", "'A'"),
          List.of("varchar(9) CHARACTER SET utf16", "'a'", "'A'", "'😀'", "'\uff5e'"),
          List.of("text", "'a'", "'A'", "'a '", "''", "'b\\\\'"),
          List.of("set('z','a','B')", "'z'", "'a,z'", "'B'", "'B,a'", "''"),
          List.of("varbinary(4)", "X'00'", "X'0000'", "X''", "X'61'", "X'41'"),
          List.of("bit(64)", "b'1'", "0xFFFFFFFFFFFFFFFF", "0x3132"),
          List.of(
              "geometry",
              "ST_GeomFromText('POINT(1 2)')",
              "ST_GeomFromText('POINT(-1 2)')",
              "ST_GeomFromText('LINESTRING(0 0,1 1)')"),
          List.of("date", "'1500-02-28'", "'2026-03-08'", "'9999-12-31'", "'1000-01-01'"),
          List.of("time(3)", "'23:59:59.999'", "'00:00:00.001'", "'02:30:00'"));

  /** What every type takes. */
  private static final List<String> COMMON =
      List.of(
          "SELECT id, c, d FROM %s",
          "SELECT id FROM %s WHERE c = d",
          "SELECT id FROM %s WHERE c <> d",
          "SELECT id FROM %s WHERE c < d",
          "SELECT id FROM %s WHERE c IS NOT DISTINCT FROM d",
          "SELECT id FROM %s WHERE c IS DISTINCT FROM d",
          "SELECT id FROM %s WHERE c IN (SELECT d FROM %1$s WHERE id > 2)",
          "SELECT id FROM %s WHERE c NOT IN (SELECT d FROM %1$s WHERE id = 2)",
          "SELECT id FROM %s ORDER BY c, id",
          "SELECT id FROM %s ORDER BY c DESC, id LIMIT 3",
          "SELECT c, d FROM %s ORDER BY d DESC NULLS LAST, c NULLS FIRST, id LIMIT 4",
          "SELECT COUNT(*), COUNT(c), COUNT(DISTINCT c) FROM %s",
          "SELECT MIN(c), MAX(c) FROM %s",
          "SELECT d, MIN(c), MAX(c), COUNT(DISTINCT c) FROM %s GROUP BY d",
          "SELECT c, COUNT(*) FROM %s GROUP BY c",
          "SELECT c, COUNT(*) FROM %s GROUP BY c HAVING MAX(c) = MIN(d)",
          "SELECT DISTINCT c FROM %s",
          "SELECT c FROM %s UNION SELECT d FROM %1$s",
          "SELECT c FROM %s UNION ALL SELECT d FROM %1$s",
          "SELECT c FROM %s INTERSECT SELECT d FROM %1$s WHERE id > 2",
          "SELECT c FROM %s EXCEPT SELECT d FROM %1$s WHERE id > 2",
          "SELECT a.id, b.id FROM %1$s a JOIN %1$s b ON a.c = b.d",
          "SELECT a.id, b.id, b.c FROM %1$s a LEFT JOIN %1$s b ON a.c = b.d AND b.id > 2",
          "SELECT id, COALESCE(c, d), CASE WHEN id > 2 THEN c ELSE d END FROM %s",
          "SELECT id, CASE WHEN id > 2 THEN c END, NULLIF(c, d) FROM %s",
          "SELECT id, (SELECT MAX(c) FROM %1$s) FROM %1$s",
          "SELECT id, RANK() OVER (ORDER BY c), MIN(c) OVER (PARTITION BY d) FROM %s",
          "SELECT id, LAG(c) OVER (ORDER BY id), FIRST_VALUE(c) OVER (ORDER BY id) FROM %s",
          "SELECT id FROM %s WHERE c > '9'",
          "SELECT id, CAST(c AS VARCHAR) FROM %s");

  private static final List<String> OF_NUMBERS =
      List.of(
          "SELECT SUM(c), AVG(c) FROM %s",
          "SELECT id, c + 1 FROM %s",
          "SELECT id, c - d FROM %s WHERE id < 4",
          "SELECT id, c * d FROM %s WHERE id IN (4, 5)",
          "SELECT id, -c FROM %s",
          "SELECT id, c * -1, c + -5, id - c FROM %s",
          "SELECT id FROM %s WHERE c - 10 < 0",
          "SELECT id FROM %s WHERE c > 9",
          "SELECT id FROM %s WHERE c = 1",
          "SELECT id FROM %s WHERE c = 26",
          "SELECT id FROM %s WHERE c IN (1, 26, 10)",
          "SELECT id FROM %s WHERE c = 0.1",
          "SELECT id FROM %s WHERE c > 18446744073709551614",
          "SELECT id, c FROM %s WHERE c IS TRUE",
          "SELECT id, c FROM %s WHERE NOT c",
          "SELECT id, CAST(c AS DECIMAL(30, 5)), CAST(c AS DOUBLE) FROM %s",
          "SELECT id, CAST(c AS BIGINT) FROM %s");

  private static final List<String> OF_TEXTS =
      List.of(
          "SELECT id FROM %s WHERE c = 'a'",
          "SELECT id FROM %s WHERE c IN ('a', 'B', '')",
          "SELECT id FROM %s WHERE c LIKE 'a%%'",
          "SELECT id FROM %s WHERE c LIKE '_'",
          "SELECT id, c || 'x', CHAR_LENGTH(c), SUBSTRING(c, 2), UPPER(c) FROM %s",
          "SELECT id, COALESCE(c, 'none') FROM %s",
          "SELECT id, CASE WHEN c = '10' THEN c ELSE 'other' END FROM %s",
          "SELECT id FROM %s WHERE c IN (SELECT d FROM %1$s WHERE c > 'A' AND id > 2)");

  private static final List<String> OF_BYTES =
      List.of("SELECT id FROM %s WHERE c = X'61'", "SELECT id FROM %s WHERE c > X'30'");

  private static final List<String> OF_TIMES =
      List.of(
          "SELECT id, EXTRACT(YEAR FROM c), EXTRACT(MONTH FROM c) FROM %s",
          "SELECT id, EXTRACT(HOUR FROM c), EXTRACT(SECOND FROM c) FROM %s",
          "SELECT id FROM %s WHERE c = DATE '2026-03-08'",
          "SELECT id FROM %s WHERE c >= TIMESTAMP '2026-03-08 02:30:00'",
          "SELECT id FROM %s WHERE c > TIME '02:29:59'",
          "SELECT id, CAST(c AS DATE) FROM %s");

  @Test
  @Timeout(600)
  void givesWhatSallyMakesOfTheSameValues() throws SQLException {
    List<List<String>> types = new ArrayList<>(TYPES);
    if (Boolean.getBoolean("values.all")) {
      types.addAll(MORE_TYPES);
    }
    MariaDb.create(DATABASE);
    try (Connection plain = MariaDb.connect(DATABASE);
        Statement statement = plain.createStatement()) {
      statement.execute("SET SESSION sql_mode = ''");
      for (int i = 0; i < types.size(); i++) {
        create(statement, "t" + i, types.get(i));
      }
    }
    List<String> differences = new ArrayList<>();
    try (Engine pushed = Engine.over(List.of(new MySqlSource(MariaDb.settings(DATABASE))));
        Engine memory = Engine.over(List.of(copy(pushed)))) {
      for (int i = 0; i < types.size(); i++) {
        for (String template : statements(types.get(i).get(0))) {
          String sql = String.format(Locale.ROOT, template, "shop.t" + i);
          compare(pushed, memory, types.get(i).get(0), sql, List.of(), differences);
        }
        for (List<@Nullable Object> row : rows(memory, "SELECT c FROM shop.t" + i, List.of())) {
          if (row.get(0) != null) {
            for (String operator : List.of("=", ">")) {
              String sql = "SELECT id FROM shop.t" + i + " WHERE c " + operator + " ?";
              compare(pushed, memory, types.get(i).get(0), sql, row, differences);
            }
          }
        }
      }
    }
    assertThat(differences).isEmpty();
  }

  private static List<String> statements(String type) {
    List<String> statements = new ArrayList<>(COMMON);
    if (type.matches(".*(char|text|enum|set|json).*")) {
      statements.addAll(OF_TEXTS);
    } else if (type.matches("date.*|time.*")) {
      statements.addAll(OF_TIMES);
    } else if (type.matches(".*binary.*|blob|geometry|bit.[^1].*")) {
      statements.addAll(OF_BYTES);
    } else {
      statements.addAll(OF_NUMBERS);
    }
    return statements;
  }

  /** Each value with itself, with the next one, and with null. */
  private static void create(Statement statement, String table, List<String> type)
      throws SQLException {
    statement.execute(
        String.format(Locale.ROOT, "CREATE TABLE %s (id int, c %2$s, d %2$s)", table, type.get(0)));
    List<String> rows = new ArrayList<>();
    List<String> values = type.subList(1, type.size());
    for (int i = 0; i < values.size(); i++) {
      String next = values.get((i + 1) % values.size());
      rows.add("(" + (2 * i) + ", " + values.get(i) + ", " + values.get(i) + ")");
      rows.add("(" + (2 * i + 1) + ", " + values.get(i) + ", " + next + ")");
    }
    rows.add("(98, NULL, " + values.get(0) + ")");
    rows.add("(99, NULL, NULL)");
    statement.execute("INSERT INTO " + table + " VALUES " + String.join(", ", rows));
  }

  /** The same tables, whose rows were read from the source, in memory. */
  private static MemorySource copy(Engine engine) throws SQLException {
    List<MemoryTable> tables = new ArrayList<>();
    for (Table table : engine.catalogs().source("shop").orElseThrow().tables()) {
      List<@Nullable Object[]> rows = new ArrayList<>();
      String name = table.name().table();
      for (List<@Nullable Object> row : rows(engine, "SELECT * FROM shop." + name, List.of())) {
        rows.add(row.toArray());
      }
      tables.add(
          new MemoryTable(
              new Table(
                  new TableName("shop", null, name),
                  Table.Kind.TABLE,
                  null,
                  table.columns(),
                  null,
                  List.of(),
                  List.of(),
                  null),
              () -> Linq4j.asEnumerable(rows)));
    }
    return new MemorySource("shop", tables);
  }

  private static void compare(
      Engine pushed,
      Engine memory,
      String type,
      String sql,
      List<?> parameters,
      List<String> differences) {
    Object expected = outcome(memory, sql, parameters);
    Object actual = outcome(pushed, sql, parameters);
    if (!expected.equals(actual)) {
      differences.add(
          type
              + ": "
              + sql
              + " "
              + parameters
              + "\n  pushed "
              + actual
              + "\n  here   "
              + expected
              + "\n  plan   "
              + plan(pushed, sql));
    }
  }

  private static Object plan(Engine engine, String sql) {
    try (Execution execution = EngineReading.begin(engine, Limits.NONE)) {
      return engine.prepareAlone(sql, new Session(List.of()), execution).explain();
    } catch (SQLException e) {
      return e.toString();
    }
  }

  /** The rows as texts, or the class of the failure's SQLState. */
  private static Object outcome(Engine engine, String sql, List<?> parameters) {
    try {
      List<String> rows = new ArrayList<>();
      for (List<@Nullable Object> row : rows(engine, sql, parameters)) {
        rows.add(
            row.stream()
                .map(v -> v instanceof byte[] bytes ? Arrays.toString(bytes) : String.valueOf(v))
                .map(text -> text.equals("-0.0") ? "0.0" : text)
                .toList()
                .toString());
      }
      return sql.matches(".* ORDER BY [cd][^)]*") ? rows : rows.stream().sorted().toList();
    } catch (SQLException e) {
      String state = String.valueOf(e.getSQLState());
      return "fails with " + state;
    }
  }

  private static List<List<@Nullable Object>> rows(Engine engine, String sql, List<?> parameters)
      throws SQLException {
    try (Execution execution = EngineReading.begin(engine, Limits.NONE)) {
      Plan plan = engine.prepare(sql, new Session(List.of()), execution);
      List<List<@Nullable Object>> rows = new ArrayList<>();
      try (RowCursor cursor = plan.execute(parameters, execution)) {
        while (cursor.next()) {
          List<@Nullable Object> row = new ArrayList<>();
          for (int i = 0; i < plan.columns().size(); i++) {
            row.add(cursor.value(i));
          }
          rows.add(row);
        }
      }
      return rows;
    }
  }
}
