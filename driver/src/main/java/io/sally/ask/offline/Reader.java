package io.sally.ask.offline;

import io.sally.ask.offline.Draft.Filter;
import io.sally.ask.offline.Draft.Group;
import io.sally.ask.offline.Draft.Measure;
import io.sally.ask.offline.Draft.Ranking;
import io.sally.ask.offline.Mention.Direction;
import io.sally.ask.words.Sense;
import io.sally.engine.catalog.Table;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the segments from left to right into a draft: which words ask, which restrict, which group,
 * which rank. Each word either finds a place or is kept as one that did not. Confined to one
 * question.
 */
final class Reader {
  private final Reading reading;
  private final PeriodReader periods;
  private final RankingReader rankings;
  private final GroupReader groups;
  private final ComparisonReader comparisons;
  private final ColumnReader columns;
  private final TableReader tables;
  private final ValueReader values;

  Reader(List<Segment> all, List<String> schemaPath) {
    this.reading = new Reading(all, schemaPath);
    this.periods = new PeriodReader(reading);
    this.rankings = new RankingReader(reading);
    this.groups = new GroupReader(reading);
    this.comparisons = new ComparisonReader(reading);
    this.columns = new ColumnReader(reading, comparisons);
    this.tables = new TableReader(reading, columns);
    this.values = new ValueReader(reading, comparisons);
  }

  Draft read() throws NotUnderstoodException {
    while (reading.at < reading.words.size()) {
      Segment segment = reading.words.at(reading.at);
      if (segment.isUnplaced()) {
        reading.unplaced(segment.text());
        reading.at++;
      } else if (segment.matches().get(0).meaning() instanceof Meaning.Function function) {
        function(function, segment);
      } else {
        content(segment);
      }
    }
    finish();
    return reading.draft;
  }

  /** "Towns with the highest number of guests" where towns have a column that holds it. */
  private void rankByOwnNumber() {
    Draft draft = reading.draft;
    Ranking ranking = draft.ranking;
    Table subject = draft.subject;
    if (ranking == null
        || ranking.column() != null
        || subject == null
        || draft.measures.size() != 1
        || !draft.groups.isEmpty()) {
      return;
    }
    Measure measure = draft.measures.get(0);
    if (measure.aggregate() == Aggregate.COUNT && measure.column() != null) {
      Mention own =
          measure.column().only(c -> c.isOf(subject) && Names.isAmount(subject, c.column()));
      if (!own.isEmpty()) {
        draft.measures.clear();
        draft.ranking = ranking.by(own);
      }
    }
  }

  /** What still waits for its noun found none. */
  private void finish() {
    rankByOwnNumber();
    if (reading.oneByDefault
        && reading.draft.ranking != null
        && reading.asked != null
        && !Phrases.isSingular(reading.asked)) {
      reading.note(
          "Of “" + reading.asked.text() + "” only the first is shown; say how many to see more.");
    }
    if (reading.bound != null) {
      reading.unplaced(reading.boundText);
    }
    if ((reading.negated || reading.without) && reading.draft.unplaced.isEmpty()) {
      reading.unplaced(reading.negated ? "not" : "without");
    }
    if (reading.or) {
      reading.unplaced("or");
    }
    if (reading.groupNext) {
      reading.unplaced("each");
    }
    if (reading.limit != null) {
      reading.unplaced(reading.limit.toString());
    }
    reading.roles.stream()
        .map(role -> role.key().columns().get(0))
        .distinct()
        .forEach(reading::unplaced);
    if (!reading.aggregates.isEmpty() && reading.draft.measures.isEmpty()) {
      if (reading.aggregates.contains(Aggregate.COUNT) && (reading.draft.subject != null)) {
        reading.draft.measures.add(new Measure(Aggregate.COUNT, null, reading.draft.subject));
      } else if (reading.draft.unplaced.isEmpty()) {
        reading.unplaced(reading.aggregates.get(0).words());
      }
    }
  }

