package io.sally.ask.offline;

import java.util.Locale;

/** A unit of the calendar. */
enum Unit {
  DAY,
  WEEK,
  MONTH,
  QUARTER,
  YEAR;

  String noun() {
    return name().toLowerCase(Locale.ROOT);
  }
}
