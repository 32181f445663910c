package io.sally.ask.withheld;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The texts of questions that stand in double quotes, each with a placeholder. Immutable.
 *
 * <p>A placeholder has letters of both cases, so that it can be told whether a query compares the
 * text itself or its lower or upper case.
 */
final class WithheldTexts {
  private static final Pattern QUOTED =
      Pattern.compile("\"([^\"]+)\"|“([^“”]+)”|„([^„“”]+)[“”]|«([^«»]+)»");

  /** What may hold a placeholder in SQL, and what must be passed over to find it. */
  private static final Pattern PART =
      Pattern.compile("--[^\\n]*|/\\*(?s:.*?)\\*/|'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"");

  private static final int ANY_CASE = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;

  /** The texts by their placeholders, in the order of the questions. */
  private final Map<String, String> texts;

  private WithheldTexts(Map<String, String> texts) {
    this.texts = texts;
  }

  /** Those of these questions, one after the other. */
  static WithheldTexts of(Stream<String> questions) {
    List<String> all = questions.toList();
    String word = "Value";
    while (String.join("\n", all)
        .toLowerCase(Locale.ROOT)
        .contains(word.toLowerCase(Locale.ROOT))) {
      word += "Of";
    }
    Set<String> found =
        all.stream()
            .flatMap(WithheldTexts::quoted)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    Map<String, String> texts = new LinkedHashMap<>();
    for (String text : found) {
      texts.put(word + (texts.size() + 1) + "Text", text);
    }
    return new WithheldTexts(texts);
  }

  private static Stream<String> quoted(String question) {
    return QUOTED
        .matcher(question)
        .results()
        .map(WithheldTexts::between)
        .filter(text -> !text.isBlank());
  }

  private static String between(MatchResult quoted) {
    String whole = quoted.group();
    return whole.substring(1, whole.length() - 1);
  }

  boolean isEmpty() {
    return texts.isEmpty();
  }

  /**
   * The text without those that are withheld, wherever they stand in it as words of their own, in
   * whatever case and as SQL writes them.
   */
  String hidden(String text) {
    Map<String, String> placeholders = new LinkedHashMap<>();
    texts.forEach(
        (placeholder, withheld) ->
            written(withheld).forEach(one -> placeholders.putIfAbsent(one, placeholder)));
    // The longest first: another may be a part of it.
    String any =
        placeholders.keySet().stream()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .map(WithheldTexts::asWords)
            .collect(Collectors.joining("|"));
    // All at once: a text may be a part of the placeholder of another.
    return any.isEmpty()
        ? text
        : Pattern.compile(any, ANY_CASE)
            .matcher(text)
            .replaceAll(found -> Matcher.quoteReplacement(placeholder(found, placeholders)));
  }

  private static String placeholder(MatchResult found, Map<String, String> placeholders) {
    String exact = placeholders.get(found.group());
    return exact != null
        ? exact
        : placeholders.entrySet().stream()
            .filter(
                one ->
                    Pattern.compile(Pattern.quote(one.getKey()), ANY_CASE)
                        .matcher(found.group())
                        .matches())
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse("");
  }

  /** How SQL and messages may write a text; letters such as ß are several in upper case. */
  private static List<String> written(String text) {
    List<String> written = new ArrayList<>();
    for (String cased :
        List.of(text, text.toLowerCase(Locale.ROOT), text.toUpperCase(Locale.ROOT))) {
      for (String one : List.of(cased, cased.strip())) {
        written.add(one);
        written.add(one.replace("'", "''"));
        written.add(one.replace("\"", "\"\""));
        written.add(new String(JsonStringEncoder.getInstance().quoteAsString(one)));
      }
    }
    return written;
  }

  private static String asWords(String text) {
    return (Character.isLetterOrDigit(text.codePointAt(0)) ? "(?<![\\p{L}\\p{N}])" : "")
        + Pattern.quote(text)
        + (Character.isLetterOrDigit(text.codePointBefore(text.length()))
            ? "(?![\\p{L}\\p{N}])"
            : "");
  }

  /** The same with what the model must know of the placeholders. */
  String question(String question) {
    return hidden(question)
        + " ("
        + String.join(", ", texts.keySet())
        + (texts.size() == 1
            ? " stands for a text that is withheld from you. Write it"
            : " stand for texts that are withheld from you. Write each")
        + " as a literal of its own, as '"
        + texts.keySet().iterator().next()
        + "', where the text belongs.)";
  }

  /** What is told with the texts in the place of their placeholders. */
  String shown(String told) {
    String shown = told;
    for (Map.Entry<String, String> withheld : texts.entrySet()) {
      shown =
          Pattern.compile(withheld.getKey(), ANY_CASE)
              .matcher(shown)
              .replaceAll(Matcher.quoteReplacement(withheld.getValue()));
    }
    return shown;
  }

  /** The query with the texts in its literals and quoted names. */
  String restored(String sql) {
    return PART.matcher(sql)
        .replaceAll(
            part -> {
              String written = part.group();
              return Matcher.quoteReplacement(
                  switch (written.charAt(0)) {
                    case '\'' -> restored(written, text -> text.replace("'", "''"));
                    // In some manners of SQL a text stands in double quotes.
                    case '"' -> restored(written, text -> text.replace("\"", "\"\""));
                    default -> written;
                  });
            });
  }

  private String restored(String written, UnaryOperator<String> escaped) {
    String restored = written;
    for (Map.Entry<String, String> withheld : texts.entrySet()) {
      String placeholder = withheld.getKey();
      String text = escaped.apply(withheld.getValue());
      restored =
          restored
              .replace(placeholder, text)
              .replace(placeholder.toLowerCase(Locale.ROOT), text.toLowerCase(Locale.ROOT))
              .replace(placeholder.toUpperCase(Locale.ROOT), text.toUpperCase(Locale.ROOT));
    }
    return restored;
  }

  /**
   * The first text that the query cannot mean as the question does: one of the question whose
   * placeholder stands in none of its literals; one whose placeholder stands elsewhere or in a
   * writing that does not tell its case; and one with a backslash, which means itself in one manner
   * of SQL and the next character in another.
   */
  Optional<String> missedBy(String sql, String question) {
    Set<String> asked = quoted(question).collect(Collectors.toSet());
    String written = withoutComments(sql);
    String left = withoutComments(restored(sql)).toLowerCase(Locale.ROOT);
    return texts.entrySet().stream()
        .filter(
            withheld -> {
              String placeholder = withheld.getKey().toLowerCase(Locale.ROOT);
              boolean isUsed = written.toLowerCase(Locale.ROOT).contains(placeholder);
              return isUsed
                  ? left.contains(placeholder) || withheld.getValue().contains("\\")
                  : asked.contains(withheld.getValue());
            })
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static String withoutComments(String sql) {
    return PART.matcher(sql)
        .replaceAll(
            part ->
                part.group().startsWith("'") || part.group().startsWith("\"")
                    ? Matcher.quoteReplacement(part.group())
                    : " ");
  }
}
