package io.sally.engine.planner;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * LIKE and SIMILAR TO as generated code calls them. In Calcite's own, {@code _} matches no line
 * break, and a point in SIMILAR TO matches anything. Each gives null for a null argument.
 */
public final class TextPatterns {
  private static final String SIMILAR_OPERATORS = "|*+?{}()";

  private TextPatterns() {}

  /**
   * LIKE of ISO/IEC 9075-2 §8.5.
   *
   * @param escape one character, or an empty text for none
   */
  public static @Nullable Boolean like(
      @Nullable String text, @Nullable String pattern, @Nullable String escape) {
    if (text == null || pattern == null || escape == null) {
      return null;
    }
    return matches(text, pattern, escape(escape));
  }

  /** LIKE that takes upper and lower case for the same. */
  public static @Nullable Boolean ilike(
      @Nullable String text, @Nullable String pattern, @Nullable String escape) {
    if (text == null || pattern == null || escape == null) {
      return null;
    }
    return matches(folded(text), folded(pattern), escape(folded(escape)));
  }

  private static String folded(String text) {
    return text.codePoints()
        .map(character -> Character.toLowerCase(Character.toUpperCase(character)))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static int escape(String escape) {
    if (escape.codePointCount(0, escape.length()) > 1) {
      throw new IllegalArgumentException(
          "the escape '" + escape + "' of a pattern is more than one character");
    }
    return escape.isEmpty() ? -1 : escape.codePointAt(0);
  }

  /** Goes back to the last % alone, since an earlier one need not take more. */
  private static boolean matches(String text, String pattern, int escape) {
    int inText = 0;
    int inPattern = 0;
    int afterPercent = -1;
    int percentEnds = 0;
    while (inText < text.length()) {
      boolean matched = false;
      if (inPattern < pattern.length()) {
        int wanted = pattern.codePointAt(inPattern);
        int next = inPattern + Character.charCount(wanted);
        boolean literal = wanted == escape;
        if (literal) {
          if (next == pattern.length()) {
            throw new IllegalArgumentException(
                "the pattern '" + pattern + "' ends with its escape character");
          }
          wanted = pattern.codePointAt(next);
          next += Character.charCount(wanted);
        }
        if (wanted == '%' && !literal) {
          afterPercent = next;
          percentEnds = inText;
          inPattern = next;
          continue;
        }
        int found = text.codePointAt(inText);
        matched = wanted == found || (wanted == '_' && !literal);
        if (matched) {
          inText += Character.charCount(found);
          inPattern = next;
        }
      }
      if (!matched) {
        if (afterPercent < 0) {
          return false;
        }
        percentEnds += Character.charCount(text.codePointAt(percentEnds));
        inText = percentEnds;
        inPattern = afterPercent;
      }
    }
    while (inPattern < pattern.length() && pattern.charAt(inPattern) == '%' && escape != '%') {
      inPattern++;
    }
    return inPattern == pattern.length();
  }

  /**
   * SIMILAR TO of ISO/IEC 9075-2 §8.6, where a point is a point.
   *
   * @param escape one character, or an empty text for none
   */
  public static @Nullable Boolean similar(
      @Nullable String text, @Nullable String pattern, @Nullable String escape) {
    if (text == null || pattern == null || escape == null) {
      return null;
    }
    return Pattern.compile(regex(pattern, escape), Pattern.DOTALL).matcher(text).matches();
  }

  private static String regex(String pattern, String escape) {
    StringBuilder regex = new StringBuilder();
    int i = 0;
    while (i < pattern.length()) {
      String character = pattern.substring(i, pattern.offsetByCodePoints(i, 1));
      i += character.length();
      if (character.equals(escape) && i < pattern.length()) {
        String escaped = pattern.substring(i, pattern.offsetByCodePoints(i, 1));
        regex.append(Pattern.quote(escaped));
        i += escaped.length();
      } else if (character.equals("[")) {
        int end =
            pattern.indexOf(']', pattern.startsWith("[:", i) ? pattern.indexOf(":]", i) + 2 : i);
        if (end < 0) {
          throw new IllegalArgumentException("the pattern '" + pattern + "' has a [ without a ]");
        }
        regex.append('[').append(enumeration(pattern.substring(i, end))).append(']');
        i = end + 1;
      } else if (character.equals("%")) {
        regex.append(".*");
      } else if (character.equals("_")) {
        regex.append('.');
      } else if (SIMILAR_OPERATORS.contains(character)) {
        regex.append(character);
      } else {
        regex.append(Pattern.quote(character));
      }
    }
    return regex.toString();
  }

  private static String enumeration(String characters) {
    return characters
        .replace("\\", "\\\\")
        .replace("&", "\\&")
        .replaceAll("(?i)\\[:alpha:]", "\\\\p{IsAlphabetic}")
        .replaceAll("(?i)\\[:upper:]", "\\\\p{IsUppercase}")
        .replaceAll("(?i)\\[:lower:]", "\\\\p{IsLowercase}")
        .replaceAll("(?i)\\[:digit:]", "0-9")
        .replaceAll("(?i)\\[:alnum:]", "\\\\p{IsAlphabetic}0-9")
        .replaceAll("(?i)\\[:(?:white)?space:]", "\\\\s")
        .replace("[", "\\[");
  }
}
