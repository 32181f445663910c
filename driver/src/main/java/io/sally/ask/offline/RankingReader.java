package io.sally.ask.offline;

import io.sally.ask.offline.Draft.Measure;
import io.sally.ask.offline.Draft.Ranking;
import io.sally.ask.words.Sense;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads orders and superlatives: "top 5", "sorted by", "newest". Confined to one question. */
final class RankingReader {
  /** The hint of an order by the name of the thing, or by what is shown of it. */
  static final String ALPHABETICAL = "alphabetical";

  private final Reading reading;

  RankingReader(Reading reading) {
    this.reading = reading;
  }

  @Nullable Integer count() {
    if (reading.limit != null) {
      Integer given = reading.limit;
      reading.limit = null;
      return given;
    }
    Optional<BigDecimal> number = reading.words.number(reading.at);
    if (number.isPresent()) {
      reading.at++;
      return number.get().intValue();
    }
    return null;
  }

  int limitOrOne() {
    if (reading.draft.ranking != null && reading.draft.ranking.limit() != null) {
      return reading.draft.ranking.limit();
    }
    Integer given = count();
    reading.oneByDefault = given == null;
    return given == null ? 1 : given;
  }

  /**
   * One question ranks by one thing: a second superlative would silently take the first's place.
   */
  void superlative(Sense sense, List<String> hints, String text) {
    if (reading.superlative) {
      reading.unplaced(text);
      return;
    }
    reading.superlative = true;
    switch (sense) {
      case MOST, LEAST -> {
        reading.draft.ranking = new Ranking(null, List.of(), sense == Sense.MOST, limitOrOne());
        reading.rankNext = true;
        reading.rankBySuperlative = true;
      }
      case FREQUENT, RARE -> {
        reading.draft.ranking = new Ranking(null, List.of(), sense == Sense.FREQUENT, limitOrOne());
        reading.draft.measures.add(new Measure(Aggregate.COUNT, null, null));
      }
      default -> {
        reading.draft.ranking =
            new Ranking(null, hints, sense == Sense.SUPERLATIVE_HIGH, limitOrOne());
        // "The longest waiting time": the amount itself is named.
        boolean named =
            reading.words.sense(reading.at) == null
                && reading.words.table(reading.at) == null
                && reading
                    .words
                    .columns(reading.at)
                    .any(c -> Names.isAmount(c.table(), c.column()));
        reading.rankNext = named;
        reading.rankBySuperlative = named;
      }
    }
  }

  void first(String text) {
    Integer rows = count();
    if (rows == null) {
      reading.unplaced(text);
    } else {
      reading.draft.ranking = new Ranking(null, List.of("first"), false, rows);
    }
  }

  /** Reads by what the rows are sorted; false when nothing of the kind follows. */
  boolean sort() {
    if (reading.words.sense(reading.at) == Sense.BY) {
      reading.at++;
    }
    if (!reading.draft.measures.isEmpty() && isMeasure()) {
      reading.draft.ranking = new Ranking(null, List.of(), descending(), limit());
      return true;
    }
    if (reading.at + 1 < reading.words.size()
        && reading.words.sense(reading.at) == null
        && reading.words.table(reading.at) != null
        && reading.words.sense(reading.at + 1) == null
        && !reading.words.columns(reading.at + 1).isEmpty()) {
      reading.lastTable = reading.words.table(reading.at);
      reading.at++;
    }
    if (reading.at < reading.words.size()
        && reading.words.sense(reading.at) == null
        && !reading.words.columns(reading.at).isEmpty()) {
      Mention column = reading.words.columns(reading.at).near(reading.lastTable);
      reading.at++;
      reading.skipName();
      reading.draft.ranking = new Ranking(column, List.of(), descending(), limit());
      return true;
    }
    if (reading.words.sense(reading.at) == Sense.IN) {
      reading.at++;
    }
    if (reading.words.sense(reading.at) == Sense.ASCENDING
        || reading.words.sense(reading.at) == Sense.DESCENDING) {
      return true;
    }
    return false;
  }

  /** Whether what is computed is said again, as "the number of them"; it is read over. */
  private boolean isMeasure() {
    Sense sense = reading.words.sense(reading.at);
    if (sense != Sense.COUNT
        && sense != Sense.SUM
        && sense != Sense.AVERAGE
        && sense != Sense.MEDIAN) {
      return false;
    }
    Aggregate first = reading.draft.measures.get(0).aggregate();
    boolean same =
        switch (sense) {
          case AVERAGE -> first == Aggregate.AVERAGE;
          case MEDIAN -> first == Aggregate.MEDIAN;
          default ->
              first == Aggregate.COUNT
                  || first == Aggregate.COUNT_DISTINCT
                  || first == Aggregate.SUM;
        };
    if (!same) {
      return false;
    }
    reading.at++;
    if (reading.at < reading.words.size()
        && reading.words.sense(reading.at) == null
        && (reading.words.table(reading.at) != null
            || !reading.words.columns(reading.at).isEmpty())) {
      reading.at++;
    }
    return true;
  }

  private @Nullable Integer limit() {
    return reading.draft.ranking == null || reading.oneByDefault
        ? null
        : reading.draft.ranking.limit();
  }

  private boolean descending() {
    if (reading.words.sense(reading.at) == Sense.IN) {
      reading.at++;
    }
    if (reading.words.sense(reading.at) == Sense.DESCENDING) {
      reading.at++;
      return true;
    }
    if (reading.words.sense(reading.at) == Sense.ASCENDING) {
      reading.at++;
    }
    return false;
  }

  private static boolean isReverse(String text) {
    return text.toLowerCase(Locale.ROOT).startsWith("reverse");
  }

  void direction(Sense sense, String text) {
    if (text.toLowerCase(Locale.ROOT).contains("alphabetical")) {
      reading.draft.ranking = new Ranking(null, List.of(ALPHABETICAL), isReverse(text), limit());
      return;
    }
    if (reading.draft.ranking != null) {
      reading.draft.ranking =
          new Ranking(
              reading.draft.ranking.column(),
              reading.draft.ranking.hints(),
              sense == Sense.DESCENDING,
              limit());
      reading.oneByDefault = false;
    } else if (!reading.draft.measures.isEmpty()) {
      reading.draft.ranking = new Ranking(null, List.of(), sense == Sense.DESCENDING, null);
    } else if (text.toLowerCase(Locale.ROOT).contains("first")) {
      reading.draft.ranking =
          new Ranking(null, List.of("date", "time"), sense == Sense.DESCENDING, null);
    } else {
      reading.unplaced(text);
    }
  }
}
