package io.sally.ask.prepared;

import java.time.DayOfWeek;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells the values that may stand for a time, and so mean something else in another place. */
final class Moments {
  private static final Pattern SHAPE =
      Pattern.compile(
          "(?:1[89]|2[01])\\d\\d|.*\\d[-/.:]\\d.*|(?i)[qh][1-4]|(?i)(?:cw|kw|w)\\d{1,2}|\\d{6}|\\d{8}");
  private static final Set<String> NAMES = names();

  private Moments() {}

  static boolean isMoment(String value) {
    String text = value.strip().toLowerCase(Locale.ROOT);
    return SHAPE.matcher(text).matches()
        || Pattern.compile("[^\\p{L}]+").splitAsStream(text).anyMatch(NAMES::contains);
  }

  private static Set<String> names() {
    Set<String> names =
        new HashSet<>(
            List.of(
                "today",
                "yesterday",
                "tomorrow",
                "now",
                "day",
                "week",
                "month",
                "quarter",
                "year",
                "days",
                "weeks",
                "months",
                "quarters",
                "years",
                "spring",
                "summer",
                "autumn",
                "winter",
                "fall"));
    for (DayOfWeek day : DayOfWeek.values()) {
      names.add(day.getDisplayName(TextStyle.FULL, Locale.ENGLISH).toLowerCase(Locale.ROOT));
      names.add(day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH).toLowerCase(Locale.ROOT));
    }
    for (Month month : Month.values()) {
      names.add(month.getDisplayName(TextStyle.FULL, Locale.ENGLISH).toLowerCase(Locale.ROOT));
      names.add(month.getDisplayName(TextStyle.SHORT, Locale.ENGLISH).toLowerCase(Locale.ROOT));
    }
    return Set.copyOf(names);
  }
}
