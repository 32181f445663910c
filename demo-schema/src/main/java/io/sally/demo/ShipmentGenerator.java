package io.sally.demo;

import io.sally.demo.Shipment.DelayReason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells of 15,000 shipments. Each is planned, leaves, and arrives, unless today comes first. It is
 * late when its carrier is a late one or customs hold it, more so in a backlog of the last weeks;
 * the later it is, the colder its product must be and the worse its carrier, the likelier it leaves
 * its temperature range.
 */
final class ShipmentGenerator {
  static final int COUNT = 15_000;

  private static final int BACKLOG_START = -40;

  /** Who sends shipments, and how large a part of them. */
  private static final Map<Vendor.Type, Double> SENDERS =
      Map.of(
          Vendor.Type.DEPOT, 0.74,
          Vendor.Type.LABORATORY, 0.14,
          Vendor.Type.PACKAGER, 0.07,
          Vendor.Type.MANUFACTURER, 0.05);

  private static final Odds<Carrier> CARRIERS = Odds.of(Carrier.ALL, Carrier::share);

  /** For what is deep frozen, a carrier that keeps it cold is taken where one has room. */
  private static final Odds<Carrier> COLD_CARRIERS =
      Odds.of(Carrier.ALL, carrier -> carrier.share() / (carrier.coldRisk() * carrier.coldRisk()));

  /** What goes wrong on the way. */
  private record Delay(int days, DelayReason reason) {}

  private final Dice dice;
  private final ShipmentCalendar calendar;
  private final List<Vendor> vendors;
  private final Map<String, Odds<Vendor>> sendersTo = new HashMap<>();

  ShipmentGenerator(long seed, List<Site> sites, List<Vendor> vendors) {
    this.dice = new Dice(seed, "shipments");
    this.calendar = new ShipmentCalendar(sites);
    this.vendors = vendors;
  }

  List<Shipment> shipments() {
    List<Shipment> shipments = new ArrayList<>(COUNT);
    // Numbers are given as time goes by.
    for (ShipmentCalendar.Need need : calendar.needs(COUNT, dice)) {
      shipments.add(shipment(shipments.size() + 1, need.site(), need.day()));
    }
    return shipments;
  }

  private Shipment shipment(int id, Site site, int day) {
    Vendor origin = origin(site.country(), day);
    Product product =
        origin.type() == Vendor.Type.LABORATORY
            ? Product.SAMPLING_KIT
            : dice.pick(site.study().products());
    Carrier carrier = dice.pick(product.range().isDeepFrozen() ? COLD_CARRIERS : CARRIERS);
    Lane lane = Lane.between(origin.country(), site.country());
    int quantity = dice.between(2, 12 + site.plannedPatients() / 2);
    int requested =
        Math.min(day - dice.between(1, 5), -1) * Timeline.MINUTES_A_DAY
            + dice.between(6 * 60, 20 * 60);
    int due = day + dice.between(lane.shortestDays(), lane.longestDays());

    Delay delay = delay(carrier, lane, day >= BACKLOG_START);
    int arrival = delay == null ? due - early(day, due) : due + delay.days();
    Shipment.Status status = status(site, day, due, arrival);
    boolean left = status != Shipment.Status.PLANNED && status != Shipment.Status.CANCELLED;
    boolean arrived = status == Shipment.Status.DELIVERED;
    boolean late = status == Shipment.Status.DELAYED || (arrived && arrival > due);
    return new Shipment(
        id,
        trackingNumber(id),
        origin,
        site,
        product,
        quantity,
        status,
        carrier,
        requested,
        left ? day : null,
        due,
        arrived ? arrival : null,
        late && delay != null ? delay.reason() : null,
        arrived ? excursion(product, carrier, delay) : null,
        left ? cost(lane, product, carrier, quantity) : null);
  }

  /** Mostly a sender of the same part of the world, if it has one. */
  private Vendor origin(Country to, int day) {
    Odds<Vendor> senders = sendersTo.computeIfAbsent(to.name(), name -> sendersTo(to));
    Vendor sender;
    do {
      sender = dice.pick(senders);
    } while (!sender.worksOn(day));
    return sender;
  }

  private Odds<Vendor> sendersTo(Country to) {
    return Odds.of(
        vendors,
        vendor -> {
          double near =
              vendor.country().name().equals(to.name())
                  ? 6
                  : vendor.country().region() == to.region() ? 4 : 0.6;
          long ofItsType = vendors.stream().filter(v -> v.type() == vendor.type()).count();
          return near * SENDERS.getOrDefault(vendor.type(), 0.0) / ofItsType;
        });
  }

  /**
   * @param backlog whether the shipment falls into the weeks in which more is held, and for longer
   */
  private @Nullable Delay delay(Carrier carrier, Lane lane, boolean backlog) {
    int wait = backlog ? dice.between(4, 24) : 0;
    if (dice.chance(lane.customsRisk() * (backlog ? 1.6 : 1))) {
      // Most wait some days; some are stuck for months.
      int days = dice.chance(0.3) ? dice.between(15, 100) : dice.between(2, 14);
      return new Delay(
          days + wait, dice.chance(0.8) ? DelayReason.CUSTOMS : DelayReason.MISSING_DOCUMENTS);
    }
    if (dice.chance(carrier.lateRisk() * (backlog ? 1.3 : 1))) {
      int days = dice.between(1, 4) + dice.between(0, 4);
      return new Delay(
          days + wait, dice.chance(0.75) ? DelayReason.CARRIER_CAPACITY : DelayReason.WEATHER);
    }
    return dice.chance(0.015) ? new Delay(dice.between(1, 3), DelayReason.WEATHER) : null;
  }

  private int early(int day, int due) {
    return due - day > 1 && dice.chance(0.3) ? 1 : 0;
  }

  private Shipment.Status status(Site site, int day, int due, int arrival) {
    if (dice.chance(0.022)) {
      return Shipment.Status.CANCELLED;
    }
    if (day > 0) {
      return Shipment.Status.PLANNED;
    }
    boolean refused = dice.chance(0.008);
    if (arrival <= 0) {
      return refused ? Shipment.Status.RETURNED : Shipment.Status.DELIVERED;
    }
    if (due >= 0) {
      return Shipment.Status.IN_TRANSIT;
    }
    // Nobody waits any more for what is still on its way to a closed site.
    return site.status() == Site.Status.CLOSED ? Shipment.Status.RETURNED : Shipment.Status.DELAYED;
  }

  private boolean excursion(Product product, Carrier carrier, @Nullable Delay delay) {
    double longer = delay == null ? 1 : 1 + Math.min(3.5, 0.35 * delay.days());
    return dice.chance(product.range().excursionRisk * carrier.coldRisk() * longer);
  }

  private int cost(Lane lane, Product product, Carrier carrier, int quantity) {
    double usual =
        (lane.baseCents() + 110.0 * quantity)
            * product.range().shippingCostFactor
            * carrier.price();
    return (int) Math.round(usual * (0.85 + 0.4 * dice.fraction()));
  }

  /** Spreads the numbers without repeating one: 7,919 has no divisor in common with 90,000,000. */
  private static String trackingNumber(int id) {
    return "TR-" + (10_000_000 + (id * 7_919L + 23_456_789L) * 7_919L % 90_000_000L);
  }
}
