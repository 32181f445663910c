package io.sally.ask.offline;

import io.sally.ask.words.Words;

/**
 * A word, number, quoted text or sign of a question.
 *
 * @param text as written, without quotes
 * @param lemma the singular in lower case, see {@link Words#lemma}
 * @param stem what related forms of the word have in common, see {@link Words#stem}
 */
record Token(Kind kind, String text, String lemma, String stem) {
  enum Kind {
    WORD,
    NUMBER,
    DATE,
    QUOTED,
    SIGN
  }

  boolean is(Kind other) {
    return kind == other;
  }
}
