package io.sally.ask.offline;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of days.
 *
 * @param from the first day, or null for no beginning
 * @param to the last day or, when {@code open}, the day after it; null for no end
 * @param text how the question says it
 * @param year the year when the period is that whole calendar year, otherwise null
 */
record Period(
    @Nullable Moment from,
    @Nullable Moment to,
    boolean open,
    String text,
    @Nullable Integer year,
    @Nullable String assumption) {
  static Period halfOpen(@Nullable Moment from, @Nullable Moment to, String text) {
    return new Period(from, to, true, text, null, null);
  }

  static Period closed(@Nullable Moment from, @Nullable Moment to, String text) {
    return new Period(from, to, false, text, null, null);
  }

  static Period ofYear(int year, String text) {
    return new Period(
        Moment.on(LocalDate.of(year, 1, 1)),
        Moment.on(LocalDate.of(year + 1, 1, 1)),
        true,
        text,
        year,
        null);
  }

  /** The month of the year when the period is one calendar month, otherwise 0. */
  int month() {
    LocalDate first = from == null ? null : from.fixed();
    LocalDate after = to == null ? null : to.fixed();
    boolean whole =
        first != null && open && first.getDayOfMonth() == 1 && first.plusMonths(1).equals(after);
    return whole && first != null ? first.getMonthValue() : 0;
  }

  /** The year of that month, or null. */
  @Nullable Integer monthOfYear() {
    LocalDate first = from == null ? null : from.fixed();
    return month() == 0 || first == null ? null : first.getYear();
  }

  Period assuming(String newAssumption) {
    return new Period(from, to, open, text, year, newAssumption);
  }
}
