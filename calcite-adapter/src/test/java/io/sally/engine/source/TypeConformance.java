package io.sally.engine.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.sally.engine.Engine;
import io.sally.engine.Execution;
import io.sally.engine.Limits;
import io.sally.engine.Plan;
import io.sally.engine.RowCursor;
import io.sally.engine.Session;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TimeZone;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every source keeps of its types. Each value of each type is read straight, handed on by a
 * join with another source, computed with there, and looked for, as a literal and as a parameter;
 * dates and times in several time zones of the JVM. What came of it is a line of the report, which
 * is reviewed as a file a source and is written to {@code target/types-report.txt}.
 */
abstract class TypeConformance {
  private static final List<String> ZONES =
      List.of("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata");
  private static final Path REPORT = Path.of("target", "types-report.txt");
  private static final String TABLE = "conforming";

  /** Runs over the source as the engine does, with its name as it is configured. */
  abstract JdbcSource source();

  /** A connection beside the product. */
  abstract Connection plain() throws SQLException;

  /** The types with their interesting values. */
  abstract List<TypeCase> cases();

  /** The name of the reviewed file. */
  abstract String golden();

  @Test
  @Timeout(600)
  void keepsEachValueOnEachWay() throws SQLException, IOException {
    List<TypeCase> cases = cases();
    try (Connection plain = plain();
        Engine engine = Engine.over(List.of(source(), EngineReading.memory()))) {
      TypeCase.create(plain, TABLE, cases);
      List<String> drivers = new ArrayList<>();
      for (int i = 0; i < cases.size(); i++) {
        drivers.add(driver(plain, "c" + i, cases.get(i).expected()));
      }
      List<List<String>> reports = new ArrayList<>();
      TimeZone before = TimeZone.getDefault();
      try {
        for (String zone : ZONES) {
          TimeZone.setDefault(TimeZone.getTimeZone(zone));
          List<String> lines = new ArrayList<>();
          for (int i = 0; i < cases.size(); i++) {
            boolean all = reports.isEmpty() || cases.get(i).expected() instanceof Temporal;
            lines.add(
                all ? line(engine, drivers.get(i), cases.get(i), "c" + i) : reports.get(0).get(i));
          }
          reports.add(lines);
        }
      } finally {
        TimeZone.setDefault(before);
      }
      List<String> report = new ArrayList<>();
      report.add(
          row("type and value", "class", "driver", "straight", "handed on", "computed", "literal")
              + "parameter");
      report.addAll(reports.get(0));
      write(report);
      for (List<String> lines : reports) {
        assertThat(lines).isEqualTo(reports.get(0));
      }
      Path reviewed = Path.of("src/test/resources/io/sally/engine/source", golden());
      if (Boolean.getBoolean("updateGolden")) {
        Files.createDirectories(Objects.requireNonNull(reviewed.getParent(), "directory"));
        Files.write(reviewed, report);
      }
      assertThat(report).isEqualTo(Files.readAllLines(reviewed));
    }
  }

  /** The parts of all sources that have run, one after the other. */
  private void write(List<String> report) throws IOException {
    Path parts = REPORT.resolveSibling("types-report");
    Files.createDirectories(parts);
    Files.write(parts.resolve(golden()), report);
    List<String> whole = new ArrayList<>();
    try (Stream<Path> files = Files.list(parts)) {
      for (Path part : files.sorted().toList()) {
        whole.add("== " + part.getFileName());
        whole.addAll(Files.readAllLines(part));
      }
    }
    Files.write(REPORT, whole);
  }

  private String line(Engine engine, String driver, TypeCase one, String column) {
    String table = source().name() + "." + TABLE;
    Object expected = one.expected();
    String joined = table + " JOIN memory.two m ON m.n = ID";
    String computed = "CASE WHEN m.n = 1 THEN " + column + " END";
    String literal = literal(expected);
    String filter = "SELECT id FROM " + table + " WHERE " + column + " = ";
    return row(
            one.declaration() + " " + one.value(),
            expected == null ? "null" : expected.getClass().getSimpleName(),
            driver,
            is(engine, "SELECT " + column + " FROM " + table, expected),
            is(engine, "SELECT " + column + " FROM " + joined, expected),
            is(engine, "SELECT " + computed + " FROM " + joined, expected),
            literal == null ? "-" : is(engine, filter + literal, 1))
        + (expected == null || expected instanceof List<?>
            ? "-"
            : is(engine, filter + "?", 1, expected));
  }

