package io.sally.driver.config;

import java.util.Locale;

/** Who gave a setting its value. A later one wins over an earlier one. */
public enum Origin {
  DEFAULT,
  FILE,
  URL,
  PROPERTY;

  /** As it is told to people. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
