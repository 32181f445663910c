package io.sally.engine.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sally.engine.Execution;
import io.sally.engine.Limits;
import io.sally.engine.RowCursor;
import io.sally.engine.catalog.Catalog;
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
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgreSqlSourceIT {
  private static final String DATABASE = "sources";

  @SuppressWarnings("NullAway.Init")
  private static Connection plain;

  @SuppressWarnings("NullAway.Init")
  private static PostgreSqlSource source;

  /** The types of a user's own among {@link #types}. */
  static final List<String> TYPE_DEFINITIONS =
      List.of(
          "CREATE TYPE mood AS ENUM ('sad', 'ok')",
          "CREATE TYPE pair AS (a int, b text)",
          "CREATE DOMAIN cents AS numeric(9, 2)",
          "CREATE DOMAIN price AS cents",
          "CREATE DOMAIN label AS varchar(7)");

  @BeforeAll
  static void open() throws SQLException {
    PostgreSql.create(DATABASE);
    plain = PostgreSql.connect(DATABASE);
    execute("CREATE SCHEMA other", "SET TIME ZONE 'UTC'");
    execute(TYPE_DEFINITIONS.toArray(new String[0]));
    source = new PostgreSqlSource(PostgreSql.settings(DATABASE, "public", "other"));
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
    String big = "12345678901234567890123456789012345.678";
    UUID uuid = UUID.fromString("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11");
    return List.of(
        TypeCase.of("boolean", "true", "BOOLEAN", true),
        TypeCase.of("smallint", "-32768", "SMALLINT", (short) -32768),
        TypeCase.of("integer", "2147483647", "INTEGER", 2147483647),
        TypeCase.of("bigint", "-9223372036854775808", "BIGINT", Long.MIN_VALUE),
        TypeCase.of("oid", "4294967295", "BIGINT", 4294967295L),
        TypeCase.of("numeric(10,2)", "-0.10", "DECIMAL(10, 2)", new BigDecimal("-0.10")),
        TypeCase.of("numeric(38,3)", big, "DECIMAL(38, 3)", new BigDecimal(big)),
        TypeCase.of("numeric(3,-2)", "12345", "DECIMAL(5, 0)", new BigDecimal("12300")),
        TypeCase.of("numeric(2,5)", "0.00012", "DECIMAL(5, 5)", new BigDecimal("0.00012")),
        TypeCase.of("numeric", "1.50", "DECIMAL(38, 18)", new BigDecimal("1.50")),
        TypeCase.of(
            "numeric",
            "0.1234567890123456789012345678901234567890",
            "DECIMAL(38, 18)",
            new BigDecimal("0.1234567890123456789012345678901234567890")),
        TypeCase.of("price", "7.25", "DECIMAL(9, 2)", new BigDecimal("7.25")),
        TypeCase.of("money", "'-1234567.89'", "DECIMAL(19, 2)", new BigDecimal("-1234567.89")),
        TypeCase.of("real", "3.4028235e38", "REAL", 3.4028235e38f),
        TypeCase.of("real", "'NaN'", "REAL", Float.NaN),
        TypeCase.of("double precision", "0.1", "DOUBLE", 0.1),
        TypeCase.of("double precision", "'-Infinity'", "DOUBLE", Double.NEGATIVE_INFINITY),
        TypeCase.of("char(5)", "'ab'", "CHAR(5)", "ab   "),
        TypeCase.of("varchar(9)", "'Łódź 😀'", "VARCHAR(9)", "Łódź 😀"),
        TypeCase.of("label", "''", "VARCHAR(7)", ""),
        TypeCase.of("text", "'back\\slash ''quote'''", "VARCHAR", "back\\slash 'quote'"),
        TypeCase.of("\"char\"", "'x'", "VARCHAR", "x"),
        TypeCase.of("name", "'n'", "VARCHAR", "n"),
        TypeCase.of("mood", "'ok'", "VARCHAR", "ok"),
        TypeCase.of("pair", "ROW(1, 'x y')", "VARCHAR", "(1,\"x y\")"),
        TypeCase.of("bytea", "'\\x00ff10'", "VARBINARY", new byte[] {0, -1, 16}),
        TypeCase.of("bit(3)", "B'101'", "VARCHAR", "101"),
        TypeCase.of("bit varying(9)", "B'0110'", "VARCHAR", "0110"),
        TypeCase.of("date", "'1500-02-28'", "DATE", LocalDate.of(1500, 2, 28)),
        TypeCase.of("date", "'0044-03-15 BC'", "DATE", LocalDate.of(-43, 3, 15)),
        TypeCase.of("date", "'infinity'", "DATE", LocalDate.MAX),
        TypeCase.of("time", "'23:59:59.999999'", "TIME(6)", LocalTime.parse("23:59:59.999999")),
        TypeCase.of("time(0)", "'02:30'", "TIME(0)", LocalTime.of(2, 30)),
        TypeCase.of(
            "timetz",
            "'12:00:00.5-07'",
            "TIME WITH TIME ZONE(6)",
            OffsetTime.parse("12:00:00.5-07:00")),
        TypeCase.of(
            "timestamp",
            "'2026-03-08 02:30:00.123456'",
            "TIMESTAMP(6)",
            LocalDateTime.parse("2026-03-08T02:30:00.123456")),
        TypeCase.of(
            "timestamp",
            "'1582-10-10 00:00:01'",
            "TIMESTAMP(6)",
            LocalDateTime.parse("1582-10-10T00:00:01")),
        TypeCase.of("timestamp", "'-infinity'", "TIMESTAMP(6)", LocalDateTime.MIN),
        TypeCase.of(
            "timestamptz",
            "'2026-03-08 02:30:00.123456-08'",
            "TIMESTAMP WITH TIME ZONE(6)",
            OffsetDateTime.parse("2026-03-08T10:30:00.123456Z")),
        TypeCase.of(
            "timestamptz",
            "'1001-01-01 00:00:00+00'",
            "TIMESTAMP WITH TIME ZONE(6)",
            OffsetDateTime.parse("1001-01-01T00:00:00Z")),
        TypeCase.of("timestamptz", "'infinity'", "TIMESTAMP WITH TIME ZONE(6)", OffsetDateTime.MAX),
        TypeCase.of(
            "interval", "'1 year 2 days 03:04:05.6'", "VARCHAR", "1 year 2 days 03:04:05.6"),
        TypeCase.of("uuid", "'" + uuid + "'", "UUID", uuid),
        TypeCase.of("json", "'{\"b\": 1,  \"a\": 2}'", "VARCHAR", "{\"b\": 1,  \"a\": 2}"),
        TypeCase.of("jsonb", "'{\"b\":1,\"a\":2}'", "VARCHAR", "{\"a\": 2, \"b\": 1}"),
        TypeCase.of("xml", "'<a>1</a>'", "VARCHAR", "<a>1</a>"),
        TypeCase.of("inet", "'10.0.0.1/8'", "VARCHAR", "10.0.0.1/8"),
        TypeCase.of("cidr", "'10.0.0.0/8'", "VARCHAR", "10.0.0.0/8"),
        TypeCase.of("macaddr", "'08:00:2b:01:02:03'", "VARCHAR", "08:00:2b:01:02:03"),
        TypeCase.of("point", "'(1,2)'", "VARCHAR", "(1,2)"),
        TypeCase.of("box[]", "'{(1,1),(0,0);(3,3),(2,2)}'", "VARCHAR", "{(1,1),(0,0);(3,3),(2,2)}"),
        TypeCase.of("tsvector", "'a b'", "VARCHAR", "'a' 'b'"),
        TypeCase.of("int4range", "'[1,5)'", "VARCHAR", "[1,5)"),
        TypeCase.of("pg_lsn", "'16/B374D848'", "VARCHAR", "16/B374D848"),
        TypeCase.of("oidvector", "'1 2'", "VARCHAR", "1 2"),
        TypeCase.of("int[]", "'{1,NULL,3}'", "INTEGER ARRAY", Arrays.asList(1, null, 3)),
        TypeCase.of(
            "int[]", "'{{1,2},{3,4}}'", "INTEGER ARRAY", List.of(List.of(1, 2), List.of(3, 4))),
        TypeCase.of(
            "text[]",
            "ARRAY['a,b', 'q\"\\', 'NULL', '', NULL]",
            "VARCHAR ARRAY",
            Arrays.asList("a,b", "q\"\\", "NULL", "", null)),
        TypeCase.of("mood[]", "'{sad,ok}'", "VARCHAR ARRAY", List.of("sad", "ok")),
        TypeCase.of(
            "numeric(6,2)[]", "'{1.5}'", "DECIMAL(6, 2) ARRAY", List.of(new BigDecimal("1.50"))),
        TypeCase.of("float8[]", "'{0.1,NaN}'", "DOUBLE ARRAY", List.of(0.1, Double.NaN)),
        TypeCase.of("bool[]", "'{t,f}'", "BOOLEAN ARRAY", List.of(true, false)),
        TypeCase.of("uuid[]", "ARRAY['" + uuid + "'::uuid]", "UUID ARRAY", List.of(uuid)),
        TypeCase.of(
            "date[]",
            "'{1500-02-28,0044-03-15 BC,-infinity}'",
            "DATE ARRAY",
            List.of(LocalDate.of(1500, 2, 28), LocalDate.of(-43, 3, 15), LocalDate.MIN)),
        TypeCase.of(
            "timestamp[]",
            "'{2026-03-08 02:30:00.5}'",
            "TIMESTAMP(6) ARRAY",
            List.of(LocalDateTime.parse("2026-03-08T02:30:00.5"))),
        TypeCase.of(
            "timestamptz[]",
            "'{2026-03-08 02:30:00.5-08}'",
            "TIMESTAMP WITH TIME ZONE(6) ARRAY",
            List.of(OffsetDateTime.parse("2026-03-08T10:30:00.5Z"))),
        TypeCase.of("text", "NULL", "VARCHAR", null),
        TypeCase.of("int[]", "NULL", "INTEGER ARRAY", null),
        TypeCase.of("uuid", "NULL", "UUID", null),
        TypeCase.of("boolean", "NULL", "BOOLEAN", null));
  }

  @Test
  void readsNumbersThatAreNoDecimalsAsTheirTexts() throws SQLException {
    execute(
        "CREATE TABLE no_number (id int, n numeric, p numeric(5, 2), a numeric[])",
        "INSERT INTO no_number VALUES (1, 'NaN', 'NaN', '{NaN,1.5}'),"
            + " (2, '-Infinity', 1, NULL), (3, 'Infinity', NULL, '{{1},{Infinity}}')");
    for (int run = 0; run < 7; run++) {
      assertThat(SourceReading.rows(source, "no_number"))
          .isEqualTo(
              List.of(
                  List.of(1, "NaN", "NaN", List.of("NaN", new BigDecimal("1.5"))),
                  Arrays.asList(2, "-Infinity", new BigDecimal("1.00"), null),
                  Arrays.asList(
                      3,
                      "Infinity",
                      null,
                      List.of(List.of(new BigDecimal("1")), List.of("Infinity")))));
    }
  }

  @Test
  void readsTheWholeCatalog() throws SQLException {
    PostgreSql.create("catalog");
    try (Connection connection = PostgreSql.connect("catalog");
        Statement statement = connection.createStatement();
        PostgreSqlSource empty =
            new PostgreSqlSource(PostgreSql.settings("catalog", "public", "Other %_"))) {
      for (String sql :
          List.of(
              "CREATE SCHEMA \"Other %_\"",
              "CREATE SCHEMA \"Other xy\"",
              "CREATE TABLE a_b (id int PRIMARY KEY, \"Größe %\" text NOT NULL UNIQUE)",
              "COMMENT ON TABLE a_b IS 'Teile'",
              "COMMENT ON COLUMN a_b.\"Größe %\" IS 'in cm'",
              "CREATE TABLE axb (x int, y int, z int, PRIMARY KEY (y, x))",
              "CREATE UNIQUE INDEX partly ON axb (z) WHERE z > 0",
              "CREATE UNIQUE INDEX computed ON axb (abs(z))",
              "CREATE TABLE \"Other %_\".\"select\""
                  + " (y int, x int, FOREIGN KEY (y, x) REFERENCES axb (y, x), part int REFERENCES a_b)",
              "CREATE TABLE \"Other xy\".unseen (id int)",
              "CREATE VIEW v AS SELECT id FROM a_b",
              "CREATE MATERIALIZED VIEW m AS SELECT id FROM a_b",
              "CREATE TABLE p (day date PRIMARY KEY) PARTITION BY RANGE (day)",
              "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')",
              "CREATE TABLE parent (id int PRIMARY KEY)",
              "CREATE TABLE child () INHERITS (parent)",
              "CREATE SEQUENCE s",
              "INSERT INTO a_b SELECT i, i::text FROM generate_series(1, 70) i",
              "INSERT INTO p VALUES ('2026-05-01')",
              "ANALYZE")) {
        statement.execute(sql);
      }
      Catalog catalog = empty.readCatalog();
      assertThat(SourceReading.names(catalog))
          .containsExactlyInAnyOrder(
              "pg.a_b",
              "pg.axb",
              "pg.v",
              "pg.m",
              "pg.p",
              "pg.p1",
              "pg.parent",
              "pg.child",
              "pg.Other %_.select");
      TableName parts = new TableName("pg", null, "a_b");
      assertThat(catalog.tables())
          .contains(
              new Table(
                  parts,
                  Table.Kind.TABLE,
                  "Teile",
                  List.of(
                      new Column("id", ColumnType.integer(), false, null),
                      new Column("Größe %", ColumnType.varchar(), false, "in cm")),
                  new UniqueKey("a_b_pkey", List.of("id")),
                  List.of(new UniqueKey("a_b_Größe %_key", List.of("Größe %"))),
                  List.of(),
                  70L,
                  Map.of("id", 70.0, "Größe %", 70.0)),
              new Table(
                  new TableName("pg", null, "axb"),
                  Table.Kind.TABLE,
                  null,
                  List.of(
                      new Column("x", ColumnType.integer(), false, null),
                      new Column("y", ColumnType.integer(), false, null),
                      new Column("z", ColumnType.integer(), true, null)),
                  new UniqueKey("axb_pkey", List.of("y", "x")),
                  List.of(),
                  List.of(),
                  0L),
              new Table(
                  new TableName("pg", "Other %_", "select"),
                  Table.Kind.TABLE,
                  null,
                  List.of(
                      new Column("y", ColumnType.integer(), true, null),
                      new Column("x", ColumnType.integer(), true, null),
                      new Column("part", ColumnType.integer(), true, null)),
                  null,
                  List.of(),
                  List.of(
                      new ForeignKey("select_part_fkey", List.of("part"), parts, List.of("id")),
                      new ForeignKey(
                          "select_y_x_fkey",
                          List.of("y", "x"),
                          new TableName("pg", null, "axb"),
                          List.of("y", "x"))),
                  0L));
      Table inherited = SourceReading.table(empty, "parent");
      assertThat(inherited.primaryKey()).isNull();
      assertThat(SourceReading.table(empty, "p").rowCount()).isEqualTo(1L);
      assertThat(SourceReading.table(empty, "m").kind()).isEqualTo(Table.Kind.VIEW);
    }
  }

  @Test
  void bindsParametersInTheirTypes() throws SQLException {
    List<Object> values =
        List.of(
            true,
            (short) 7,
            42,
            1L << 40,
            new BigDecimal("12345678901234567890.5"),
            0.1,
            "Łódź",
            LocalDate.of(1500, 2, 28),
            LocalDateTime.parse("2026-03-08T02:30:00.123456"),
            OffsetDateTime.of(2026, 3, 8, 2, 30, 0, 0, ZoneOffset.UTC),
            UUID.fromString("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"));
    List<ColumnType> types =
        List.of(
            ColumnType.bool(),
            PostgreSqlTypes.of("int2", -1, false, "", 2).type(),
            ColumnType.integer(),
            ColumnType.bigint(),
            ColumnType.decimal(38, 1),
            ColumnType.doublePrecision(),
            ColumnType.varchar(),
            ColumnType.date(),
            ColumnType.timestamp(6),
            PostgreSqlTypes.of("timestamptz", -1, false, "", 2).type(),
            PostgreSqlTypes.of("uuid", -1, false, "", 2).type());
    String sql =
        "SELECT ?::boolean, ?::int2, ?::int4, ?::int8, ?::numeric, ?::float8, ?::text, ?::date,"
            + " ?::timestamp, ?::timestamptz, ?::uuid";
    assertThat(SourceReading.rows(source, sql, types, values.toArray())).containsExactly(values);
    assertThat(
            SourceReading.rows(
                source,
                "SELECT n FROM generate_series(1, 9) n WHERE n = ANY (?) ORDER BY n",
                List.of(ColumnType.integer()),
                List.of(3L, 5L, 77L)))
        .isEqualTo(List.of(List.of(3), List.of(5)));
  }

  @Test
  void refusesToWrite() {
    assertThatThrownBy(
            () ->
                SourceReading.rows(
                    source, "CREATE TABLE written (n int)", List.of(ColumnType.integer())))
        .hasMessageStartingWith("Source pg: ")
        .hasFieldOrPropertyWithValue("SQLState", "25006");
  }

  @Test
  void saysWhatTheSourceSaysWithItsSqlState() {
    assertThatThrownBy(
            () -> SourceReading.rows(source, "SELECT 1 / 0", List.of(ColumnType.integer())))
        .hasMessage("Source pg: ERROR: division by zero.")
        .hasFieldOrPropertyWithValue("SQLState", "22012");
  }

  @Test
  void cancelEndsTheQueryOnTheServer() throws Exception {
    try (Execution execution = SourceReading.execution()) {
      Thread cancelling =
          new Thread(
              () -> {
                awaitActive("pg_sleep(61)", 1);
                execution.cancel();
              });
      cancelling.start();
      assertThatThrownBy(
              () ->
                  source.open(
                      "SELECT 1 FROM pg_sleep(61)",
                      List.of(ColumnType.integer()),
                      List.of(),
                      execution))
          .hasFieldOrPropertyWithValue("SQLState", "57014")
          .hasMessage("The statement was cancelled.");
      cancelling.join();
    }
    awaitActive("pg_sleep(61)", 0);
    assertThat(SourceReading.rows(source, "SELECT 1", List.of(ColumnType.integer())))
        .containsExactly(List.of(1));
  }

  @Test
  void timeoutEndsTheQueryWhileItsRowsAreRead() throws SQLException {
    Limits limits = new Limits(Duration.ofMillis(500), 0, 0);
    try (Execution execution = SourceReading.execution(limits);
        RowCursor cursor =
            source.open(
                "SELECT n FROM generate_series(1, 100000) n"
                    + " WHERE n < 2500 OR pg_sleep(62) IS NOT NULL",
                List.of(ColumnType.integer()),
                List.of(),
                execution)) {
      assertThatThrownBy(
              () -> {
                while (cursor.next()) {
                  assertThat(cursor.value(0)).isNotNull();
                }
              })
          .isInstanceOf(SQLTimeoutException.class)
          .hasFieldOrPropertyWithValue("SQLState", "HYT00");
    }
    awaitActive("pg_sleep(62)", 0);
  }

  private static void awaitActive(String part, int expected) {
    try (Connection watching = PostgreSql.connect(DATABASE);
        Statement statement = watching.createStatement()) {
      for (int i = 0; active(statement, part) != expected; i++) {
        assertThat(i).as("looks for queries with " + part).isLessThan(500);
        Thread.sleep(20);
      }
    } catch (SQLException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int active(Statement statement, String part) throws SQLException {
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%"
                + part
                + "%' AND pid <> pg_backend_pid()")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  @Test
  void closingEarlyGivesTheSameConnectionBackClean() throws SQLException {
    SourceSettings one =
        PostgreSql.settings(DATABASE).within(1, SourceSettings.DEFAULT_CONNECT_TIMEOUT);
    try (PostgreSqlSource single = new PostgreSqlSource(one)) {
      List<Object> backends = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        try (Execution execution = SourceReading.execution();
            RowCursor cursor =
                single.open(
                    "SELECT pg_backend_pid() FROM generate_series(1, 50000000)",
                    List.of(ColumnType.integer()),
                    List.of(),
                    execution)) {
          assertThat(cursor.next()).isTrue();
          backends.add(cursor.value(0));
        }
      }
      assertThat(backends.stream().distinct()).hasSize(1);
    }
  }

  @Test
  void saysThatAllConnectionsAreInUse() throws SQLException {
    SourceSettings one = PostgreSql.settings(DATABASE).within(1, Duration.ofMillis(300));
    try (PostgreSqlSource single = new PostgreSqlSource(one);
        Execution execution = SourceReading.execution();
        RowCursor cursor =
            single.open("SELECT 1", List.of(ColumnType.integer()), List.of(), execution)) {
      assertThat(cursor.next()).isTrue();
      assertThatThrownBy(single::readCatalog)
          .hasMessageStartingWith("No connection to source pg came within 300 ms; at most 1 are")
          .hasFieldOrPropertyWithValue("SQLState", "HYT00");
    }
  }

  @Test
  void survivesTheEndOfItsSessions() throws SQLException {
    try (PostgreSqlSource restarted = new PostgreSqlSource(PostgreSql.settings(DATABASE))) {
      List<ColumnType> types = List.of(ColumnType.integer());
      try (Execution execution = SourceReading.execution();
          RowCursor cursor =
              restarted.open(
                  "SELECT n /* ended */ FROM generate_series(1, 100000) n",
                  types,
                  List.of(),
                  execution)) {
        assertThat(cursor.next()).isTrue();
        terminate("ended");
        assertThatThrownBy(
                () -> {
                  while (cursor.next()) {
                    assertThat(cursor.value(0)).isNotNull();
                  }
                })
            .hasMessageStartingWith("The connection to source pg was lost: ")
            .hasFieldOrPropertyWithValue("SQLState", "08006");
      }
      assertThat(SourceReading.rows(restarted, "SELECT 1 /* idle */", types))
          .containsExactly(List.of(1));
      terminate("idle");
      assertThat(SourceReading.rows(restarted, "SELECT 2", types)).containsExactly(List.of(2));
    }
  }

  private static void terminate(String part) throws SQLException {
    execute(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
            + " AND application_name = 'Sally' AND (query LIKE '%"
            + part
            + "%' OR state = 'idle')");
  }

  @Test
  void isUnreachableAtOnceAndWithoutSecrets() throws SQLException {
    SourceSettings nowhere =
        SourceSettings.ofDatabase(
            "down", "localhost", 1, "db", "user", () -> "s3cr3t", List.of("public"));
    try (PostgreSqlSource down = new PostgreSqlSource(nowhere)) {
      assertThatThrownBy(down::readCatalog)
          .hasMessageStartingWith(
              "Source down cannot be reached: Connection to localhost:1 refused")
          .hasMessageNotContaining("s3cr3t")
          .hasFieldOrPropertyWithValue("SQLState", "08001");
      assertThat(nowhere.toString()).isEqualTo("down at localhost 1 db");
    }
  }

  @Test
  void refusedCredentialsAreNamedAsSuch() throws SQLException {
    execute("CREATE ROLE nobody NOLOGIN");
    SourceSettings wrong =
        SourceSettings.ofDatabase(
            "pg", "localhost", PostgreSql.port(), DATABASE, "nobody", () -> "s3cr3t", List.of());
    try (PostgreSqlSource refused = new PostgreSqlSource(wrong)) {
      assertThatThrownBy(refused::readCatalog)
          .hasMessageStartingWith("Source pg refuses the user or the password: ")
          .hasFieldOrPropertyWithValue("SQLState", "28000");
    }
  }
}
