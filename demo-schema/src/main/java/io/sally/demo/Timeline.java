package io.sally.demo;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.Map;

/**
 * Turns days and minutes relative to today into dates. The generators know no date at all, which is
 * why the same data moves by whole days with today. Confined to one thread.
 */
final class Timeline {
  static final int MINUTES_A_DAY = 24 * 60;

  private final LocalDate today;
  // Many rows share few days: one object a day keeps the data small.
  private final Map<Integer, LocalDate> days = new HashMap<>();

  Timeline(LocalDate today) {
    this.today = today;
  }

  /** The date so many days after today, or before it when negative. */
  LocalDate day(int offset) {
    return days.computeIfAbsent(offset, today::plusDays);
  }

  /** The time so many minutes after the start of today, or before it when negative. */
  LocalDateTime minute(int offset) {
    int day = Math.floorDiv(offset, MINUTES_A_DAY);
    int minute = Math.floorMod(offset, MINUTES_A_DAY);
    return day(day).atTime(minute / 60, minute % 60);
  }
}
