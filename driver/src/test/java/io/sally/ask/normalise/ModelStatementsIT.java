package io.sally.ask.normalise;

import static org.assertj.core.api.Assertions.assertThat;

import io.sally.engine.Execution;
import io.sally.engine.Limits;
import io.sally.engine.Plan;
import io.sally.engine.RowCursor;
import io.sally.engine.Session;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * SQL as models write it for each database gives through Sally the rows that the database gives for
 * the same text. BigQuery, Oracle and T-SQL have no server here: beside each of their texts stands
 * one for PostgreSQL that says what it means.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ModelStatementsIT {
  /**
   * @param reference the text for PostgreSQL that means the same, or null where the database itself
   *     takes the text
   */
  private record Case(Dialect dialect, boolean refused, String sql, @Nullable String reference) {}

  private static final DateTimeFormatter CLOCK =
      new DateTimeFormatterBuilder()
          .appendPattern("HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter(Locale.ROOT);

  private Databases databases;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    databases = new Databases(directory);
  }

  @AfterAll
  void stop() throws Exception {
    databases.close();
  }

  @TestFactory
  Stream<DynamicTest> givesTheRowsOfTheDatabaseItself() throws Exception {
    return cases().stream()
        .filter(c -> !c.refused)
        .map(c -> DynamicTest.dynamicTest(c.dialect + ": " + c.sql, () -> compare(c)));
  }

  /** What is refused, each with its reason; {@code -DupdateGolden=true} writes the list anew. */
  @Test
  void refusesWhatCannotMeanTheSame() throws Exception {
    List<String> refused = new ArrayList<>();
    for (Case c : cases()) {
      if (c.refused) {
        refused.add(c.dialect + ": " + c.sql);
        refused.add("    " + reason(c));
      }
    }
    Path golden = Path.of("src/test/resources/io/sally/ask/normalise/refused.txt");
    if (Boolean.getBoolean("updateGolden")) {
      Files.write(golden, refused);
    }
    System.out.println(String.join(System.lineSeparator(), refused));
    assertThat(refused).isEqualTo(Files.readAllLines(golden));
  }

  private String reason(Case c) {
    try {
      return "is not refused: " + throughSally(c);
    } catch (SQLException e) {
      return e.getSQLState() + " " + e.getMessage();
    }
  }

  private void compare(Case c) throws SQLException {
    List<String> expected =
        c.reference == null
            ? natively(c.dialect, c.sql)
            : natively(Dialect.POSTGRESQL, c.reference);
    List<String> rows = throughSally(c);
    if (!c.sql.toUpperCase(Locale.ROOT).contains("ORDER BY")) {
      expected = expected.stream().sorted().toList();
      rows = rows.stream().sorted().toList();
    }
    assertThat(rows).as(normalised(c)).isEqualTo(expected);
  }

  private String normalised(Case c) throws SQLException {
    return new Normaliser()
        .normalise(c.sql, databases.engine().catalogs(), List.of(Databases.source(c.dialect)));
  }

  private List<String> throughSally(Case c) throws SQLException {
    Session session = new Session(List.of(Databases.source(c.dialect)));
    try (Execution execution = databases.engine().begin(Limits.NONE, Clock.systemUTC())) {
      Plan plan = databases.engine().prepare(normalised(c), session, execution);
      List<String> rows = new ArrayList<>();
      try (RowCursor cursor = plan.execute(List.of(), execution)) {
        while (cursor.next()) {
          List<String> row = new ArrayList<>();
          for (int i = 0; i < plan.columns().size(); i++) {
            row.add(text(cursor.value(i)));
          }
          rows.add(String.join("|", row));
        }
      }
      return rows;
    }
  }

  private List<String> natively(Dialect dialect, String sql) throws SQLException {
    try (Connection connection = databases.connect(dialect);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      List<String> rows = new ArrayList<>();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(text(result.getObject(i)));
        }
        rows.add(String.join("|", row));
      }
      return rows;
    }
  }

  /**
   * The value, whatever its type: a truth is 1 or 0, a midnight is its date, and a number has ten
   * digits, since each database has its own scale for quotients.
   */
  private static String text(@Nullable Object value) {
    String text;
    if (value instanceof Boolean truth) {
      text = truth ? "1" : "0";
    } else if (value instanceof Timestamp timestamp) {
      text = text(timestamp.toLocalDateTime());
    } else if (value instanceof OffsetDateTime moment) {
      text = text(moment.toLocalDateTime());
    } else if (value instanceof LocalDateTime moment) {
      text =
          moment.toLocalTime().toSecondOfDay() == 0
              ? moment.toLocalDate().toString()
              : moment.toLocalDate() + " " + CLOCK.format(moment);
    } else if (value instanceof java.sql.Date date) {
      text = date.toLocalDate().toString();
    } else if (value instanceof LocalDate date) {
      text = date.toString();
    } else {
      text = String.valueOf(value);
    }
    return text.matches("-?\\d+(?:\\.\\d+)?(?:E-?\\d+)?")
        ? new BigDecimal(text).round(new MathContext(10)).stripTrailingZeros().toPlainString()
        : text;
  }

  private static List<Case> cases() throws Exception {
    String all;
    try (InputStream in =
        Objects.requireNonNull(ModelStatementsIT.class.getResourceAsStream("statements.sql"))) {
      all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    List<Case> cases = new ArrayList<>();
    for (String block : all.split("(?m)^--- ", -1)) {
      if (block.isBlank()) {
        continue;
      }
      String[] parts = block.split("\\R", 2);
      String sql = parts[1].strip();
      if (parts[0].strip().equals("as")) {
        Case meant = cases.remove(cases.size() - 1);
        cases.add(new Case(meant.dialect, false, meant.sql, sql));
      } else {
        String[] head = parts[0].strip().split(" ", 2);
        Dialect dialect = Dialect.valueOf(head[0].toUpperCase(Locale.ROOT));
        cases.add(new Case(dialect, head.length > 1, sql, null));
      }
    }
    return cases;
  }
}