  private void function(Meaning.Function function, Segment segment) throws NotUnderstoodException {
    Sense sense = function.sense();
    Comparison comparison = Comparison.of(sense);
    if (comparison != null) {
      reading.at++;
      comparisons.comparison(comparison, null, segment.text());
      return;
    }
    reading.at++;
    switch (sense) {
      case COUNT -> reading.aggregates.add(Aggregate.COUNT);
      case AMOUNT, SUM -> {
        // "Overall" at the end adds nothing up.
        if (reading.at < reading.words.size() || !segment.text().equalsIgnoreCase("overall")) {
          reading.aggregates.add(Aggregate.SUM);
        }
      }
      case AVERAGE -> reading.aggregates.add(Aggregate.AVERAGE);
      case MEDIAN -> reading.aggregates.add(Aggregate.MEDIAN);
      case MINIMUM -> reading.aggregates.add(Aggregate.MINIMUM);
      case MAXIMUM -> reading.aggregates.add(Aggregate.MAXIMUM);
      case SHARE ->
          reading.draft.fraction =
              function.hints().isEmpty() ? Draft.Fraction.SHARE : Draft.Fraction.PERCENTAGE;
      case RATIO -> reading.draft.fraction = Draft.Fraction.RATIO;
      case DISTINCT -> reading.draft.distinct = true;
      case BY -> groups.by(segment.text());
      case SORT -> {
        int place = reading.at - 1;
        if (!rankings.sort()) {
          reading.at = place;
          content(segment);
        }
      }
      case ASCENDING, DESCENDING -> rankings.direction(sense, segment.text());
      case TOP, BOTTOM ->
          reading.draft.ranking =
              new Ranking(null, List.of(), sense == Sense.TOP, rankings.count());
      case FIRST, LAST_ROWS -> rankings.first(segment.text());
      case BETWEEN, OR_MORE, OR_LESS, CONTAINS, STARTS, ENDS -> reading.unplaced(segment.text());
      case CALLED -> values.called(segment.text());
      case OR -> reading.or = true;
      case ORDINAL -> ordinal(function, segment);
      case BOTH -> both(segment);
      case JOINING -> joining();
      // A period has both of its ends anyway, so the end that is named again adds nothing.
      case INCLUSIVE -> {
        if (reading.words.period(reading.at).isPresent()) {
          reading.at++;
          skipDate();
        }
      }
      case NOT, EXCEPT -> reading.negated = !reading.negated;
      case WITHOUT, MISSING -> {
        reading.without = true;
      }
      case WITH, PRESENT -> reading.with = true;
      case FROM -> reading.direction = Direction.ORIGIN;
      case TO ->
          reading.direction =
              reading.draft.fraction == Draft.Fraction.RATIO ? null : Direction.DESTINATION;
      case MOST, LEAST, SUPERLATIVE_HIGH, SUPERLATIVE_LOW, FREQUENT, RARE ->
          rankings.superlative(sense, function.hints(), segment.text());
      case OLDER -> periods.older(segment.text());
      case OVERDUE -> reading.add(new Filter.Overdue(reading.nearTable(), reading.takeNegated()));
      case UPCOMING -> reading.during(null, Period.halfOpen(Moment.TODAY, null, segment.text()));
      case LAPSED -> periods.lapsed();
      case PERIODIC ->
          reading.draft.groups.add(new Group.ByUnit(Unit.valueOf(function.hints().get(0))));
      case WRITE -> write(segment);
      default -> {}
    }
  }

  /** "Both red and blue cars", "both gardens and pools"; of two columns it says nothing. */
  private void both(Segment segment) {
    int first = reading.at;
    while (reading.words.sense(first) == Sense.IN || isColumnOfNext(first)) {
      first++;
    }
    int second = first + 2;
    if (reading.words.sense(first + 1) != Sense.AND) {
      if (reading.words.columns(first).isEmpty() && reading.words.table(first) == null) {
        reading.unplaced(segment.text());
      }
      return;
    }
    while (reading.words.sense(second) == Sense.IN || isColumnOfNext(second)) {
      second++;
    }
    Table one = thing(first);
    Table other = thing(second);
    Mention value = reading.words.values(first);
    Mention third = reading.words.values(second);
    if (one != null && other != null && reading.draft.subject != null) {
      reading.add(new Filter.Related(one, false));
      reading.add(new Filter.Related(other, false));
      reading.draft.mentioned.add(one.name());
      reading.draft.mentioned.add(other.name());
      reading.at = second + 1;
      reading.with = false;
    } else if (reading.draft.subject != null && third.any(v -> value.any(f -> f.sameAs(v)))) {
      reading.add(
          new Filter.EachOf(
              List.of(
                  value.only(v -> third.any(v::sameAs)), third.only(v -> value.any(v::sameAs)))));
      reading.at = second + 1;
      reading.with = false;
    } else if (reading.words.columns(first).isEmpty() || reading.words.columns(second).isEmpty()) {
      reading.unplaced(segment.text());
    }
  }

