package io.sally.engine.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sally.engine.Engine;
import io.sally.engine.Execution;
import io.sally.engine.Limits;
import io.sally.engine.RowCursor;
import io.sally.engine.Session;
import io.sally.engine.catalog.Catalog;
import io.sally.engine.catalog.ColumnType;
import io.sally.engine.catalog.Table;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(300)
@EnabledIfSystemProperty(
    named = "tpch.trino",
    matches = ".+",
    disabledReason = "needs a Trino: -Dtpch.trino and -Dtpch.trino.java")
final class TrinoSourceIT {
  /** The promise is one second; the rest is for a machine that builds other things meanwhile. */
  private static final Duration PROMISE = Duration.ofSeconds(5);

  private static final List<String> SCHEMAS = List.of("memory.shop", "other.shop", "pg.trino");

  @BeforeAll
  static void fill() throws SQLException {
    try (Connection postgres = TrinoServer.shared().postgres().getConnection();
        Statement statement = postgres.createStatement()) {
      statement.execute("CREATE SCHEMA trino");
      statement.execute("CREATE TABLE trino.orders (id int NOT NULL, customer int, n char(5))");
      statement.execute("INSERT INTO trino.orders VALUES (1, 7, 'ab'), (2, 8, NULL), (3, 7, 'AB')");
      statement.execute("COMMENT ON TABLE trino.orders IS 'What was ordered'");
      statement.execute("COMMENT ON COLUMN trino.orders.n IS 'A note'");
    }
    try (Connection trino = TrinoServer.shared().connect("memory/default");
        Statement statement = trino.createStatement()) {
      statement.execute("CREATE SCHEMA memory.shop");
      statement.execute("CREATE SCHEMA other.shop");
      statement.execute("CREATE TABLE memory.shop.customers (id int, name varchar(10))");
      statement.execute("INSERT INTO memory.shop.customers VALUES (7, 'Anna'), (8, 'Bo')");
      statement.execute("CREATE VIEW memory.shop.names AS SELECT name FROM memory.shop.customers");
      statement.execute("CREATE TABLE other.shop.wide (a decimal(30,0), b decimal(5,1), c double)");
      statement.execute(
          "INSERT INTO other.shop.wide VALUES"
              + " (DECIMAL '999999999999999999999999999999', 0.5, 1.5),"
              + " (DECIMAL '-999999999999999999999999999999', 1.0, nan()),"
              + " (1, 1.0, -0e0), (NULL, 1.0, NULL)");
      statement.execute("CREATE TABLE other.shop.big (n bigint)");
      statement.execute(
          "INSERT INTO other.shop.big SELECT 9223372036854775807 - x FROM"
              + " UNNEST(SEQUENCE(0, 6)) t(x)");
    }
  }

  private static TrinoSource source(@Nullable String catalog, String... schemas) {
    return new TrinoSource(TrinoServer.shared().settings(catalog, schemas));
  }

  private static TrinoSource all() {
    return source(null, SCHEMAS.toArray(String[]::new));
  }

  private static List<String> rows(String sql, Object... parameters) throws SQLException {
    try (Engine engine = Engine.over(List.of(all()));
        Execution execution = engine.begin(Limits.NONE, Clock.systemUTC())) {
      var plan = engine.prepare(sql, new Session(List.of("cluster")), execution);
      assertThat(plan.explain()).as(sql).hasSize(2).element(0).asString().startsWith("Source ");
      return read(plan.execute(List.of(parameters), execution), plan.columns().size());
    }
  }

