package io.sally.engine.planner;

import org.jspecify.annotations.Nullable;

/**
 * The order of texts by code point, which is that of their bytes in UTF-8 and so of PostgreSQL's
 * collation {@code "C"}, MySQL's binary collations and SQLite's {@code BINARY}. Java compares the
 * units of UTF-16, where the surrogates of a supplementary character come before U+E000 to U+FFFF.
 * Called by generated code; thread-safe.
 */
public final class CodePointOrder {
  private static final char FIRST_SURROGATE = '\uD800';
  private static final char AFTER_SURROGATES = '\uE000';
  private static final int SURROGATES = AFTER_SURROGATES - FIRST_SURROGATE;
  private static final int ABOVE_SURROGATES = 0x10000 - AFTER_SURROGATES;

  private CodePointOrder() {}

  /** Negative, zero or positive; null for a null text. */
  public static @Nullable Integer compare(@Nullable String left, @Nullable String right) {
    if (left == null || right == null) {
      return null;
    }
    int common = Math.min(left.length(), right.length());
    for (int i = 0; i < common; i++) {
      char one = left.charAt(i);
      char other = right.charAt(i);
      if (one != other) {
        return Character.compare(rotated(one), rotated(other));
      }
    }
    return Integer.compare(left.length(), right.length());
  }

  /**
   * A text that compares in Java as the given one does by code point: the surrogates have changed
   * places with the units above them. Most texts are their own sort key.
   */
  public static @Nullable String sortKey(@Nullable String text) {
    if (text == null || isPlain(text)) {
      return text;
    }
    char[] units = text.toCharArray();
    for (int i = 0; i < units.length; i++) {
      units[i] = rotated(units[i]);
    }
    return new String(units);
  }

  /** The text that has this {@link #sortKey}. */
  public static @Nullable String ofSortKey(@Nullable String key) {
    if (key == null || isPlain(key)) {
      return key;
    }
    char[] units = key.toCharArray();
    for (int i = 0; i < units.length; i++) {
      char unit = units[i];
      if (unit >= FIRST_SURROGATE) {
        int above = unit - FIRST_SURROGATE;
        units[i] =
            (char)
                (above < ABOVE_SURROGATES
                    ? unit + SURROGATES
                    : FIRST_SURROGATE + above - ABOVE_SURROGATES);
      }
    }
    return new String(units);
  }

  /** Whether a text compares with every other as Java compares them. */
  static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= FIRST_SURROGATE) {
        return false;
      }
    }
    return true;
  }

  private static char rotated(char unit) {
    if (unit < FIRST_SURROGATE) {
      return unit;
    }
    return (char) (unit >= AFTER_SURROGATES ? unit - SURROGATES : unit + ABOVE_SURROGATES);
  }
}
