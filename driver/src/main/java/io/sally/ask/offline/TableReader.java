package io.sally.ask.offline;

import io.sally.ask.offline.Draft.Filter;
import io.sally.ask.offline.Draft.Group;
import io.sally.ask.offline.Draft.Measure;
import io.sally.ask.words.Sense;
import io.sally.engine.catalog.Table;
import java.util.List;

/**
 * Finds the place of a thing: what is counted, what is shown, what is related. Confined to one
 * question.
 */
final class TableReader {
  private final Reading reading;
  private final ColumnReader columns;

  TableReader(Reading reading, ColumnReader columns) {
    this.reading = reading;
    this.columns = columns;
  }

  void table(Segment segment) throws NotUnderstoodException {
    table(chosenTable(segment), segment);
  }

  /** The rows of a table, whatever the question calls them. */
  void table(Table table, Segment segment) throws NotUnderstoodException {
    reading.draft.mentioned.add(table.name());
    if (Phrases.isSingular(segment)
        && reading.at + 1 < reading.words.size()
        && reading.words.sense(reading.at + 1) == null) {
      Mention owned = reading.words.columns(reading.at + 1).only(c -> c.isOf(table));
      if (!owned.isEmpty()
          && reading.words.period(reading.at + 1).isEmpty()
          && reading.words.values(reading.at + 1).isEmpty()) {
        reading.at++;
        reading.lastTable = table;
        reading.draft.related.add(table);
        columns.column(owned.ownedBy(table), reading.words.at(reading.at));
        return;
      }
    }
    reading.at++;
    reading.lastTable = table;
    if (reading.groupNext) {
      reading.groupNext = false;
      reading.draft.groups.add(new Group.ByThing(table, reading.takeRoles()));
      return;
    }
    if (reading.bound != null) {
      reading.add(new Filter.HasCount(table, reading.bound, reading.boundNumber));
      reading.bound = null;
      reading.with = false;
      return;
    }
    if (reading.aggregates.contains(Aggregate.COUNT)
        && reading.aggregates.stream().anyMatch(a -> a != Aggregate.COUNT && a != Aggregate.SUM)) {
      // The average of counts would need a query over a query.
      reading.aggregates.forEach(aggregate -> reading.unplaced(aggregate.words()));
      reading.aggregates.clear();
      return;
    }
    if (reading.aggregates.remove(Aggregate.COUNT)) {
      reading.aggregates.clear();
      Comparison comparison = Comparison.of(reading.words.sense(reading.at));
      if (comparison != null && reading.words.number(reading.at + 1).isPresent()) {
        reading.at += 2;
        reading.add(
            new Filter.HasCount(
                table, comparison, reading.words.number(reading.at - 1).orElseThrow()));
        return;
      }
      reading.draft.measures.add(new Measure(Aggregate.COUNT, null, table));
      reading.rankNext = false;
      return;
    }
    if (reading.aggregates.equals(List.of(Aggregate.SUM)) && columnAhead() < 0) {
      reading.aggregates.clear();
      reading.draft.measures.add(new Measure(Aggregate.COUNT, null, table));
      reading.rankNext = false;
      return;
    }
    if (reading.rankNext
        && (reading.draft.subject != null
            || !reading.draft.projections.isEmpty()
            || !reading.draft.groups.isEmpty())) {
      reading.rankNext = false;
      reading.draft.measures.add(new Measure(Aggregate.COUNT, null, table));
      return;
    }
    if (reading.without) {
      reading.without = false;
      reading.add(new Filter.Related(table, true));
    } else if (reading.draft.subject == null) {
      reading.draft.subject = table;
      reading.asked = reading.asked == null ? segment : reading.asked;
    } else if (reading.with || reading.negated) {
      reading.add(new Filter.Related(table, reading.takeNegated()));
    } else if (reading.words.sense(reading.at - 2) == Sense.AND) {
      // Two kinds of thing side by side would be two lists.
      reading.unplaced(segment.text());
    } else {
      reading.draft.related.add(table);
    }
    reading.with = false;
  }

  private int columnAhead() {
    for (int i = reading.at; i < reading.words.size(); i++) {
      Sense sense = reading.words.sense(i);
      if (sense == Sense.BY || sense == Sense.WITH) {
        return -1;
      }
      if (sense == null
          && !reading.words.columns(i).isEmpty()
          && reading.words.values(i).isEmpty()) {
        return i;
      }
    }
    return -1;
  }

  private Table chosenTable(Segment segment) throws NotUnderstoodException {
    List<Match> matches = segment.matches(Meaning.OfTable.class);
    double best = matches.get(0).score();
    List<Table> tables =
        matches.stream()
            .filter(m -> m.score() >= best - 0.0001)
            .map(m -> ((Meaning.OfTable) m.meaning()).table())
            .sorted((a, b) -> Integer.compare(rank(a), rank(b)))
            .toList();
    if (tables.size() > 1 && rank(tables.get(0)) == rank(tables.get(1))) {
      throw new NotUnderstoodException(
          "“"
              + segment.text()
              + "” may mean "
              + tables.get(0).name()
              + " or "
              + tables.get(1).name()
              + ".",
          tables.stream()
              .map(t -> new Alternative.Instead(segment.text(), t.name().table()))
              .toList());
    }
    reading.note(matches.get(0).assumption());
    return tables.get(0);
  }

  private int rank(Table table) {
    int index = reading.schemaPath.indexOf(table.name().schemaLabel());
    return index < 0 ? Integer.MAX_VALUE : index;
  }
}
