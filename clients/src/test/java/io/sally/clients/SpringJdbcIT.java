package io.sally.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.jdbc.support.rowset.SqlRowSet;
import org.springframework.transaction.support.TransactionTemplate;

/** Spring's JdbcClient and JdbcTemplate. */
@Timeout(300)
class SpringJdbcIT {
  record Shipment(
      int shipmentId,
      LocalDateTime requestedAt,
      LocalDate dueOn,
      @Nullable LocalDate deliveredOn,
      @Nullable Boolean temperatureExcursion,
      @Nullable BigDecimal shippingCost) {}

  record Reading(
      long readingId,
      UUID sensor,
      Instant takenAt,
      LocalDateTime takenLocal,
      LocalTime takenTime,
      @Nullable Double celsius,
      @Nullable String note) {}

  @ParameterizedTest
  @EnumSource
  void mapsRowsOnRecordsByNamedParameters(Database database) {
    assertThat(
            client(database)
                .sql(
                    """
                    SELECT * FROM shipments
                    WHERE status IN (:statuses) AND requested_at < :before AND due_on >= :from
                    ORDER BY shipment_id LIMIT 2
                    """)
                .param("statuses", List.of("delivered", "returned"))
                .param("before", LocalDateTime.of(2025, 1, 1, 0, 0))
                .param("from", LocalDate.of(2024, 9, 14))
                .query(Shipment.class)
                .list())
        .containsExactly(
            new Shipment(
                1,
                LocalDateTime.of(2024, 9, 9, 12, 10),
                LocalDate.of(2024, 9, 14),
                LocalDate.of(2024, 9, 14),
                false,
                new BigDecimal("135.43")),
            new Shipment(
                2,
                LocalDateTime.of(2024, 9, 8, 13, 56),
                LocalDate.of(2024, 9, 14),
                LocalDate.of(2024, 9, 15),
                false,
                new BigDecimal("115.11")));
  }

  @Test
  void mapsTheTypesOfJavaTimeAndUuids() {
    assertThat(
            client(Database.POSTGRESQL)
                .sql("SELECT * FROM readings WHERE sensor = :sensor AND taken_at = :at")
                .param("sensor", UUID.fromString("6c1b5c55-2b5c-4ef0-9f0c-1f4c3ad0a001"))
                .param("at", OffsetDateTime.parse("2026-03-15T09:00:00.123456+01:00"))
                .query(Reading.class)
                .list())
        .containsExactly(
            new Reading(
                1,
                UUID.fromString("6c1b5c55-2b5c-4ef0-9f0c-1f4c3ad0a001"),
                Instant.parse("2026-03-15T08:00:00.123456Z"),
                LocalDateTime.parse("2026-03-15T09:00:00.123456"),
                LocalTime.of(9, 0),
                4.5,
                "first"));
  }

  @ParameterizedTest
  @EnumSource
  void takesNullsWithAndWithoutAType(Database database) {
    JdbcClient client = client(database);
    String sql = "SELECT COUNT(*) FROM sites WHERE closed_on = :day OR :day IS NULL";
    assertThat(client.sql(sql).param("day", null).query(Long.class).single()).isEqualTo(150);
    assertThat(client.sql(sql).param("day", null, Types.DATE).query(Long.class).single())
        .isEqualTo(150);
  }

  @ParameterizedTest
  @EnumSource
  void asksByParameterAndInADerivedTable(Database database) {
    JdbcClient client = client(database);
    assertThat(
            client
                .sql("ASK ?")
                .param("How many shipments are delayed by country?")
                .query()
                .listOfRows())
        .hasSize(24)
        .startsWith(Map.of("country", "Brazil", "shipment_count", 31L));
    assertThat(
            client
                .sql("SELECT * FROM (ASK 'How many sites by country?') t WHERE site_count > :n")
                .param("n", 15)
                .query()
                .listOfRows())
        .containsExactly(Map.of("country", "United States", "site_count", 20L));
  }

  @ParameterizedTest
  @EnumSource
  void fillsADisconnectedRowSet(Database database) {
    SqlRowSet rows =
        template(database)
            .queryForRowSet("SELECT * FROM shipments WHERE shipment_id = 2 ORDER BY shipment_id");
    assertThat(rows.next()).isTrue();
    assertThat(rows.getBigDecimal("shipping_cost")).isEqualTo("115.11");
    assertThat(rows.getString("DELAY_REASON")).isEqualTo("carrier capacity");
    assertThat(rows.getObject("due_on")).isEqualTo(java.sql.Date.valueOf("2024-09-14"));
    assertThat(rows.next()).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void obeysTheTemplatesBoundsAndStreams(Database database) {
    JdbcTemplate template = template(database);
    template.setMaxRows(3);
    template.setFetchSize(2);
    assertThat(template.queryForList("SELECT site_id FROM sites ORDER BY 1", Integer.class))
        .containsExactly(1, 2, 3);
    try (var ids =
        client(database)
            .sql("SELECT shipment_id FROM shipments ORDER BY 1")
            .query(Integer.class)
            .stream()) {
      assertThat(ids.limit(3)).containsExactly(1, 2, 3);
    }
  }

  @ParameterizedTest
  @EnumSource
  void runsInAReadOnlyTransaction(Database database) {
    DataSource source = new DriverManagerDataSource(database.url());
    JdbcTransactionManager manager = new JdbcTransactionManager(source);
    manager.setEnforceReadOnly(true);
    TransactionTemplate transaction = new TransactionTemplate(manager);
    transaction.setReadOnly(true);
    transaction.setTimeout(30);
    long sites =
        transaction.execute(
            status ->
                JdbcClient.create(source)
                    .sql("SELECT COUNT(*) FROM sites")
                    .query(Long.class)
                    .single());
    assertThat(sites).isEqualTo(150);
  }

  @ParameterizedTest
  @EnumSource
  void failuresBecomeSpringsOwn(Database database) {
    JdbcTemplate template = template(database);
    assertThatThrownBy(() -> template.queryForList("SELECT * FROM nowhere"))
        .isInstanceOf(BadSqlGrammarException.class);
    assertThatThrownBy(() -> template.queryForList("SELECT nothing FROM sites"))
        .isInstanceOf(BadSqlGrammarException.class);
    assertThatThrownBy(
            () -> template.queryForObject("SELECT 1 / CAST(? AS INTEGER)", Integer.class, 0))
        .isInstanceOf(DataIntegrityViolationException.class);
    template.setQueryTimeout(1);
    assertThatThrownBy(
            () ->
                template.queryForList(
                    "SELECT COUNT(*) FROM shipments a, shipments b, shipments c"
                        + " WHERE a.quantity + b.quantity + c.quantity < 0"))
        .isInstanceOf(QueryTimeoutException.class);
    assertThatThrownBy(() -> template.update("DELETE FROM sites"))
        .hasMessageContaining("Sally only reads");
  }

  private static JdbcTemplate template(Database database) {
    return new JdbcTemplate(new DriverManagerDataSource(database.url()));
  }

  private static JdbcClient client(Database database) {
    return JdbcClient.create(template(database));
  }
}
