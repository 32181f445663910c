package io.sally.acceptance;

import static java.util.Comparator.comparing;
import static java.util.Comparator.reverseOrder;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Twelve questions of different kinds, with what each becomes and what the answer is. */
enum DemoQuestion {
  LIST_WITH_FILTERS_AND_PROJECTION(
      "Show me the name and city of all active sites in Germany",
      """
      SELECT name, city
      FROM sites
      WHERE status = 'active' AND country = 'Germany'
      ORDER BY site_id""",
      """
      SELECT s."name", s."city"
      FROM "demo"."sites" s
      WHERE LOWER(s."status") = 'active' AND LOWER(s."country") = 'germany'
      ORDER BY s."site_id\"""") {
    @Override
    Stream<List<@Nullable Object>> answer(DemoData demo) {
      return demo.sites().stream()
          .filter(site -> site.is("status", "active") && site.is("country", "Germany"))
          .map(site -> row(site.text("name"), site.text("city")));
    }
  },

  COUNT(
      "How many active sites do we have?",
      """
      SELECT COUNT(*) AS site_count
      FROM sites
      WHERE status = 'active'""",
      """
      SELECT COUNT(*) FILTER (WHERE s."status" = 'active') AS "active_sites"
      FROM "demo"."sites" s""") {
    @Override
    Stream<List<@Nullable Object>> answer(DemoData demo) {
      return Stream.of(
          row(demo.sites().stream().filter(site -> site.is("status", "active")).count()));
    }
  },

  GROUPED_COUNT(
      "How many shipments are delayed by country?",
      """
      SELECT sites.country, COUNT(*) AS shipment_count
      FROM shipments
        INNER JOIN sites ON shipments.destination_site_id = sites.site_id
      WHERE shipments.status = 'delayed'
      GROUP BY sites.country
      ORDER BY shipment_count DESC, sites.country""",
      """
      SELECT st."country", COUNT(*) AS "delayed_shipments"
      FROM "demo"."shipments" sh
      JOIN "demo"."sites" st ON st."site_id" = sh."destination_site_id"
      WHERE sh."delivered_on" IS NULL AND LOWER(sh."status") = 'delayed'
      GROUP BY st."country"
      ORDER BY COUNT(*) DESC, st."country\"""") {
    @Override
    Stream<List<@Nullable Object>> answer(DemoData demo) {
      DemoData.ByKey sites = demo.sitesByKey();
      return countedLargestFirst(
          demo.shipments().stream().filter(shipment -> shipment.is("status", "delayed")),
          shipment -> sites.referredBy(shipment, "destination_site_id").text("country"));
    }
  },

  SUM_LAST_MONTH(
      "How much did shipping cost last month?",
      """
      SELECT SUM(shipping_cost) AS total_shipping_cost
      FROM shipments
      WHERE shipped_on >= FLOOR(CURRENT_DATE TO MONTH) - INTERVAL '1' MONTH AND shipped_on < FLOOR(CURRENT_DATE TO MONTH)""",
      """
      SELECT SUM(sh."shipping_cost") AS "shipping_cost"
      FROM "demo"."shipments" sh
      WHERE FLOOR(sh."shipped_on" TO MONTH) = FLOOR(CURRENT_DATE - INTERVAL '1' MONTH TO MONTH)""") {
    @Override
    Stream<List<@Nullable Object>> answer(DemoData demo) {
      LocalDate first = DemoData.TODAY.minusMonths(1).withDayOfMonth(1);
      LocalDate last = DemoData.TODAY.withDayOfMonth(1).minusDays(1);
      return Stream.of(
          row(
              sum(
                  demo.shipments().stream()
                      .filter(shipment -> shipment.isBetween("shipped_on", first, last))
                      .toList(),
                  "shipping_cost")));
    }
  },

  AVERAGE(
      "What is the average shipping cost by carrier?",
      """
      SELECT carrier, AVG(shipping_cost) AS average_shipping_cost
      FROM shipments
      GROUP BY carrier
      ORDER BY average_shipping_cost DESC NULLS LAST, carrier""",
      """
      SELECT sh."carrier", AVG(sh."shipping_cost") AS "average_cost"
      FROM "demo"."shipments" sh
      GROUP BY sh."carrier"
      ORDER BY AVG(sh."shipping_cost") DESC NULLS LAST, sh."carrier\"""") {
    @Override
    Stream<List<@Nullable Object>> answer(DemoData demo) {
      return costsByCarrier(demo).entrySet().stream()
          .map(
              carrier ->
                  row(
                      carrier.getKey(),
                      sum(carrier.getValue(), "shipping_cost")
                          .divide(
                              BigDecimal.valueOf(carrier.getValue().size()),
                              16,
                              RoundingMode.HALF_UP)))
          .sorted(comparing((List<@Nullable Object> row) -> amount(row, 1), reverseOrder()));
    }
  },

