package io.sally.driver.chart;

import java.util.Locale;

/** The kinds of charts. */
public enum ChartType {
  /** A length for each name. */
  BAR,
  /** How something changes along time or other steps. */
  LINE,
  /** A point for each pair of values. */
  SCATTER,
  /** The parts of a whole. */
  PIE,
  /** A colour for each pair of names. */
  HEAT_MAP,
  /** One number. */
  NUMBER,
  /** The rows themselves, where no drawing would tell more. */
  TABLE;

  /** The words that users see. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
