package io.sally.ask.offline;

import io.sally.ask.words.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a question into tokens. Immutable. */
final class Tokenizer {
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<quoted>\"[^\"]+\"|“[^”]+”|(?<![\\p{L}\\p{N}])'(?:[^']|'(?=\\p{L}))+'(?!\\p{L}))"
              + "|(?<date>\\d{4}-\\d{1,2}-\\d{1,2})"
              + "|(?<number>-?\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|(?<![\\p{L}\\p{N}])-?\\d+(?:\\.\\d+)?(?:[kKmM](?!\\p{L}))?(?!\\p{L}))"
              + "|(?<word>[\\p{L}\\p{N}]+(?:['’]\\p{L}+)?)"
              + "|(?<sign>>=|<=|<>|!=|[><=,;&#])");

  private final Words words;

  Tokenizer(Words words) {
    this.words = words;
  }

  List<Token> tokens(String question) {
    List<Token> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(question);
    while (matcher.find()) {
      String text = matcher.group();
      if (matcher.group("quoted") != null) {
        tokens.add(plain(Token.Kind.QUOTED, text.substring(1, text.length() - 1)));
      } else if (matcher.group("date") != null) {
        tokens.add(plain(Token.Kind.DATE, text));
      } else if (matcher.group("number") != null) {
        tokens.add(plain(Token.Kind.NUMBER, text));
      } else if (matcher.group("sign") != null) {
        tokens.add(plain(Token.Kind.SIGN, text));
      } else {
        tokens.add(word(text.replace('’', '\'')));
      }
    }
    return tokens;
  }

  private Token word(String written) {
    String text =
        written.endsWith("'s") && !written.equalsIgnoreCase("what's")
            ? written.substring(0, written.length() - 2)
            : written;
    String lemma = words.lemma(text);
    return new Token(Token.Kind.WORD, text, lemma, words.stem(lemma));
  }

  private static Token plain(Token.Kind kind, String text) {
    return new Token(kind, text, text, text);
  }
}
