package io.sally.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** What must hold in any such organisation, whatever the seed. */
@ParameterizedClass
@ValueSource(longs = {20_170_401L, 1, 2, 99})
class ConsistencyTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 3, 14);

  private final DemoSchema schema;

  ConsistencyTest(long seed) {
    schema = DemoSchema.around(TODAY, seed);
  }

  @Test
  void studiesHaveStartedUnlessPlannedAndEndedWhenCompleted() {
    holds(
        Row.of(schema, "studies"),
        study -> study.is("status", "planned") == study.day("start_date").isAfter(TODAY),
        study -> study.is("status", "completed") == study.has("end_date"),
        study -> !study.has("end_date") || happened(study.day("end_date")),
        study -> study.day("planned_end_date").isAfter(study.day("start_date")));
  }

  @Test
  void sitesShareThePatientsOfTheirStudy() {
    Map<Integer, Integer> planned = new HashMap<>();
    Row.of(schema, "sites")
        .forEach(
            s -> planned.merge(s.number("study_id"), s.number("planned_patients"), Integer::sum));
    holds(
        Row.of(schema, "studies"),
        study ->
            planned.getOrDefault(study.number("study_id"), 0) == study.number("target_enrollment"));
    holds(Row.of(schema, "sites"), site -> site.number("planned_patients") > 0);
  }

  @Test
  void sitesAreOpenOnlyWhileTheirStudyRuns() {
    Map<Integer, Row> studies = Row.byId(schema, "studies");
    for (Row site : Row.of(schema, "sites")) {
      Row study = site.follow("study_id", studies);
      String status = site.text("status");
      assertThat(site.has("activated_on")).as("%s", site).isEqualTo(!status.equals("planned"));
      assertThat(site.has("closed_on")).as("%s", site).isEqualTo(status.equals("closed"));
      if (study.is("status", "planned")) {
        assertThat(status).isEqualTo("planned");
      }
      if (study.is("status", "completed")) {
        assertThat(status).isEqualTo("closed");
        assertThat(site.day("closed_on")).isBeforeOrEqualTo(study.day("end_date"));
      }
      if (study.is("status", "on hold")) {
        assertThat(status).isIn("planned", "on hold");
      }
      if (site.has("activated_on")) {
        assertThat(site.day("activated_on"))
            .isAfter(study.day("start_date"))
            .isBeforeOrEqualTo(TODAY);
        assertThat(site.has("investigator")).isTrue();
      } else {
        assertThat(site.number("enrolled_patients")).isZero();
      }
      if (site.has("closed_on")) {
        assertThat(site.day("closed_on"))
            .isAfter(site.day("activated_on"))
            .isBeforeOrEqualTo(TODAY);
      }
    }
  }

  @Test
  void sitesLieInTwentyFiveCountriesWithTheirRegionsAndCities() {
    Set<String> countries = Countries.ALL.stream().map(Country::name).collect(Collectors.toSet());
    assertThat(countries).hasSize(25);
    List<Row> sites = Row.of(schema, "sites");
    assertThat(sites).extracting(site -> site.text("country")).hasSameElementsAs(countries);
    holds(
        Stream.concat(sites.stream(), Row.of(schema, "vendors").stream()).toList(),
        place -> Countries.named(place.text("country")).cities().contains(place.text("city")));
    holds(sites, site -> site.is("region", Countries.named(site.text("country")).region().label));
  }

  @Test
  void vendorsAreActiveWhileUnderContractAndRatedOnceAudited() {
    holds(
        Row.of(schema, "vendors"),
        vendor ->
            vendor.flag("is_active")
                == (!vendor.has("contract_end") || !vendor.day("contract_end").isBefore(TODAY)),
        vendor -> vendor.has("quality_rating") == vendor.has("last_audit_on"),
        vendor -> !vendor.has("last_audit_on") || happened(vendor.day("last_audit_on")),
        vendor ->
            !vendor.has("quality_rating")
                || (vendor.amount("quality_rating").compareTo(BigDecimal.ONE) >= 0
                    && vendor.amount("quality_rating").compareTo(BigDecimal.valueOf(5)) <= 0));
  }

  @Test
  void lotsAreWhatTheirQuantityAndExpirySay() {
    Map<Integer, Row> sites = Row.byId(schema, "sites");
    holds(
        Row.of(schema, "inventory"),
        lot -> lot.number("quantity") >= 0 && lot.number("reorder_level") > 0,
        lot ->
            (lot.number("quantity") == 0)
                == (lot.is("status", "depleted") || lot.is("status", "returned")),
        lot ->
            lot.is("status", "expired")
                == (lot.number("quantity") > 0 && lot.day("expiry_date").isBefore(TODAY)),
        lot -> !lot.follow("site_id", sites).is("status", "closed") || lot.number("quantity") == 0,
        lot ->
            !lot.is("status", "returned") || lot.follow("site_id", sites).is("status", "closed"));
  }

  @Test
  void lotsArriveAtOpenSitesBeforeTheyExpireAndAreCountedAfter() {
    Map<Integer, Row> sites = Row.byId(schema, "sites");
    holds(
        Row.of(schema, "inventory"),
        lot -> happened(lot.day("received_on")),
        lot -> lot.day("expiry_date").isAfter(lot.day("received_on")),
        lot -> !lot.day("received_on").isBefore(lot.follow("site_id", sites).day("activated_on")),
        lot ->
            !lot.has("last_counted_at")
                || (lot.time("last_counted_at").isBefore(TODAY.atStartOfDay())
                    && lot.time("last_counted_at").toLocalDate().isAfter(lot.day("received_on"))));
  }

  @Test
  void eachProductIsOfOneStudyAndKeptOneWay() {
    Map<Integer, Row> sites = Row.byId(schema, "sites");
    Map<String, Set<Integer>> studies = new HashMap<>();
    Map<String, Set<String>> ranges = new HashMap<>();
    for (Row row : Row.of(schema, "inventory")) {
      learn(studies, row.text("product"), row.follow("site_id", sites).number("study_id"));
      learn(ranges, row.text("product"), row.text("temperature_range"));
    }
    for (Row row : Row.of(schema, "shipments")) {
      Row site = row.follow("destination_site_id", sites);
      learn(studies, row.text("product"), site.number("study_id"));
      learn(ranges, row.text("product"), row.text("temperature_range"));
    }
    assertThat(studies.remove("Blood sampling kit")).hasSizeGreaterThan(8);
    assertThat(studies.values()).allSatisfy(ids -> assertThat(ids).hasSize(1));
    assertThat(ranges.values()).allSatisfy(words -> assertThat(words).hasSize(1));
  }

  private static <T> void learn(Map<String, Set<T>> facts, String about, T fact) {
    facts.computeIfAbsent(about, name -> new HashSet<>()).add(fact);
  }

  @Test
  void shipmentsAreWhatTheirDaysSay() {
    holds(
        Row.of(schema, "shipments"),
        s -> s.has("shipped_on") != (s.is("status", "planned") || s.is("status", "cancelled")),
        s -> s.has("delivered_on") == s.is("status", "delivered"),
        s -> !s.has("shipped_on") || happened(s.day("shipped_on")),
        s -> !s.has("shipped_on") || s.day("due_on").isAfter(s.day("shipped_on")),
        s ->
            !s.has("delivered_on")
                || (happened(s.day("delivered_on"))
                    && !s.day("delivered_on").isBefore(s.day("shipped_on"))),
        s -> !s.is("status", "delayed") || s.day("due_on").isBefore(TODAY),
        s -> !s.is("status", "in transit") || !s.day("due_on").isBefore(TODAY),
        s -> !s.is("status", "planned") || s.day("due_on").isAfter(TODAY),
        s -> s.has("temperature_excursion") == s.has("delivered_on"),
        s -> s.has("shipping_cost") == s.has("shipped_on"),
        s -> !s.has("shipping_cost") || s.amount("shipping_cost").signum() > 0,
        s -> s.has("delay_reason") == (s.is("status", "delayed") || s.arrivedLate()),
        s -> s.number("quantity") > 0,
        s -> s.time("requested_at").isBefore(TODAY.atStartOfDay()),
        s ->
            !s.has("shipped_on")
                || s.time("requested_at").isBefore(s.day("shipped_on").atStartOfDay()));
  }

  @Test
  void shipmentsGoFromVendorsUnderContractToSitesThatAreOpen() {
    Map<Integer, Row> sites = Row.byId(schema, "sites");
    Map<Integer, Row> vendors = Row.byId(schema, "vendors");
    Set<String> couriers =
        vendors.values().stream()
            .filter(vendor -> vendor.is("vendor_type", "courier"))
            .map(vendor -> vendor.text("name"))
            .collect(Collectors.toSet());
    holds(
        Row.of(schema, "shipments"),
        s -> couriers.contains(s.text("carrier")),
        s -> !s.follow("origin_vendor_id", vendors).is("vendor_type", "courier"),
        s ->
            s.follow("origin_vendor_id", vendors).is("vendor_type", "laboratory")
                == s.is("product", "Blood sampling kit"),
        s -> {
          Row vendor = s.follow("origin_vendor_id", vendors);
          return !s.has("shipped_on")
              || !vendor.has("contract_end")
              || !s.day("shipped_on").isAfter(vendor.day("contract_end"));
        },
        s -> {
          Row site = s.follow("destination_site_id", sites);
          return site.has("activated_on")
              && (!s.has("shipped_on")
                  || (!s.day("shipped_on").isBefore(site.day("activated_on"))
                      && (!site.has("closed_on")
                          || s.day("shipped_on").isBefore(site.day("closed_on")))));
        },
        s ->
            !(s.is("status", "planned") || s.is("status", "in transit"))
                || s.follow("destination_site_id", sites).is("status", "active"));
  }

  @Test
  void tasksAreDoneWhenTheyWereCompleted() {
    Map<Integer, Row> sites = Row.byId(schema, "sites");
    Map<Integer, Row> studies = Row.byId(schema, "studies");
    holds(
        Row.of(schema, "tasks"),
        task -> task.is("status", "done") == task.has("completed_on"),
        task -> happened(task.day("created_on")),
        task -> task.day("due_on").isAfter(task.day("created_on")),
        task ->
            !task.has("completed_on")
                || (happened(task.day("completed_on"))
                    && !task.day("completed_on").isBefore(task.day("created_on"))),
        task -> task.has("assignee") || task.is("status", "open"),
        task ->
            !task.follow("site_id", sites).is("status", "planned")
                || task.is("category", "activation")
                || task.is("category", "training"),
        task -> {
          Row study = task.follow("site_id", sites).follow("study_id", studies);
          return task.day("created_on").isAfter(study.day("start_date").minusDays(160));
        });
  }

  private static boolean happened(LocalDate day) {
    return !day.isAfter(TODAY);
  }

  /** Checks each rule on each row, and that there are rows. */
  @SafeVarargs
  private static void holds(List<Row> rows, Predicate<Row>... rules) {
    assertThat(rows).isNotEmpty();
    for (int i = 0; i < rules.length; i++) {
      assertThat(rows).as("rule %d", i + 1).allMatch(rules[i]);
    }
  }
}
