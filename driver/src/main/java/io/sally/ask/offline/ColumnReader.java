package io.sally.ask.offline;

import io.sally.ask.offline.Draft.Filter;
import io.sally.ask.offline.Draft.Measure;
import io.sally.ask.offline.Draft.Ranking;
import io.sally.ask.offline.Mention.Candidate;
import io.sally.ask.words.Sense;
import io.sally.engine.catalog.Table;
import java.math.BigDecimal;
import java.util.Locale;

/**
 * Finds the place of a column: compared, computed, missing, ranked by or shown. Confined to one
 * question.
 */
final class ColumnReader {
  /** A part of a name says too little to ask whether the column is filled. */
  private static final double PLAIN = 0.8;

  private final Reading reading;
  private final ComparisonReader comparisons;

  ColumnReader(Reading reading, ComparisonReader comparisons) {
    this.reading = reading;
    this.comparisons = comparisons;
  }

  void column(Segment segment) {
    column(
        reading.decorated(reading.words.columns(reading.at)).near(reading.projectionNear()),
        segment);
  }

  void column(Mention mention, Segment segment) {
    reading.at++;
    reading.skipName();
    Mention column = saidInTwo(reading.ownerAfter(mention));
    if (comparisons.isComparison(reading.at) && comparisons.isComparable(column)) {
      comparisons.compareColumn(column);
      return;
    }
    Sense after = reading.words.sense(reading.at);
    if ((after == Sense.BY || after == Sense.OF) && reading.isValueOf(column, reading.at + 1)) {
      reading.at++;
      reading.valueOf = column;
      return;
    }
    Sense next = reading.words.sense(reading.at);
    if (next == null && reading.aggregates.isEmpty() && reading.isValueOf(column, reading.at)) {
      reading.valueOf = column;
      return;
    }
    Table noun = next == null ? reading.words.table(reading.at) : null;
    if (noun != null && column.any(c -> c.isOf(noun) && Names.isBoolean(c.column()))) {
      reading.add(new Filter.Flag(column.only(c -> c.isOf(noun)), !reading.takeNegated()));
      return;
    }
    if (!reading.aggregates.isEmpty()) {
      measure(column);
      return;
    }
    if (reading.bound != null) {
      reading.add(new Filter.Compares(column, reading.bound, null, reading.boundNumber));
      reading.bound = null;
      reading.with = false;
      return;
    }
    if (reading.without || next == Sense.MISSING || (reading.negated && next == Sense.PRESENT)) {
      reading.at += next == Sense.MISSING || next == Sense.PRESENT ? 1 : 0;
      boolean present = next == Sense.MISSING && reading.negated;
      boolean none = reading.without && next != Sense.MISSING && next != Sense.PRESENT;
      reading.negated = false;
      reading.without = false;
      if (none && some(column, false)) {
        return;
      }
      absent(column, present);
      return;
    }
    if (next == Sense.PRESENT) {
      reading.at++;
      absent(column, true);
      return;
    }
    if (reading.rankNext) {
      reading.rankNext = false;
      boolean hasThing =
          reading.draft.subject != null
              || !reading.draft.projections.isEmpty()
              || !reading.draft.groups.isEmpty();
      if (!hasThing && reading.draft.skipped > 0 && reading.draft.ranking != null) {
        // "The second largest price": the prices themselves are ranked, each of them once.
        reading.draft.ranking = reading.draft.ranking.by(column);
        reading.draft.projections.add(column);
        reading.draft.distinct = true;
      } else if (hasThing || !reading.rankBySuperlative) {
        Ranking ranking = reading.draft.ranking;
        reading.draft.ranking = ranking == null ? null : ranking.by(column);
      } else if (!column.any(
          c -> Names.isAmount(c.table(), c.column()) || Names.isTime(c.column()))) {
        reading.unplaced(segment.text());
      } else {
        boolean descending = reading.draft.ranking != null && reading.draft.ranking.descending();
        reading.draft.ranking = null;
        reading.draft.measures.add(
            new Measure(descending ? Aggregate.MAXIMUM : Aggregate.MINIMUM, column, null));
      }
      return;
    }
    if (reading.words.number(reading.at).isPresent()
        && column.any(c -> Names.isNumber(c.column()))) {
      reading.at++;
      reading.add(
          new Filter.Compares(
              column.only(c -> Names.isNumber(c.column())),
              comparisons.orMore(reading.negated ? Comparison.NOT_EQUAL : Comparison.EQUAL),
              null,
              reading.words.number(reading.at - 1).orElseThrow()));
      reading.negated = false;
      reading.with = false;
      return;
    }
    if (reading.with && (reading.draft.subject != null || reading.lastTable != null)) {
      if (column.candidates().stream()
          .noneMatch(c -> c.score() > PLAIN || Names.isBoolean(c.column()))) {
        reading.unplaced(segment.text());
        return;
      }
      reading.with = false;
      boolean present = !reading.takeNegated();
      if (!some(column, present)) {
        absent(column, present);
      }
      return;
    }
    if (column.any(c -> Names.isBoolean(c.column())) && (isAdjective() || reading.negated)) {
      reading.add(
          new Filter.Flag(column.only(c -> Names.isBoolean(c.column())), !reading.takeNegated()));
      return;
    }
    Mention times = column.only(c -> Names.isTime(c.column()));
    if (!times.isEmpty()
        && isParticiple(segment)
        && (reading.draft.subject != null
            || isAdjective()
            || reading.negated
            || !reading.draft.measures.isEmpty())) {
      boolean absent = reading.takeNegated();
      reading.add(
          new Filter.Missing(
              times,
              !absent,
              "“"
                  + (absent ? "not " : "")
                  + segment.text()
                  + "” means that there is "
                  + (absent ? "no" : "a")
                  + " such date."));
      return;
    }
    // "The towns and their mayors": the thing itself is shown as well.
    reading.draft.subjectShown |=
        reading.draft.subject != null
            && reading.draft.projections.isEmpty()
            && (reading.words.sense(reading.at - 2) == Sense.AND
                || (reading.words.sense(reading.at - 3) == Sense.AND
                    && reading.words.table(reading.at - 2) != null));
    reading.draft.projections.add(column);
    reading.asked = reading.asked == null ? segment : reading.asked;
  }

