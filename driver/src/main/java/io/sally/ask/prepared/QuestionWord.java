package io.sally.ask.prepared;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a question that a value may stand in, or that holds values apart.
 *
 * @param text without the quotes, if there are any
 */
record QuestionWord(Kind kind, String text) {
  /** What it looks like. */
  enum Kind {
    WORD,
    /** A whole number without a sign, a mark or a unit. */
    NUMBER,
    QUOTED,
    MARK
  }

  private static final Pattern PART =
      Pattern.compile(
          "(?<quoted>\"[^\"]+\"|“[^”]+”|«[^»]+»|„[^“”]+[“”]|(?<![^\\s(])'[^']+'(?![\\p{L}\\p{N}]))"
              + "|(?<word>[^\\s\"“”«»„?!;:,()]+)"
              + "|(?<mark>\\S)");

  private static final Pattern WHOLE = Pattern.compile("0|[1-9][0-9]{0,8}");

  /** The words of a question, in their order. */
  static List<QuestionWord> of(String question) {
    List<QuestionWord> words = new ArrayList<>();
    Matcher part = PART.matcher(question.strip().replaceAll("[\\s\\p{Z}]+", " "));
    while (part.find()) {
      if (part.group("quoted") != null) {
        String quoted = part.group("quoted");
        words.add(new QuestionWord(Kind.QUOTED, quoted.substring(1, quoted.length() - 1)));
      } else if (part.group("mark") != null) {
        words.add(new QuestionWord(Kind.MARK, part.group("mark")));
      } else {
        words.addAll(unquoted(part.group("word"), part.end() == part.regionEnd()));
      }
    }
    while (!words.isEmpty() && words.get(words.size() - 1).isEnd()) {
      words.remove(words.size() - 1);
    }
    return words;
  }

  /** A full stop belongs to a word unless the question ends with it. */
  private static List<QuestionWord> unquoted(String word, boolean last) {
    String text = last && word.length() > 1 ? word.replaceAll("\\.+$", "") : word;
    if (text.isEmpty()) {
      return List.of(new QuestionWord(Kind.MARK, "."));
    }
    return List.of(new QuestionWord(WHOLE.matcher(text).matches() ? Kind.NUMBER : Kind.WORD, text));
  }

  private boolean isEnd() {
    return kind == Kind.MARK && (text.equals("?") || text.equals("!") || text.equals("."));
  }

  /** Whether both say the same, whatever their case. */
  boolean isSame(QuestionWord other) {
    return kind == other.kind && text.equalsIgnoreCase(other.text);
  }

  String lower() {
    return text.toLowerCase(Locale.ROOT);
  }
}
