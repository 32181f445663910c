package io.sally.demo;

import org.jspecify.annotations.Nullable;

/**
 * A site: a hospital or practice that treats patients of one study. Days are relative to today.
 *
 * @param investigator the doctor in charge, or null while none is appointed
 * @param activatedDay when it could first treat patients, or null while it cannot yet
 * @param closedDay when it was closed, or null while it is not
 * @param pace how fast it enrolls, where 1 is as planned
 */
record Site(
    int id,
    Study study,
    String number,
    String name,
    @Nullable String investigator,
    String city,
    Country country,
    Status status,
    @Nullable Integer activatedDay,
    @Nullable Integer closedDay,
    int plannedPatients,
    int enrolledPatients,
    double pace) {
  enum Status implements Code {
    PLANNED,
    ACTIVE,
    ON_HOLD,
    CLOSED
  }

  /** Patients enrolled in thirty days, over the time for which the site has been open. */
  double patientsPerMonth() {
    if (activatedDay == null) {
      return 0;
    }
    int until = closedDay == null ? 0 : closedDay;
    return enrolledPatients * 30.0 / Math.max(30, until - activatedDay);
  }
}
