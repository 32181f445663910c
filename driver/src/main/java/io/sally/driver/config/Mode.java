package io.sally.driver.config;

/** Which data a connection works on. */
public enum Mode {
  /** The bundled trial-supply schema. */
  DEMO,
  /** The configured sources. */
  PRODUCTION
}
