package io.sally.driver.metadata;

import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The patterns of {@code DatabaseMetaData}: {@code %} is any text, {@code _} any character, and a
 * backslash takes the next character as it is. Names match as they are stored.
 */
public final class NamePattern {
  /** What {@code getSearchStringEscape} gives. */
  public static final String ESCAPE = "\\";

  private NamePattern() {}

  /** The names that the pattern means; null means all. */
  public static Predicate<String> of(@Nullable String pattern) {
    if (pattern == null || pattern.equals("%")) {
      return name -> true;
    }
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '%') {
        regex.append(".*");
      } else if (c == '_') {
        regex.append('.');
      } else {
        boolean escapes = c == '\\' && i + 1 < pattern.length();
        regex.append(Pattern.quote(String.valueOf(escapes ? pattern.charAt(++i) : c)));
      }
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL).asMatchPredicate();
  }

  /** The names that are this one; null means all. */
  public static Predicate<String> exactly(@Nullable String name) {
    return name == null ? any -> true : name::equals;
  }

  /** Whether the catalog that a caller names can hold anything: there are none, so "" and null. */
  public static boolean isNoCatalog(@Nullable String catalog) {
    return catalog == null || catalog.isEmpty();
  }
}
