package io.sally.ask.offline;

import io.sally.ask.offline.Draft.Filter;
import io.sally.ask.words.Sense;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads values of columns, and names after "called". Confined to one question. */
final class ValueReader {
  private final Reading reading;
  private final ComparisonReader comparisons;

  ValueReader(Reading reading, ComparisonReader comparisons) {
    this.reading = reading;
    this.comparisons = comparisons;
  }

  void called(String text) {
    if (reading.at < reading.words.size()) {
      Segment next = reading.words.at(reading.at);
      Optional<Meaning.OfText> quoted = next.meaning(Meaning.OfText.class);
      if (next.matches(Meaning.OfValue.class).isEmpty()) {
        StringBuilder called = new StringBuilder(quoted.map(Meaning.OfText::text).orElse(""));
        while (quoted.isEmpty()
            && reading.at < reading.words.size()
            && reading.words.at(reading.at).isUnplaced()) {
          called.append(called.isEmpty() ? "" : " ").append(reading.words.at(reading.at).text());
          reading.at++;
        }
        if (quoted.isPresent()) {
          reading.at++;
        }
        if (!called.isEmpty()) {
          reading.add(
              new Filter.Called(reading.lastTable, called.toString(), reading.takeNegated()));
          return;
        }
      } else {
        return;
      }
    }
    reading.unplaced(text);
  }

  void values() {
    List<Mention> values = new ArrayList<>();
    if (!reading.words.timeColumns(reading.at).isEmpty()) {
      reading.eventTime = reading.words.timeColumns(reading.at).near(reading.nearTable());
    }
    Mention first =
        reading
            .decorated(reading.ofNamed(reading.words.values(reading.at)))
            .near(reading.nearTable());
    values.add(first);
    reading.at++;
    while ((reading.words.sense(reading.at) == Sense.OR
        || reading.words.sense(reading.at) == Sense.AND)) {
      int next = reading.at + 1;
      while (reading.words.sense(next) == Sense.OR || reading.words.sense(next) == Sense.AND) {
        next++;
      }
      if (next >= reading.words.size() || reading.words.sense(next) != null) {
        break;
      }
      Mention second = reading.words.values(next);
      if (!second.any(v -> first.any(f -> f.sameAs(v)))) {
        break;
      }
      values.add(second.in(first.roles(), first.direction()).near(first.near()));
      reading.at = next + 1;
    }
    // "science department": the column's own name after its value adds nothing.
    if (reading.at < reading.words.size()
        && reading.words.sense(reading.at) == null
        && reading.words.table(reading.at) == null
        && !comparisons.isComparison(reading.at + 1)
        && reading.words.columns(reading.at).any(c -> first.any(f -> f.sameAs(c)))) {
      Mention named = reading.words.columns(reading.at);
      reading.at++;
      values.replaceAll(v -> v.only(f -> named.any(c -> c.sameAs(f))));
    }
    // "without red" denies the value, "without red cars" the thing that comes.
    boolean denied = reading.without && reading.followingNoun() == null;
    boolean not = reading.takeNegated() || denied;
    reading.without = reading.without && !denied;
    reading.with = false;
    reading.add(new Filter.Values(values, not));
  }
}
