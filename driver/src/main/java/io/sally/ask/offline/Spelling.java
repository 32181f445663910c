package io.sally.ask.offline;

import io.sally.ask.words.Vocabulary;
import io.sally.ask.words.Words;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Mends typing errors in words that are otherwise unknown. Immutable. */
final class Spelling {
  /** The tokens with what was mended in them. */
  record Mended(List<Token> tokens, List<String> assumptions) {}

  private final Words words;
  private final Vocabulary vocabulary;

  Spelling(Words words, Vocabulary vocabulary) {
    this.words = words;
    this.vocabulary = vocabulary;
  }

  Mended mend(List<Token> tokens, Lexicon lexicon) {
    List<Token> mended = new ArrayList<>();
    List<String> assumptions = new ArrayList<>();
    for (Token token : tokens) {
      if (!token.is(Token.Kind.WORD) || isKnown(token, lexicon)) {
        mended.add(token);
        continue;
      }
      Token affirmed = affirmed(token, lexicon);
      if (affirmed != null) {
        mended.add(new Token(Token.Kind.WORD, "not", "not", "not"));
        mended.add(affirmed);
        assumptions.add("“" + token.text() + "” is read as “not " + affirmed.text() + "”.");
        continue;
      }
      List<String> near = words.near(token.lemma(), lexicon.nameWords());
      if (near.isEmpty() && token.lemma().length() > 4) {
        near = words.near(token.lemma(), vocabulary.words());
      }
      List<String> sameStart =
          near.stream().filter(word -> word.charAt(0) == token.lemma().charAt(0)).toList();
      long stems = sameStart.stream().map(words::stem).distinct().count();
      if (stems == 1 && token.text().chars().noneMatch(Character::isDigit)) {
        String word = Collections.max(sameStart, Comparator.comparingInt(String::length));
        mended.add(new Token(Token.Kind.WORD, word, word, words.stem(word)));
        assumptions.add("“" + token.text() + "” is read as “" + word + "”.");
      } else {
        mended.add(token);
      }
    }
    return new Mended(mended, assumptions);
  }

  /** What "inactive" or "unpaid" denies, where a name has that word. */
  private @Nullable Token affirmed(Token token, Lexicon lexicon) {
    String lower = token.text().toLowerCase(Locale.ROOT);
    for (String prefix : vocabulary.names("DENIAL")) {
      if (lower.startsWith(prefix) && lower.length() > prefix.length() + 3) {
        String rest = lower.substring(prefix.length());
        if (lexicon.nameWords().contains(words.lemma(rest))) {
          return new Token(Token.Kind.WORD, rest, words.lemma(rest), words.stem(rest));
        }
      }
    }
    return null;
  }

  private boolean isKnown(Token token, Lexicon lexicon) {
    String lower = token.text().toLowerCase(Locale.ROOT);
    return lexicon.knows(token)
        || vocabulary.number(lower).isPresent()
        || vocabulary.date("MONTH", lower).isPresent()
        || vocabulary.date("UNIT", lower).isPresent()
        || vocabulary.words().contains(lower);
  }
}