  /** "The second largest": only a superlative after it tells of what order. */
  private void ordinal(Meaning.Function function, Segment segment) {
    Sense next = reading.words.sense(reading.at);
    if (next == Sense.MOST
        || next == Sense.LEAST
        || next == Sense.SUPERLATIVE_HIGH
        || next == Sense.SUPERLATIVE_LOW) {
      reading.draft.skipped = Integer.parseInt(function.hints().get(0)) - 1;
    } else {
      reading.unplaced(segment.text());
    }
  }

  private void skipDate() {
    if (reading.at < reading.words.size()
        && reading.words.at(reading.at).text().equalsIgnoreCase("date")) {
      reading.at++;
    }
  }

  private @Nullable Table thing(int index) {
    return index < reading.words.size()
            && reading.words.sense(index) == null
            && Phrases.isTopTable(reading.words.at(index))
        ? reading.words.table(index)
        : null;
  }

  /** "The colour red": what the value is of. */
  private boolean isColumnOfNext(int index) {
    return reading.words.sense(index) == null
        && (!reading.words.columns(index).isEmpty() || reading.words.table(index) != null)
        && reading.words.values(index).isEmpty()
        && !reading.words.values(index + 1).isEmpty()
        && reading.words.sense(index + 1) == null;
  }

  /** "By joining the cars and the sales tables": through which tables, and nothing else. */
  private void joining() {
    while (thing(reading.at) != null
        || reading.words.sense(reading.at) == Sense.AND
        || reading.words.sense(reading.at) == Sense.TO
        || reading.words.sense(reading.at) == Sense.FROM) {
      Table table = thing(reading.at);
      if (table != null) {
        reading.draft.mentioned.add(table.name());
        if (!table.equals(reading.draft.subject)) {
          reading.draft.related.add(table);
        }
      }
      reading.at++;
    }
  }

  /** A verb that opens the question, or a part of it, is a command; elsewhere it describes. */
  private void write(Segment segment) throws NotUnderstoodException {
    reading.at--;
    if ((reading.at == 0 || reading.words.sense(reading.at - 1) == Sense.AND)
        && Phrases.isSingular(segment)) {
      String verb = segment.text();
      throw new NotUnderstoodException(
          "“" + verb + "” asks to change data, and Sally only reads.",
          reading.at > 0
              ? List.of()
              : List.of(
                  new Alternative.Instead(verb + " from", "show"),
                  new Alternative.Instead(verb, "show")));
    }
    content(segment);
  }

  private void content(Segment segment) throws NotUnderstoodException {
    Meaning best = segment.matches().get(0).meaning();
    if (best instanceof Meaning.OfUntold untold) {
      throw new NotUnderstoodException(
          "The glossary explains “"
              + untold.term()
              + "” in words that only a language model reads; the offline translator needs the name"
              + " of a table or a column there, or a condition in SQL.",
          List.of());
    } else if (best instanceof Meaning.OfDefinition of) {
      definition(of.definition(), segment);
    } else if (best instanceof Meaning.OfNumber number) {
      number(number.value(), segment);
    } else if (best instanceof Meaning.OfPeriod period) {
      reading.at++;
      Mention date = reading.words.timeColumns(reading.at);
      if (!date.isEmpty() && reading.words.table(reading.at) == null) {
        reading.at++;
        reading.during(date.near(reading.lastTable), period.period());
      } else {
        reading.during(null, period.period());
      }
    } else if (best instanceof Meaning.OfUnit unit && reading.aggregates.isEmpty()) {
      reading.at++;
      reading.draft.groups.add(new Group.ByUnit(unit.unit()));
    } else if (best instanceof Meaning.OfText
        && reading.words.columns(reading.at).isEmpty()
        && reading.words.values(reading.at).isEmpty()) {
      reading.unplaced("'" + segment.text() + "'");
      reading.at++;
    } else if (reading.words.table(reading.at) != null && Phrases.isTopTable(segment)) {
      tables.table(segment);
    } else if (!reading.words.timeColumns(reading.at).isEmpty()
        && reading.words.period(reading.at + 1).isPresent()) {
      Mention column =
          reading.decorated(reading.words.timeColumns(reading.at)).near(reading.nearTable());
      reading.at += 2;
      reading.during(column, reading.words.period(reading.at - 1).orElseThrow());
    } else if (!reading.words.timeColumns(reading.at).isEmpty()
        && reading.words.sense(reading.at + 1) == Sense.BY
        && reading.words.unit(reading.at + 2).isPresent()) {
      // "delivered per month": the month of the delivery.
      Mention time =
          reading.decorated(reading.words.timeColumns(reading.at)).near(reading.nearTable());
      reading.draft.groups.add(
          new Group.ByColumn(time, reading.words.unit(reading.at + 2).orElseThrow()));
      reading.eventTime = time;
      reading.at += 3;
    } else if (isFilteringColumn(segment)) {
      columns.column(segment);
    } else if (!reading.words.values(reading.at).isEmpty()) {
      values.values();
    } else if (best instanceof Meaning.OfRole && reading.role(segment)) {
      return;
    } else if (!reading.words.columns(reading.at).isEmpty()) {
      columns.column(segment);
    } else if (!reading.role(segment)) {
      reading.unplaced(segment.text());
      reading.at++;
    }
  }

