package io.sally.ask;

import java.time.DayOfWeek;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decides whether a translation may be right on one day only: whether something in it may have been
 * computed from the day on which it was made, as the date in {@code opened > DATE '2026-10-01'} for
 * "last month" is.
 *
 * <p>In doubt it may: then the question is translated anew the next day, which costs one call. A
 * translation holds for every day when each of its literals stands in the question itself, or can
 * be no date nor a part of one: a text without digits that names no day or month, zero, the numbers
 * from 367 to 1899, a number of rows to fetch, the size of a type, and one unit of time where the
 * question says "last", "next" or the like. What is told of the query is looked at as well. {@code
 * CURRENT_DATE} is right on every day. Stateless.
 */
final class DayBound {
  private static final Pattern LITERAL =
      Pattern.compile(
          "(?<text>'(?:[^']|'')*')"
              + "|(?<![\\p{L}\\p{N}_$.])(?<number>\\d+(?:\\.\\d+)?(?:E[+-]?\\d+)?)");

  /** Where a number says how much, not when. */
  private static final Pattern NO_MOMENTS =
      Pattern.compile(
          "\\b(?:DECIMAL|NUMERIC|VARCHAR|CHAR|CHARACTER|TIMESTAMP|TIME)\\s*\\(\\s*\\d+\\s*(?:,\\s*\\d+\\s*)?\\)"
              + "|\\b(?:FETCH (?:FIRST|NEXT)|LIMIT|OFFSET)\\s+\\d+"
              + "|\\b(?:GROUP|ORDER) BY \\d+\\b"
              + "|\\(\\s*SELECT 1\\s+FROM\\b"
              + "|\\b1\\.0\\b|\\b100\\.0\\b",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern ONE_UNIT =
      Pattern.compile("INTERVAL\\s+'1'\\s+[A-Z]+", Pattern.CASE_INSENSITIVE);
  private static final Pattern NEIGHBOUR =
      Pattern.compile("\\b(?:yesterday|tomorrow|last|past|previous|prior|next|coming)\\b");
  private static final Pattern REMAINDER =
      Pattern.compile("\\b(?:end|rest|remaining|remainder|until|till|since|left)\\b");
  private static final Pattern QUOTED =
      Pattern.compile("\"(?:[^\"]|\"\")*\"|`[^`]*`|'(?:[^']|'')*'");
  private static final Pattern NUMBER = Pattern.compile("\\d+(?:\\.\\d+)?");
  private static final Pattern YEAR = Pattern.compile("\\b(?:19|20|21)\\d\\d\\b");
  private static final Set<String> NAMES = namesOfDaysAndMonths();

  /** Names that are words of every text; as months they stand beside a year. */
  private static final Set<String> COMMON =
      Set.of("may", "mar", "so", "do", "mi", "set", "ago", "out", "sat", "sun");

  private DayBound() {}

  /**
   * Whether the translation may be right on one day only.
   *
   * @param given the SQL that the question builds on, whose literals are as good as its own; empty
   *     where it stands alone
   */
  static boolean isBound(String question, String given, String sql, List<String> told) {
    String words = question.toLowerCase(Locale.ROOT);
    String asked = words + "\n" + given.toLowerCase(Locale.ROOT);
    boolean oneUnit = NEIGHBOUR.matcher(words).find() && !REMAINDER.matcher(words).find();
    return holdsForeignLiteral(asked, oneUnit, sql)
        || told.stream().anyMatch(text -> tellsOfDay(asked, text.toLowerCase(Locale.ROOT)));
  }

  private static boolean holdsForeignLiteral(String asked, boolean oneUnit, String sql) {
    // Names go first, so that nothing inside one is taken for SQL.
    String bare =
        NO_MOMENTS
            .matcher(
                QUOTED
                    .matcher(sql)
                    .replaceAll(
                        quoted ->
                            quoted.group().startsWith("'")
                                ? Matcher.quoteReplacement(quoted.group())
                                : "n"))
            .replaceAll(" ");
    if (oneUnit) {
      bare = ONE_UNIT.matcher(bare).replaceAll(" ");
    }
    List<String> askedNumbers = new ArrayList<>();
    NUMBER.matcher(asked).results().forEach(number -> askedNumbers.add(number.group()));
    Matcher literal = LITERAL.matcher(bare);
    while (literal.find()) {
      String text = literal.group("text");
      String number = literal.group("number");
      if (text != null && text.length() > 2) {
        String value = text.substring(1, text.length() - 1).replace("''", "'");
        if (isForeign(asked, askedNumbers, value.toLowerCase(Locale.ROOT))) {
          return true;
        }
      } else if (number != null && mayBeMoment(number) && !askedNumbers.remove(number)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isForeign(String asked, List<String> askedNumbers, String value) {
    if (value.chars().noneMatch(Character::isDigit)) {
      return NAMES.contains(value) && !asked.contains(value);
    }
    if (NUMBER.matcher(value).matches()) {
      return mayBeMoment(value) && !askedNumbers.remove(value);
    }
    return !asked.contains(value.replace("%", "").strip());
  }

  private static boolean mayBeMoment(String number) {
    if (!number.matches("\\d{1,18}")) {
      return true;
    }
    long value = Long.parseLong(number);
    return value != 0 && (value <= 366 || value >= 1900);
  }

  private static boolean tellsOfDay(String asked, String text) {
    return YEAR.matcher(text).results().anyMatch(year -> !asked.contains(year.group()))
        || Pattern.compile("[^\\p{L}]+")
            .splitAsStream(text)
            .anyMatch(
                word -> NAMES.contains(word) && !COMMON.contains(word) && !asked.contains(word));
  }

  private static Set<String> namesOfDaysAndMonths() {
    Set<String> names = new TreeSet<>();
    for (String language : List.of("en", "de", "fr", "es", "it", "pt", "nl", "pl")) {
      Locale locale = Locale.forLanguageTag(language);
      for (TextStyle style : List.of(TextStyle.FULL, TextStyle.SHORT)) {
        for (DayOfWeek day : DayOfWeek.values()) {
          names.add(day.getDisplayName(style, locale).toLowerCase(Locale.ROOT));
        }
        for (Month month : Month.values()) {
          names.add(month.getDisplayName(style, locale).toLowerCase(Locale.ROOT));
        }
      }
    }
    return Set.copyOf(names);
  }
}
