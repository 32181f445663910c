package io.sally.ask.offline;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A day, fixed or relative to the day on which the query runs.
 *
 * @param fixed the day itself, or null for one that is relative to today
 * @param startOf the unit to whose first day today is taken back, or null for today itself
 * @param offset how many {@code offsetUnit}s later
 */
record Moment(@Nullable LocalDate fixed, @Nullable Unit startOf, int offset, Unit offsetUnit) {
  static final Moment TODAY = new Moment(null, null, 0, Unit.DAY);

  static Moment on(LocalDate day) {
    return new Moment(day, null, 0, Unit.DAY);
  }

  static Moment fromToday(int offset, Unit unit) {
    return new Moment(null, null, offset, unit);
  }

  static Moment startOf(Unit unit, int offset) {
    return new Moment(null, unit, offset, unit);
  }

  Moment nextDay() {
    if (fixed != null) {
      return on(fixed.plusDays(1));
    }
    if (startOf != null || (offset != 0 && offsetUnit != Unit.DAY)) {
      throw new IllegalArgumentException("A day has no next one by name: " + this);
    }
    return fromToday(offset + 1, Unit.DAY);
  }
}
