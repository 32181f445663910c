package io.sally.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sally.engine.catalog.Column;
import io.sally.engine.catalog.ColumnType;
import io.sally.engine.catalog.Table;
import io.sally.engine.catalog.TableName;
import io.sally.engine.source.MemorySource;
import io.sally.engine.source.MemoryTable;
import java.math.BigDecimal;
import java.sql.JDBCType;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.util.List;
import org.apache.calcite.linq4j.Linq4j;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a plan says of its query, and the Java types of its rows. */
class PlansTest {
  private static final StaffEngine STAFF = new StaffEngine();

  @AfterAll
  static void close() throws SQLException {
    STAFF.close();
  }

  /** Through a derived table it does not say so, which JDBC permits. */
  @Test
  void saysWhereEachColumnComesFrom() throws SQLException {
    TableName emp = new TableName("hr", null, "emp");
    TableName dept = new TableName("hr", null, "dept");
    assertThat(
            STAFF
                .plan(
                    "SELECT e.id, D.Name AS dept_name, e.n + 1 AS more, z.pay FROM emp e"
                        + " LEFT JOIN dept d ON d.id = e.dept_id"
                        + " JOIN (SELECT id, pay FROM emp) z ON z.id = e.id")
                .columns())
        .containsExactly(
            new ResultColumn("id", ColumnType.integer(), false, emp, "id"),
            new ResultColumn("dept_name", ColumnType.varchar(20), true, dept, "name"),
            ResultColumn.computed("more", ColumnType.integer(), true),
            ResultColumn.computed("pay", ColumnType.decimal(6, 2), true));
  }

  @Test
  void saysWhichTablesItReads() throws SQLException {
    assertThat(
            STAFF
                .plan(
                    "WITH d AS (SELECT * FROM dept) SELECT id FROM emp WHERE dept_id IN"
                        + " (SELECT id FROM d) AND EXISTS (SELECT 1 FROM many)")
                .tables())
        .extracting(TableName::table)
        .containsExactly("dept", "emp", "many");
    assertThat(STAFF.plan("VALUES (1)").tables()).isEmpty();
  }

  @Test
  void explainsItselfALineAnElement() throws SQLException {
    Plan plan = STAFF.plan("SELECT COUNT(*) FROM emp WHERE n > 3");
    assertThat(String.join("\n", plan.explain()))
        .isEqualTo(
            """
            Aggregate COUNT(*) (about 1 row)
              Filter by n > 3, compute n (about 2 rows)
                Table hr.emp (about 6 rows)""");
    assertThat(plan.estimatedRows()).isEqualTo(1);
    assertThat(STAFF.plan("SELECT * FROM many").estimatedRows()).isEqualTo(10_000);
  }

  static List<List<Object>> typedValues() {
    return List.of(
        List.of("TRUE", true),
        List.of("CAST(1 AS TINYINT)", (byte) 1),
        List.of("CAST(1 AS SMALLINT)", (short) 1),
        List.of("1", 1),
        List.of("CAST(1 AS BIGINT)", 1L),
        List.of("CAST(1.5 AS DECIMAL(5, 2))", new BigDecimal("1.50")),
        List.of("CAST(1.5 AS REAL)", 1.5f),
        List.of("CAST(1.5 AS FLOAT)", 1.5),
        List.of("1.5e0", 1.5),
        List.of("CAST('a' AS CHAR(3))", "a  "),
        List.of("'a'", "a"),
        List.of("CAST('ab' AS VARCHAR(1))", "a"),
        List.of("DATE '2026-03-01'", LocalDate.of(2026, 3, 1)),
        List.of("TIME '08:15:00.5'", LocalTime.of(8, 15, 0, 500_000_000)),
        List.of("TIMESTAMP '1969-03-29 02:30:00'", LocalDateTime.of(1969, 3, 29, 2, 30)),
        List.of("INTERVAL '1-2' YEAR TO MONTH", Period.of(1, 2, 0)),
        List.of("INTERVAL '1 02:03:04' DAY TO SECOND", Duration.parse("P1DT2H3M4S")),
        List.of("ARRAY['a', 'b']", List.of("a", "b")),
        List.of("ARRAY[DATE '2026-03-01']", List.of(LocalDate.of(2026, 3, 1))),
        List.of("COUNT(*)", 6L),
        List.of("AVG(id)", new BigDecimal("3.5000000000000000")),
        List.of("SUM(pay)", new BigDecimal("10008.38")));
  }

