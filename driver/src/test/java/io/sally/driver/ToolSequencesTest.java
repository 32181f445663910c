package io.sally.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What DBeaver and Metabase do when they connect, browse and read, over the demo. */
class ToolSequencesTest {
  private Connection connection;

  @BeforeEach
  void connect() throws SQLException {
    connection =
        DriverManager.getConnection("jdbc:sally:demo?demoDate=2026-03-15&llm.provider=offline");
  }

  @AfterEach
  void disconnect() throws SQLException {
    connection.close();
  }

  @Test
  void dbeaverConnects() throws SQLException {
    assertThat(String.join("\n", new DBeaverCalls(connection).connect()))
        .isEqualTo(
            """
            product: Sally
            read-only: true
            terms: schema,catalog,procedure
            transactions: false
            batches: false
            isolation none: true
            isolation 8: false
            quote: "
            case: [false, false, true, true]
            escape: \\
            name characters: $
            separator: .false
            schemas in queries: true
            subqueries: true
            keywords: true
            functions: [true, true, true, true]
            application: DBeaver 25.0 - Main <sally>
            isolation: 0
            types: true
            catalogs: []
            active catalog: null
            active schema: demo
            schemas: [demo null, information_schema null, sally null]
            table types: [SYSTEM TABLE, TABLE, VIEW]
            """
                .strip());
  }

  @Test
  void dbeaverBrowses() throws SQLException {
    assertThat(String.join("\n", new DBeaverCalls(connection).browse("demo", "shipments")))
        .isEqualTo(
            """
            tables: [inventory TABLE, shipments TABLE, sites TABLE, studies TABLE, tasks TABLE, vendors TABLE]
            all columns: 6
            columns: [shipment_id INTEGER 10 0 , tracking_number VARCHAR 12 0 , origin_vendor_id INTEGER 10 0 , destination_site_id INTEGER 10 0 , product VARCHAR 60 0 , temperature_range VARCHAR 12 0 , quantity INTEGER 10 0 , status VARCHAR 12 0 , carrier VARCHAR 60 0 , requested_at TIMESTAMP 19 0 , shipped_on DATE 10 1 , due_on DATE 10 0 , delivered_on DATE 10 1 , delay_reason VARCHAR 20 1 , temperature_excursion BOOLEAN 1 1 , shipping_cost DECIMAL 10 1 ]
            primary key: [shipment_id 1]
            indexes: [shipment_id false 1, tracking_number false 1]
            foreign keys: [sites site_id shipments destination_site_id 1, vendors vendor_id shipments origin_vendor_id 1]
            references: []
            procedures: []
            functions: []
            """
                .strip());
  }

  @Test
  void dbeaverPagesATable() throws SQLException {
    DBeaverCalls calls = new DBeaverCalls(connection);
    List<List<String>> all = calls.page("SELECT * FROM demo.sites", 0, 1_000);
    assertThat(all).hasSize(150);
    assertThat(calls.page("SELECT * FROM demo.sites", 0, 100)).isEqualTo(all.subList(0, 100));
    assertThat(calls.page("SELECT * FROM demo.sites", 100, 100)).isEqualTo(all.subList(100, 150));
    assertThat(
            calls.page(
                "SELECT x.* FROM demo.sites x\nWHERE x.site_id <= 3 ORDER BY x.site_id DESC",
                0,
                200))
        .isEqualTo(List.of(all.get(2), all.get(1), all.get(0)));
  }

  @Test
  void dbeaverPagesFiltersSortsAndCountsAnAnswer() throws SQLException {
    DBeaverCalls calls = new DBeaverCalls(connection);
    String ask = "ASK 'list all sites'";
    List<List<String>> all = calls.page(ask, 0, 1_000);
    assertThat(all).hasSize(150);
    assertThat(calls.page(ask, 140, 200)).isEqualTo(all.subList(140, 150));
    assertThat(calls.page("SELECT COUNT(*) FROM (\n" + ask + "\n) dbvrcnt", 0, 1))
        .isEqualTo(List.of(List.of("150")));
    assertThat(calls.page("SELECT * FROM (\n" + ask + ";\n) z_q LIMIT 5", 0, 200)).hasSize(5);
  }

