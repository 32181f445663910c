package io.sally.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Date;
import java.sql.Timestamp;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Apache Spark's JDBC source. {@code mvn -Pspark verify} runs it. */
@Timeout(300)
class SparkIT {
  private static SparkSession spark;

  @BeforeAll
  static void start(@TempDir Path folder) {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", false)
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.warehouse.dir", folder.toString())
            .getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @ParameterizedTest
  @EnumSource
  void readsATableWithItsTypes(Database database) {
    Dataset<Row> shipments = read(database).option("dbtable", "shipments").load();
    assertThat(shipments.schema().toDDL())
        .contains("requested_at TIMESTAMP", "due_on DATE", "temperature_excursion BOOLEAN")
        .contains("shipping_cost DECIMAL(");
    Row first =
        shipments
            .select(
                "shipment_id", "requested_at", "due_on", "temperature_excursion", "shipping_cost")
            .where("shipment_id = 1")
            .head();
    assertThat(first.getInt(0)).isEqualTo(1);
    assertThat(first.getTimestamp(1)).isEqualTo(Timestamp.valueOf("2024-09-09 12:10:00"));
    assertThat(first.getDate(2)).isEqualTo(Date.valueOf("2024-09-14"));
    assertThat(first.getBoolean(3)).isFalse();
    assertThat(first.getDecimal(4)).isEqualByComparingTo(new BigDecimal("135.43"));
  }

  @ParameterizedTest
  @EnumSource
  void givesItsFiltersGroupsAndLimitsToTheDriver(Database database) {
    Dataset<Row> delayed =
        read(database)
            .option("dbtable", "shipments")
            .load()
            .where(
                "status = 'delivered' AND due_on >= DATE '2025-06-01' AND delivered_on IS NOT NULL")
            .groupBy("destination_site_id")
            .count();
    assertThat(delayed.queryExecution().executedPlan().toString())
        .contains("PushedFilters: [*IsNotNull(status), *GreaterThanOrEqual(due_on,2025-06-01)");
    assertThat(delayed.agg(Map.of("count", "sum")).head().getLong(0))
        .isEqualTo(
            count(
                database,
                "SELECT COUNT(*) AS n FROM shipments WHERE status = 'delivered'"
                    + " AND due_on >= DATE '2025-06-01' AND delivered_on IS NOT NULL"));
    Dataset<Row> names =
        read(database).option("dbtable", "sites").load().where("country LIKE 'Ger%'");
    assertThat(names.count())
        .isEqualTo(count(database, "SELECT COUNT(*) AS n FROM sites WHERE country LIKE 'Ger%'"))
        .isPositive();
    assertThat(read(database).option("dbtable", "sites").load().limit(3).collectAsList())
        .hasSize(3);
  }

  @ParameterizedTest
  @EnumSource
  void readsPartsSideBySide(Database database) {
    Dataset<Row> parts =
        read(database)
            .option("dbtable", "shipments")
            .option("partitionColumn", "shipment_id")
            .option("lowerBound", 1)
            .option("upperBound", 10_000)
            .option("numPartitions", 4)
            .option("fetchsize", 500)
            .load();
    assertThat(parts.selectExpr("spark_partition_id()").distinct().count()).isEqualTo(4);
    assertThat(parts.select("shipment_id").distinct().count())
        .isEqualTo(count(database, "SELECT COUNT(*) AS n FROM shipments"));
  }

  @ParameterizedTest
  @EnumSource
  void asks(Database database) {
    String question = "ASK 'How many shipments are delayed by country?'";
    assertThat(read(database).option("query", question).load().collectAsList())
        .isEqualTo(
            read(database).option("dbtable", "(" + question + ") asked").load().collectAsList())
        .hasSizeGreaterThan(3);
  }

  @Test
  void hasTheSqlOfACatalog() throws IOException {
    spark.sql(
        "CREATE TEMPORARY VIEW sites USING jdbc OPTIONS (url '"
            + Database.POSTGRESQL.url()
            + "', driver 'io.sally.driver.SallyDriver', dbtable 'sites')");
    assertThat(
            spark
                .sql("SELECT country, COUNT(*) FROM sites GROUP BY country ORDER BY country")
                .collectAsList())
        .hasSizeGreaterThan(3);
    assertThat(spark.sql("SELECT COUNT(*) FROM sites").head().getLong(0))
        .isEqualTo(count(Database.POSTGRESQL, "SELECT COUNT(*) AS n FROM sites"));
  }

  private static long count(Database database, String sql) {
    List<Row> rows = read(database).option("query", sql).load().collectAsList();
    assertThat(rows).hasSize(1);
    return rows.get(0).getLong(0);
  }

  private static DataFrameReader read(Database database) {
    return spark
        .read()
        .format("jdbc")
        .option("driver", "io.sally.driver.SallyDriver")
        .option("url", database.url());
  }
}
