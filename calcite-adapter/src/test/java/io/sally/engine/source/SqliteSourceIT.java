package io.sally.engine.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sally.engine.Execution;
import io.sally.engine.Limits;
import io.sally.engine.RowCursor;
import io.sally.engine.catalog.Column;
import io.sally.engine.catalog.ColumnType;
import io.sally.engine.catalog.ForeignKey;
import io.sally.engine.catalog.Table;
import io.sally.engine.catalog.TableName;
import io.sally.engine.catalog.UniqueKey;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqliteSourceIT {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path directory;

  @SuppressWarnings("NullAway.Init")
  private Connection plain;

  @SuppressWarnings("NullAway.Init")
  private SqliteSource source;

  @BeforeEach
  void open() throws SQLException {
    Path file = directory.resolve("local.db");
    plain = DriverManager.getConnection("jdbc:sqlite:" + file);
    source = new SqliteSource(settings(file));
  }

  private static SourceSettings settings(Path file) {
    return SourceSettings.ofDatabase("local", null, null, file.toString(), null, null, List.of());
  }

  @AfterEach
  void close() throws SQLException {
    source.close();
    plain.close();
  }

  private void execute(String... statements) throws SQLException {
    try (Statement statement = plain.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  @Test
  void readsEachValueAsTheTypeOfItsColumn() throws SQLException {
    TypeCase.check(plain, source, "types", types());
  }

  static List<TypeCase> types() {
    byte[] bytes = {0, -1, 16};
    return List.of(
        TypeCase.of("INTEGER", "9223372036854775807", "BIGINT", Long.MAX_VALUE),
        TypeCase.of("INT", "'42'", "BIGINT", 42L),
        TypeCase.of("TINYINT", "-1", "BIGINT", -1L),
        TypeCase.of("BOOLEAN", "1", "BOOLEAN", true),
        TypeCase.of("BOOLEAN", "'false'", "BOOLEAN", false),
        TypeCase.of("DECIMAL(10,2)", "19.99", "DECIMAL(10, 2)", new BigDecimal("19.99")),
        TypeCase.of("DECIMAL(10,2)", "7", "DECIMAL(10, 2)", new BigDecimal("7")),
        TypeCase.of("NUMERIC", "0.1", "DECIMAL(38, 18)", new BigDecimal("0.1")),
        TypeCase.of("DOUBLE", "0.1", "DOUBLE", 0.1),
        TypeCase.of("REAL", "9e999", "DOUBLE", Double.POSITIVE_INFINITY),
        TypeCase.of("VARCHAR(3)", "'Łódź 😀'", "VARCHAR", "Łódź 😀"),
        TypeCase.of("TEXT", "12", "VARCHAR", "12"),
        TypeCase.of("TEXT", "X'C581'", "VARCHAR", "Ł"),
        TypeCase.of("", "7", "VARCHAR", "7"),
        TypeCase.of("JSON", "'{\"a\":1}'", "VARCHAR", "{\"a\":1}"),
        TypeCase.of("BLOB", "X'00FF10'", "VARBINARY", bytes),
        TypeCase.of("BLOB", "'Ł'", "VARBINARY", "Ł".getBytes(StandardCharsets.UTF_8)),
        TypeCase.of("DATE", "'1500-02-28'", "DATE", LocalDate.of(1500, 2, 28)),
        TypeCase.of("DATE", "1772928000000", "DATE", LocalDate.of(2026, 3, 8)),
        TypeCase.of("TIME", "'02:30:00.5'", "TIME(6)", LocalTime.parse("02:30:00.5")),
        TypeCase.of(
            "DATETIME",
            "'2026-03-08 02:30:00.123456'",
            "TIMESTAMP(6)",
            LocalDateTime.parse("2026-03-08T02:30:00.123456")),
        TypeCase.of(
            "TIMESTAMP",
            "'2026-03-08T02:30:00+02:00'",
            "TIMESTAMP(6)",
            LocalDateTime.parse("2026-03-08T00:30:00")),
        TypeCase.of(
            "TIMESTAMP", "2461107.5", "TIMESTAMP(6)", LocalDateTime.parse("2026-03-08T00:00:00")),
        TypeCase.of("DATE", "NULL", "DATE", null));
  }

  /** The driver itself gives a replacement character for the blob. */
  @Test
  void readsAnythingInAColumnWithoutAType() throws SQLException {
    execute(
        "CREATE TABLE anything (n INTEGER, c)",
        "INSERT INTO anything VALUES (1, X'FF'), (2, 0.1 + 0.2), (3, 'x'), (4, NULL), (5, 9e999)");
    assertThat(SourceReading.rows(source, "anything"))
        .isEqualTo(
            List.of(
                List.of(1L, "X'FF'"),
                List.of(2L, "0.30000000000000004"),
                List.of(3L, "x"),
                Arrays.asList(4L, null),
                List.of(5L, "Inf")));
  }

  @ParameterizedTest
  @CsvSource({
    "INTEGER, 'abc', BIGINT",
    "INTEGER, 1.5, BIGINT",
    "'DECIMAL(5,1)', abc, 'DECIMAL(5, 1)'",
    "BOOLEAN, maybe, BOOLEAN",
    "REAL, abc, DOUBLE",
    "DATE, 03/08/2026, DATE",
    "DATETIME, yesterday, TIMESTAMP(6)",
    "TIME, 2026-03-08 02:30:00, TIME(6)"
  })
  void readsWhatIsNotOfTheTypeAsItsText(String declared, String value, String type)
      throws SQLException {
    execute("CREATE TABLE bent (c " + declared + ")", "INSERT INTO bent VALUES ('" + value + "')");
    assertThat(SourceReading.table(source, "bent").columns().get(0).type()).hasToString(type);
    assertThat(SourceReading.rows(source, "bent").get(0)).isEqualTo(List.of(value));
  }

  @Test
  void readsTheWholeCatalogAroundABrokenView() throws SQLException {
    execute(
        "CREATE TABLE a_b (id INTEGER PRIMARY KEY, \"Größe %\" TEXT NOT NULL UNIQUE)",
        "CREATE TABLE axb (a INTEGER, b INT, c INT GENERATED ALWAYS AS (b + 1),"
            + " PRIMARY KEY (b, a), FOREIGN KEY (a) REFERENCES a_b)",
        "CREATE VIEW v AS SELECT id, id + 1 AS next FROM a_b",
        "CREATE TABLE gone (n INT)",
        "CREATE VIEW broken AS SELECT n FROM gone",
        "DROP TABLE gone",
        "INSERT INTO a_b VALUES (1, 'a'), (2, 'b')",
        "ANALYZE");
    TableName parts = new TableName("local", null, "a_b");
    assertThat(source.readCatalog().tables())
        .containsExactly(
            new Table(
                parts,
                Table.Kind.TABLE,
                null,
                List.of(
                    new Column("id", ColumnType.bigint(), false, null),
                    new Column("Größe %", ColumnType.varchar(), false, null)),
                new UniqueKey("pk", List.of("id")),
                List.of(new UniqueKey("sqlite_autoindex_a_b_1", List.of("Größe %"))),
                List.of(),
                2L,
                Map.of("Größe %", 2.0)),
            new Table(
                new TableName("local", null, "axb"),
                Table.Kind.TABLE,
                null,
                List.of(
                    new Column("a", ColumnType.bigint(), true, null),
                    new Column("b", ColumnType.bigint(), true, null),
                    new Column("c", ColumnType.bigint(), true, null)),
                new UniqueKey("pk", List.of("b", "a")),
                List.of(),
                List.of(new ForeignKey("fk_axb_0", List.of("a"), parts, List.of("id"))),
                null),
            new Table(
                new TableName("local", null, "v"),
                Table.Kind.VIEW,
                null,
                List.of(
                    new Column("id", ColumnType.bigint(), true, null),
                    new Column("next", ColumnType.varchar(), true, null)),
                null,
                List.of(),
                List.of(),
                null));
  }

  @Test
  void bindsNumbersAsNumbersAndMomentsAsTheirTexts() throws SQLException {
    assertThat(
            SourceReading.rows(
                source,
                "SELECT typeof(?), typeof(?), typeof(?), ?, ?",
                List.of(
                    ColumnType.varchar(),
                    ColumnType.varchar(),
                    ColumnType.varchar(),
                    ColumnType.varchar(),
                    ColumnType.varchar()),
                new BigDecimal("7.00"),
                new BigDecimal("7.5"),
                true,
                LocalDate.of(1500, 2, 28),
                LocalDateTime.parse("2026-03-08T02:30:00.5")))
        .isEqualTo(
            List.of(List.of("integer", "real", "integer", "1500-02-28", "2026-03-08 02:30:00.5")));
  }

  @Test
  void refusesToWrite() throws SQLException {
    execute("CREATE TABLE kept (n INT)");
    assertThatThrownBy(
            () ->
                SourceReading.rows(
                    source,
                    "INSERT INTO kept VALUES (1) RETURNING n",
                    List.of(ColumnType.bigint())))
        .hasMessageStartingWith("Source local: ")
        .hasMessageContaining("readonly");
  }

  @Test
  void timeoutInterruptsTheQuery() throws SQLException {
    try (Execution execution = SourceReading.execution(new Limits(Duration.ofMillis(300), 0, 0))) {
      assertThatThrownBy(
              () ->
                  source
                      .open(
                          "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
                              + " SELECT count(*) FROM n",
                          List.of(ColumnType.bigint()),
                          List.of(),
                          execution)
                      .next())
          .isInstanceOf(SQLTimeoutException.class)
          .hasFieldOrPropertyWithValue("SQLState", "HYT00");
    }
    assertThat(SourceReading.rows(source, "SELECT 1", List.of(ColumnType.bigint())))
        .containsExactly(List.of(1L));
  }

  @Test
  void makesNoFileWhereThereIsNone() throws SQLException {
    Path nowhere = directory.resolve("nowhere.db");
    try (SqliteSource missing = new SqliteSource(settings(nowhere))) {
      assertThatThrownBy(missing::readCatalog)
          .hasMessageStartingWith("Source local cannot be reached: ")
          .hasFieldOrPropertyWithValue("SQLState", "08001");
      assertThat(nowhere).doesNotExist();
    }
  }

  @Test
  void aStatementThatStaysPreparedReadsWhatTheFileHolds() throws SQLException {
    execute("CREATE TABLE kept (id INTEGER, name TEXT)", "INSERT INTO kept VALUES (1, 'one')");
    assertThat(name(1)).isEqualTo(List.of(List.of("one")));
    // Half of a result that is closed holds no lock, and so does no statement that is kept.
    execute("INSERT INTO kept VALUES (2, 'two'), (2, 'zwei')");
    try (Execution execution = SourceReading.execution();
        RowCursor rows = source.open(NAME, List.of(ColumnType.varchar()), List.of(2), execution)) {
      assertThat(rows.next()).isTrue();
    }
    execute("UPDATE kept SET name = 'ONE' WHERE id = 1");
    assertThat(name(1)).isEqualTo(List.of(List.of("ONE")));
    assertThat(name(3)).isEmpty();
    execute("DROP TABLE kept");
    assertThatThrownBy(() -> name(1)).hasMessageContaining("no such table: kept");
    execute(
        "CREATE TABLE kept (more BLOB, name TEXT, id INTEGER)",
        "INSERT INTO kept VALUES (NULL, 'other', 1)");
    assertThat(name(1)).isEqualTo(List.of(List.of("other")));
  }

  private static final String NAME = "SELECT name FROM kept WHERE id = ?";

  private List<?> name(int id) throws SQLException {
    return SourceReading.rows(source, NAME, List.of(ColumnType.varchar()), id);
  }

  @Test
  void moreTextsThanStayPreparedAreRead() throws SQLException {
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 100; i++) {
        assertThat(SourceReading.rows(source, "SELECT " + i, List.of(ColumnType.bigint())))
            .isEqualTo(List.of(List.of((long) i)));
      }
    }
  }

  @Test
  void aTextThatRunsTwiceAtOnceHasTwoStatements() throws SQLException {
    execute(
        "CREATE TABLE kept (id INTEGER, name TEXT)", "INSERT INTO kept VALUES (1, 'a'), (1, 'b')");
    for (int round = 0; round < 2; round++) {
      try (Execution execution = SourceReading.execution();
          RowCursor one = source.open(NAME, List.of(ColumnType.varchar()), List.of(1), execution);
          RowCursor two = source.open(NAME, List.of(ColumnType.varchar()), List.of(1), execution)) {
        for (String expected : List.of("a", "b")) {
          assertThat(one.next()).isTrue();
          assertThat(two.next()).isTrue();
          assertThat(one.value(0)).isEqualTo(expected);
          assertThat(two.value(0)).isEqualTo(expected);
        }
      }
    }
  }
}