  LOWEST_AND_HIGHEST(
      "What are the minimum and maximum shipping cost by carrier?",
      """
      SELECT carrier, MIN(shipping_cost) AS lowest_shipping_cost, MAX(shipping_cost) AS highest_shipping_cost
      FROM shipments
      GROUP BY carrier
      ORDER BY lowest_shipping_cost DESC NULLS LAST, carrier""",
      """
      WITH "costs" AS (
        SELECT sh."carrier", MIN(sh."shipping_cost") AS "lowest", MAX(sh."shipping_cost") AS "highest"
        FROM "demo"."shipments" sh
        GROUP BY sh."carrier")
      SELECT c."carrier", c."lowest", c."highest"
      FROM "costs" c
      ORDER BY c."lowest" DESC""") {
    @Override
    Stream<List<@Nullable Object>> answer(DemoData demo) {
      return costsByCarrier(demo).entrySet().stream()
          .map(
              carrier ->
                  row(
                      carrier.getKey(),
                      costs(carrier.getValue()).min(BigDecimal::compareTo).orElseThrow(),
                      costs(carrier.getValue()).max(BigDecimal::compareTo).orElseThrow()))
          .sorted(comparing((List<@Nullable Object> row) -> amount(row, 1), reverseOrder()));
    }
  },

  TOP_FIVE(
      "Which five carriers have the most delayed shipments?",
      """
      SELECT carrier, COUNT(*) AS shipment_count
      FROM shipments
      WHERE status = 'delayed'
      GROUP BY carrier
      ORDER BY shipment_count DESC, carrier
      LIMIT 5""",
      """
      SELECT sh."carrier", COUNT(sh."shipment_id") AS "delayed_shipments"
      FROM "demo"."shipments" sh
      WHERE LOWER(sh."status") = 'delayed'
      GROUP BY sh."carrier"
      ORDER BY COUNT(sh."shipment_id") DESC, sh."carrier"
      FETCH FIRST 5 ROWS ONLY""") {
    @Override
    Stream<List<@Nullable Object>> answer(DemoData demo) {
      return countedLargestFirst(
              demo.shipments().stream().filter(shipment -> shipment.is("status", "delayed")),
              shipment -> shipment.text("carrier"))
          .limit(5);
    }
  },

  COMPARISON_OF_COLUMNS(
      "Which lots are below their reorder level?",
      """
      SELECT *
      FROM inventory
      WHERE quantity < reorder_level
      ORDER BY lot_id""",
      """
      SELECT l.*
      FROM "demo"."inventory" l
      WHERE l."reorder_level" - l."quantity" > 0
      ORDER BY l."lot_id\"""") {
    @Override
    Stream<List<@Nullable Object>> answer(DemoData demo) {
      return demo.inventory().stream()
          .filter(lot -> lot.number("quantity") < lot.number("reorder_level"))
          .map(DemoRow::values);
    }
  },

  OVERDUE(
      "Which critical tasks are overdue?",
      """
      SELECT *
      FROM tasks
      WHERE priority = 'critical' AND (due_on < CURRENT_DATE AND completed_on IS NULL)
      ORDER BY task_id""",
      """
      SELECT t.*
      FROM "demo"."tasks" t
      WHERE t."priority" = 'critical' AND t."due_on" < CURRENT_DATE AND LOWER(t."status") <> 'done'
      ORDER BY t."task_id\"""") {
    @Override
    Stream<List<@Nullable Object>> answer(DemoData demo) {
      return demo.tasks().stream()
          .filter(task -> task.is("priority", "critical") && !task.is("status", "done"))
          .filter(task -> task.day("due_on").isBefore(DemoData.TODAY))
          .map(DemoRow::values);
    }
  },

  IN_THE_NEXT_THIRTY_DAYS(
      "Which lots will expire in the next 30 days in France?",
      """
      SELECT inventory.*
      FROM inventory
        INNER JOIN sites ON inventory.site_id = sites.site_id
      WHERE inventory.expiry_date >= CURRENT_DATE AND inventory.expiry_date <= CURRENT_DATE + INTERVAL '30' DAY AND sites.country = 'France'
      ORDER BY inventory.lot_id""",
      """
      SELECT l.*
      FROM "demo"."inventory" l
      WHERE l."expiry_date" BETWEEN CURRENT_DATE AND CURRENT_DATE + INTERVAL '30' DAY
        AND EXISTS (SELECT 1 FROM "demo"."sites" s
          WHERE s."site_id" = l."site_id" AND LOWER(s."country") = 'france')
      ORDER BY l."lot_id\"""") {
    @Override
    Stream<List<@Nullable Object>> answer(DemoData demo) {
      DemoData.ByKey sites = demo.sitesByKey();
      return demo.inventory().stream()
          .filter(
              lot ->
                  lot.isBetween("expiry_date", DemoData.TODAY, DemoData.TODAY.plusDays(30))
                      && sites.referredBy(lot, "site_id").is("country", "France"))
          .map(DemoRow::values);
    }
  },

