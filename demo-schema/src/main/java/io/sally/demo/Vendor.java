package io.sally.demo;

import org.jspecify.annotations.Nullable;

/**
 * A vendor. Days are relative to today.
 *
 * @param ratingTenths the quality rating in tenths, or null before the first audit
 * @param lastAuditDay when it was last audited, or null before the first audit
 * @param contractEndDay when its contract ends or ended, or null for one without an end
 */
record Vendor(
    int id,
    String name,
    Type type,
    String city,
    Country country,
    @Nullable Integer ratingTenths,
    @Nullable Integer lastAuditDay,
    @Nullable Integer contractEndDay) {
  enum Type implements Code {
    DEPOT,
    MANUFACTURER,
    PACKAGER,
    LABORATORY,
    COURIER
  }

  boolean worksOn(int day) {
    return contractEndDay == null || day <= contractEndDay;
  }
}
