package io.sally.ask.words;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.en.EnglishMinimalStemmer;
import org.apache.lucene.util.automaton.CharacterRunAutomaton;
import org.apache.lucene.util.automaton.LevenshteinAutomata;
import org.tartarus.snowball.ext.EnglishStemmer;

/** The forms of English words, by Lucene's stemmers and a list of irregular ones. Immutable. */
public final class Words {
  private static final Pattern PART =
      Pattern.compile("\\p{Lu}+(?!\\p{Ll})|\\p{Lu}?[\\p{L}&&[^\\p{Lu}]]+|\\p{N}+");

  private static final Pattern PHRASE_WORD = Pattern.compile("[\\p{L}\\p{N}'<>=!,;&#]+");

  /** Letters are counted in so many groups. */
  private static final int LETTERS = 64;

  private final Map<String, String> irregular = new HashMap<>();

  /** Reads the irregular forms. */
  public Words() {
    for (VocabularyFile.Line line : VocabularyFile.read("irregular.txt")) {
      line.phrases().forEach(form -> irregular.put(form, line.head()));
    }
  }

  /** The singular in lower case. */
  public String lemma(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    String known = irregular.get(lower);
    if (known != null) {
      return known;
    }
    if (lower.length() > 4 && lower.matches(".*(ches|shes|xes|sses)")) {
      return lower.substring(0, lower.length() - 2);
    }
    if (lower.endsWith("ees")) {
      return lower.substring(0, lower.length() - 1);
    }
    char[] chars = lower.toCharArray();
    return new String(chars, 0, new EnglishMinimalStemmer().stem(chars, chars.length));
  }

  /**
   * What the forms of a word have in common, also across parts of speech: Porter's stem, taken
   * twice, so that a noun in -y and its verb meet.
   */
  public String stem(String word) {
    String once = porter(word);
    return once.endsWith("i") && once.length() > 3
        ? porter(once.substring(0, once.length() - 1))
        : once;
  }

  private static String porter(String word) {
    EnglishStemmer stemmer = new EnglishStemmer();
    stemmer.setCurrent(word);
    return stemmer.stem() ? stemmer.getCurrent() : word;
  }

  /** The lemmas of the words of a name in snake_case or camelCase. */
  public List<String> nameWords(String name) {
    List<String> parts = new ArrayList<>();
    Matcher matcher = PART.matcher(name);
    while (matcher.find()) {
      parts.add(lemma(matcher.group()));
    }
    return parts;
  }

  /** The words of a phrase as lemmas. */
  public List<String> phraseWords(String phrase) {
    List<String> parts = new ArrayList<>();
    Matcher matcher = PHRASE_WORD.matcher(phrase);
    while (matcher.find()) {
      parts.add(lemma(matcher.group()));
    }
    return parts;
  }

  /** Finds the words of {@code known} that differ from {@code word} by a typing error. */
  public List<String> near(String word, Iterable<String> known) {
    if (word.length() < 4) {
      return List.of();
    }
    for (int distance = 1; distance <= (word.length() < 7 ? 1 : 2); distance++) {
      List<String> found = new ArrayList<>();
      for (String candidate : known) {
        if (Math.abs(candidate.length() - word.length()) <= distance
            && lettersApart(word, candidate) <= distance) {
          found.add(candidate);
        }
      }
      if (!found.isEmpty()) {
        // An automaton costs milliseconds, so it judges only what the letters let through.
        CharacterRunAutomaton automaton =
            new CharacterRunAutomaton(new LevenshteinAutomata(word, true).toAutomaton(distance));
        found.removeIf(candidate -> !automaton.run(candidate));
      }
      if (!found.isEmpty()) {
        return found;
      }
    }
    return List.of();
  }

  /** How many letters one word has more than the other, at least: never more than their edits. */
  private static int lettersApart(String one, String other) {
    int[] more = new int[LETTERS];
    for (int i = 0; i < one.length(); i++) {
      more[one.charAt(i) % LETTERS]++;
    }
    for (int i = 0; i < other.length(); i++) {
      more[other.charAt(i) % LETTERS]--;
    }
    int added = 0;
    int removed = 0;
    for (int difference : more) {
      added += Math.max(difference, 0);
      removed += Math.max(-difference, 0);
    }
    return Math.max(added, removed);
  }

  /** A count noun in words: {@code 1 row}, {@code 2 rows}. */
  public static String plural(String noun) {
    if (noun.endsWith("s") && !noun.endsWith("ss") && !noun.endsWith("us")) {
      return noun;
    }
    if (noun.matches(".*[^aeiou]y")) {
      return noun.substring(0, noun.length() - 1) + "ies";
    }
    return noun.matches(".*(s|x|ch|sh)") ? noun + "es" : noun + "s";
  }
}
