package io.sally.driver.statement;

/**
 * A piece of a statement's text.
 *
 * @param start where it begins in the text, zero-based
 * @param text the piece as written, quotes included
 */
record Token(Kind kind, int start, String text) {
  enum Kind {
    /** White space or a comment. */
    TRIVIA,
    /** A key word or a name without quotes. */
    WORD,
    /** {@code "name"} or {@code `name`}. */
    QUOTED_NAME,
    /** {@code '…'} or {@code N'…'}; the prefix of any other string is a word of its own. */
    STRING,
    NUMBER,
    /** {@code ?}. */
    PLACEHOLDER,
    /** Any other character. */
    SYMBOL
  }

  int end() {
    return start + text.length();
  }

  /** Whether this is the key word, in any case. */
  boolean is(String word) {
    return kind == Kind.WORD && text.equalsIgnoreCase(word);
  }

  boolean is(char symbol) {
    return kind == Kind.SYMBOL && text.length() == 1 && text.charAt(0) == symbol;
  }

  /** What stands between the quotes, with doubled quotes undone. */
  String unquoted() {
    String quote = text.substring(text.length() - 1);
    return text.substring(text.indexOf(quote) + 1, text.length() - 1).replace(quote + quote, quote);
  }
}
