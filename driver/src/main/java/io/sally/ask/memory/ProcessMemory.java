package io.sally.ask.memory;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Remembers as long as the process has a connection open. Thread-safe. */
public final class ProcessMemory implements AskMemory {
  private static final int MOST_LOGGED = 1_000;

  private final int mostTranslations;
  private final Map<String, Remembered> translations = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<String, AskedQuestion> questions = new LinkedHashMap<>();
  private final Map<String, Departure> departures = new LinkedHashMap<>();
  private final Map<LocalDate, long[]> spent = new HashMap<>();

  /**
   * @param mostTranslations how many translations to keep, beside those that are pinned; at least 1
   */
  public ProcessMemory(int mostTranslations) {
    if (mostTranslations < 1) {
      throw new IllegalArgumentException("At least one translation is kept");
    }
    this.mostTranslations = mostTranslations;
  }

  @Override
  public synchronized List<Remembered> of(String question, List<String> schemaPath) {
    List<Remembered> found =
        new ArrayList<>(
            translations.values().stream()
                .filter(t -> t.question().equals(question) && t.schemaPath().equals(schemaPath))
                .toList());
    // Being given out is a use.
    found.forEach(t -> translations.get(t.id()));
    Collections.reverse(found);
    return found;
  }

  @Override
  public synchronized Optional<Remembered> byId(String id) {
    return Optional.ofNullable(translations.get(id));
  }

  @Override
  public synchronized void keep(Remembered translation) {
    translations.put(translation.id(), translation);
    long kept = translations.values().stream().filter(t -> !t.pinned()).count();
    var eldest = translations.values().iterator();
    while (kept > mostTranslations && eldest.hasNext()) {
      if (!eldest.next().pinned()) {
        eldest.remove();
        kept--;
      }
    }
  }

  @Override
  public synchronized boolean pin(String id, boolean pinned) {
    Remembered translation = translations.get(id);
    if (translation == null) {
      return false;
    }
    if (pinned) {
      translations.replaceAll(
          (other, t) ->
              t.question().equals(translation.question())
                      && t.schemaPath().equals(translation.schemaPath())
                  ? t.withPin(false)
                  : t);
    }
    keep(translation.withPin(pinned));
    return true;
  }

  @Override
  public synchronized List<Remembered> translations() {
    return newestFirst(translations.values());
  }

  @Override
  public synchronized List<Remembered> pinned() {
    return newestFirst(translations.values()).stream().filter(Remembered::pinned).toList();
  }

  @Override
  public synchronized void log(AskedQuestion question) {
    questions.put(question.id(), question);
    bound(questions);
  }

  @Override
  public synchronized List<AskedQuestion> questions() {
    return newestFirst(questions.values());
  }

  @Override
  public synchronized Spent reserve(LocalDate day, long tokens, Budget budget) {
    spent.keySet().removeIf(other -> other.isBefore(day.minusDays(1)));
    long[] today = spent.computeIfAbsent(day, unused -> new long[2]);
    Spent before = new Spent(budget.allows(today[0], today[1], tokens), today[0], today[1]);
    if (before.admitted()) {
      today[0]++;
      today[1] += tokens;
    }
    return before;
  }

  @Override
  public synchronized void spend(LocalDate day, long tokens) {
    spent.computeIfAbsent(day, unused -> new long[2])[1] += tokens;
  }

  @Override
  public synchronized void sent(Departure departure) {
    departures.put(departure.id(), departure);
    bound(departures);
  }

  @Override
  public synchronized void answered(String departure, long bytesIn) {
    departures.computeIfPresent(departure, (id, left) -> left.withAnswer(bytesIn));
  }

  @Override
  public synchronized List<Departure> departures() {
    return newestFirst(departures.values());
  }

  private static <V> List<V> newestFirst(Collection<V> values) {
    List<V> reversed = new ArrayList<>(values);
    Collections.reverse(reversed);
    return List.copyOf(reversed);
  }

  private static void bound(Map<String, ?> entries) {
    var eldest = entries.entrySet().iterator();
    for (int excess = entries.size() - MOST_LOGGED; excess > 0; excess--) {
      eldest.next();
      eldest.remove();
    }
  }

  @Override
  public void close() {}
}
