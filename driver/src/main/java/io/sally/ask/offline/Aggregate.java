package io.sally.ask.offline;

/** What is made of many rows. */
enum Aggregate {
  COUNT("number of", ""),
  COUNT_DISTINCT("number of different", ""),
  SUM("total", "total"),
  AVERAGE("average", "average"),
  MEDIAN("median", "median"),
  MINIMUM("lowest", "lowest"),
  MAXIMUM("highest", "highest");

  private final String words;
  private final String prefix;

  Aggregate(String words, String prefix) {
    this.words = words;
    this.prefix = prefix;
  }

  /** Whether it makes sense of amounts alone, and not of names, days or keys. */
  boolean isOfAmounts() {
    return this == SUM || this == AVERAGE || this == MEDIAN;
  }

  /** How a sentence says it. */
  String words() {
    return words;
  }

  /** What the name of a result's column begins with; empty for a count. */
  String prefix() {
    return prefix;
  }
}
