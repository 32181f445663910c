package io.sally.demo;

/** A part of the world. */
enum Region {
  NORTH_AMERICA("North America"),
  LATIN_AMERICA("Latin America"),
  EUROPE("Europe"),
  MIDDLE_EAST_AND_AFRICA("Middle East and Africa"),
  ASIA_PACIFIC("Asia Pacific");

  final String label;

  Region(String label) {
    this.label = label;
  }
}
