package io.sally.ask.offline;

import io.sally.ask.offline.Draft.Measure;
import io.sally.ask.offline.Draft.Ranking;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads orders and superlatives: "top 5", "sorted by", "newest". Confined to one question. */
final class RankingReader {
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
      default ->
          reading.draft.ranking =
              new Ranking(null, hints, sense == Sense.SUPERLATIVE_HIGH, limitOrOne());
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

  void sort() {
    if (reading.words.sense(reading.at) == Sense.BY) {
      reading.at++;
    }
    if (reading.words.sense(reading.at) == Sense.COUNT && !reading.draft.measures.isEmpty()) {
      reading.at++;
      if (reading.at < reading.words.size() && reading.words.table(reading.at) != null) {
        reading.at++;
      }
      reading.draft.ranking = new Ranking(null, List.of(), descending(), null);
      return;
    }
    if (reading.at < reading.words.size() && !reading.words.columns(reading.at).isEmpty()) {
      Mention column = reading.words.columns(reading.at).near(reading.lastTable);
      reading.at++;
      reading.draft.ranking = new Ranking(column, List.of(), descending(), null);
      return;
    }
    if (reading.words.sense(reading.at) == Sense.ASCENDING
        || reading.words.sense(reading.at) == Sense.DESCENDING) {
      return;
    }
    reading.unplaced("sorted");
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

  void direction(Sense sense, String text) {
    if (reading.draft.ranking != null) {
      reading.draft.ranking =
          new Ranking(
              reading.draft.ranking.column(),
              reading.draft.ranking.hints(),
              sense == Sense.DESCENDING,
              reading.draft.ranking.limit());
    } else if (text.toLowerCase(Locale.ROOT).contains("first")) {
      reading.draft.ranking =
          new Ranking(null, List.of("date", "time"), sense == Sense.DESCENDING, null);
    } else {
      reading.unplaced(text);
    }
  }
}
