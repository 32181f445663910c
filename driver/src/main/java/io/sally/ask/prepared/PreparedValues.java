package io.sally.ask.prepared;

import io.sally.ask.literals.ComparedLiteral;
import io.sally.ask.memory.Remembered;
import io.sally.ask.prepared.QuestionWord.Kind;
import io.sally.engine.Engine;
import io.sally.engine.Execution;
import io.sally.engine.Limits;
import io.sally.engine.Session;
import io.sally.engine.catalog.Catalogs;
import io.sally.engine.catalog.TableName;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers a question by the translation of another that says the same but for its values: more than
 * 12 sites by that of more than 10. A wrong query would cost more than a call to the language
 * model, and so a value is taken only when
 *
 * <ul>
 *   <li>the known one stands once in its question and once in its query, there as a literal that a
 *       column is compared with, as a bound, or as the number of rows after a word such as "top";
 *   <li>every other literal of that query stands in the other words of the question, and nothing
 *       that was taken for granted speaks of the value;
 *   <li>both are of the same kind, and neither looks like a time, is 0 or 1, or is a word of the
 *       glossary;
 *   <li>the column that it is compared with holds it, and no text column near by that does not hold
 *       the known one too.
 * </ul>
 *
 * <p>Thread-safe.
 */
public final class PreparedValues {
  private static final Logger LOG = LoggerFactory.getLogger(PreparedValues.class);
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int SHORT = 3;

  private final Engine engine;
  private final List<String> glossary;

  /**
   * Values that are looked up through this engine, which remains the caller's to close.
   *
   * @param glossary the terms that mean something of their own
   */
  public PreparedValues(Engine engine, List<String> glossary) {
    this.engine = engine;
    this.glossary = List.copyOf(glossary);
  }

  /**
   * A query for the question.
   *
   * @param explanation of the known translation, with the new values
   * @param remark what a person is told of it
   */
  public record Prepared(String sql, String explanation, String remark) {}

  /**
   * The query of the known translation with the values of this question, or empty.
   *
   * @param question stands alone, as does the known one
   * @param session reads as whoever will run the query
   * @throws SQLException only when the execution was stopped
   */
  public Optional<Prepared> of(
      Remembered known, String question, Catalogs catalogs, Session session, Execution execution)
      throws SQLException {
    List<QuestionWord> asked = QuestionWord.of(question);
    List<QuestionWord> words = QuestionWord.of(known.translation().question());
    if (!mayMatch(words, asked)) {
      return Optional.empty();
    }
    List<Slot> slots = Slots.of(known, words, catalogs, known.schemaPath());
    Optional<List<String>> values =
        slots.isEmpty() ? Optional.empty() : SlotMatch.of(words, slots, asked);
    if (values.isEmpty()) {
      return Optional.empty();
    }
    Map<Slot, String> others = new LinkedHashMap<>();
    for (int i = 0; i < slots.size(); i++) {
      String value = values.get().get(i);
      if (!value.equalsIgnoreCase(slots.get(i).value())) {
        others.put(slots.get(i), value);
      }
    }
    return others.isEmpty()
        ? Optional.empty()
        : prepared(known, question, others, catalogs, session, execution);
  }

  /** A cheap look before the queries are parsed: the questions begin or end alike. */
  private static boolean mayMatch(List<QuestionWord> words, List<QuestionWord> asked) {
    return !words.isEmpty()
        && !asked.isEmpty()
        && words.size() > 1
        && (words.get(0).isSame(asked.get(0))
            || words.get(words.size() - 1).isSame(asked.get(asked.size() - 1)));
  }

