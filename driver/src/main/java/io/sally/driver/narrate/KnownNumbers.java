package io.sally.driver.narrate;

import io.sally.driver.answer.AnswerRows;
import io.sally.driver.value.Texts;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The numbers that an answer holds, against which the sentences about it are held: in digits, in
 * the manner of any country, and in the words that commonly stand for numbers. In doubt a number is
 * a foreign one. Immutable.
 */
final class KnownNumbers {
  /** Digits with marks between them; a space of no width of its own may divide thousands. */
  private static final Pattern NUMBER =
      Pattern.compile(
          "(?<sign>(?<![\\p{L}\\p{Nd}])[-−–])?\\p{Nd}+(?:[.,:/'’\\u00a0\\u202f]\\p{Nd}+)*");

  private static final Pattern PART = Pattern.compile("\\d+");

  /** ½, ², Ⅷ. */
  private static final Pattern SIGN = Pattern.compile("[\\p{No}\\p{Nl}]");

  private static final Pattern TOKEN = Pattern.compile("[\\p{L}\\p{Nd}]+");
  private static final Pattern WORD = Pattern.compile("\\p{L}+");
  private static final Pattern ENGLISH =
      Pattern.compile(
          "[-−]?\\d{1,3}(?:[,'’\\u00a0\\u202f]\\d{3})+(?:\\.\\d+)?|[-−]?\\d+(?:\\.\\d+)?");
  private static final Pattern CONTINENTAL =
      Pattern.compile("[-−]?\\d{1,3}(?:[.'’\\u00a0\\u202f]\\d{3})+(?:,\\d+)?|[-−]?\\d+(?:,\\d+)?");

  /** Several numbers in one, as in dates and times. */
  private static final Pattern MOMENT =
      Pattern.compile("\\d{1,4}([./])\\d{1,2}\\1\\d{1,4}|\\d{1,2}:\\d{2}(?::\\d{2}(?:[.,]\\d+)?)?");

  /** What follows a number and makes another of it: 12k, 12 %, 12M. */
  private static final Pattern SCALE =
      Pattern.compile("\\G(?:\\h?(?<share>[%‰]|(?i:percent|prozent)\\b)|(?<letters>\\p{L}+))");

  private static final Pattern ORDINAL = Pattern.compile("st|nd|rd|th|er|ème|te|ten|ter|º|ª");

  /** Titles of columns whose numbers are hundredths. */
  private static final Pattern SHARE =
      Pattern.compile("(?i)%|per_?cent|pct|share|rate|ratio|prozent|anteil|quote");

  private static final Map<String, Integer> WORDS = words();

  /** Words that make a number of another, or a share of something. */
  private static final Set<String> MAKING =
      Set.of(
          "hundred",
          "hundreds",
          "thousand",
          "thousands",
          "million",
          "millions",
          "billion",
          "billions",
          "trillion",
          "dozen",
          "dozens",
          "half",
          "twice",
          "double",
          "doubled",
          "doubles",
          "triple",
          "tripled",
          "triples",
          "quadruple",
          "hundert",
          "tausend",
          "millionen",
          "milliarde",
          "milliarden",
          "dutzend",
          "hälfte",
          "doppelt",
          "dreifach",
          "cent",
          "mille",
          "milliers",
          "milliard",
          "moitié",
          "cien",
          "ciento",
          "cientos",
          "miles",
          "millones",
          "mitad");

  private final Set<BigDecimal> numbers = new HashSet<>();
  private final Set<String> words = new HashSet<>();
  private final Set<String> tokens = new HashSet<>();
  private boolean shares;

  private KnownNumbers() {}

  /** Those of the rows, and how many rows there are. */
  static KnownNumbers of(AnswerRows rows) {
    KnownNumbers known = new KnownNumbers();
    known.add(BigDecimal.valueOf(rows.rows().size()));
    known.shares = rows.columns().stream().anyMatch(column -> SHARE.matcher(column.label()).find());
    for (List<@Nullable Object> row : rows.rows()) {
      for (Object value : row) {
        if (value != null) {
          known.add(Texts.toText(value));
        }
      }
    }
    return known;
  }