  /** "The price of a return ticket" where one column is the return ticket price. */
  private Mention saidInTwo(Mention column) {
    Sense link = reading.words.sense(reading.at);
    int next = link == Sense.OF || link == Sense.IN ? reading.at + 1 : reading.at;
    boolean names =
        next < reading.words.size()
            && reading.words.sense(next) == null
            && !Phrases.isTopTable(reading.words.at(next))
            && reading.words.values(next).isEmpty();
    Mention rest = names ? reading.words.columns(next) : column.only(c -> false);
    Mention both = column.only(c -> c.score() < 0.9 && rest.any(c::sameAs));
    if (both.isEmpty() || rest.any(c -> c.score() >= 0.9)) {
      return column;
    }
    reading.at = next + 1;
    return both;
  }

  private boolean isAdjective() {
    return reading.draft.subject != null
        || (reading.at < reading.words.size()
            && reading.words.sense(reading.at) == null
            && reading.words.table(reading.at) != null);
  }

  private static boolean isParticiple(Segment segment) {
    return segment.text().toLowerCase(Locale.ROOT).endsWith("ed")
        && segment.matches(Meaning.OfColumn.class).get(0).score() < 1.0;
  }

  /** "With guests" where their number is known means that there are some, not that it is known. */
  private boolean some(Mention column, boolean some) {
    Table subject = reading.draft.subject;
    if (subject == null || !column.any(c -> c.isOf(subject))) {
      return false;
    }
    double best = column.candidates().stream().mapToDouble(Candidate::score).max().orElse(0);
    if (!column.candidates().stream()
        .filter(c -> c.score() >= best - 0.0001)
        .allMatch(c -> Names.isAmount(c.table(), c.column()))) {
      return false;
    }
    reading.add(
        new Filter.Compares(
            column, some ? Comparison.GREATER : Comparison.EQUAL, null, BigDecimal.ZERO));
    reading.note(
        "“"
            + (some ? "with " : "without ")
            + column.text()
            + "” means that it is "
            + (some ? "more than 0." : "0."));
    return true;
  }

  private void absent(Mention column, boolean present) {
    Mention flags = column.only(c -> Names.isBoolean(c.column()));
    if (!flags.isEmpty()) {
      reading.add(new Filter.Flag(flags, present));
    } else {
      reading.add(new Filter.Missing(column, present, null));
    }
  }

  private void measure(Mention column) {
    if (reading.aggregates.size() > 1) {
      // "The average number of guests": what is averaged is the number that the column holds.
      reading.aggregates.remove(Aggregate.COUNT);
    }
    for (Aggregate aggregate : reading.aggregates) {
      if (aggregate == Aggregate.COUNT) {
        reading.draft.measures.add(
            new Measure(
                reading.draft.distinct ? Aggregate.COUNT_DISTINCT : Aggregate.COUNT, column, null));
        reading.draft.distinct = false;
      } else if (aggregate.isOfAmounts()) {
        Mention amounts = column.only(c -> Names.isAmount(c.table(), c.column()));
        if (amounts.isEmpty()) {
          reading.unplaced(aggregate.words() + " " + column.text());
        } else {
          reading.draft.measures.add(new Measure(aggregate, amounts, null));
        }
      } else {
        reading.draft.measures.add(new Measure(aggregate, column, null));
      }
    }
    // "minimum and maximum price": both wait for the same noun; what follows is a new one.
    reading.aggregates.clear();
    reading.rankNext = false;
  }
}
