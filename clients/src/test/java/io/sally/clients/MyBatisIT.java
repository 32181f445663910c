package io.sally.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.datasource.pooled.PooledDataSource;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.RowBounds;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactory;
import org.apache.ibatis.session.SqlSessionFactoryBuilder;
import org.apache.ibatis.transaction.jdbc.JdbcTransactionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** MyBatis with its own pool. */
@Timeout(300)
class MyBatisIT {
  record Shipment(
      Integer shipmentId,
      String status,
      LocalDateTime requestedAt,
      @Nullable LocalDate deliveredOn,
      @Nullable Boolean temperatureExcursion) {}

  interface Shipments {
    @Select(
        """
        <script>
        SELECT shipment_id, status, requested_at, delivered_on, temperature_excursion FROM shipments
        WHERE due_on &gt;= #{from} AND status IN
        <foreach item="status" collection="statuses" open="(" separator="," close=")">#{status}</foreach>
        ORDER BY shipment_id
        </script>
        """)
    List<Shipment> due(
        @Param("from") LocalDate from, @Param("statuses") List<String> statuses, RowBounds page);

    @Select("ASK #{question}")
    List<Map<String, Object>> ask(@Param("question") String question);
  }

  @ParameterizedTest
  @EnumSource
  void mapsRowsPagesAndAsks(Database database) {
    PooledDataSource pool =
        new PooledDataSource("io.sally.driver.SallyDriver", database.url(), "", "");
    pool.setPoolPingEnabled(true);
    pool.setPoolPingQuery("SELECT 1");
    try {
      Configuration configuration =
          new Configuration(new Environment("test", new JdbcTransactionFactory(), pool));
      configuration.setMapUnderscoreToCamelCase(true);
      configuration.addMapper(Shipments.class);
      SqlSessionFactory sessions = new SqlSessionFactoryBuilder().build(configuration);
      for (int again = 0; again < 2; again++) {
        try (SqlSession session = sessions.openSession()) {
          Shipments shipments = session.getMapper(Shipments.class);
          assertThat(
                  shipments.due(
                      LocalDate.of(2024, 9, 14),
                      List.of("delivered", "returned"),
                      new RowBounds(1, 1)))
              .containsExactly(
                  new Shipment(
                      2,
                      "delivered",
                      LocalDateTime.of(2024, 9, 8, 13, 56),
                      LocalDate.of(2024, 9, 15),
                      false));
          assertThat(shipments.ask("How many sites by country?"))
              .hasSize(25)
              .startsWith(Map.of("country", "United States", "site_count", 20L));
          session.commit();
        }
      }
    } finally {
      pool.forceCloseAll();
    }
  }
}