  @ParameterizedTest
  @MethodSource("typedValues")
  void valuesHaveTheJavaTypeOfTheirSqlType(List<Object> expression) throws SQLException {
    String from = expression.get(0).toString().matches("(COUNT|AVG|SUM).*") ? " FROM emp" : "";
    assertThat(STAFF.rows("SELECT " + expression.get(0) + from).get(0).get(0))
        .isEqualTo(expression.get(1));
  }

  @Test
  void binariesAreBytes() throws SQLException {
    assertThat((byte[]) STAFF.rows("SELECT X'00ff'").get(0).get(0)).containsExactly(0, -1);
    assertThat(STAFF.plan("SELECT X'00ff'").columns().get(0).type().jdbcType())
        .isEqualTo(JDBCType.BINARY);
  }

  @Test
  void unqualifiedNamesAreLookedForAlongTheSchemaPath() throws SQLException {
    try (Engine engine = Engine.over(List.of(source("one"), source("two")));
        Execution execution = engine.begin(Limits.NONE, StaffEngine.NOON)) {
      assertThat(where(engine, execution, "one", "two")).isEqualTo("one");
      assertThat(where(engine, execution, "two", "one")).isEqualTo("two");
      assertThat(where(engine, execution, "two")).isEqualTo("two");
      SQLException failure =
          catchThrowableOfType(SQLException.class, () -> where(engine, execution));
      assertThat(failure.getSQLState()).isEqualTo("42P01");
      Plan qualified =
          engine.prepare("SELECT x FROM ONE.T", new Session(List.of("two")), execution);
      assertThat(qualified.tables()).containsExactly(new TableName("one", null, "t"));
    }
  }

  private static String where(Engine engine, Execution execution, String... path)
      throws SQLException {
    return engine
        .prepare("SELECT x FROM t", new Session(List.of(path)), execution)
        .tables()
        .first()
        .source();
  }

  private static MemorySource source(String name) {
    Table table =
        new Table(
            new TableName(name, null, "t"),
            Table.Kind.TABLE,
            null,
            List.of(new Column("x", ColumnType.varchar(), false, null)),
            null,
            List.of(),
            List.of(),
            1L);
    return new MemorySource(
        name, List.of(new MemoryTable(table, () -> Linq4j.asEnumerable(new Object[][] {{name}}))));
  }

  /** What the guard refuses is refused wherever it can be written. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT EXTRACTVALUE(name, '/a') FROM dept",
        "SELECT EXISTSNODE(name, '/a') FROM dept",
        "SELECT XMLTRANSFORM(name, name) FROM dept",
        "SELECT NTH_VALUE(id, 2) OVER (ORDER BY id) FROM dept",
        "SELECT COLLECT(id) FROM dept",
        "SELECT id FROM dept WHERE EXTRACTVALUE(name, '/a') = 'b'",
        "SELECT id FROM dept ORDER BY EXTRACTVALUE(name, '/a')",
        "SELECT id FROM dept d WHERE EXISTS (SELECT COLLECT(id) FROM emp e WHERE e.id = d.id)",
        "SELECT MAX(EXTRACTVALUE(name, '/a')) OVER () FROM dept",
      })
  void refusedFunctionsAreRefused(String sql) {
    SQLException failure = catchThrowableOfType(SQLException.class, () -> STAFF.plan(sql));
    assertThat(failure.getSQLState()).as(sql + ": " + failure.getMessage()).isEqualTo("42501");
  }

  /** These do not even get to the guard, which would refuse them too. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT NEXT VALUE FOR s",
        "SELECT CURRENT VALUE FOR s",
        "SELECT * FROM TABLE(TUMBLE(TABLE emp, DESCRIPTOR(seen), INTERVAL '1' DAY))",
        "SELECT * FROM TABLE(HOP(TABLE emp, DESCRIPTOR(seen), INTERVAL '1' DAY, INTERVAL '2' DAY))",
        "SELECT * FROM TABLE(SESSION(TABLE emp, DESCRIPTOR(seen), INTERVAL '1' DAY))",
        "SELECT NEW t(1)",
        "SELECT * FROM emp MATCH_RECOGNIZE (PATTERN (a b) DEFINE a AS a.n > PREV(a.n)) m",
        "SELECT STREAM id FROM emp"
      })
  void refusedSyntaxIsAnError(String sql) {
    SQLException failure = catchThrowableOfType(SQLException.class, () -> STAFF.plan(sql));
    assertThat(failure.getSQLState()).as(sql + ": " + failure.getMessage()).matches("(42|0A).*");
  }
}
