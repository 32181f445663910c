package io.sally.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What DBeaver and Metabase do when they connect, browse and read, over a PostgreSQL. */
@Timeout(300)
class ToolSequencesIT {
  @TempDir static Path folder;

  private static EmbeddedPostgres postgres;

  private Connection connection;

  @BeforeAll
  static void start() throws Exception {
    postgres = EmbeddedPostgres.builder().start();
    try (Connection pg = postgres.getPostgresDatabase().getConnection();
        Statement statement = pg.createStatement()) {
      for (String sql :
          List.of(
              "CREATE TABLE customers (id int PRIMARY KEY, name text NOT NULL, since date)",
              "CREATE TABLE \"Order Lines\" (\"Order\" int, line int, customer_id int NOT NULL"
                  + " REFERENCES customers, price numeric(10, 2), at timestamp, zoned timestamptz,"
                  + " raw bytea, tags text[], paid boolean, PRIMARY KEY (\"Order\", line))",
              "CREATE VIEW late_customers AS SELECT * FROM customers WHERE since > '2026-01-01'",
              "CREATE TABLE numbers AS SELECT n FROM generate_series(1, 3000) n",
              "CREATE SCHEMA twin",
              "CREATE TABLE twin.customers (id int PRIMARY KEY, \"ID\" int, note text)",
              "INSERT INTO customers SELECT i, 'name ' || i, date '2025-06-30' + i"
                  + " FROM generate_series(1, 300) i",
              "INSERT INTO \"Order Lines\" VALUES (1, 1, 7, 12.50, '2026-03-29 02:30:00',"
                  + " '2026-03-29 02:30:00+00', '\\x0102', '{a,b}', true), (1, 2, 8, NULL, NULL,"
                  + " NULL, NULL, NULL, NULL)",
              "INSERT INTO twin.customers VALUES (1, 2, 'both')")) {
        statement.execute(sql);
      }
    }
  }

  @AfterAll
  static void stop() throws IOException {
    postgres.close();
  }

  @BeforeEach
  void connect() throws SQLException, IOException {
    Path file =
        Files.writeString(
            folder.resolve("sally.yaml"),
            """
            sources:
              pg_main:
                type: postgresql
                host: localhost
                port: %d
                database: postgres
                user: postgres
                schemas: [public, twin]
            """
                .formatted(postgres.getPort()));
    connection = DriverManager.getConnection("jdbc:sally:" + file);
  }

  @AfterEach
  void disconnect() throws SQLException {
    connection.close();
  }

  @Test
  void dbeaverBrowses() throws SQLException {
    List<String> connected = new DBeaverCalls(connection).connect();
    assertThat(connected.get(connected.size() - 2))
        .isEqualTo(
            "schemas: [demo null, information_schema null, pg_main null, pg_main.twin null,"
                + " sally null]");
    assertThat(String.join("\n", new DBeaverCalls(connection).browse("pg_main", "Order Lines")))
        .isEqualTo(
            """
            tables: [Order Lines TABLE, customers TABLE, numbers TABLE, late_customers VIEW]
            all columns: 4
            columns: [Order INTEGER 10 0 , line INTEGER 10 0 , customer_id INTEGER 10 0 , price DECIMAL 10 1 , at TIMESTAMP 26 1 , zoned TIMESTAMP WITH TIME ZONE 32 1 , raw VARBINARY 2147483647 1 , tags VARCHAR ARRAY 0 1 , paid BOOLEAN 1 1 ]
            primary key: [Order 1, line 2]
            indexes: [Order false 1, line false 2]
            foreign keys: [customers id Order Lines customer_id 1]
            references: []
            procedures: []
            functions: []
            """
                .strip());
  }

  @Test
  void dbeaverPagesCountsAndSortsATable() throws SQLException {
    DBeaverCalls calls = new DBeaverCalls(connection);
    List<List<String>> all = calls.page("SELECT * FROM pg_main.customers ORDER BY id", 0, 1_000);
    assertThat(all).hasSize(300);
    assertThat(calls.page("SELECT * FROM pg_main.customers ORDER BY id", 200, 200))
        .isEqualTo(all.subList(200, 300));
    assertThat(calls.page("SELECT x.* FROM pg_main.customers x ORDER BY x.name DESC", 0, 1))
        .isEqualTo(List.of(List.of("99", "name 99", "2025-10-07")));
    assertThat(calls.page("SELECT COUNT(*) FROM pg_main.\"Order Lines\"", 0, 1))
        .isEqualTo(List.of(List.of("2")));
    assertThat(calls.page("SELECT * FROM pg_main.\"Order Lines\" ORDER BY 1, 2", 0, 200))
        .hasToString(
            "[[1, 1, 7, 12.50, 2026-03-29 02:30:00.0, 2026-03-29T02:30Z, 0102, [a, b], true],"
                + " [1, 2, 8, null, null, null, null, null, null]]");
  }

