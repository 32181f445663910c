package io.sally.ask.normalise;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.parser.SqlAbstractParserImpl;
import org.apache.calcite.sql.parser.SqlParser;

/**
 * Tells whether writing a statement for Calcite changed anything but its spelling. Where it did
 * not, the text that the model gave stays, with its layout and its comments.
 */
final class PlainText {
  private static final Pattern TOKEN =
      Pattern.compile(
          "--[^\\n]*|/\\*.*?\\*/|'[^']*+'|\"[^\"]*+\"|[\\p{L}_][\\p{L}\\p{N}_$]*+|\\d[\\w.]*+"
              + "|<=|>=|<>|\\|\\||\\S",
          Pattern.DOTALL);

  /** Words that can be left out without a change of meaning. */
  private static final Set<String> FILLING = Set.of("AS", "ASC", "INNER", "OUTER");

  private static final SqlAbstractParserImpl.Metadata WORDS = SqlParser.create("").getMetadata();

  private PlainText() {}

  /** Whether the text as given says to Calcite what the written one says. */
  static boolean saysTheSame(String given, String written) {
    List<String> left = tokens(given);
    List<String> right = tokens(written);
    Set<String> aliases = aliases(right);
    int i = 0;
    int j = 0;
    while (i < left.size() && j < right.size()) {
      if (isSame(left.get(i), right.get(j)) && !isQualifier(left, i, right, j)) {
        i++;
        j++;
      } else if (isName(right, j)
          && j + 2 < right.size()
          && right.get(j + 1).equals(".")
          && isSame(left.get(i), right.get(j + 2))
          && !aliases.contains(bare(right.get(j + 2)))) {
        // The writer says of which table a column is.
        i++;
        j += 3;
      } else {
        return false;
      }
    }
    return i == left.size() && j == right.size();
  }

  /** Whether a word of the text is not in what was read of it. */
  static boolean leavesOut(String given, String read) {
    Set<String> words = new HashSet<>();
    tokens(read).forEach(token -> words.add(bare(token).toUpperCase(Locale.ROOT)));
    return tokens(given).stream()
        .filter(token -> Character.isLetter(token.charAt(0)))
        .anyMatch(token -> !words.contains(token.toUpperCase(Locale.ROOT)));
  }

  /** Whether this word, in capitals, stands in the text, outside of literals and comments. */
  static boolean holds(String given, String word) {
    return tokens(given).stream().anyMatch(token -> token.toUpperCase(Locale.ROOT).equals(word));
  }

  private static List<String> tokens(String text) {
    List<String> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(text);
    while (matcher.find()) {
      String token = matcher.group();
      boolean comment = token.startsWith("--") || token.startsWith("/*");
      if (!comment && !FILLING.contains(token.toUpperCase(Locale.ROOT))) {
        tokens.add(token);
      }
    }
    return tokens;
  }

  /** The quoted names that follow no dot: of tables, or given to columns. */
  private static Set<String> aliases(List<String> tokens) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < tokens.size(); i++) {
      boolean qualified = i > 0 && tokens.get(i - 1).equals(".");
      boolean qualifies = i + 1 < tokens.size() && tokens.get(i + 1).equals(".");
      if (isName(tokens, i) && !qualified && !qualifies) {
        names.add(bare(tokens.get(i)));
      }
    }
    return names;
  }

  /** Where {@code t.t} was written for {@code t}, the first is no match of its own. */
  private static boolean isQualifier(List<String> left, int i, List<String> right, int j) {
    return isName(right, j)
        && j + 1 < right.size()
        && right.get(j + 1).equals(".")
        && (i + 1 == left.size() || !left.get(i + 1).equals("."));
  }

  private static boolean isName(List<String> tokens, int i) {
    return tokens.get(i).startsWith("\"");
  }

  private static boolean isSame(String given, String written) {
    if (given.equals(written)) {
      return true;
    } else if (written.startsWith("\"")) {
      return !given.startsWith("\"")
          && bare(written).equalsIgnoreCase(given)
          && !WORDS.isKeyword(given.toUpperCase(Locale.ROOT));
    }
    return !given.startsWith("'") && given.equalsIgnoreCase(written);
  }

  private static String bare(String token) {
    return Names.bare(token).toLowerCase(Locale.ROOT);
  }
}
