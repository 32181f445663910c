package io.sally.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** What the data has to tell, measured in the data: the reason why questions have answers. */
@ParameterizedClass
@ValueSource(longs = {20_170_401L, 1, 2, 99})
class StoryTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 3, 14);
  private static final Set<String> SLOW_CUSTOMS = Set.of("Brazil", "Argentina", "India", "Turkey");

  private final DemoSchema schema;
  private final Map<Integer, Row> sites;

  StoryTest(long seed) {
    schema = DemoSchema.around(TODAY, seed);
    sites = Row.byId(schema, "sites");
  }

  @Test
  void someCarriersAreLateFarMoreOften() {
    Shares<String> late =
        shares(delivered(), shipment -> shipment.text("carrier"), Row::arrivedLate);
    assertThat(late.byGroup()).hasSize(6);
    assertThat(late.of("Quickmoor Couriers")).isGreaterThan(0.35);
    assertThat(late.of("Veloscape Express")).isLessThan(0.22);
    assertThat(late.of("Quickmoor Couriers"))
        .isGreaterThan(2 * late.of("Veloscape Express"))
        .isGreaterThan(1.3 * late.of("Tern & Holloway"));
  }

  @Test
  void theLatestCarrierHasTheWorstRating() {
    Shares<String> late =
        shares(delivered(), shipment -> shipment.text("carrier"), Row::arrivedLate);
    String latest =
        late.byGroup().entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
    assertThat(
            Row.of(schema, "vendors").stream()
                .filter(vendor -> vendor.is("vendor_type", "courier"))
                .min(Comparator.comparing(vendor -> vendor.amount("quality_rating")))
                .orElseThrow()
                .text("name"))
        .isEqualTo(latest);
  }

  @Test
  void customsMakeSomeCountriesLate() {
    Shares<Boolean> late =
        shares(delivered(), shipment -> SLOW_CUSTOMS.contains(country(shipment)), Row::arrivedLate);
    assertThat(late.of(true)).isGreaterThan(1.6 * late.of(false));
    Shares<Boolean> customs =
        shares(
            delivered().stream().filter(Row::arrivedLate).toList(),
            shipment -> SLOW_CUSTOMS.contains(country(shipment)),
            shipment -> shipment.is("delay_reason", "customs"));
    assertThat(customs.of(true)).isGreaterThan(2 * customs.of(false));
  }

  @Test
  void manyShipmentsAreDelayedTodayInManyCountries() {
    Map<String, Long> delayed =
        Row.of(schema, "shipments").stream()
            .filter(shipment -> shipment.is("status", "delayed"))
            .collect(Collectors.groupingBy(this::country, Collectors.counting()));
    assertThat(delayed).hasSizeGreaterThan(12);
    assertThat(delayed.values().stream().mapToLong(Long::longValue).sum()).isBetween(120L, 400L);
    assertThat(delayed.values().stream().mapToLong(Long::longValue).max().orElseThrow())
        .isGreaterThan(12);
  }

  @Test
  void excursionsComeWithDelay() {
    Shares<Boolean> excursions = shares(delivered(), Row::arrivedLate, StoryTest::excursion);
    assertThat(excursions.of(true)).isGreaterThan(2 * excursions.of(false));
  }

  @Test
  void excursionsComeWithCold() {
    Shares<String> excursions =
        shares(delivered(), s -> s.text("temperature_range"), StoryTest::excursion);
    assertThat(excursions.of("refrigerated")).isGreaterThan(1.5 * excursions.of("ambient"));
    assertThat(excursions.of("frozen")).isGreaterThan(2 * excursions.of("ambient"));
    assertThat(excursions.of("ultra cold")).isGreaterThan(3 * excursions.of("ambient"));
  }

  @Test
  void excursionsComeWithTheCarrier() {
    Shares<String> excursions =
        shares(delivered(), shipment -> shipment.text("carrier"), StoryTest::excursion);
    assertThat(excursions.of("Quickmoor Couriers"))
        .isGreaterThan(2.5 * excursions.of("Arcadine Cold Chain"));
  }

  @Test
  void sitesThatEnrollFastRunOut() {
    List<Row> open =
        sites.values().stream()
            .filter(site -> site.is("status", "active"))
            .sorted(Comparator.comparingDouble(StoryTest::patientsPerMonth).reversed())
            .toList();
    Set<Integer> fast =
        open.stream()
            .limit(open.size() / 8)
            .map(s -> s.number("site_id"))
            .collect(Collectors.toSet());
    List<Row> lots =
        Row.of(schema, "inventory").stream()
            .filter(lot -> lot.follow("site_id", sites).is("status", "active"))
            .toList();
    Function<Row, Boolean> atFastSite = lot -> fast.contains(lot.number("site_id"));
    Shares<Boolean> out = shares(lots, atFastSite, lot -> lot.number("quantity") == 0);
    assertThat(out.of(true)).isGreaterThan(3 * out.of(false));
    Shares<Boolean> low =
        shares(lots, atFastSite, lot -> lot.number("quantity") < lot.number("reorder_level"));
    assertThat(low.of(true)).isGreaterThan(2 * low.of(false));
  }

  private static double patientsPerMonth(Row site) {
    long days = TODAY.toEpochDay() - site.day("activated_on").toEpochDay();
    return site.number("enrolled_patients") * 30.0 / Math.max(30, days);
  }

  @Test
  void aBulkOfLotsExpiresWithinTwoMonthsAndSomeHaveExpired() {
    List<Row> lots = Row.of(schema, "inventory");
    long soon = lots.stream().filter(lot -> expiresWithin(lot, 0, 60)).count();
    long later = lots.stream().filter(lot -> expiresWithin(lot, 61, 121)).count();
    assertThat(soon).isGreaterThan(3 * later / 2);
    assertThat(Row.share(lots, lot -> lot.is("status", "expired"))).isBetween(0.02, 0.08);
  }

  private static boolean expiresWithin(Row lot, int from, int to) {
    long days = lot.day("expiry_date").toEpochDay() - TODAY.toEpochDay();
    return days >= from && days <= to;
  }

  @Test
  void studiesThatCloseHaveClosedSites() {
    Map<Integer, Row> studies = Row.byId(schema, "studies");
    Shares<String> closed =
        shares(
            List.copyOf(sites.values()),
            site -> site.follow("study_id", studies).text("status"),
            site -> site.is("status", "closed"));
    assertThat(closed.of("closing")).isGreaterThan(0.4);
    assertThat(closed.of("enrolling")).isLessThan(0.1);
  }

  @Test
  void whatIsOverdueIsMostlyWithThreePeople() {
    List<Row> overdue =
        Row.of(schema, "tasks").stream()
            .filter(task -> !task.is("status", "done") && task.day("due_on").isBefore(TODAY))
            .toList();
    assertThat(overdue).hasSizeBetween(60, 300);
    Map<String, Long> byPerson =
        overdue.stream()
            .filter(task -> task.has("assignee"))
            .collect(Collectors.groupingBy(task -> task.text("assignee"), Collectors.counting()));
    long withThree =
        byPerson.values().stream()
            .sorted(Comparator.reverseOrder())
            .limit(3)
            .mapToLong(n -> n)
            .sum();
    assertThat((double) withThree / overdue.size()).isGreaterThan(0.6);
  }

  @Test
  void shipmentsGrowAndRestInTheLull() {
    Map<Integer, Integer> byDay = new HashMap<>();
    for (Row shipment : Row.of(schema, "shipments")) {
      if (shipment.has("shipped_on")) {
        byDay.merge(
            (int) (shipment.day("shipped_on").toEpochDay() - TODAY.toEpochDay()), 1, Integer::sum);
      }
    }
    assertThat((double) sum(byDay, -90, -1)).isGreaterThan(1.5 * sum(byDay, -548, -459));
    int lull = sum(byDay, ShipmentCalendar.LULL_START, ShipmentCalendar.LULL_END);
    assertThat((double) lull)
        .isLessThan(
            0.75 * sum(byDay, ShipmentCalendar.LULL_START - 28, ShipmentCalendar.LULL_START - 1))
        .isLessThan(
            0.75 * sum(byDay, ShipmentCalendar.LULL_END + 1, ShipmentCalendar.LULL_END + 28));
  }

  private static int sum(Map<Integer, Integer> byDay, int from, int to) {
    return byDay.entrySet().stream()
        .filter(entry -> entry.getKey() >= from && entry.getKey() <= to)
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  @Test
  void countriesDiffer() {
    Map<String, Long> shipments =
        delivered().stream().collect(Collectors.groupingBy(this::country, Collectors.counting()));
    long most = shipments.values().stream().mapToLong(Long::longValue).max().orElseThrow();
    long least = shipments.values().stream().mapToLong(Long::longValue).min().orElseThrow();
    assertThat(most).isGreaterThan(5 * least);
  }

  private List<Row> delivered() {
    return Row.of(schema, "shipments").stream().filter(s -> s.has("delivered_on")).toList();
  }

  private String country(Row shipment) {
    return shipment.follow("destination_site_id", sites).text("country");
  }

  private static boolean excursion(Row shipment) {
    return shipment.flag("temperature_excursion");
  }

  private static <K> Shares<K> shares(
      List<Row> rows, Function<Row, K> group, Predicate<Row> holds) {
    Map<K, Double> shares = new TreeMap<>();
    rows.stream()
        .collect(Collectors.groupingBy(group))
        .forEach((key, members) -> shares.put(key, Row.share(members, holds)));
    return new Shares<>(shares);
  }

  /** For each group of the rows, the part of it for which something holds. */
  private record Shares<K>(Map<K, Double> byGroup) {
    double of(K group) {
      return Objects.requireNonNull(byGroup.get(group), () -> group + " is not in " + byGroup);
    }
  }
}