  private Optional<Prepared> prepared(
      Remembered known,
      String question,
      Map<Slot, String> others,
      Catalogs catalogs,
      Session session,
      Execution execution)
      throws SQLException {
    for (Map.Entry<Slot, String> other : others.entrySet()) {
      if (!isAlike(other.getKey(), other.getValue())
          || Slots.count(question, other.getValue()) != 1) {
        return Optional.empty();
      }
    }
    Map<Slot, String> literals = new LinkedHashMap<>();
    try (Execution own = engine.begin(new Limits(PATIENCE, 0, 0), execution.clock())) {
      Runnable release = execution.onStop(own::cancel);
      try {
        HeldValues held = new HeldValues(engine, catalogs, session, own);
        for (Map.Entry<Slot, String> other : others.entrySet()) {
          Optional<String> literal =
              literal(other.getKey(), other.getValue(), held, known.translation().tables());
          if (literal.isEmpty()) {
            return Optional.empty();
          }
          literals.put(other.getKey(), literal.get());
        }
      } catch (SQLException e) {
        execution.check();
        LOG.debug("Whether a value is there could not be asked: {}", e.getMessage());
        return Optional.empty();
      } finally {
        release.run();
      }
    }
    return Optional.of(
        new Prepared(
            replaced(known.translation().sql(), literals),
            told(known.translation().explanation(), others),
            remark(known, others)));
  }

  /**
   * Whether the value is of the same kind as the known one, and no word with a sense of its own.
   */
  private boolean isAlike(Slot slot, String value) {
    if (Moments.isMoment(value)) {
      return false;
    }
    if (slot.kind() == Kind.NUMBER) {
      return Slots.isPlain(value);
    }
    boolean glossed =
        glossary.stream()
            .anyMatch(term -> Slots.count(term, value) > 0 || Slots.count(value, term) > 0);
    return !glossed && hasDigit(value) == hasDigit(slot.value()) && !value.matches(".*[%\\\\].*");
  }

  private static boolean hasDigit(String text) {
    return text.chars().anyMatch(Character::isDigit);
  }

  /** The literal as SQL writes it, with the value as the column holds it. */
  private static Optional<String> literal(
      Slot slot, String value, HeldValues held, Iterable<TableName> tables) throws SQLException {
    ComparedLiteral compared = slot.compared();
    if (compared == null) {
      return Optional.of(value);
    }
    if (compared.kind() == ComparedLiteral.Kind.NUMBER) {
      return held.holds(compared, value) ? Optional.of(value) : Optional.empty();
    }
    Optional<String> spelled = held.spelled(compared, value, value.length() <= SHORT);
    return spelled.isPresent() && held.isTold(compared, slot.value(), value, tables)
        ? spelled.map(text -> ComparedLiteral.quoted(compared.fold().apply(text)))
        : Optional.empty();
  }

  private static String replaced(String sql, Map<Slot, String> literals) {
    List<Slot> fromBehind = new ArrayList<>(literals.keySet());
    fromBehind.sort((one, two) -> Integer.compare(two.start(), one.start()));
    StringBuilder text = new StringBuilder(sql);
    for (Slot slot : fromBehind) {
      text.replace(slot.start(), slot.end(), literals.getOrDefault(slot, ""));
    }
    return text.toString();
  }

  private static String told(String explanation, Map<Slot, String> others) {
    String told = explanation;
    for (Map.Entry<Slot, String> other : others.entrySet()) {
      told =
          Pattern.compile(
                  "(?<![\\p{L}\\p{N}])"
                      + Pattern.quote(other.getKey().value())
                      + "(?![\\p{L}\\p{N}])",
                  Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
              .matcher(told)
              .replaceAll(Matcher.quoteReplacement(other.getValue()));
    }
    return told;
  }

  private static String remark(Remembered known, Map<Slot, String> others) {
    List<String> places = new ArrayList<>();
    others.forEach((slot, value) -> places.add(value + " in the place of " + slot.value()));
    return String.format(
        Locale.ROOT,
        "It is the %stranslation of “%s” with %s%s.",
        known.pinned() ? "verified " : "",
        known.translation().question(),
        String.join(" and ", places),
        known.pinned() ? ", which nobody verified" : "");
  }
}
