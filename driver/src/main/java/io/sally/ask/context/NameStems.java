package io.sally.ask.context;

import io.sally.ask.words.Vocabulary;
import io.sally.ask.words.Words;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.analysis.en.EnglishAnalyzer;

/**
 * The words of names and of questions in the form in which they are compared: snake and camel case
 * divided, in the singular, stemmed, short forms written out. Thread-safe; it remembers the words
 * of names, which are those of the catalogs.
 */
final class NameStems {
  private static final Set<String> SAY_NOTHING =
      Set.of(
          "how", "many", "much", "show", "list", "give", "tell", "me", "we", "our", "us", "what",
          "which", "who", "when", "where", "do", "did", "does", "have", "has", "had", "been", "all",
          "each", "every", "per", "from", "than", "can", "i", "my", "them", "were", "there's");

  private static final int MOST_REMEMBERED = 100_000;

  private final Words words = new Words();
  private final Vocabulary vocabulary = new Vocabulary(words);
  private final Map<String, List<String>> remembered = new ConcurrentHashMap<>();

  /** The stems of a name's words, those of its short forms included. */
  List<String> ofName(String name) {
    List<String> known = remembered.get(name);
    if (known != null) {
      return known;
    }
    List<String> stems = new ArrayList<>();
    for (String word : words.nameWords(name)) {
      stems.add(words.stem(word));
      vocabulary
          .abbreviated(word)
          .ifPresent(full -> full.forEach(w -> stems.add(words.stem(words.lemma(w)))));
    }
    List<String> result = List.copyOf(stems);
    if (remembered.size() < MOST_REMEMBERED) {
      remembered.put(name, result);
    }
    return result;
  }

  /** The stems of the words that say something, in their order, each once. */
  List<String> ofPhrase(String phrase) {
    Set<String> stems = new LinkedHashSet<>();
    for (String word : words.phraseWords(phrase)) {
      for (String part : words.nameWords(word)) {
        if (!SAY_NOTHING.contains(part) && !EnglishAnalyzer.ENGLISH_STOP_WORDS_SET.contains(part)) {
          stems.add(words.stem(part));
          vocabulary
              .abbreviated(part)
              .ifPresent(full -> full.forEach(w -> stems.add(words.stem(words.lemma(w)))));
        }
      }
    }
    return List.copyOf(stems);
  }

  /** The stems that often stand for this one. */
  List<String> synonyms(String stem) {
    return List.copyOf(vocabulary.synonyms(stem));
  }

  /** The stems of these that differ from this one by a typing error. */
  List<String> near(String stem, Iterable<String> known) {
    return words.near(stem, known);
  }
}
