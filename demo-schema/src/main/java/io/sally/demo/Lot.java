package io.sally.demo;

import org.jspecify.annotations.Nullable;

/**
 * What a site holds, or held, of one lot of a product. Days and minutes are relative to today.
 *
 * @param countedMinute when it was last counted, or null when it has not been counted yet
 */
record Lot(
    int id,
    Site site,
    Product product,
    String number,
    int quantity,
    int reorderLevel,
    Status status,
    int receivedDay,
    int expiryDay,
    @Nullable Integer countedMinute) {
  enum Status implements Code {
    AVAILABLE,
    QUARANTINED,
    EXPIRED,
    DEPLETED,
    RETURNED
  }
}
