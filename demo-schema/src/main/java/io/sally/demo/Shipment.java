package io.sally.demo;

import org.jspecify.annotations.Nullable;

/**
 * A shipment from a vendor to a site. Days and minutes are relative to today.
 *
 * @param requestedMinute when the site asked for it
 * @param shippedDay when it left, or null when it has not
 * @param dueDay when it should arrive
 * @param deliveredDay when it arrived, or null when it has not
 * @param delayReason why it is or was late, or null when it is and was not
 * @param excursion whether it left its temperature range, or null when it has not arrived
 * @param costCents what the carrier asks, or null when it has not left
 */
record Shipment(
    int id,
    String trackingNumber,
    Vendor origin,
    Site destination,
    Product product,
    int quantity,
    Status status,
    Carrier carrier,
    int requestedMinute,
    @Nullable Integer shippedDay,
    int dueDay,
    @Nullable Integer deliveredDay,
    @Nullable DelayReason delayReason,
    @Nullable Boolean excursion,
    @Nullable Integer costCents) {
  enum Status implements Code {
    PLANNED,
    IN_TRANSIT,
    DELAYED,
    DELIVERED,
    RETURNED,
    CANCELLED
  }

  enum DelayReason implements Code {
    CUSTOMS,
    MISSING_DOCUMENTS,
    CARRIER_CAPACITY,
    WEATHER
  }
}
