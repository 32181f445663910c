package io.sally.ask.offline;

import io.sally.ask.words.Sense;
import io.sally.ask.words.Vocabulary;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Divides the tokens into the pieces that together can be placed best, each with all that it may
 * mean. Immutable.
 */
final class Segmenter {
  /** A name of the schema comes before a verb that says little, and after any other such word. */
  private static final double LINK = 0.9;

  private final Vocabulary vocabulary;
  private final Tokenizer tokenizer;
  private final DateReader dates;

  Segmenter(Vocabulary vocabulary, Tokenizer tokenizer) {
    this.vocabulary = vocabulary;
    this.tokenizer = tokenizer;
    this.dates = new DateReader(vocabulary);
  }

  List<Segment> segments(List<Token> tokens, Lexicon lexicon, LocalDate today) {
    int count = tokens.size();
    int width = Math.max(lexicon.longest(), vocabulary.longestPhrase());
    double[] best = new double[count + 1];
    Arrays.fill(best, 1, count + 1, Double.NEGATIVE_INFINITY);
    @Nullable Segment[] last = new Segment[count + 1];
    for (int from = 0; from < count; from++) {
      Optional<DateReader.Reading> date = dates.read(tokens, from, today);
      for (int to = from + 1; to <= count; to++) {
        if (to > from + width && (date.isEmpty() || date.get().end() < to)) {
          break;
        }
        Segment segment = segment(tokens, from, to, lexicon, date);
        if (segment.isUnplaced() && to > from + 1) {
          continue;
        }
        double score = best[from] + score(segment);
        if (score > best[to]) {
          best[to] = score;
          last[to] = segment;
        }
      }
    }
    ArrayDeque<Segment> segments = new ArrayDeque<>();
    for (Segment segment = last[count]; segment != null; segment = last[segment.from()]) {
      segments.addFirst(segment);
    }
    return List.copyOf(segments);
  }

  // Longer pieces say more than their words one by one, so they win over equal coverage.
  private static double score(Segment segment) {
    int length = segment.to() - segment.from();
    return segment.isUnplaced()
        ? 0
        : segment.matches().get(0).score() * length + 0.2 * (length - 1);
  }

  private Segment segment(
      List<Token> tokens, int from, int to, Lexicon lexicon, Optional<DateReader.Reading> date) {
    List<Token> part = tokens.subList(from, to);
    String text = String.join(" ", part.stream().map(Token::text).toList());
    List<Match> matches = new ArrayList<>();
    if (date.filter(d -> d.end() == to).isPresent()) {
      Period period = date.get().period();
      matches.add(new Match(new Meaning.OfPeriod(period), 1.1, period.assumption()));
    }
    if (part.stream().allMatch(t -> t.is(Token.Kind.WORD) || t.is(Token.Kind.SIGN))) {
      String lemmas = String.join(" ", part.stream().map(Token::lemma).toList());
      vocabulary
          .phrase(lemmas)
          .filter(entry -> entry.sense() != Sense.SORT || !part.get(0).text().endsWith("s"))
          .ifPresent(
              entry ->
                  matches.add(
                      new Match(
                          new Meaning.Function(entry.sense(), entry.hints()),
                          entry.sense() == Sense.LINK ? LINK : 1.0,
                          null)));
    }
    if (part.size() == 1) {
      single(part.get(0)).ifPresent(meaning -> matches.add(new Match(meaning, 1.0, null)));
    }
    if (part.stream().noneMatch(t -> t.is(Token.Kind.SIGN))) {
      for (Match match : lexicon.matches(quotedAsWords(part))) {
        boolean functionWord = match.meaning() instanceof Meaning.OfValue && !matches.isEmpty();
        double worth = functionWord && isWord(matches.get(0)) ? 0.9 : 1.04;
        matches.add(new Match(match.meaning(), match.score() * worth, match.assumption()));
      }
    }
    matches.sort((a, b) -> Double.compare(b.score(), a.score()));
    return new Segment(text, from, to, matches);
  }

  /** Words that compute something are seldom meant as the value that they may also be. */
  private static boolean isWord(Match match) {
    return match.meaning() instanceof Meaning.Function function
        && EnumSet.of(
                Sense.AVERAGE, Sense.MEDIAN, Sense.SUM, Sense.COUNT, Sense.MINIMUM, Sense.MAXIMUM)
            .contains(function.sense());
  }

  private List<Token> quotedAsWords(List<Token> part) {
    return part.size() == 1 && part.get(0).is(Token.Kind.QUOTED)
        ? tokenizer.tokens(part.get(0).text())
        : part;
  }

  private Optional<Meaning> single(Token token) {
    String lower = token.text().toLowerCase(Locale.ROOT);
    return switch (token.kind()) {
      case NUMBER -> Optional.of(new Meaning.OfNumber(number(lower)));
      case QUOTED -> Optional.of(new Meaning.OfText(token.text()));
      case WORD ->
          vocabulary
              .number(lower)
              .<Meaning>map(Meaning.OfNumber::new)
              .or(
                  () ->
                      vocabulary
                          .date("UNIT", lower)
                          .map(unit -> new Meaning.OfUnit(Unit.valueOf(unit))));
      case DATE, SIGN -> Optional.empty();
    };
  }

  private static BigDecimal number(String lower) {
    String plain = lower.replace(",", "");
    if (plain.endsWith("k")) {
      return new BigDecimal(plain.substring(0, plain.length() - 1))
          .multiply(BigDecimal.valueOf(1000));
    } else if (plain.endsWith("m")) {
      return new BigDecimal(plain.substring(0, plain.length() - 1))
          .multiply(BigDecimal.valueOf(1_000_000));
    }
    return new BigDecimal(plain);
  }
}
