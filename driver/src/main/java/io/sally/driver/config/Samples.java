package io.sally.driver.config;

/** Which values of rows may leave the machine to the language model. */
public enum Samples {
  /** None. */
  NONE,
  /** Those of text columns with few of them, and the rows that {@code ASK NARRATE} tells. */
  VALUES
}
