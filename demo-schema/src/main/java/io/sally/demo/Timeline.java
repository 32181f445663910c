package io.sally.demo;

import java.time.LocalDate;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Turns days and minutes relative to today into dates. The generators know no date at all, which is
 * why the same data moves by whole days with today. Confined to one thread.
 */
final class Timeline {
  static final int MINUTES_A_DAY = 24 * 60;

  /** Further from today than any generator goes. */
  private static final int REACH = 1_500;

  private final LocalDate today;
  // Many rows share few days: one object a day keeps the data small.
  private final @Nullable LocalDate[] days = new LocalDate[2 * REACH + 1];

  Timeline(LocalDate today) {
    this.today = today;
  }

  /** The date so many days after today, or before it when negative. */
  LocalDate day(int offset) {
    int index = offset + REACH;
    LocalDate day = days[index];
    if (day == null) {
      day = today.plusDays(offset);
      days[index] = day;
    }
    return day;
  }

  /** The time so many minutes after the start of today, or before it when negative. */
  LocalDateTime minute(int offset) {
    int day = Math.floorDiv(offset, MINUTES_A_DAY);
    int minute = Math.floorMod(offset, MINUTES_A_DAY);
    return day(day).atTime(minute / 60, minute % 60);
  }
}