  TWO_JOINS(
      "How many delayed shipments are there in each therapeutic area?",
      """
      SELECT studies.therapeutic_area, COUNT(*) AS shipment_count
      FROM shipments
        INNER JOIN sites ON shipments.destination_site_id = sites.site_id
        INNER JOIN studies ON sites.study_id = studies.study_id
      WHERE shipments.status = 'delayed'
      GROUP BY studies.therapeutic_area
      ORDER BY shipment_count DESC, studies.therapeutic_area""",
      """
      SELECT st."therapeutic_area", COUNT(DISTINCT sh."shipment_id") AS "delayed_shipments"
      FROM "demo"."studies" st
      JOIN "demo"."sites" s ON s."study_id" = st."study_id"
      JOIN "demo"."shipments" sh ON sh."destination_site_id" = s."site_id"
      WHERE LOWER(sh."status") = 'delayed'
      GROUP BY st."therapeutic_area"
      ORDER BY COUNT(DISTINCT sh."shipment_id") DESC, st."therapeutic_area\"""") {
    @Override
    Stream<List<@Nullable Object>> answer(DemoData demo) {
      DemoData.ByKey sites = demo.sitesByKey();
      DemoData.ByKey studies = demo.studiesByKey();
      return countedLargestFirst(
          demo.shipments().stream().filter(shipment -> shipment.is("status", "delayed")),
          shipment ->
              studies
                  .referredBy(sites.referredBy(shipment, "destination_site_id"), "study_id")
                  .text("therapeutic_area"));
    }
  },

  MISSING_VALUES(
      "Which open tasks have no assignee?",
      """
      SELECT *
      FROM tasks
      WHERE status = 'open' AND assignee IS NULL
      ORDER BY task_id""",
      """
      SELECT t.*
      FROM "demo"."tasks" t
      WHERE LOWER(t."status") = 'open' AND t."assignee" IS NULL
      ORDER BY t."task_id\"""") {
    @Override
    Stream<List<@Nullable Object>> answer(DemoData demo) {
      return demo.tasks().stream()
          .filter(task -> task.is("status", "open") && !task.has("assignee"))
          .map(DemoRow::values);
    }
  };

  private final String question;
  private final String offlineSql;
  private final String modelSql;

  /**
   * A question.
   *
   * @param offlineSql what it becomes without a model
   * @param modelSql what a model writes that follows its instructions
   */
  DemoQuestion(String question, String offlineSql, String modelSql) {
    this.question = question;
    this.offlineSql = offlineSql;
    this.modelSql = modelSql;
  }

  String question() {
    return question;
  }

  String offlineSql() {
    return offlineSql;
  }

  String modelSql() {
    return modelSql;
  }

  /** The rows of the answer in their order, computed without SQL. */
  final List<List<@Nullable Object>> rows(DemoData demo) {
    return answer(demo).toList();
  }

  abstract Stream<List<@Nullable Object>> answer(DemoData demo);

  private static List<@Nullable Object> row(Object... values) {
    return List.of(values);
  }

  private static BigDecimal amount(List<@Nullable Object> row, int column) {
    return row.get(column) instanceof BigDecimal amount ? amount : BigDecimal.ZERO;
  }

  /** How many rows each group has, the largest first, equal ones by name. */
  private static Stream<List<@Nullable Object>> countedLargestFirst(
      Stream<DemoRow> rows, Function<DemoRow, String> group) {
    return rows.collect(groupingBy(group, counting())).entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue(reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .map(entry -> row(entry.getKey(), entry.getValue()));
  }

  private static Map<String, List<DemoRow>> costsByCarrier(DemoData demo) {
    return demo.shipments().stream()
        .filter(shipment -> shipment.has("shipping_cost"))
        .collect(groupingBy(shipment -> shipment.text("carrier")));
  }

  private static Stream<BigDecimal> costs(List<DemoRow> shipments) {
    return shipments.stream().map(shipment -> shipment.amount("shipping_cost"));
  }

  private static BigDecimal sum(List<DemoRow> rows, String column) {
    return rows.stream()
        .filter(row -> row.has(column))
        .map(row -> row.amount(column))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
