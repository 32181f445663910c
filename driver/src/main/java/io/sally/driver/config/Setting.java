package io.sally.driver.config;

/**
 * A setting as {@code sally.settings} shows it. Immutable.
 *
 * @param value its text as it was written, references to secrets not followed; {@value
 *     #HIDDEN_VALUE} for a secret
 */
public record Setting(String key, String value, Origin origin, String description) {
  /** In the place of a secret. */
  public static final String HIDDEN_VALUE = "***";
}
