package io.sally.engine.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sally.engine.Limits;
import io.sally.engine.catalog.Table;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What goes wrong when Calcite federates databases as it comes, each shown beside what Sally gives.
 * A test whose first half fails tells that a newer Calcite has mended the trap.
 *
 * <table>
 * <caption>Each trap and its test</caption>
 * <tr><td>A join on texts loses rows</td><td>{@link #joinsTextKeysAcrossCollations}</td></tr>
 * <tr><td>Averages are cut</td><td>{@link #averagesKeepTheirFractions}</td></tr>
 * <tr><td>The sum behind an average overflows</td><td>{@link
 * #sumsAreWiderThanWhatIsSummed}</td></tr>
 * <tr><td>A table's name is a pattern</td><td>{@link
 * #anUnderscoreInATablesNameStandsForItself}</td></tr>
 * <tr><td>Gaps of summer time, microseconds</td><td>{@link
 * #timesAreThoseOfTheSourceInEveryZoneOfTheProgram}</td></tr>
 * <tr><td>A moment is not found by its value</td><td>{@link #momentsAreFoundByTheirValue}</td></tr>
 * <tr><td>SQLite's texts turn to 0.0, its dates to texts, its sums overflow</td><td>{@link
 * #whatSqliteHoldsInAColumnIsWhatComesOut}</td></tr>
 * <tr><td>Texts compare by the source's rules</td><td>{@link
 * #textsAreEqualWithCaseWhereverTheyAreCompared}</td></tr>
 * <tr><td>Types of PostgreSQL fail a query</td><td>{@link #noTypeOfPostgreSqlFailsAQuery}</td></tr>
 * <tr><td>Types of MySQL fail a query or bend values</td><td>{@link
 * #noTypeOfMySqlFailsAQuery}</td></tr>
 * <tr><td>Functions that SQLite does not have are sent to it</td><td>{@link
 * #whatSqliteHasNoFunctionForIsComputedHere}</td></tr>
 * <tr><td>The same, with the dialect of SQLite picked by hand</td><td>{@link
 * #datesAndCastsReachSqliteInItsOwnWords}</td></tr>
 * <tr><td>Windows and differences of times do not plan</td><td>{@link
 * #windowFunctionsAndDifferencesOfTimesRun}</td></tr>
 * <tr><td>Indexes and sequences are tables</td><td>{@link #tablesAreWhatHoldsRows}</td></tr>
 * <tr><td>DML runs</td><td>{@link #nothingIsWritten}</td></tr>
 * <tr><td>A semicolon does not parse</td><td>{@link #aSemicolonEndsAStatement}</td></tr>
 * <tr><td>IN and ROLLUP bring whole tables</td><td>{@link
 * #whatOneSourceCanDoIsDoneThere}</td></tr>
 * <tr><td>The most rows of a statement are not heeded</td><td>{@link
 * #aLimitOfRowsReachesTheSource}</td></tr>
 * <tr><td>Errors without SQLState, timeouts of the wrong class, no keys</td><td>{@link
 * #errorsSayWhatTheyAre}, {@link #keysAreKnown}</td></tr>
 * </table>
 *
 * <p>What is about time and memory is shown by {@link SmallHeapIT} and {@link StopIT}; numbers of
 * Oracle without a precision by {@link OracleSourceTest}, beside no plain Calcite, since it needs
 * the database.
 */
@Tag("mysql")
final class KnownTrapsIT {
  private static int databases;

  @SuppressWarnings("NullAway.Init")
  private Federation federation;

  @BeforeEach
  void open(@TempDir Path directory) throws SQLException {
    federation = new Federation("traps_" + ++databases, directory);
  }

  @AfterEach
  void close() throws SQLException {
    federation.close();
  }

  private List<String> plain(String sql) throws SQLException {
    try (PlainCalcite plain = federation.plain()) {
      return plain.rows(sql);
    }
  }

  private ThrowingCallable plainly(String sql) {
    return () -> plain(sql);
  }

  /** The merge join has each source sort by its own collation, and then loses rows. */
  @Test
  void joinsTextKeysAcrossCollations() throws SQLException {
    List<String> names = List.of("a", "B", "c", "D", "ä", "Z", "z", "_x", "É");
    federation.pg(
        "CREATE COLLATION words (provider = icu, locale = 'en')",
        "CREATE TABLE left_names (name text COLLATE words PRIMARY KEY)");
    federation.lite("CREATE TABLE right_names (name text PRIMARY KEY)");
    for (String name : names) {
      federation.pg("INSERT INTO left_names VALUES ('" + name + "')");
      federation.lite("INSERT INTO right_names VALUES ('" + name + "')");
    }
    String join =
        "SELECT l.\"name\" FROM \"pg\".\"left_names\" l JOIN \"lite\".\"right_names\" r ON l.\"name\" = r.\"name\"";

    assertThat(plain(join)).hasSizeLessThan(names.size());

    assertThat(federation.rows(join)).containsExactlyInAnyOrderElementsOf(names);
  }

  @Test
  void averagesKeepTheirFractions() throws SQLException {
    federation.pg(
        "CREATE TABLE n (i int, d numeric(6,2))",
        "INSERT INTO n VALUES (4, 4.44), (5, 4.44), (5, 4.45)");
    String averages = "SELECT AVG(\"i\"), AVG(\"d\") FROM \"pg\".\"n\"";

    assertThat(plain(averages)).containsExactly("4|4.44");

    assertThat(federation.rows(averages)).containsExactly("4.6666666666666667|4.4433333333333333");
  }

  @Test
  void sumsAreWiderThanWhatIsSummed() throws SQLException {
    federation.pg(
        "CREATE TABLE n (g int, d numeric(12,2))",
        "INSERT INTO n SELECT i % 2, 9999999999.99 FROM generate_series(1, 10) i");
    String sums = "SELECT \"g\", SUM(\"d\") FROM \"pg\".\"n\" GROUP BY \"g\" ORDER BY \"g\"";
    String averages = sums.replace("SUM", "AVG");

    // An average goes over as a sum that is cast back to the type of what is summed.
    assertThatThrownBy(plainly(averages)).hasStackTraceContaining("numeric field overflow");

    assertThat(federation.rows(sums)).containsExactly("0|49999999999.95", "1|49999999999.95");
    assertThat(federation.rows(averages))
        .containsExactly("0|9999999999.9900000000000000", "1|9999999999.9900000000000000");
  }

  @Test
  void anUnderscoreInATablesNameStandsForItself() throws SQLException {
    federation.pg(
        "CREATE TABLE a_b (id int)",
        "CREATE TABLE axb (id int, other int)",
        "INSERT INTO a_b VALUES (1)");
    String sql = "SELECT \"id\" FROM \"pg\".\"a_b\"";

    assertThatThrownBy(plainly(sql)).hasStackTraceContaining("ambiguous");

    assertThat(federation.rows(sql)).containsExactly("1");
    assertThat(federation.rows("SELECT * FROM pg.a_b")).containsExactly("1");
  }

  @Test
  void timesAreThoseOfTheSourceInEveryZoneOfTheProgram() throws SQLException {
    federation.pg(
        "CREATE TABLE t (id int, at timestamp, instant timestamptz)",
        "INSERT INTO t VALUES (1, '2026-03-29 02:30:00.123456', '2026-03-29 02:30:00.123456+00')");
    String sql = "SELECT \"at\", \"instant\" FROM \"pg\".\"t\"";
    TimeZone zone = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
    try {
      // Half past two was not in Berlin that night; microseconds are cut.
      assertThat(plain(sql)).containsExactly("2026-03-29 03:30:00.123|2026-03-29 04:30:00.123");

      assertThat(federation.rows(sql))
          .containsExactly("2026-03-29T02:30:00.123456|2026-03-29T02:30:00.123456Z");
    } finally {
      TimeZone.setDefault(zone);
    }
  }

  /** Calcite takes a moment for a TIMESTAMP, whose milliseconds are all that it compares. */
  @Test
  void momentsAreFoundByTheirValue() throws SQLException {
    federation.pg(
        "CREATE TABLE t (id int, instant timestamptz)",
        "INSERT INTO t VALUES (1, '2026-07-01 12:30:00.123456+00')");
    String sql = "SELECT \"id\" FROM \"pg\".\"t\" WHERE \"instant\" = ";
    String micros = "TIMESTAMP '2026-07-01 12:30:00.123456'";
    assertThat(plain(sql + micros)).isEmpty();

    assertThat(federation.rows(sql + micros)).containsExactly("1");
    assertThat(
            federation.rows(
                sql + "TIMESTAMP WITH TIME ZONE '2026-07-01 14:30:00.123456 Europe/Berlin'"))
        .containsExactly("1");
  }

  @Test
  void whatSqliteHoldsInAColumnIsWhatComesOut() throws SQLException {
    federation.lite(
        "CREATE TABLE v (id int, d decimal(9,2), b blob, day date)",
        "INSERT INTO v VALUES (1, 12.5, x'0a0b', '2026-03-29'), (2, 'many', x'0c', '2026-03-30')");
    String many = "SELECT \"d\" FROM \"lite\".\"v\" WHERE \"id\" = 2";
    String sum = "SELECT SUM(\"id\" + 2147483647) FROM \"lite\".\"v\"";
    assertThat(plain(many)).containsExactly("0.0");
    assertThat(plain("SELECT \"b\" FROM \"lite\".\"v\"")).allMatch(b -> b.startsWith("[B@"));
    assertThatThrownBy(
            plainly("SELECT \"id\" FROM \"lite\".\"v\" WHERE \"day\" = DATE '2026-03-29'"))
        .hasStackTraceContaining("syntax error");
    assertThat(plain(sum)).containsExactly("1");

    assertThat(federation.rows(many)).containsExactly("many");
    assertThat(federation.rows("SELECT SUM(CAST(id AS BIGINT) + 2147483647) FROM lite.v"))
        .containsExactly("4294967297");
    assertThat(federation.rows("SELECT day FROM lite.v WHERE day = DATE '2026-03-29'"))
        .containsExactly("2026-03-29");
    assertThat(federation.rows("SELECT id FROM lite.v WHERE b = X'0a0b'")).containsExactly("1");
  }

  @Test
  void textsAreEqualWithCaseWhereverTheyAreCompared() throws SQLException {
    federation.shop(
        "CREATE TABLE names (name varchar(20))", "INSERT INTO names VALUES ('anna'), ('Anna')");
    federation.pg(
        "CREATE TABLE names (name varchar(20))", "INSERT INTO names VALUES ('anna'), ('Anna')");
    for (String source : List.of("shop", "pg")) {
      assertThat(federation.rows("SELECT name FROM " + source + ".names WHERE name = 'anna'"))
          .containsExactly("anna");
      assertThat(federation.rows("SELECT COUNT(DISTINCT name) FROM " + source + ".names"))
          .containsExactly("2");
    }
    assertThat(plain("SELECT \"name\" FROM \"shop\".\"names\" WHERE \"name\" = 'anna'")).hasSize(2);
    assertThat(
            federation.rows("SELECT p.name FROM pg.names p JOIN shop.names s ON p.name = s.name"))
        .containsExactlyInAnyOrder("anna", "Anna");
  }

  @Test
  void noTypeOfPostgreSqlFailsAQuery() throws SQLException {
    federation.pg(
        "CREATE TABLE t (u uuid, j jsonb, i inet, l interval, x xml, a int[], m money, b bit(3), n"
            + " numeric)",
        "INSERT INTO t VALUES ('6c9b1a2e-7c77-4b2f-9d3f-0d0a3a2b1c4d', '{\"a\": 1}', '10.0.0.1/8',"
            + " '1 mon 2 days', '<a/>', '{1,2}', 12.34, B'101', 12345678901234567890.123)");

    // The rest comes through 1.42 as objects of the driver, of type ANY, XML as its address.
    assertThatThrownBy(plainly("SELECT * FROM \"pg\".\"t\""))
        .hasStackTraceContaining("Cannot cast to boolean");
    assertThat(plain("SELECT \"x\" FROM \"pg\".\"t\"")).allMatch(x -> x.contains("PgSQLXML@"));

    assertThat(federation.rows("SELECT u, j, i, x, a, m, n FROM pg.t"))
        .containsExactly(
            "6c9b1a2e-7c77-4b2f-9d3f-0d0a3a2b1c4d|{\"a\": 1}|10.0.0.1/8|<a/>|[1,"
                + " 2]|12.34|12345678901234567890.123");
    assertThat(federation.rows("SELECT * FROM pg.t")).hasSize(1);
  }

  @Test
  void noTypeOfMySqlFailsAQuery() throws SQLException {
    federation.shop(
        "SET SESSION sql_mode = ''",
        "CREATE TABLE t (y year, b tinyint(1), u bigint unsigned, d date, z datetime)",
        "INSERT INTO t VALUES (2026, 1, 18446744073709551615, '0000-00-00', '0000-00-00')");
    assertThat(plain("SELECT \"y\" FROM \"shop\".\"t\"")).containsExactly("2026-01-01");
    assertThatThrownBy(plainly("SELECT * FROM \"shop\".\"t\""))
        .hasStackTraceContaining("Zero date value prohibited");
    assertThat(plain("SELECT \"u\" FROM \"shop\".\"t\" WHERE \"u\" > 9223372036854775807"))
        .isEmpty();

    assertThat(federation.rows("SELECT y, b, u FROM shop.t"))
        .containsExactly("2026|true|18446744073709551615");
    assertThat(federation.rows("SELECT * FROM shop.t")).hasSize(1);
    assertThat(federation.rows("SELECT u FROM shop.t WHERE u > 9223372036854775807"))
        .containsExactly("18446744073709551615");
  }

  /** Each of these is sent to SQLite as if it were another database. */
  @Test
  void whatSqliteHasNoFunctionForIsComputedHere() throws SQLException {
    federation.lite(
        "CREATE TABLE w (id integer, name text, day date)",
        "INSERT INTO w VALUES (1, 'anna maria', '2026-03-29'), (2, 'otto', '2025-12-31')");
    String table = " FROM \"lite\".\"w\"";
    assertThatThrownBy(plainly("SELECT INITCAP(\"name\")" + table)).isInstanceOf(Exception.class);
    assertThatThrownBy(plainly("SELECT \"id\"" + table + " ORDER BY \"id\" LIMIT 1"))
        .isInstanceOf(Exception.class);

    assertThat(federation.rows("SELECT INITCAP(name) FROM lite.w WHERE id = 1"))
        .containsExactly("Anna Maria");
    assertThat(federation.rows("SELECT id FROM lite.w ORDER BY id LIMIT 1")).containsExactly("1");
    assertThat(federation.rows("SELECT id FROM lite.w WHERE day < DATE '2026-01-01'"))
        .containsExactly("2");
    assertThat(
            federation.rows(
                "SELECT EXTRACT(YEAR FROM day), FLOOR(day TO MONTH), day + INTERVAL '1' MONTH,"
                    + " CAST(id AS VARCHAR(5)) || '!' FROM lite.w ORDER BY id"))
        .containsExactly("2026|2026-03-01|2026-04-29|1!", "2025|2025-12-01|2026-01-31|2!");
  }

  @Test
  void datesAndCastsReachSqliteInItsOwnWords() throws SQLException {
    federation.lite(
        "CREATE TABLE w (id integer, day date)", "INSERT INTO w VALUES (1, '2026-03-29')");
    List<String> rows =
        List.of(
            "\"id\" FROM \"lite\".\"w\" WHERE \"day\" = DATE '2026-03-29'",
            "EXTRACT(YEAR FROM CAST(\"day\" AS DATE)) FROM \"lite\".\"w\"",
            "FLOOR(CAST(\"day\" AS DATE) TO MONTH) FROM \"lite\".\"w\"",
            "CAST(\"day\" AS DATE) + INTERVAL '1' MONTH FROM \"lite\".\"w\"");
    try (PlainCalcite plain = federation.plainWithSqlitesDialect()) {
      assertThat(plain.rows("SELECT \"id\" FROM \"lite\".\"w\" ORDER BY \"id\" LIMIT 1"))
          .containsExactly("1");
      for (String row : rows) {
        assertThatThrownBy(() -> plain.rows("SELECT " + row)).isInstanceOf(Exception.class);
      }
    }

    List<String> answers = new ArrayList<>();
    for (String row : rows) {
      answers.addAll(federation.rows("SELECT " + row));
    }
    assertThat(answers).containsExactly("1", "2026", "2026-03-01", "2026-04-29");
  }

  @Test
  void windowFunctionsAndDifferencesOfTimesRun() throws SQLException {
    federation.pg(
        "CREATE TABLE s (g int, v int, at timestamp)",
        "INSERT INTO s VALUES (1, 10, '2026-01-01 00:00'), (1, 20, '2026-01-02 12:00'),"
            + " (2, 5, '2026-01-03')");
    String window =
        "SELECT \"v\", SUM(\"v\") OVER (PARTITION BY \"g\" ORDER BY \"v\") FROM \"pg\".\"s\" ORDER"
            + " BY 1";
    assertThatThrownBy(plainly(window)).isInstanceOf(Throwable.class);
    assertThatThrownBy(
            plainly("SELECT TIMESTAMPDIFF(HOUR, MIN(\"at\"), MAX(\"at\")) FROM \"pg\".\"s\""))
        .hasStackTraceContaining("Unable to implement");

    assertThat(federation.rows(window)).containsExactly("5|5", "10|10", "20|30");
    assertThat(
            federation.rows(
                "SELECT TIMESTAMPDIFF(HOUR, MIN(at), MAX(at)) FROM pg.s GROUP BY g ORDER BY g"))
        .containsExactly("36", "0");
  }

  @Test
  void tablesAreWhatHoldsRows() throws SQLException {
    federation.pg(
        "CREATE TABLE plain (id serial PRIMARY KEY, name text)",
        "CREATE INDEX plain_name ON plain (name)",
        "CREATE TABLE parted (id int, day date) PARTITION BY RANGE (day)",
        "CREATE TABLE parted_2026 PARTITION OF parted FOR VALUES FROM ('2026-01-01') TO"
            + " ('2027-01-01')",
        "INSERT INTO parted VALUES (7, '2026-05-05')",
        "CREATE VIEW seen AS SELECT * FROM plain",
        "CREATE MATERIALIZED VIEW kept AS SELECT * FROM plain");
    assertThat(plainTables())
        .contains("plain TABLE", "plain_name INDEX", "plain_id_seq SEQUENCE", "parted OTHER");

    assertThat(federation.tables("pg"))
        .contains("plain", "parted", "seen", "kept")
        .doesNotContain("plain_name", "plain_pkey", "plain_id_seq");
    assertThat(federation.rows("SELECT id FROM pg.parted")).containsExactly("7");
  }

  @Test
  void nothingIsWritten() throws SQLException {
    federation.pg("CREATE TABLE victim (id int)", "INSERT INTO victim VALUES (1)");
    try (PlainCalcite plain = federation.plain()) {
      assertThat(plain.update("INSERT INTO \"pg\".\"victim\" VALUES (2)")).isEqualTo(1);
    }
    for (String sql :
        List.of(
            "INSERT INTO pg.victim VALUES (3)",
            "UPDATE pg.victim SET id = 4",
            "DELETE FROM pg.victim",
            "DROP TABLE pg.victim",
            "TRUNCATE TABLE pg.victim",
            "CREATE TABLE pg.other (id int)")) {
      assertThatThrownBy(() -> federation.rows(sql))
          .isInstanceOf(SQLException.class)
          .extracting(e -> ((SQLException) e).getSQLState())
          .isEqualTo("25006");
    }
    assertThat(federation.rows("SELECT id FROM pg.victim ORDER BY id")).containsExactly("1", "2");
  }

  @Test
  void aSemicolonEndsAStatement() throws SQLException {
    federation.pg("CREATE TABLE one (id int)", "INSERT INTO one VALUES (1)");
    assertThatThrownBy(plainly("SELECT \"id\" FROM \"pg\".\"one\";")).isInstanceOf(Exception.class);

    assertThat(federation.rows("SELECT id FROM pg.one;")).containsExactly("1");
  }

  /** All of these bring whole tables over when Calcite does them as it comes. */
  @Test
  void whatOneSourceCanDoIsDoneThere() throws SQLException {
    federation.pg(
        "CREATE TABLE o (id int PRIMARY KEY, c int, v numeric(9,2), name text)",
        "CREATE TABLE c (id int PRIMARY KEY, name text)",
        "INSERT INTO c SELECT i, 'c' || i FROM generate_series(1, 5) i",
        "INSERT INTO o SELECT i, i % 7, i, 'C' || i % 5 FROM generate_series(1, 50) i");
    for (String sql :
        List.of(
            "SELECT \"id\" FROM \"pg\".\"o\" WHERE \"c\" IN (SELECT \"id\" FROM \"pg\".\"c\")",
            "SELECT \"c\", SUM(\"v\") FROM \"pg\".\"o\" GROUP BY ROLLUP (\"c\")",
            "SELECT LISTAGG(\"name\") FROM \"pg\".\"o\"")) {
      assertThat(plain("EXPLAIN PLAN FOR " + sql))
          .singleElement()
          .asString()
          .containsPattern("^Enumerable(Calc|HashJoin|Aggregate)");
    }
    // LISTAGG is computed here by both.
    assertThat(federation.rows("SELECT LISTAGG(name, ',') WITHIN GROUP (ORDER BY id) FROM pg.c"))
        .containsExactly("c1,c2,c3,c4,c5");
    // What 1.42 as it comes does hand over, contrary to versions before it.
    for (String sql :
        List.of(
            "SELECT \"id\" FROM \"pg\".\"o\" o WHERE NOT EXISTS (SELECT 1 FROM \"pg\".\"c\" c WHERE c.\"id\" = o.\"c\")",
            "SELECT o.\"id\" FROM \"pg\".\"o\" o JOIN \"pg\".\"c\" c ON ABS(o.\"c\") = c.\"id\"")) {
      assertThat(plain("EXPLAIN PLAN FOR " + sql))
          .singleElement()
          .asString()
          .startsWith("JdbcToEnumerableConverter");
    }

    Stream.of(
            "SELECT o.id FROM pg.o o JOIN pg.c c ON ABS(o.c) = c.id",
            "SELECT id FROM pg.o WHERE c IN (SELECT id FROM pg.c WHERE name <> 'c1')",
            "SELECT id FROM pg.o o WHERE NOT EXISTS (SELECT 1 FROM pg.c c WHERE c.id = o.c)",
            "SELECT c, name, SUM(v) FROM pg.o GROUP BY ROLLUP (c, name)",
            "SELECT id FROM pg.o ORDER BY id OFFSET 5 ROWS FETCH NEXT 3 ROWS ONLY",
            "SELECT id FROM pg.o UNION ALL SELECT id FROM pg.c",
            "SELECT id, v / (SELECT SUM(v) FROM pg.o) FROM pg.o")
        .forEach(
            sql -> {
              try {
                assertThat(federation.plan(sql).explain())
                    .as(sql)
                    .hasSize(2)
                    .first()
                    .asString()
                    .startsWith("Source pg");
              } catch (SQLException e) {
                throw new AssertionError(sql, e);
              }
            });
  }

  @Test
  void aLimitOfRowsReachesTheSource() throws SQLException {
    federation.pg(
        "CREATE TABLE big (id int PRIMARY KEY)",
        "INSERT INTO big SELECT i FROM generate_series(1, 1000) i");
    try (PlainCalcite plain = federation.plain()) {
      assertThat(plain.preparedRows("SELECT \"id\" FROM \"pg\".\"big\"", 3)).hasSize(1000);
    }

    assertThat(
            federation.rows(new Limits(Duration.ZERO, 3, 0), "SELECT id FROM pg.big ORDER BY id"))
        .isEqualTo(IntStream.rangeClosed(1, 3).mapToObj(String::valueOf).toList());
  }

  @Test
  void errorsSayWhatTheyAre() throws SQLException {
    federation.pg(
        "CREATE TABLE big (id int)", "INSERT INTO big SELECT i FROM generate_series(1, 3000) i");
    String from = " FROM \"pg\".\"big\" a, \"pg\".\"big\" b, \"pg\".\"big\" c";
    String endless = "SELECT COUNT(*)" + from + " WHERE a.\"id\" + b.\"id\" <> c.\"id\"";
    String wrong = "SELECT \"nothing\" FROM \"pg\".\"big\"";
    try (PlainCalcite plain = federation.plain()) {
      assertThat(plain.failure(wrong, 0).getSQLState()).isNull();
      assertThat((Throwable) plain.failure(endless, 1))
          .isNotInstanceOf(SQLTimeoutException.class)
          .hasMessageContaining("Timeout");
      assertThatThrownBy(() -> plain.connection().commit())
          .isInstanceOf(UnsupportedOperationException.class);
    }

    assertThatThrownBy(() -> federation.rows(wrong))
        .hasFieldOrPropertyWithValue("SQLState", "42703");
    assertThatThrownBy(() -> federation.rows(new Limits(Duration.ofSeconds(1), 0, 0), endless))
        .isInstanceOf(SQLTimeoutException.class)
        .hasFieldOrPropertyWithValue("SQLState", "HYT00");
  }

  @Test
  void keysAreKnown() throws SQLException {
    federation.pg("CREATE TABLE keyed (id int PRIMARY KEY)");
    try (PlainCalcite plain = federation.plain();
        ResultSet keys = plain.connection().getMetaData().getPrimaryKeys(null, "pg", "keyed")) {
      assertThat(keys.next()).isFalse();
    }

    assertThat(
            federation.engine().catalogs().source("pg").orElseThrow().tables().stream()
                .map(Table::primaryKey)
                .map(key -> key == null ? List.of() : key.columns())
                .toList())
        .isEqualTo(List.of(List.of("id")));
  }

  private List<String> plainTables() throws SQLException {
    List<String> tables = new ArrayList<>();
    try (PlainCalcite plain = federation.plain();
        ResultSet rows = plain.connection().getMetaData().getTables(null, "pg", "%", null)) {
      while (rows.next()) {
        tables.add(rows.getString("TABLE_NAME") + " " + rows.getString("TABLE_TYPE"));
      }
    }
    return tables;
  }
}
