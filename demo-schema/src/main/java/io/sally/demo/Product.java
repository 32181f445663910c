package io.sally.demo;

import org.jspecify.annotations.Nullable;

/**
 * What a study gives its patients.
 *
 * @param unitCostCents what one kit costs, or null where the product has no commercial value
 */
record Product(String name, TemperatureRange range, @Nullable Integer unitCostCents) {
  /** What the laboratories send to every site, whatever its study. */
  static final Product SAMPLING_KIT =
      new Product("Blood sampling kit", TemperatureRange.AMBIENT, 1_850);
}
