package io.sally.demo;

import java.util.List;

/**
 * A courier as its shipments know it.
 *
 * @param name also the name of a vendor
 * @param share its share of the shipments
 * @param lateRisk the probability that a shipment is late for its own fault
 * @param coldRisk how much likelier than usual a shipment leaves its temperature range
 * @param price how dear it is, where 1 is usual
 */
record Carrier(String name, double share, double lateRisk, double coldRisk, double price) {
  static final List<Carrier> ALL =
      List.of(
          new Carrier("Veloscape Express", 0.27, 0.05, 0.8, 1.25),
          new Carrier("Arcadine Cold Chain", 0.17, 0.07, 0.45, 1.45),
          new Carrier("Orrinvale Logistics", 0.21, 0.12, 1.0, 1.0),
          new Carrier("Pallasgate Freight", 0.16, 0.16, 1.1, 0.9),
          new Carrier("Tern & Holloway", 0.11, 0.20, 1.4, 0.85),
          new Carrier("Quickmoor Couriers", 0.08, 0.41, 2.3, 0.7));
}
