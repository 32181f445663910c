package io.sally.ask.context;

/**
 * Counts the tokens of a text without a model's own tokenizer, on the high side: a run of letters
 * is one for each begun six, digits one for each begun three, other marks one each, and what is
 * neither Latin nor Greek nor Cyrillic one a character. Line breaks and indents are one each.
 */
final class Tokens {
  private static final int LETTERS = 6;
  private static final int DIGITS = 3;
  private static final int FAR_SCRIPTS = 0x590;

  private enum Run {
    NONE,
    LETTERS,
    DIGITS,
    SPACE
  }

  private Tokens() {}

  static int of(String text) {
    int tokens = 0;
    Run run = Run.NONE;
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      Run now =
          c < FAR_SCRIPTS && Character.isLetter(c)
              ? Run.LETTERS
              : c >= '0' && c <= '9'
                  ? Run.DIGITS
                  : Character.isWhitespace(c) ? Run.SPACE : Run.NONE;
      length = now == run ? length + 1 : 1;
      run = now;
      boolean counts =
          switch (now) {
            case LETTERS -> length % LETTERS == 1;
            case DIGITS -> length % DIGITS == 1;
            // A single space belongs to the word behind it.
            case SPACE -> c == '\n' || length == 2;
            case NONE -> true;
          };
      if (counts) {
        tokens++;
      }
    }
    return tokens;
  }
}