  private static String row(String type, String... cells) {
    StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "%-62s", type));
    for (String cell : cells) {
      row.append(String.format(Locale.ROOT, " %-14s", cell));
    }
    return row.append(' ').toString();
  }

  /** What the database's own driver gives for the same Java class. */
  private static String driver(Connection plain, String column, @Nullable Object expected)
      throws SQLException {
    try (Statement statement = plain.createStatement();
        ResultSet rows = statement.executeQuery("SELECT " + column + " FROM " + TABLE)) {
      rows.next();
      Object value = asIs(rows, expected);
      if (rows.wasNull()) {
        value = null;
      }
      return equal(value, expected) ? "=" : "other";
    } catch (SQLException | DateTimeException e) {
      return "cannot";
    }
  }

  private static @Nullable Object asIs(ResultSet rows, @Nullable Object expected)
      throws SQLException {
    if (expected instanceof byte[]) {
      return rows.getBytes(1);
    } else if (expected instanceof BigDecimal) {
      return rows.getBigDecimal(1);
    } else if (expected instanceof Boolean) {
      return rows.getBoolean(1);
    } else if (expected instanceof Byte) {
      return rows.getByte(1);
    } else if (expected instanceof Short) {
      return rows.getShort(1);
    } else if (expected instanceof Integer) {
      return rows.getInt(1);
    } else if (expected instanceof Long) {
      return rows.getLong(1);
    } else if (expected instanceof Float) {
      return rows.getFloat(1);
    } else if (expected instanceof Double) {
      return rows.getDouble(1);
    } else if (expected instanceof LocalDate
        || expected instanceof LocalTime
        || expected instanceof LocalDateTime
        || expected instanceof OffsetDateTime
        || expected instanceof OffsetTime
        || expected instanceof UUID) {
      return rows.getObject(1, expected.getClass());
    } else if (expected instanceof List<?>) {
      return elements((Object[]) rows.getArray(1).getArray());
    }
    return rows.getString(1);
  }

  private static List<@Nullable Object> elements(@Nullable Object[] array) {
    List<@Nullable Object> elements = new ArrayList<>();
    for (Object element : array) {
      elements.add(element instanceof Object[] inner ? elements(inner) : element);
    }
    return elements;
  }

  private static boolean equal(@Nullable Object value, @Nullable Object expected) {
    if (value instanceof Long id && expected instanceof Integer other) {
      return id.equals(other.longValue());
    }
    if (value instanceof BigDecimal one && expected instanceof BigDecimal other) {
      return one.compareTo(other) == 0;
    }
    return Arrays.deepEquals(new Object[] {value}, new Object[] {expected});
  }

  /** Whether the statement gives this one row, or the SQLState of its failure. */
  private static String is(
      Engine engine, String sql, @Nullable Object expected, Object... parameters) {
    try (Execution execution = EngineReading.begin(engine, Limits.NONE)) {
      Plan plan = engine.prepare(sql, new Session(List.of()), execution);
      try (RowCursor cursor = plan.execute(List.of(parameters), execution)) {
        if (!cursor.next()) {
          return "no row";
        }
        Object value = cursor.value(0);
        return equal(value, expected) ? "=" : "other";
      }
    } catch (SQLException e) {
      return String.valueOf(e.getSQLState());
    }
  }

  /** The value as a literal of Sally, or null where it has none. */
  private static @Nullable String literal(@Nullable Object value) {
    if (value == null
        || value instanceof List<?>
        || value instanceof OffsetTime
        || value.equals(Float.NaN)
        || value.equals(Double.NaN)
        || value.equals(Double.NEGATIVE_INFINITY)
        || value.equals(Double.POSITIVE_INFINITY)) {
      return null;
    } else if (value instanceof BigDecimal number) {
      return number.toPlainString();
    } else if (value instanceof Float || value instanceof Double) {
      return new BigDecimal(value.toString()) + (value.toString().contains("E") ? "" : "E0");
    } else if (value instanceof Number || value instanceof Boolean) {
      return value.toString();
    } else if (value instanceof byte[] bytes) {
      return "X'" + HexFormat.of().formatHex(bytes) + "'";
    } else if (value instanceof LocalDate date) {
      return date.getYear() < 1 || date.getYear() > 9999 ? null : "DATE '" + date + "'";
    } else if (value instanceof LocalTime) {
      return "TIME '" + (value.toString().length() == 5 ? value + ":00" : value) + "'";
    } else if (value instanceof LocalDateTime timestamp) {
      String text = timestamp.toString().replace('T', ' ');
      return timestamp.getYear() < 1
          ? null
          : "TIMESTAMP '" + (text.length() == 16 ? text + ":00" : text) + "'";
    } else if (value instanceof OffsetDateTime moment) {
      return moment.equals(OffsetDateTime.MAX) || moment.equals(OffsetDateTime.MIN)
          ? null
          : "CAST('"
              + moment.toString().replace('T', ' ').replace("Z", "")
              + "' AS "
              + "TIMESTAMP WITH LOCAL TIME ZONE)";
    }
    String text = "'" + value.toString().replace("'", "''") + "'";
    return value instanceof UUID ? "CAST(" + text + " AS UUID)" : text;
  }
}
