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
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The MySQL source against a MariaDB server, and against MySQL. */
@Tag("mysql")
class MySqlSourceIT {
  private static final String DATABASE = "sources";

  @SuppressWarnings("NullAway.Init")
  private static Connection plain;

  @SuppressWarnings("NullAway.Init")
  private static MySqlSource source;

  @BeforeAll
  static void open() throws SQLException {
    MariaDb.create(DATABASE);
    plain = MariaDb.connect(DATABASE);
    execute(
        "SET SESSION sql_mode = ''",
        "CREATE TABLE numbers (seq INT PRIMARY KEY)",
        "INSERT INTO numbers " + MariaDb.numbers());
    source = new MySqlSource(MariaDb.settings(DATABASE));
  }

  @AfterAll
  static void close() throws SQLException {
    source.close();
    plain.close();
  }

  private static void execute(String... statements) throws SQLException {
    try (Statement statement = plain.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  @Test
  void readsEveryTypeAsTheDriverDoes() throws SQLException {
    TypeCase.check(plain, source, "types", types());
  }

  static List<TypeCase> types() {
    UUID uuid = UUID.fromString("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11");
    List<TypeCase> types = new ArrayList<>(everywhere());
    if (!MariaDb.isMySql()) {
      types.add(TypeCase.of("uuid", "'" + uuid + "'", "UUID", uuid));
      types.add(TypeCase.of("inet6", "'::1'", "VARCHAR", "::1"));
    }
    return types;
  }

  private static List<TypeCase> everywhere() {
    String big = "12345678901234567890123456789012345.678";
    return List.of(
        TypeCase.of("boolean", "1", "BOOLEAN", true),
        TypeCase.of("tinyint(1)", "-5", "BOOLEAN", true),
        TypeCase.of("tinyint(4)", "-128", "TINYINT", (byte) -128),
        TypeCase.of("tinyint unsigned", "255", "SMALLINT", (short) 255),
        TypeCase.of("smallint", "-32768", "SMALLINT", (short) -32768),
        TypeCase.of("smallint unsigned", "65535", "INTEGER", 65535),
        TypeCase.of("mediumint unsigned", "16777215", "INTEGER", 16777215),
        TypeCase.of("int", "-2147483648", "INTEGER", Integer.MIN_VALUE),
        TypeCase.of("int unsigned", "4294967295", "BIGINT", 4294967295L),
        TypeCase.of("bigint", "-9223372036854775808", "BIGINT", Long.MIN_VALUE),
        TypeCase.of(
            "bigint unsigned",
            "18446744073709551615",
            "DECIMAL(20, 0)",
            new BigDecimal("18446744073709551615")),
        TypeCase.of("year", "2026", "SMALLINT", (short) 2026),
        TypeCase.of("bit(1)", "b'1'", "BOOLEAN", true),
        TypeCase.of("bit(12)", "b'101000000001'", "VARBINARY(2)", new byte[] {10, 1}),
        TypeCase.of("decimal(10,2)", "-0.10", "DECIMAL(10, 2)", new BigDecimal("-0.10")),
        TypeCase.of("decimal(38,3)", big, "DECIMAL(38, 3)", new BigDecimal(big)),
        TypeCase.of(
            "decimal(65,30)",
            "12345678901234567890123456789012345.123456789012345678901234567890",
            "DECIMAL(38, 30)",
            new BigDecimal("12345678901234567890123456789012345.123456789012345678901234567890")),
        TypeCase.of("float", "1.2345678", "REAL", 1.2345678f),
        TypeCase.of("double", "0.1", "DOUBLE", 0.1),
        TypeCase.of("char(5)", "'ab'", "VARCHAR(5)", "ab"),
        TypeCase.of("varchar(9)", "'Łódź 😀'", "VARCHAR(9)", "Łódź 😀"),
        TypeCase.of("text", "'back\\\\slash'", "VARCHAR", "back\\slash"),
        TypeCase.of("longtext", "''", "VARCHAR", ""),
        TypeCase.of("enum('sad','ok')", "'ok'", "VARCHAR(3)", "ok"),
        TypeCase.of("set('a','b','c')", "'c,a'", "VARCHAR(5)", "a,c"),
        TypeCase.of(
            "json",
            "'{\"b\": 1,  \"a\": 2}'",
            "VARCHAR",
            MariaDb.isMySql() ? "{\"a\": 2, \"b\": 1}" : "{\"b\": 1,  \"a\": 2}"),
        TypeCase.of("binary(3)", "X'00FF'", "BINARY(3)", new byte[] {0, -1, 0}),
        TypeCase.of("varbinary(4)", "X'00FF10'", "VARBINARY(4)", new byte[] {0, -1, 16}),
        TypeCase.of("blob", "X'80'", "VARBINARY", new byte[] {-128}),
        TypeCase.of("date", "'1500-02-28'", "DATE", LocalDate.of(1500, 2, 28)),
        TypeCase.of("date", "'0000-00-00'", "DATE", "0000-00-00"),
        TypeCase.of("date", "'2026-00-00'", "DATE", "2026-00-00"),
        TypeCase.of("time", "'23:59:59'", "TIME(0)", LocalTime.of(23, 59, 59)),
        TypeCase.of("time(6)", "'02:30:00.123456'", "TIME(6)", LocalTime.parse("02:30:00.123456")),
        TypeCase.of(
            "datetime(6)",
            "'2026-03-08 02:30:00.123456'",
            "TIMESTAMP(6)",
            LocalDateTime.parse("2026-03-08T02:30:00.123456")),
        TypeCase.of(
            "datetime",
            "'1582-10-10 00:00:01'",
            "TIMESTAMP(0)",
            LocalDateTime.parse("1582-10-10T00:00:01")),
        TypeCase.of("datetime", "'0000-00-00 00:00:00'", "TIMESTAMP(0)", "0000-00-00 00:00:00"),
        TypeCase.of(
            "timestamp(6) NULL",
            "'2026-03-08 02:30:00.123456'",
            "TIMESTAMP WITH TIME ZONE(6)",
            OffsetDateTime.parse("2026-03-08T02:30:00.123456Z")),
        TypeCase.of(
            "timestamp NULL",
            "'0000-00-00 00:00:00'",
            "TIMESTAMP WITH TIME ZONE(0)",
            "0000-00-00 00:00:00"),
        TypeCase.of("varchar(3)", "NULL", "VARCHAR(3)", null),
        TypeCase.of("boolean", "NULL", "BOOLEAN", null));
  }

  @Test
  void readsTimesThatAreNoneOfADayAsTheirTexts() throws SQLException {
    execute(
        "CREATE TABLE no_time (id int, t time)",
        "INSERT INTO no_time VALUES (1, '838:59:59'), (2, '-00:00:01'), (3, '24:00'), (4, '1:2:3')");
    assertThat(SourceReading.rows(source, "no_time"))
        .isEqualTo(
            List.of(
                List.of(1, "838:59:59"),
                List.of(2, "-00:00:01"),
                List.of(3, "24:00:00"),
                List.of(4, LocalTime.of(1, 2, 3))));
  }

  @Test
  void readsTheWholeCatalog() throws SQLException {
    MariaDb.create("catalog");
    MariaDb.create("other");
    try (Connection connection = MariaDb.connect("catalog");
        Statement statement = connection.createStatement();
        MySqlSource whole = new MySqlSource(MariaDb.settings("catalog", "catalog", "other"))) {
      if (!MariaDb.isMySql()) {
        statement.execute("CREATE SEQUENCE s");
      }
      for (String sql :
          List.of(
              "CREATE TABLE a_b (id int PRIMARY KEY, `Größe %` varchar(9) NOT NULL UNIQUE"
                  + " COMMENT 'in cm', secret int INVISIBLE) COMMENT 'Teile'",
              "CREATE TABLE other.axb (x int, a int,"
                  + " CONSTRAINT f FOREIGN KEY (a) REFERENCES catalog.a_b (id))",
              "CREATE VIEW v AS SELECT id FROM a_b",
              "INSERT INTO a_b VALUES (1, 'a'), (2, 'b')",
              "ANALYZE TABLE a_b")) {
        statement.execute(sql);
      }
      TableName parts = new TableName("shop", null, "a_b");
      assertThat(whole.readCatalog().tables())
          .containsExactlyInAnyOrder(
              new Table(
                  parts,
                  Table.Kind.TABLE,
                  "Teile",
                  List.of(
                      new Column("id", ColumnType.integer(), false, null),
                      new Column("Größe %", ColumnType.varchar(9), false, "in cm")),
                  new UniqueKey("PRIMARY", List.of("id")),
                  List.of(new UniqueKey("Größe %", List.of("Größe %"))),
                  List.of(),
                  2L,
                  Map.of("id", 2.0, "Größe %", 2.0)),
              new Table(
                  new TableName("shop", "other", "axb"),
                  Table.Kind.TABLE,
                  null,
                  List.of(
                      new Column("x", ColumnType.integer(), true, null),
                      new Column("a", ColumnType.integer(), true, null)),
                  null,
                  List.of(),
                  List.of(new ForeignKey("f", List.of("a"), parts, List.of("id"))),
                  0L),
              new Table(
                  new TableName("shop", null, "v"),
                  Table.Kind.VIEW,
                  null,
                  List.of(new Column("id", ColumnType.integer(), false, null)),
                  null,
                  List.of(),
                  List.of(),
                  null));
    }
  }

  @Test
  void bindsParametersAndTakesTextsAsTheStandardDoes() throws SQLException {
    List<Object> values =
        List.of(
            42L,
            new BigDecimal("12345678901234567890.5"),
            "Łódź\\",
            LocalDate.of(1500, 2, 28),
            LocalDateTime.parse("2026-03-08T02:30:00.123456"));
    assertThat(
            SourceReading.rows(
                source,
                "SELECT CAST(? AS SIGNED), CAST(? AS DECIMAL(38,1)), CAST(? AS CHAR),"
                    + " CAST(? AS DATE), CAST(? AS DATETIME(6)), 'a\\b' || 'c'",
                List.of(
                    ColumnType.bigint(),
                    ColumnType.decimal(38, 1),
                    ColumnType.varchar(),
                    ColumnType.date(),
                    ColumnType.timestamp(6),
                    ColumnType.varchar()),
                values.toArray()))
        .isEqualTo(
            List.of(
                List.of(
                    values.get(0),
                    values.get(1),
                    values.get(2),
                    values.get(3),
                    values.get(4),
                    "a\\bc")));
  }

  @Test
  void refusesToWrite() throws SQLException {
    execute(
        "CREATE TABLE kept (n int)",
        "CREATE FUNCTION write_one() RETURNS int MODIFIES SQL DATA"
            + " BEGIN INSERT INTO kept VALUES (1); RETURN 1; END");
    assertThatThrownBy(
            () -> SourceReading.rows(source, "SELECT write_one()", List.of(ColumnType.integer())))
        .hasMessageStartingWith("Source shop: ")
        .hasFieldOrPropertyWithValue("SQLState", "25006");
  }

  @Test
  void timeoutEndsTheQueryOnTheServer() throws Exception {
    Limits limits = new Limits(Duration.ofMillis(500), 0, 0);
    for (String sql :
        List.of("SELECT SLEEP(61)", "SELECT IF(seq < 9000, seq, SLEEP(61)) FROM numbers")) {
      try (Execution execution = SourceReading.execution(limits)) {
        assertThatThrownBy(
                () -> {
                  try (RowCursor cursor =
                      source.open(sql, List.of(ColumnType.integer()), List.of(), execution)) {
                    while (cursor.next()) {
                      assertThat(cursor.value(0)).isNotNull();
                    }
                  }
                })
            .isInstanceOf(SQLTimeoutException.class)
            .hasFieldOrPropertyWithValue("SQLState", "HYT00");
      }
      awaitNone("SLEEP(61)");
    }
  }

  @Test
  void closingEarlyEndsTheQueryAndTheNextOneWorks() throws Exception {
    try (Execution execution = SourceReading.execution();
        RowCursor cursor =
            source.open(
                "SELECT a.seq /* early */ FROM numbers a, numbers b",
                List.of(ColumnType.integer()),
                List.of(),
                execution)) {
      assertThat(cursor.next()).isTrue();
    }
    awaitNone("early");
    assertThat(SourceReading.rows(source, "SELECT 1", List.of(ColumnType.integer())))
        .containsExactly(List.of(1));
  }

  private static void awaitNone(String part) throws SQLException, InterruptedException {
    for (int i = 0; running(part) > 0; i++) {
      assertThat(i).as("looks for queries with " + part).isLessThan(500);
      Thread.sleep(20);
    }
  }

  private static int running(String part) throws SQLException {
    try (Statement statement = plain.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT count(*) FROM information_schema.processlist WHERE info LIKE '%"
                    + part
                    + "%' AND id <> CONNECTION_ID()")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  @Test
  void survivesTheEndOfItsSession() throws SQLException {
    SourceSettings one =
        MariaDb.settings(DATABASE).within(1, SourceSettings.DEFAULT_CONNECT_TIMEOUT);
    List<ColumnType> types = List.of(ColumnType.bigint());
    try (MySqlSource single = new MySqlSource(one)) {
      Object first = SourceReading.rows(single, "SELECT CONNECTION_ID()", types).get(0).get(0);
      execute("KILL " + first);
      assertThat(SourceReading.rows(single, "SELECT 2", types)).containsExactly(List.of(2L));
    }
  }

  @Test
  void isUnreachableAtOnceAndWithoutSecrets() throws SQLException {
    SourceSettings nowhere =
        SourceSettings.ofUrl(
            "down", "jdbc:mysql://user:s3cr3t@127.0.0.1:1/db", null, null, List.of());
    try (MySqlSource down = new MySqlSource(nowhere)) {
      assertThatThrownBy(down::readCatalog)
          .hasMessageStartingWith("Source down cannot be reached: ")
          .hasMessageNotContaining("s3cr3t")
          .hasFieldOrPropertyWithValue("SQLState", "08001");
      assertThat(nowhere.toString()).isEqualTo("down at jdbc:mysql://user:***@127.0.0.1:1/db");
    }
  }
}
