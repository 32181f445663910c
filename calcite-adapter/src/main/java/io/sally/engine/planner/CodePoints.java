package io.sally.engine.planner;

import org.apache.calcite.runtime.SqlFunctions;
import org.jspecify.annotations.Nullable;

/**
 * Texts counted in characters, as databases do. Calcite counts the halves of a surrogate pair, so
 * that an emoji has two characters and can be cut in the middle. Called by generated code;
 * thread-safe.
 */
public final class CodePoints {
  private CodePoints() {}

  public static @Nullable Long charLength(@Nullable String text) {
    return text == null ? null : (long) text.codePointCount(0, text.length());
  }

  public static @Nullable String substring(
      @Nullable String text, @Nullable Number from, @Nullable Number length) {
    if (text == null || from == null || length == null) {
      return null;
    }
    if (length.longValue() < 0) {
      // Which fails, with Calcite's message.
      return SqlFunctions.substring(text, from.intValue(), length.intValue());
    }
    int count = text.codePointCount(0, text.length());
    long start = Math.max(from.longValue() - 1, 0);
    long end = Math.min(from.longValue() - 1 + length.longValue(), count);
    return start >= end
        ? ""
        : text.substring(
            text.offsetByCodePoints(0, (int) start), text.offsetByCodePoints(0, (int) end));
  }

  public static @Nullable String rest(@Nullable String text, @Nullable Number from) {
    return substring(text, from, from == null ? null : Integer.MAX_VALUE);
  }

  public static @Nullable Long position(@Nullable String part, @Nullable String text) {
    if (part == null || text == null) {
      return null;
    }
    int found = text.indexOf(part);
    return found < 0 ? 0L : text.codePointCount(0, found) + 1L;
  }
}