  @Test
  void dbeaverCancelsWhatTheDatabaseIsDoing() throws Exception {
    try (Statement statement = connection.createStatement()) {
      CompletableFuture<Void> cancelled =
          CompletableFuture.runAsync(
              () -> {
                try {
                  statement.cancel();
                } catch (SQLException e) {
                  throw new IllegalStateException(e);
                }
              },
              CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS));
      assertThatThrownBy(
              () ->
                  statement
                      .executeQuery(
                          "SELECT COUNT(*) FROM pg_main.numbers a, pg_main.numbers b,"
                              + " pg_main.numbers c WHERE a.n + b.n <> c.n")
                      .next())
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
      cancelled.join();
    }
    assertThat(new DBeaverCalls(connection).page("SELECT 1", 0, 1)).hasToString("[[1]]");
  }

  @Test
  void metabaseSyncs() throws SQLException {
    new MetabaseCalls(connection).canConnect();
    List<String> synced = new MetabaseCalls(connection).sync();
    assertThat(
            String.join(
                "\n", synced.subList(synced.indexOf("pg_main.Order Lines: true"), synced.size())))
        .isEqualTo(
            """
            pg_main.Order Lines: true
              Order INTEGER, line INTEGER, customer_id INTEGER, price DECIMAL, at TIMESTAMP, zoned TIMESTAMP WITH TIME ZONE, raw VARBINARY, tags VARCHAR ARRAY, paid BOOLEAN
              key [Order, line] references [customer_id pg_main customers id] indexes [Order, line]
            pg_main.customers: true
              id INTEGER, name VARCHAR, since DATE
              key [id] references [] indexes [id]
            pg_main.numbers: true
              n INTEGER
              key [] references [] indexes []
            pg_main.late_customers: true
              id INTEGER, name VARCHAR, since DATE
              key [] references [] indexes []
            pg_main.twin.customers: true
              id INTEGER, ID INTEGER, note VARCHAR
              key [id] references [] indexes [id]
            """
                .strip());
  }

  /** The metadata tells the schema as one name, and tools quote it as one. */
  @Test
  void aSchemaInsideOfASourceIsFoundByTheNameThatTheMetadataTells() throws SQLException {
    DBeaverCalls calls = new DBeaverCalls(connection);
    for (String sql :
        List.of(
            "SELECT \"id\", note FROM \"pg_main.twin\".\"customers\"",
            "SELECT \"pg_main.twin\".\"customers\".\"id\", note FROM \"pg_main.twin\".customers",
            "SELECT c.\"id\", c.note FROM \"PG_MAIN.twin\".\"customers\" c WHERE c.\"ID\" = 2",
            "SELECT \"id\", \"note\" FROM pg_main.twin.customers")) {
      assertThat(calls.page(sql, 0, 10)).as(sql).hasToString("[[1, both]]");
    }
    assertThat(calls.page("SELECT * FROM pg_main.twin.customers", 0, 10))
        .hasToString("[[1, 2, both]]");
    assertThatThrownBy(() -> calls.page("SELECT id FROM pg_main.twin.customers", 0, 10))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42702"));
    assertThat(
            calls.page(
                "SELECT \"pg_main.twin\".id FROM pg_main.customers AS \"pg_main.twin\""
                    + " WHERE \"pg_main.twin\".id = 9",
                0,
                10))
        .hasToString("[[9]]");
  }

  @Test
  void metabaseFingerprintsAndAsks() throws SQLException {
    MetabaseCalls calls = new MetabaseCalls(connection);
    assertThat(
            calls.query(
                "SELECT \"pg_main\".\"Order Lines\".\"Order\" AS \"Order\","
                    + " \"pg_main\".\"Order Lines\".\"at\" AS \"at\","
                    + " CAST(\"pg_main\".\"Order Lines\".\"at\" AS date) AS \"day\","
                    + " \"pg_main\".\"Order Lines\".\"price\" AS \"price\""
                    + " FROM \"pg_main\".\"Order Lines\" LIMIT 1"))
        .hasToString("[[1, 2026-03-29T02:30, 2026-03-29, 12.50]]");
    assertThat(
            calls.query(
                "SELECT COUNT(*) AS \"count\" FROM \"pg_main\".\"customers\""
                    + " WHERE \"pg_main\".\"customers\".\"since\" >= ?"
                    + " AND \"pg_main\".\"customers\".\"since\" < ?",
                LocalDate.of(2025, 7, 1),
                LocalDate.of(2025, 8, 1)))
        .hasToString("[[31]]");
    assertThat(
            calls.query(
                "SELECT COUNT(*) FROM \"pg_main\".\"Order Lines\" WHERE \"at\" > ?",
                LocalDateTime.of(2026, 1, 1, 0, 0)))
        .hasToString("[[1]]");
    assertThat(
            calls.query(
                "SELECT \"source\".\"year\" AS \"year\", COUNT(*) AS \"count\" FROM (SELECT"
                    + " EXTRACT(YEAR FROM \"pg_main\".\"customers\".\"since\") AS \"year\" FROM"
                    + " \"pg_main\".\"customers\") AS \"source\" GROUP BY \"source\".\"year\" ORDER BY"
                    + " \"source\".\"year\" ASC"))
        .hasToString("[[2025, 184], [2026, 116]]");
  }
}
