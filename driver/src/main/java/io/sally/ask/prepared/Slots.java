package io.sally.ask.prepared;

import io.sally.ask.literals.ComparedLiteral;
import io.sally.ask.literals.ComparedLiteral.Operator;
import io.sally.ask.literals.ComparedLiterals;
import io.sally.ask.literals.ComparedNumbers;
import io.sally.ask.literals.ComparedNumbers.Use;
import io.sally.ask.memory.Remembered;
import io.sally.ask.prepared.QuestionWord.Kind;
import io.sally.engine.catalog.Catalogs;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds the values of a translated question in whose place another may stand without the query
 * meaning something else. In doubt there are none. Stateless.
 */
final class Slots {
  private static final int MOST_WORDS = 5;

  /** A text of so few letters stands in many words by chance. */
  private static final int SHORT = 3;

  private static final Pattern QUOTED_NAME = Pattern.compile("\"(?:[^\"]|\"\")*\"");
  private static final Pattern TEXT =
      Pattern.compile(
          "(?<interval>INTERVAL\\s+)?'(?<text>(?:[^']|'')*)'", Pattern.CASE_INSENSITIVE);

  /** A question says how many rows it wants in front of the number. */
  private static final Set<String> RANKING =
      Set.of("top", "first", "last", "bottom", "best", "worst", "the", "largest", "smallest");

  private Slots() {}

  /** The slots in the order of the question; none where one of the query's values is doubtful. */
  static List<Slot> of(
      Remembered known, List<QuestionWord> words, Catalogs catalogs, List<String> schemaPath) {
    String sql = known.translation().sql();
    List<Slot> slots = new ArrayList<>();
    for (ComparedLiteral literal : ComparedLiterals.in(sql, catalogs, schemaPath)) {
      if (literal.operator() == Operator.EQUALS || literal.operator() == Operator.NOT_EQUALS) {
        slot(words, literal).ifPresent(slots::add);
      }
    }
    List<ComparedNumbers.Place> numbers = ComparedNumbers.in(sql);
    numbers.forEach(number -> slot(words, number).ifPresent(slots::add));
    slots.removeIf(
        slot ->
            !isAlone(slot, sql)
                || Moments.isMoment(slot.value())
                || known.translation().assumptions().stream()
                    .anyMatch(told -> count(told, slot.value()) > 0));
    slots.sort(Comparator.comparingInt(Slot::from));
    return isApart(slots) && isAllElseAsked(sql, numbers, words, slots) ? slots : List.of();
  }

  private static Optional<Slot> slot(List<QuestionWord> words, ComparedLiteral literal) {
    List<Slot> places = new ArrayList<>();
    for (int from = 0; from < words.size(); from++) {
      StringBuilder text = new StringBuilder();
      for (int to = from; to < Math.min(words.size(), from + MOST_WORDS); to++) {
        QuestionWord word = words.get(to);
        boolean alone = word.kind() != Kind.WORD;
        if (word.kind() == Kind.MARK || (alone && to > from)) {
          break;
        }
        text.append(to == from ? "" : " ").append(word.text());
        if (text.toString().equalsIgnoreCase(literal.value())) {
          places.add(
              new Slot(
                  from,
                  to + 1,
                  word.kind(),
                  text.toString(),
                  literal.start(),
                  literal.end(),
                  literal));
        }
        if (alone) {
          break;
        }
      }
    }
    boolean fits =
        places.size() == 1
            && (literal.kind() == ComparedLiteral.Kind.TEXT
                || (places.get(0).kind() == Kind.NUMBER && isPlain(places.get(0).value())));
    return fits ? Optional.of(places.get(0)) : Optional.empty();
  }

  private static Optional<Slot> slot(List<QuestionWord> words, ComparedNumbers.Place number) {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      if (words.get(i).kind() == Kind.NUMBER && words.get(i).text().equals(number.text())) {
        places.add(i);
      }
    }
    if (places.size() != 1 || number.use() == Use.COMPARED || !isPlain(number.text())) {
      return Optional.empty();
    }
    int at = places.get(0);
    boolean ranks = at > 0 && RANKING.contains(words.get(at - 1).lower());
    return number.use() == Use.ROWS && !ranks
        ? Optional.empty()
        : Optional.of(
            new Slot(at, at + 1, Kind.NUMBER, number.text(), number.start(), number.end(), null));
  }

  /** None and one are said in other words, and are asked for by other queries. */
  static boolean isPlain(String number) {
    return !number.equals("0") && !number.equals("1");
  }

  /** Whether the value stands nowhere else in the query: in no other literal, name or alias. */
  private static boolean isAlone(Slot slot, String sql) {
    String value = slot.value();
    String within = value.length() > SHORT ? "" : "\\p{L}";
    String around = slot.kind() == Kind.NUMBER ? "\\p{N}" : within;
    return count(sql, value, around) == 1;
  }

  /** How often the text stands in the other, whatever its case; an underscore parts words. */
  static int count(String in, String text) {
    return count(in, text, "\\p{L}\\p{N}");
  }

  /** The same where none of these characters stands around it. */
  private static int count(String in, String text, String around) {
    String pattern =
        around.isEmpty()
            ? Pattern.quote(spaced(text))
            : "(?<![" + around + "])" + Pattern.quote(spaced(text)) + "(?![" + around + "])";
    return (int) Pattern.compile(pattern).matcher(spaced(in)).results().count();
  }

  private static String spaced(String text) {
    return text.toLowerCase(Locale.ROOT).replace("''", "'").replace('_', ' ');
  }

  /** Whether no two share a word or a literal, nor stand beside each other. */
  private static boolean isApart(List<Slot> slots) {
    for (int i = 1; i < slots.size(); i++) {
      if (slots.get(i).from() <= slots.get(i - 1).to()) {
        return false;
      }
    }
    return slots.stream().map(Slot::start).distinct().count() == slots.size();
  }

  /**
   * Whether every other text and every other compared number stands in the other words of the
   * question: what does not may be there because of the value, as the country of a city is.
   */
  private static boolean isAllElseAsked(
      String sql, List<ComparedNumbers.Place> numbers, List<QuestionWord> words, List<Slot> slots) {
    StringBuilder rest = new StringBuilder(" ");
    for (int i = 0; i < words.size(); i++) {
      int at = i;
      boolean inSlot = slots.stream().anyMatch(s -> s.from() <= at && at < s.to());
      rest.append(inSlot ? "|" : words.get(i).lower()).append(' ');
    }
    String asked = plain(rest.toString());
    for (MatchResult text : texts(sql)) {
      String value = plain(text.group(2).replace("''", "'"));
      boolean known =
          text.group(1) != null
              || slots.stream().anyMatch(s -> s.start() == text.start())
              || asked.contains(" " + value.strip());
      if (!known) {
        return false;
      }
    }
    return numbers.stream()
        .filter(number -> number.use() != Use.ROWS)
        .filter(number -> slots.stream().noneMatch(s -> s.start() == number.start()))
        .map(ComparedNumbers.Place::text)
        .allMatch(number -> !isPlain(number) || asked.contains(" " + plain(number).strip() + " "));
  }

  private static List<MatchResult> texts(String sql) {
    String bare =
        QUOTED_NAME
            .matcher(sql)
            .replaceAll(name -> "n".repeat(Math.max(1, name.end() - name.start())));
    return TEXT.matcher(bare).results().collect(Collectors.toList());
  }

  private static String plain(String text) {
    return " " + text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}|]+", " ").strip() + " ";
  }
}
