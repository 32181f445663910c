package io.sally.engine.planner;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds the names that a person may have meant by one that is not there. */
public final class NearNames {
  private static final int MOST_SUGGESTIONS = 3;

  private NearNames() {}

  /** How an error ends: with the names that may have been meant, or with a period. */
  public static String hint(String name, Stream<String> candidates) {
    List<String> near = nearest(name, candidates);
    return near.isEmpty() ? "." : ". Did you mean " + String.join(" or ", near) + "?";
  }

  /** The names that a person may have meant, best first; empty where none is near. */
  private static List<String> nearest(String name, Stream<String> candidates) {
    String wanted = name.toLowerCase(Locale.ROOT);
    int limit = Math.max(1, wanted.length() / 3);
    LevenshteinDistance distance = new LevenshteinDistance(limit);
    Function<String, Integer> away =
        candidate -> {
          String other = candidate.toLowerCase(Locale.ROOT);
          int edits = distance.apply(wanted, other);
          if (edits >= 0) {
            return edits;
          }
          boolean part = wanted.length() > 2 && (other.contains(wanted) || wanted.contains(other));
          return part && other.length() > 2 ? limit + 1 : Integer.MAX_VALUE;
        };
    return candidates
        .filter(candidate -> !candidate.equalsIgnoreCase(name))
        .distinct()
        .filter(candidate -> away.apply(candidate) != Integer.MAX_VALUE)
        .sorted(Comparator.comparing(away).thenComparing(Comparator.naturalOrder()))
        .limit(MOST_SUGGESTIONS)
        .toList();
  }
}
