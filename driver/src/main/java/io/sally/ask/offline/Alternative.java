package io.sally.ask.offline;

import java.util.Locale;

/** Another way to ask. It is offered to a person only when it is understood. */
sealed interface Alternative {
  /** The whole question that is asked in place of {@code question}. */
  String to(String question);

  /** A question of its own. */
  record Whole(String text) implements Alternative {
    @Override
    public String to(String question) {
      return text;
    }
  }

  /** The same question with other words in one place. */
  record Instead(String words, String others) implements Alternative {
    @Override
    public String to(String question) {
      int start = question.toLowerCase(Locale.ROOT).indexOf(words.toLowerCase(Locale.ROOT));
      return start < 0 || words.isEmpty()
          ? question
          : question.substring(0, start) + others + question.substring(start + words.length());
    }
  }
}
