package io.sally.demo;

import java.util.Locale;

/** A closed set of words that a column holds. */
interface Code {
  String name();

  /** The word as the data has it. */
  default String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