  private void add(String text) {
    String latin = latin(text);
    NUMBER
        .matcher(latin)
        .results()
        .map(MatchResult::group)
        .forEach(
            written -> {
              Optional<BigDecimal> number = plain(written);
              number.ifPresent(this::add);
              if (number.isEmpty()) {
                // The hour of a time, and whatever else holds several.
                PART.matcher(written).results().forEach(part -> add(new BigDecimal(part.group())));
              }
            });
    WORD.matcher(lower(text)).results().map(MatchResult::group).forEach(words::add);
    SIGN.matcher(text).results().map(MatchResult::group).forEach(words::add);
    TOKEN.matcher(lower(latin)).results().map(MatchResult::group).forEach(tokens::add);
    shares |= latin.contains("%");
  }

  private void add(BigDecimal number) {
    numbers.add(number.stripTrailingZeros());
  }

  /** The first number of the sentences that the answer does not hold. */
  Optional<String> firstForeign(String sentences) {
    String latin = latin(sentences);
    Matcher number = NUMBER.matcher(latin);
    while (number.find()) {
      if (!isKnown(number.group())) {
        return Optional.of(number.group());
      }
      Matcher scale = SCALE.matcher(latin);
      if (scale.find(number.end()) && !isKnownScale(number.group(), scale)) {
        return Optional.of(number.group() + scale.group());
      }
    }
    Matcher sign = SIGN.matcher(sentences);
    while (sign.find()) {
      if (!words.contains(sign.group())) {
        return Optional.of(sign.group());
      }
    }
    return WORD.matcher(lower(sentences))
        .results()
        .map(MatchResult::group)
        .filter(word -> !words.contains(word))
        .filter(word -> MAKING.contains(word) || isForeignWord(word))
        .findFirst();
  }

  private boolean isKnownScale(String number, Matcher scale) {
    String letters = scale.group("letters");
    return letters == null
        ? shares
        : ORDINAL.matcher(lower(letters)).matches() || tokens.contains(lower(number + letters));
  }

  private boolean isForeignWord(String word) {
    Integer number = WORDS.get(word);
    return number != null && !numbers.contains(BigDecimal.valueOf(number).stripTrailingZeros());
  }

  private boolean isKnown(String written) {
    String unsigned = written.replaceFirst("^[-−–]", "");
    if (MOMENT.matcher(unsigned).matches()) {
      return PART.matcher(unsigned)
          .results()
          .allMatch(part -> numbers.contains(new BigDecimal(part.group()).stripTrailingZeros()));
    }
    String signed = unsigned.equals(written) ? written : "-" + unsigned;
    return isKnown(signed, ENGLISH, "[,'’\\u00a0\\u202f]")
        || isKnown(signed, CONTINENTAL, "[.'’\\u00a0\\u202f]");
  }

  private boolean isKnown(String written, Pattern manner, String grouping) {
    return manner.matcher(written).matches()
        && numbers.contains(
            new BigDecimal(written.replaceAll(grouping, "").replace(',', '.'))
                .stripTrailingZeros());
  }

  /** A number as Java and SQL write it. */
  private static Optional<BigDecimal> plain(String written) {
    String number = written.replaceFirst("^[−–]", "-");
    return number.matches("-?\\d+(?:\\.\\d+)?")
        ? Optional.of(new BigDecimal(number))
        : Optional.empty();
  }

  /** The same with the digits of every script as those of ASCII. */
  private static String latin(String text) {
    StringBuilder latin = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER) {
                latin.append((char) ('0' + Character.digit(c, 10)));
              } else {
                latin.appendCodePoint(c);
              }
            });
    return latin.toString();
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static Map<String, Integer> words() {
    Map<String, Integer> words = new HashMap<>();
    put(
        words,
        2,
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
            + " sixteen seventeen eighteen nineteen twenty");
    words.put("zero", 0);
    put(words, 2, "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf");
    put(words, 2, "deux trois quatre cinq six");
    put(words, 8, "huit neuf dix onze douze");
    put(words, 2, "dos tres cuatro cinco seis siete ocho nueve diez");
    int ten = 30;
    for (String word : "thirty forty fifty sixty seventy eighty ninety".split(" ", -1)) {
      words.put(word, ten);
      ten += 10;
    }
    return Map.copyOf(words);
  }

  private static void put(Map<String, Integer> words, int first, String inOrder) {
    int number = first;
    for (String word : inOrder.split(" ", -1)) {
      words.put(word, number++);
    }
  }
}
