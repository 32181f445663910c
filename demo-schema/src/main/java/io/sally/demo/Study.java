package io.sally.demo;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A clinical study. Days are relative to today.
 *
 * @param endDay when the study ended, or null while it has not
 * @param siteCount how many sites take part
 * @param products what its depots send to its sites
 */
record Study(
    int id,
    String protocolNumber,
    String title,
    String phase,
    String therapeuticArea,
    String indication,
    Status status,
    String sponsor,
    int startDay,
    int plannedEndDay,
    @Nullable Integer endDay,
    int targetEnrollment,
    boolean blinded,
    int siteCount,
    List<Product> products) {
  enum Status implements Code {
    PLANNED,
    ENROLLING,
    ENROLLED,
    ON_HOLD,
    CLOSING,
    COMPLETED
  }
}