  /** A word for a condition says of what things it is, or is the word for such things itself. */
  private void definition(Definition definition, Segment segment) throws NotUnderstoodException {
    Table subject = reading.draft.subject;
    reading.at++;
    boolean adjective = reading.followingNoun() != null;
    reading.at--;
    boolean predicate =
        !reading.with
            && !reading.without
            && reading.bound == null
            && reading.lastTable != null
            && reading.lastTable.name().equals(definition.table().name());
    boolean negated = false;
    if (adjective || predicate || (subject == null && !reading.draft.measures.isEmpty())) {
      negated = reading.takeNegated();
      reading.at++;
    } else {
      tables.table(definition.table(), segment);
    }
    reading.add(new Filter.Defined(definition, negated));
  }

  /** A column rather than a value of the same words: something that only columns have follows. */
  private boolean isFilteringColumn(Segment segment) {
    if (reading.words.columns(reading.at).isEmpty()) {
      return false;
    }
    if (reading.words.values(reading.at).isEmpty()) {
      return true;
    }
    if (isFlagOfNearest()) {
      return true;
    }
    Sense next = reading.words.sense(reading.at + 1);
    double column = segment.matches(Meaning.OfColumn.class).get(0).score();
    double value = segment.matches(Meaning.OfValue.class).get(0).score();
    return column > value || Comparison.of(next) != null || next == Sense.BETWEEN;
  }

  /** Whether the nearest thing has a flag of these words, and no column with such a value. */
  private boolean isFlagOfNearest() {
    reading.at++;
    Table near = reading.nearTable();
    reading.at--;
    return near != null
        && reading
            .words
            .columns(reading.at)
            .any(
                c ->
                    c.isOf(near)
                        && (Names.isBoolean(c.column())
                            || (Names.isTime(c.column()) && c.column().nullable())))
        && !reading.words.values(reading.at).any(v -> v.isOf(near));
  }

  private void number(BigDecimal value, Segment segment) {
    reading.at++;
    Sense next = reading.words.sense(reading.at);
    if (next == Sense.OR_MORE || next == Sense.OR_LESS) {
      reading.bound = comparisons.orMore(Comparison.EQUAL);
      reading.boundNumber = value;
      reading.boundText = segment.text();
    } else if (next == Sense.MOST
        || next == Sense.LEAST
        || next == Sense.SUPERLATIVE_HIGH
        || next == Sense.SUPERLATIVE_LOW
        || next == Sense.TOP
        || next == Sense.BOTTOM
        || next == Sense.FREQUENT
        || next == Sense.RARE) {
      reading.limit = value.intValue();
    } else if (reading.with) {
      reading.bound = Comparison.EQUAL;
      reading.boundNumber = value;
      reading.boundText = segment.text();
    } else if (reading.at == 1 && reading.draft.ranking == null) {
      reading.draft.ranking = new Ranking(null, List.of("first"), false, value.intValue());
    } else {
      reading.unplaced(segment.text());
    }
  }
}
