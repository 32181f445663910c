package io.sally.ask.words;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The English of questions, read once from the vocabulary files. It knows no schema. Immutable. */
public final class Vocabulary {
  /** A function word with the words that its line gives beside the sense. */
  public record Entry(Sense sense, List<String> hints) {}

  private final Map<String, Entry> phrases = new HashMap<>();
  private final Map<String, List<VocabularyFile.Line>> dates = new HashMap<>();
  private final Map<String, BigDecimal> numbers = new HashMap<>();
  private final Map<String, Set<String>> synonyms = new HashMap<>();
  private final Map<String, List<String>> names = new HashMap<>();
  private final Map<String, List<String>> abbreviations = new HashMap<>();
  private final CodeNames codes = new CodeNames();
  private final Set<String> single = new HashSet<>();
  private int longest = 1;

  /** Reads the files. */
  public Vocabulary(Words words) {
    for (VocabularyFile.Line line : VocabularyFile.read("phrases.txt")) {
      List<String> head = line.headWords();
      Entry entry = new Entry(Sense.valueOf(head.get(0)), head.subList(1, head.size()));
      for (String phrase : line.phrases()) {
        List<String> parts = words.phraseWords(phrase);
        longest = Math.max(longest, parts.size());
        phrases.putIfAbsent(String.join(" ", parts), entry);
        single.addAll(parts);
      }
    }
    for (VocabularyFile.Line line : VocabularyFile.read("dates.txt")) {
      for (String phrase : line.phrases()) {
        dates.computeIfAbsent(phrase, key -> new ArrayList<>()).add(line);
        single.addAll(words.phraseWords(phrase));
      }
    }
    for (VocabularyFile.Line line : VocabularyFile.read("numbers.txt")) {
      line.phrases().forEach(word -> numbers.put(word, new BigDecimal(line.head())));
    }
    for (VocabularyFile.Line line : VocabularyFile.read("synonyms.txt")) {
      for (String word : line.phrases()) {
        synonyms
            .computeIfAbsent(words.stem(words.lemma(word)), key -> new LinkedHashSet<>())
            .addAll(line.phrases().stream().map(w -> words.stem(words.lemma(w))).toList());
      }
    }
    for (VocabularyFile.Line line : VocabularyFile.read("abbreviations.txt")) {
      line.phrases().forEach(word -> abbreviations.put(word, words.phraseWords(line.head())));
    }
    for (VocabularyFile.Line line : VocabularyFile.read("names.txt")) {
      names.put(line.head(), line.phrases());
    }
  }

  /** The function phrase that these lemmas make. */
  public Optional<Entry> phrase(String lemmas) {
    return Optional.ofNullable(phrases.get(lemmas));
  }

  /** The number of words of the longest phrase. */
  public int longestPhrase() {
    return longest;
  }

  /** The argument of a word of dates in one sense. */
  public Optional<String> date(String sense, String lowerCase) {
    return dates.getOrDefault(lowerCase, List.of()).stream()
        .filter(line -> line.headWords().get(0).equals(sense))
        .map(line -> line.headWords().size() > 1 ? line.headWords().get(1) : "")
        .findFirst();
  }

  public Optional<BigDecimal> number(String lowerCase) {
    return Optional.ofNullable(numbers.get(lowerCase));
  }

  /** The stems of the words that may stand for the word of this stem, itself left out. */
  public Collection<String> synonyms(String stem) {
    return synonyms.getOrDefault(stem, Set.of()).stream().filter(s -> !s.equals(stem)).toList();
  }

  /** The words for which a short form in names stands. */
  public Optional<List<String>> abbreviated(String word) {
    return Optional.ofNullable(abbreviations.get(word));
  }

  /** The words of names of one sense, the better ones first. */
  public List<String> names(String sense) {
    return names.getOrDefault(sense, List.of());
  }

  /** The names that people give to the codes which are all that the column holds. */
  public Map<String, String> codeNames(List<String> columnWords, List<String> values) {
    return codes.of(columnWords, values);
  }

  /** All words of the phrases. */
  public Set<String> words() {
    return single;
  }
}