  @Test
  @Timeout(180)
  void dbeaverCancelsFromAnotherThread() throws Exception {
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
              CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS));
      assertThatThrownBy(
              () ->
                  statement
                      .executeQuery(
                          "SELECT count(*) FROM shipments a, shipments b, shipments c"
                              + " WHERE a.quantity + b.quantity + c.quantity < 0")
                      .next())
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
      cancelled.join();
      assertThat(Fixture.rows(statement.executeQuery("SELECT 1"))).hasToString("[[1]]");
    }
  }

  @Test
  void metabaseConnects() throws SQLException {
    assertThat(String.join("\n", new MetabaseCalls(connection).canConnect()))
        .isEqualTo(
            """
            isolation levels: []
            holdability: 0A000
            database: Sally 0.1
            valid: true
            can connect: [[1]]
            """
                .strip());
  }

  @Test
  void metabaseSyncs() throws SQLException {
    assertThat(String.join("\n", new MetabaseCalls(connection).sync()))
        .isEqualTo(
            """
            demo.inventory: true
              lot_id INTEGER, site_id INTEGER, lot_number VARCHAR, product VARCHAR, temperature_range VARCHAR, quantity INTEGER, reorder_level INTEGER, status VARCHAR, received_on DATE, expiry_date DATE, unit_cost DECIMAL, last_counted_at TIMESTAMP
              key [lot_id] references [site_id demo sites site_id] indexes [lot_number, lot_id]
            demo.shipments: true
              shipment_id INTEGER, tracking_number VARCHAR, origin_vendor_id INTEGER, destination_site_id INTEGER, product VARCHAR, temperature_range VARCHAR, quantity INTEGER, status VARCHAR, carrier VARCHAR, requested_at TIMESTAMP, shipped_on DATE, due_on DATE, delivered_on DATE, delay_reason VARCHAR, temperature_excursion BOOLEAN, shipping_cost DECIMAL
              key [shipment_id] references [destination_site_id demo sites site_id, origin_vendor_id demo vendors vendor_id] indexes [shipment_id, tracking_number]
            demo.sites: true
              site_id INTEGER, study_id INTEGER, site_number VARCHAR, name VARCHAR, investigator VARCHAR, city VARCHAR, country VARCHAR, region VARCHAR, status VARCHAR, activated_on DATE, closed_on DATE, planned_patients INTEGER, enrolled_patients INTEGER
              key [site_id] references [study_id demo studies study_id] indexes [site_id, site_number]
            demo.studies: true
              study_id INTEGER, protocol_number VARCHAR, title VARCHAR, phase VARCHAR, therapeutic_area VARCHAR, indication VARCHAR, status VARCHAR, sponsor VARCHAR, start_date DATE, planned_end_date DATE, end_date DATE, target_enrollment INTEGER, is_blinded BOOLEAN
              key [study_id] references [] indexes [study_id, protocol_number]
            demo.tasks: true
              task_id INTEGER, site_id INTEGER, title VARCHAR, category VARCHAR, assignee VARCHAR, priority VARCHAR, status VARCHAR, created_on DATE, due_on DATE, completed_on DATE
              key [task_id] references [site_id demo sites site_id] indexes [task_id]
            demo.vendors: true
              vendor_id INTEGER, name VARCHAR, vendor_type VARCHAR, city VARCHAR, country VARCHAR, quality_rating DECIMAL, last_audit_on DATE, is_active BOOLEAN, contract_end DATE
              key [vendor_id] references [] indexes [vendor_id, name]
            """
                .strip());
  }

  @Test
  void metabaseFingerprintsAndAsks() throws SQLException {
    MetabaseCalls calls = new MetabaseCalls(connection);
    assertThat(
            calls.query(
                "SELECT \"demo\".\"sites\".\"site_id\" AS \"site_id\","
                    + " SUBSTRING(\"demo\".\"sites\".\"country\", 1, 1234) AS \"substring1\""
                    + " FROM \"demo\".\"sites\" LIMIT 10000"))
        .hasSize(150);
    assertThat(
            calls.query(
                "SELECT \"demo\".\"sites\".\"country\" AS \"country\" FROM \"demo\".\"sites\""
                    + " GROUP BY \"demo\".\"sites\".\"country\""
                    + " ORDER BY \"demo\".\"sites\".\"country\" ASC LIMIT 1001"))
        .isEqualTo(calls.query("SELECT DISTINCT country FROM demo.sites ORDER BY country"))
        .hasSizeGreaterThan(5);
    assertThat(
            calls.query(
                "SELECT COUNT(*) AS \"count\" FROM \"demo\".\"shipments\""
                    + " WHERE CAST(\"demo\".\"shipments\".\"shipped_on\" AS date) < ?",
                LocalDate.of(1999, 1, 1)))
        .isEqualTo(List.of(List.of(0L)));
    assertThat(
            calls.query(
                "SELECT \"source\".\"n\" AS \"n\" FROM (SELECT count(*) AS \"n\" FROM demo.sites)"
                    + " AS \"source\" LIMIT 2000"))
        .isEqualTo(List.of(List.of(150L)));
  }
}