  private static List<String> read(RowCursor cursor, int width) throws SQLException {
    try (cursor) {
      List<String> rows = new ArrayList<>();
      while (cursor.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 0; i < width; i++) {
          row.add(String.valueOf(cursor.value(i)));
        }
        rows.add(String.join("|", row));
      }
      return rows;
    }
  }

  @Test
  void showsTheSchemasOfOneCatalog() throws SQLException {
    try (TrinoSource pg = source("pg", "trino")) {
      Catalog catalog = pg.readCatalog();
      assertThat(SourceReading.names(catalog)).containsExactly("cluster.orders");
      Table orders = catalog.tables().get(0);
      assertThat(orders.comment()).isEqualTo("What was ordered");
      assertThat(orders.kind()).isEqualTo(Table.Kind.TABLE);
      assertThat(orders.rowCount()).isNull();
      assertThat(orders.columns().stream().map(Object::toString))
          .containsExactly(
              "Column[name=id, type=INTEGER, nullable=false, comment=null]",
              "Column[name=customer, type=INTEGER, nullable=true, comment=null]",
              "Column[name=n, type=CHAR(5), nullable=true, comment=A note]");
      assertThat(pg.version()).isEqualTo("476");
    }
  }

  @Test
  void showsAllCatalogsButItsOwn() throws SQLException {
    try (TrinoSource everything = source(null)) {
      assertThat(SourceReading.names(everything.readCatalog()))
          .contains(
              "cluster.memory.shop.customers",
              "cluster.memory.shop.names",
              "cluster.other.shop.wide",
              "cluster.pg.trino.orders")
          .noneMatch(name -> name.contains("system") || name.contains("information_schema"));
      everything.probe();
    }
    try (TrinoSource memory = source("memory")) {
      assertThat(SourceReading.names(memory.readCatalog()))
          .contains("cluster.shop.customers", "cluster.shop.names");
    }
  }

  @Test
  void namesTheCatalogsThatThereAre() throws SQLException {
    try (TrinoSource wrong = source("nosuch")) {
      assertThatThrownBy(wrong::readCatalog)
          .hasMessage(
              "Source cluster: Trino has no catalog nosuch. It has memory, other, pg, system."
                  + " Correct database or schemas in the configuration.")
          .hasFieldOrPropertyWithValue("SQLState", "22023");
    }
    try (TrinoSource wrong = source(null, "shop")) {
      assertThatThrownBy(wrong::readCatalog)
          .hasMessage(
              "Source cluster: It names no catalog of Trino, and its schema shop neither. Write it as"
                  + " catalog.schema, or name the catalog as database. The catalogs are memory,"
                  + " other, pg, system.");
    }
  }

  @Test
  void joinsTwoCatalogsInOneStatement() throws SQLException {
    assertThat(
            rows(
                "SELECT o.id, c.name, o.n FROM cluster.\"pg.trino\".orders o"
                    + " JOIN cluster.\"memory.shop\".customers c ON o.customer = c.id ORDER BY 1"))
        .containsExactly("1|Anna|ab", "2|Bo|null", "3|Anna|AB");
    assertThat(rows("SELECT COUNT(*) FROM cluster.\"pg.trino\".orders WHERE n = ?", "ab"))
        .containsExactly("1");
  }

  @Test
  void computesWhereItsTypesEnd() throws SQLException {
    String wide = "cluster.\"other.shop\".wide";
    assertThat(rows("SELECT a > b, a <= b, a = b, b < a FROM " + wide + " ORDER BY a"))
        .containsExactly(
            "false|true|false|false",
            "false|true|true|false",
            "true|false|false|true",
            "null|null|null|null");
    assertThat(
            rows(
                "SELECT c > 1, c >= 2, c < 1, c <> 1, c = 0, 1 < c FROM "
                    + wide
                    + " ORDER BY c, a DESC"))
        .containsExactly(
            "false|false|true|true|true|false",
            "true|false|false|true|false|true",
            "true|true|false|true|false|true",
            "null|null|null|null|null|null");
    String big = "cluster.\"other.shop\".big";
    assertThat(rows("SELECT SUM(n), AVG(n), SUM(n) / 7, COUNT(n) FROM " + big))
        .containsExactly(
            "64563604257983430628|9223372036854775804.0000000000000000"
                + "|9223372036854775804.0000000000000000|7");
    assertThatThrownBy(() -> rows("SELECT n + 1 FROM " + big))
        .hasFieldOrPropertyWithValue("SQLState", "22003");
    assertThatThrownBy(() -> rows("SELECT n / (n - n) FROM " + big))
        .hasFieldOrPropertyWithValue("SQLState", "22012");
  }

  @Test
  void bindsEveryTypeOfValue() throws SQLException {
    List<Object> values =
        List.of(
            (byte) 1,
            (short) 2,
            3,
            4L,
            new BigDecimal("1E-38"),
            new BigDecimal("1E+5"),
            new BigDecimal("-0.0000001"),
            1.5f,
            -1e300,
            true,
            "it's \\ ☃",
            LocalDate.of(2026, 2, 28),
            LocalTime.of(10, 0),
            LocalDateTime.of(2021, 3, 14, 2, 30, 0, 123_456_789),
            OffsetDateTime.parse("2020-10-25T02:30:00+01:00"));
    List<String> casts =
        List.of(
            "?",
            "?",
            "?",
            "?",
            "?",
            "?",
            "?",
            "?",
            "?",
            "?",
            "?",
            "?",
            "CAST(? AS TIME(9))",
            "?",
            "CAST(? AS TIMESTAMP(9) WITH TIME ZONE)");
    List<String> types =
        List.of(
            "tinyint",
            "smallint",
            "integer",
            "bigint",
            "decimal(38,38)",
            "decimal(6,0)",
            "decimal(7,7)",
            "real",
            "double",
            "boolean",
            "varchar(8)",
            "date",
            "time(9)",
            "timestamp(9)",
            "timestamp(9) with time zone");
    try (TrinoSource source = all()) {
      List<String> bound = new ArrayList<>();
      for (int i = 0; i < values.size(); i++) {
        bound.add(
            SourceReading.rows(
                    source,
                    "SELECT typeof(" + casts.get(i) + ")",
                    List.of(ColumnType.varchar()),
                    values.get(i))
                .get(0)
                .get(0)
                .toString());
      }
      assertThat(bound).isEqualTo(types);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE memory.shop.evil AS SELECT 1 AS x",
        "INSERT INTO memory.shop.customers VALUES (9, 'Eve')",
        "DROP TABLE memory.shop.customers"
      })
  void refusesToWriteByItself(String sql) throws SQLException {
    try (TrinoSource source = all()) {
      assertThatThrownBy(() -> SourceReading.rows(source, sql, List.of()))
          .isInstanceOf(SQLException.class);
      assertThat(
              SourceReading.rows(
                  source,
                  "SELECT COUNT(*) FROM memory.shop.customers",
                  List.of(ColumnType.bigint())))
          .isEqualTo(List.of(List.of(2L)));
    }
  }

  @Test
  void tellsOfAMissingTableByItsState() throws SQLException {
    try (TrinoSource source = all()) {
      assertThatThrownBy(
              () ->
                  SourceReading.rows(
                      source, "SELECT 1 FROM memory.shop.gone", List.of(ColumnType.integer())))
          .hasMessageContaining("Source cluster: Query failed (#")
          .hasFieldOrPropertyWithValue("SQLState", "42P01");
    }
  }

  private static final String ENDLESS =
      "SELECT COUNT(*) FROM UNNEST(SEQUENCE(1, 9000)) a(x), UNNEST(SEQUENCE(1, 9000)) b(y),"
          + " UNNEST(SEQUENCE(1, 9000)) c(z) WHERE x + y <> z";

  private static long running() throws SQLException {
    try (TrinoSource source = source("memory", "shop")) {
      return (long)
          SourceReading.rows(
                  source,
                  "SELECT COUNT(*) FROM system.runtime.queries WHERE state NOT IN ('FINISHED',"
                      + " 'FAILED') AND query LIKE '%SEQUENCE(1, 9000)%' AND query NOT LIKE"
                      + " '%runtime%'",
                  List.of(ColumnType.bigint()))
              .get(0)
              .get(0);
    }
  }

  @Test
  void aCancelEndsTheQueryThere() throws Exception {
    try (TrinoSource source = all();
        Execution execution = SourceReading.execution()) {
      CompletableFuture<SQLException> run =
          CompletableFuture.supplyAsync(
              () ->
                  catchThrowableOfType(
                      SQLException.class,
                      () ->
                          read(
                              source.open(
                                  ENDLESS, List.of(ColumnType.bigint()), List.of(), execution),
                              1)));
      for (int i = 0; i < 100 && running() == 0; i++) {
        TimeUnit.MILLISECONDS.sleep(100);
      }
      assertThat(running()).isEqualTo(1);
      execution.cancel();
      assertThat(run.get(PROMISE.toMillis(), TimeUnit.MILLISECONDS).getSQLState())
          .isEqualTo("57014");
      for (int i = 0; i < 50 && running() > 0; i++) {
        TimeUnit.MILLISECONDS.sleep(100);
      }
      assertThat(running()).isZero();
    }
  }

  @Test
  void aResultThatIsLeftHalfReadEndsThere() throws Exception {
    String many = "SELECT x FROM UNNEST(SEQUENCE(1, 9000)) a(x), UNNEST(SEQUENCE(1, 9000)) b(y)";
    try (TrinoSource source = all();
        Execution execution = SourceReading.execution()) {
      try (RowCursor cursor =
          source.open(many, List.of(ColumnType.bigint()), List.of(), execution)) {
        assertThat(cursor.next()).isTrue();
      }
      for (int i = 0; i < 50 && running() > 0; i++) {
        TimeUnit.MILLISECONDS.sleep(100);
      }
      assertThat(running()).isZero();
      assertThat(SourceReading.rows(source, "SELECT 1", List.of(ColumnType.integer())))
          .isEqualTo(List.of(List.of(1)));
    }
  }
}
