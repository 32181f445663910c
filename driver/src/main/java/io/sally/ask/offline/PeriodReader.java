package io.sally.ask.offline;

import java.math.BigDecimal;
import java.util.Optional;

/** Reads what lies before now without naming a date. Confined to one question. */
final class PeriodReader {
  private final Reading reading;

  PeriodReader(Reading reading) {
    this.reading = reading;
  }

  /** "Expired" speaks of the date of the same root where there is one. */
  void lapsed() {
    reading.at--;
    Mention date = reading.words.timeColumns(reading.at).near(reading.nearTable());
    reading.at++;
    reading.during(
        date.isEmpty() ? null : date, Period.halfOpen(null, Moment.TODAY, "before today"));
  }

  void older(String text) {
    Optional<BigDecimal> number = reading.words.number(reading.at);
    Optional<Unit> unit = reading.words.unit(reading.at + 1);
    if (number.isPresent() && unit.isPresent()) {
      reading.at += 2;
      reading.during(
          null,
          Period.halfOpen(
              null,
              Moment.fromToday(-number.get().intValue(), unit.get()),
              text + " " + number.get() + " " + unit.get().noun() + "s"));
    } else {
      reading.unplaced(text);
    }
  }
}
