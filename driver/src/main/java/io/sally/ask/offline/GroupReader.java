package io.sally.ask.offline;

import io.sally.ask.offline.Draft.Group;
import io.sally.ask.offline.Draft.Ranking;
import io.sally.ask.words.Sense;
import io.sally.engine.catalog.Table;
import java.util.Optional;

/** Reads what rows are put together by: "per", "by each". Confined to one question. */
final class GroupReader {
  private final Reading reading;

  GroupReader(Reading reading) {
    this.reading = reading;
  }

  void by(String text) throws NotUnderstoodException {
    Ranking ranking = reading.draft.ranking;
    if (ranking != null
        && ranking.column() == null
        && ranking.hints().isEmpty()
        && reading.draft.measures.isEmpty()
        && !text.equals("per")
        && !text.contains("each")) {
      reading.rankNext = true;
      return;
    }
    boolean found = false;
    while (reading.at < reading.words.size() && group()) {
      found = true;
      if (reading.words.sense(reading.at) == Sense.AND && isGroup(reading.at + 1)) {
        reading.at++;
      } else if (reading.words.sense(reading.at) == Sense.AND
          && reading.words.sense(reading.at + 1) == Sense.BY) {
        reading.at += 2;
      } else {
        break;
      }
    }
    if (!found && reading.at < reading.words.size()) {
      // "each Irish author": the noun to group by comes after its adjectives.
      reading.groupNext = !text.equalsIgnoreCase("by");
      boolean agent = !reading.words.at(reading.at).matches(Meaning.OfValue.class).isEmpty();
      if (!agent && !reading.words.at(reading.at).isUnplaced()) {
        reading.groupNext = false;
        reading.unplaced(text);
      }
    }
  }

  private boolean isGroup(int index) {
    return index < reading.words.size()
        && (reading.words.table(index) != null
            || reading.words.unit(index).isPresent()
            || !reading.words.at(index).matches(Meaning.OfColumn.class).isEmpty()
            || !reading.words.at(index).matches(Meaning.OfRole.class).isEmpty())
        && reading.words.sense(index) == null;
  }

  private boolean group() throws NotUnderstoodException {
    if (!isGroup(reading.at)) {
      return false;
    }
    Segment segment = reading.words.at(reading.at);
    Optional<Unit> unit = reading.words.unit(reading.at);
    if (unit.isPresent() && segment.matches(Meaning.OfColumn.class).isEmpty()) {
      reading.at++;
      if (reading.words.sense(reading.at) == Sense.OF
          && !reading.words.timeColumns(reading.at + 1).isEmpty()) {
        reading.at++;
      }
      Mention date = reading.words.timeColumns(reading.at);
      if (!date.isEmpty()) {
        reading.at++;
        reading.draft.groups.add(new Group.ByColumn(date.near(reading.lastTable), unit.get()));
      } else {
        reading.draft.groups.add(new Group.ByUnit(unit.get()));
      }
      return true;
    }
    Table table = reading.words.table(reading.at);
    if (table != null && Phrases.isTopTable(segment)) {
      Mention owned =
          reading.at + 1 < reading.words.size()
              ? reading.words.columns(reading.at + 1).only(c -> c.isOf(table))
              : reading.words.columns(reading.at).only(c -> false);
      if (!owned.isEmpty()
          && reading.words.sense(reading.at + 1) == null
          && Phrases.isSingular(segment)) {
        reading.at += 2;
        reading.draft.groups.add(new Group.ByColumn(reading.decorated(owned).ownedBy(table), null));
        return true;
      }
      reading.at++;
      if (reading.at < reading.words.size()
          && reading.words.at(reading.at).from() == segment.to()
          && reading.words.table(reading.at) != null
          && Phrases.isTopTable(reading.words.at(reading.at))) {
        // Two things side by side are a third one, of which nothing is known.
        reading.unplaced(segment.text());
      }
      reading.draft.mentioned.add(table.name());
      reading.draft.groups.add(new Group.ByThing(table, reading.takeRoles()));
      return true;
    }
    if (segment.matches().get(0).meaning() instanceof Meaning.OfRole role
        && reading.role(segment)) {
      boolean named = isGroup(reading.at) && reading.words.unit(reading.at).isEmpty();
      if (named) {
        return group();
      }
      reading.draft.mentioned.add(role.target().name());
      reading.draft.groups.add(new Group.ByThing(role.target(), reading.takeRoles()));
      return true;
    }
    Mention column = reading.decorated(reading.words.columns(reading.at));
    reading.at++;
    reading.skipName();
    Optional<Unit> of = reading.words.unit(reading.at);
    if (of.isPresent() && column.any(c -> Names.isTime(c.column()))) {
      reading.at++;
      reading.draft.groups.add(
          new Group.ByColumn(column.only(c -> Names.isTime(c.column())), of.get()));
      return true;
    }
    reading.draft.groups.add(new Group.ByColumn(reading.ownerAfter(column), null));
    return true;
  }
}
