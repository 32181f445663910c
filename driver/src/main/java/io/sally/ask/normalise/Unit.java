package io.sally.ask.normalise;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The units of time, by all the names that the dialects have for them. */
enum Unit {
  YEAR("YEAR", 1),
  QUARTER("MONTH", 3),
  MONTH("MONTH", 1),
  WEEK("DAY", 7),
  ISOWEEK("DAY", 7),
  DAY("DAY", 1),
  HOUR("HOUR", 1),
  MINUTE("MINUTE", 1),
  SECOND("SECOND", 1);

  private final String interval;
  private final int times;

  Unit(String interval, int times) {
    this.interval = interval;
    this.times = times;
  }

  /** The unit of Calcite's interval. */
  String interval() {
    return interval;
  }

  /** How many of those are one of these. */
  int times() {
    return times;
  }

  boolean isPartOfDay() {
    return compareTo(DAY) > 0;
  }

  /** The unit of this name, or null. */
  static @Nullable Unit of(String name) {
    String word = name.replaceAll("['\"`]", "").strip().toUpperCase(Locale.ROOT);
    return switch (word) {
      case "YEAR", "YEARS", "YYYY", "YY", "Y", "SQL_TSI_YEAR", "YR", "YRS" -> YEAR;
      case "QUARTER", "QUARTERS", "QQ", "Q", "SQL_TSI_QUARTER" -> QUARTER;
      case "MONTH", "MONTHS", "MM", "SQL_TSI_MONTH", "MON", "MONS" -> MONTH;
      case "WEEK", "WEEKS", "WK", "WW", "SQL_TSI_WEEK", "WEEK(SUNDAY)" -> WEEK;
      case "ISOWEEK", "ISO_WEEK", "ISOWK", "WEEK(MONDAY)" -> ISOWEEK;
      case "DAY", "DAYS", "DD", "D", "SQL_TSI_DAY" -> DAY;
      case "HOUR", "HOURS", "HH", "SQL_TSI_HOUR", "HR", "HRS" -> HOUR;
      case "MINUTE", "MINUTES", "MI", "N", "SQL_TSI_MINUTE", "MIN", "MINS" -> MINUTE;
      case "SECOND", "SECONDS", "SS", "S", "SQL_TSI_SECOND", "SEC", "SECS" -> SECOND;
      default -> null;
    };
  }
}
