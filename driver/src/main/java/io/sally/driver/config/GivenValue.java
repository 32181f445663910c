package io.sally.driver.config;

import org.jspecify.annotations.Nullable;

/**
 * A setting as a person wrote it, references to secrets not yet followed. Immutable.
 *
 * @param key the whole key, as {@code sources.pg.host}
 * @param text the text; not for anybody's eyes where the key is a secret's
 * @param position where it stands, for one of a file
 */
record GivenValue(String key, String text, Origin origin, @Nullable FilePosition position) {
  /** The default of a setting that nobody gave. */
  static GivenValue ofDefault(String key, String text) {
    return new GivenValue(key, text, Origin.DEFAULT, null);
  }

  boolean isGiven() {
    return origin != Origin.DEFAULT;
  }

  @Override
  public String toString() {
    return key + " (" + origin.label() + ")";
  }
}
