package io.sally.driver.evaluation;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rows of a result as texts that do not depend on how a type was represented. Immutable. */
public record ResultRows(int columns, List<List<String>> rows) {
  private static final MathContext DIGITS = new MathContext(6, RoundingMode.HALF_UP);

  /** The text of a value. */
  public static String value(@Nullable Object value) {
    if (value == null) {
      return "∅";
    }
    String text = value.toString();
    if (value instanceof Boolean truth) {
      return truth ? "true" : "false";
    }
    if (value instanceof Number) {
      return text.equals("NaN") || text.contains("Infinity")
          ? text
          : new BigDecimal(text).round(DIGITS).stripTrailingZeros().toPlainString();
    }
    return text.strip()
        .replace('T', ' ')
        .replaceAll("^(\\d{4}-\\d\\d-\\d\\d)[ ]00:00(:00)?(\\.0+)?(Z|[+]00(:00)?)?$", "$1")
        .replaceAll("^(\\d{4}-\\d\\d)-01$", "$1");
  }

  /**
   * Whether some of these columns hold the same set of rows as {@code gold}; columns beyond those
   * are no harm.
   *
   * @param ordered whether the order by which the gold's rows are sorted has to be there too
   */
  public boolean answers(ResultRows gold, boolean ordered) {
    return columns >= gold.columns && fits(gold, ordered, new ArrayList<>());
  }

  private boolean fits(ResultRows gold, boolean ordered, List<Integer> chosen) {
    if (chosen.size() == gold.columns) {
      return new HashSet<>(project(chosen)).equals(new HashSet<>(gold.rows))
          && (!ordered || sameOrder(gold, chosen));
    }
    Set<String> wanted = column(gold.rows, chosen.size());
    for (int i = 0; i < columns; i++) {
      if (!chosen.contains(i) && column(rows, i).equals(wanted)) {
        chosen.add(i);
        if (fits(gold, ordered, chosen)) {
          return true;
        }
        chosen.remove(chosen.size() - 1);
      }
    }
    return false;
  }

  private List<List<String>> project(List<Integer> chosen) {
    return rows.stream().map(row -> chosen.stream().map(row::get).toList()).toList();
  }

  private static Set<String> column(List<List<String>> rows, int index) {
    Set<String> values = new HashSet<>();
    rows.forEach(row -> values.add(row.get(index)));
    return values;
  }

  /** The columns in the order of equal sequences; rows that tie in a sorted column may swap. */
  private boolean sameOrder(ResultRows gold, List<Integer> chosen) {
    List<List<String>> own = project(chosen);
    if (own.equals(gold.rows)) {
      return true;
    }
    for (int i = 0; i < gold.columns; i++) {
      int index = i;
      List<String> wanted = gold.rows.stream().map(row -> row.get(index)).toList();
      List<String> given = own.stream().map(row -> row.get(index)).toList();
      boolean grouped = isGrouped(wanted) && new HashSet<>(wanted).size() > 1;
      if (grouped && given.equals(wanted)) {
        return true;
      }
    }
    return false;
  }

  /** Whether equal values stand together, as they do in a sorted column. */
  private static boolean isGrouped(List<String> values) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < values.size(); i++) {
      if ((i == 0 || !values.get(i).equals(values.get(i - 1))) && !seen.add(values.get(i))) {
        return false;
      }
    }
    return true;
  }
}
