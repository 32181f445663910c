package io.sally.demo;

/** How cold a product must be kept, with how hard that is. */
enum TemperatureRange implements Code {
  AMBIENT(0.008, 1.0, 0.010),
  REFRIGERATED(0.022, 1.6, 0.030),
  FROZEN(0.050, 2.4, 0.055),
  ULTRA_COLD(0.075, 3.5, 0.080);

  static final String CODES =
      "ambient (15 to 25 °C), refrigerated (2 to 8 °C), frozen (-25 to -15 °C),"
          + " ultra cold (below -60 °C)";

  /** The probability that an undelayed shipment with an average carrier leaves the range. */
  final double excursionRisk;

  final double shippingCostFactor;

  /** The probability that a lot is in quarantine. */
  final double quarantineRisk;

  TemperatureRange(double excursionRisk, double shippingCostFactor, double quarantineRisk) {
    this.excursionRisk = excursionRisk;
    this.shippingCostFactor = shippingCostFactor;
    this.quarantineRisk = quarantineRisk;
  }

  boolean isDeepFrozen() {
    return this == FROZEN || this == ULTRA_COLD;
  }
}
