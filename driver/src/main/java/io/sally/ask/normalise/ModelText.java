package io.sally.ask.normalise;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the statement in what a model gave: within a markdown fence, before and after prose. */
final class ModelText {
  private static final Pattern FENCE =
      Pattern.compile(
          "```[ \\t]*+(?:[A-Za-z+#-]*+[ \\t]*+\\R|(?i:sql\\b)?+)(.*?)(?:```|\\z)", Pattern.DOTALL);
  private static final Pattern FENCED_LINE = Pattern.compile("(?m)^[ \\t]*+```");
  private static final Pattern START =
      Pattern.compile(
          "(?im)(?:^|:)[ \\t]*+(?:SQL\\s*+:\\s*+)?(?=(?:SELECT|WITH|VALUES|\\(\\s*+SELECT)\\b)");
  private static final Pattern PROSE =
      Pattern.compile("\\A\\s*+[A-Z][A-Za-z']*+[ ,:].*", Pattern.DOTALL);
  private static final Pattern CLOSING_PROSE =
      Pattern.compile(
          "(?<=\\S)[ \\t]*+\\R[ \\t]*+\\R\\s*+(?=(?:This|The|Note|Here|It|Explanation|In|I)\\b"
              + "[^()=]{0,2000}[.:]\\s*+\\z)");

  /** What a query begins with. */
  private static final Set<String> QUERY = Set.of("SELECT", "WITH", "VALUES", "TABLE");

  /** What other statements begin with: they stay, for the engine to refuse. */
  private static final Set<String> STATEMENT =
      Set.of(
          "ALTER",
          "ATTACH",
          "BEGIN",
          "CALL",
          "COPY",
          "CREATE",
          "DECLARE",
          "DELETE",
          "DO",
          "DROP",
          "EXEC",
          "EXECUTE",
          "EXPLAIN",
          "GRANT",
          "INSERT",
          "LOAD",
          "MERGE",
          "PRAGMA",
          "REPLACE",
          "REVOKE",
          "SET",
          "TRUNCATE",
          "UPDATE",
          "USE");

  private ModelText() {}

  /** Whether something follows a semicolon. */
  static boolean holdsSeveral(String statement) {
    return semicolon(statement) >= 0;
  }

  /** The text with {@code \'} in its literals as the standard writes it. */
  static String withQuotesDoubled(String text) {
    StringBuilder written = new StringBuilder();
    boolean inside = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\'') {
        inside = !inside;
      } else if (inside && c == '\\' && i + 1 < text.length()) {
        char next = text.charAt(++i);
        written.append(next == '\'' ? "''" : "\\" + next);
        continue;
      }
      written.append(c);
    }
    return written.toString();
  }

  /** The statement without fence, prose and closing semicolon. */
  static String statement(String given) {
    String text = given;
    boolean fenced = FENCED_LINE.matcher(text).find() || !QUERY.contains(firstWord(text));
    Matcher fence = FENCE.matcher(text);
    if (fenced && fence.find()) {
      text = fence.group(1);
    }
    Matcher start = START.matcher(text);
    if (isProse(text) && start.find()) {
      text = text.substring(start.end());
    }
    Matcher closing = CLOSING_PROSE.matcher(text);
    if (closing.find() && first(text, closing.start()) == closing.start()) {
      text = text.substring(0, closing.start());
    }
    return withoutTail(text).strip();
  }

  /** A sentence, and neither a query nor another statement. */
  private static boolean isProse(String text) {
    String word = firstWord(text);
    return !word.isEmpty() && !QUERY.contains(word) && !STATEMENT.contains(word);
  }

  /** The first word in capitals, after comments and parentheses; empty where there is none. */
  private static String firstWord(String text) {
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      int after = afterComment(text, i);
      if (after > i) {
        i = after;
      } else if (Character.isWhitespace(c) || c == '(') {
        i++;
      } else {
        break;
      }
    }
    int end = i;
    while (end < text.length() && Character.isLetter(text.charAt(end))) {
      end++;
    }
    return text.substring(i, end).toUpperCase(Locale.ROOT);
  }

  /** The text up to its first semicolon, when nothing but prose follows that. */
  private static String withoutTail(String text) {
    int end = semicolon(text);
    if (end < 0) {
      return text;
    }
    String rest = text.substring(end + 1);
    int i = 0;
    while (i < rest.length()) {
      int after = afterComment(rest, i);
      if (after == i && !Character.isWhitespace(rest.charAt(i))) {
        break;
      }
      i = Math.max(after, i + 1);
    }
    boolean nothing = i >= rest.length();
    return nothing || (PROSE.matcher(rest).matches() && isProse(rest))
        ? text.substring(0, end)
        : text;
  }

  /** The first semicolon outside of texts, quoted names and comments, or -1. */
  private static int semicolon(String text) {
    return first(text, -1);
  }

  /** The first semicolon or the wanted place, whichever comes first outside of all quotes. */
  private static int first(String text, int wanted) {
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      int comment = afterComment(text, i);
      if (c == ';' || i == wanted) {
        return i;
      } else if (c == '\'' || c == '"' || c == '`') {
        int close = text.indexOf(c, i + 1);
        i = close < 0 ? text.length() : close + 1;
      } else {
        i = Math.max(comment, i + 1);
      }
    }
    return -1;
  }

  /** The place after the comment that begins here; here where none does. */
  private static int afterComment(String text, int i) {
    String closing = text.startsWith("--", i) ? "\n" : text.startsWith("/*", i) ? "*/" : null;
    if (closing == null) {
      return i;
    }
    int close = text.indexOf(closing, i + 2);
    return close < 0 ? text.length() : close + closing.length();
  }
}
