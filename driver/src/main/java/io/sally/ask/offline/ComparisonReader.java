package io.sally.ask.offline;

import io.sally.ask.offline.Draft.Filter;
import io.sally.ask.offline.Draft.Measure;
import io.sally.ask.words.Sense;
import io.sally.engine.catalog.Table;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads comparisons with numbers, texts and other columns. Confined to one question. */
final class ComparisonReader {
  private final Reading reading;

  ComparisonReader(Reading reading) {
    this.reading = reading;
  }

  void comparison(Comparison comparison, @Nullable Mention left, String text) {
    if (left == null
        && comparison == Comparison.EQUAL
        && reading.at < reading.words.size()
        && reading.words.number(reading.at).isEmpty()) {
      return;
    }
    Optional<BigDecimal> number = reading.words.number(reading.at);
    Comparison meant = reading.negated ? comparison.negated() : comparison;
    if (number.isPresent()) {
      reading.at++;
      if (left != null) {
        reading.negated = false;
        reading.add(new Filter.Compares(left, orMore(meant), null, number.get()));
      } else {
        reading.bound = orMore(meant);
        reading.negated = false;
        reading.boundNumber = number.get();
        reading.boundText = text + " " + reading.words.at(reading.at - 1).text();
      }
      return;
    }
    if (left != null && reading.words.sense(reading.at) == Sense.AVERAGE) {
      reading.at++;
      if (reading.words.columns(reading.at).any(c -> left.any(c::sameAs))) {
        reading.at++;
      }
      reading.negated = false;
      reading.with = false;
      reading.add(new Filter.ToAverage(left, meant));
      return;
    }
    Mention right = reading.at < reading.words.size() ? ownedColumn() : null;
    if (right != null && !right.isEmpty()) {
      reading.negated = false;
      reading.add(new Filter.Compares(left, meant, right, ""));
      return;
    }
    reading.unplaced(text);
  }

  Comparison orMore(Comparison comparison) {
    if (reading.words.sense(reading.at) == Sense.OR_MORE) {
      reading.at++;
      return Comparison.AT_LEAST;
    } else if (reading.words.sense(reading.at) == Sense.OR_LESS) {
      reading.at++;
      return Comparison.AT_MOST;
    }
    return comparison;
  }

  /** A column, with the table before it that owns it, when the segment here is one. */
  private @Nullable Mention ownedColumn() {
    Table owner = reading.words.table(reading.at);
    if (owner != null && reading.at + 1 < reading.words.size()) {
      Mention column = reading.words.columns(reading.at + 1).only(c -> c.isOf(owner));
      if (!column.isEmpty()) {
        reading.at += 2;
        return column.ownedBy(owner);
      }
    }
    Mention column = reading.words.columns(reading.at);
    if (column.isEmpty() || reading.words.sense(reading.at) != null) {
      return null;
    }
    reading.at++;
    return reading.decorated(column).near(reading.lastTable);
  }

  boolean isComparison(int index) {
    Sense sense = reading.words.sense(index);
    if (sense == Sense.NOT || sense == Sense.IN || sense == Sense.OF) {
      return isComparison(index + 1)
          && (sense == Sense.NOT
              || Comparison.of(reading.words.sense(index + 1)) != null
              || reading.words.sense(index + 1) == Sense.BETWEEN);
    }
    return (Comparison.of(sense) != null && !isCountComparison(index))
        || sense == Sense.BETWEEN
        || sense == Sense.CONTAINS
        || sense == Sense.STARTS
        || sense == Sense.ENDS;
  }

  /** Greater and less are said of numbers and times only; a thing before them is what is shown. */
  boolean isComparable(Mention column) {
    Comparison comparison = Comparison.of(reading.words.sense(reading.at));
    return comparison == null
        || comparison == Comparison.EQUAL
        || comparison == Comparison.NOT_EQUAL
        || column.any(c -> Names.isNumber(c.column()) || Names.isTime(c.column()));
  }

  // "customers over 100 orders": the number counts the things after it.
  private boolean isCountComparison(int index) {
    return reading.words.number(index + 1).isPresent()
        && index + 2 < reading.words.size()
        && reading.words.sense(index + 2) == null
        && reading.words.table(index + 2) != null;
  }

  void compareColumn(Mention column) {
    while (reading.words.sense(reading.at) == Sense.NOT
        || reading.words.sense(reading.at) == Sense.IN
        || reading.words.sense(reading.at) == Sense.OF) {
      reading.negated = reading.negated ^ (reading.words.sense(reading.at) == Sense.NOT);
      reading.at++;
    }
    Segment operator = reading.words.at(reading.at);
    Sense sense = reading.words.sense(reading.at);
    reading.at++;
    Comparison comparison = Comparison.of(sense);
    if (sense == Sense.BETWEEN) {
      Optional<BigDecimal> low = reading.words.number(reading.at);
      Optional<BigDecimal> high = reading.words.number(reading.at + 2);
      if (low.isPresent() && high.isPresent() && reading.words.sense(reading.at + 1) == Sense.AND) {
        reading.at += 3;
        reading.add(new Filter.Range(column, low.get(), high.get(), reading.takeNegated()));
      } else {
        reading.unplaced(operator.text());
      }
    } else if (comparison != null
        && !reading.aggregates.isEmpty()
        && reading.words.number(reading.at).isPresent()) {
      BigDecimal number = reading.words.number(reading.at).orElseThrow();
      reading.at++;
      Measure measure = new Measure(reading.aggregates.get(0), column, null);
      reading.aggregates.clear();
      reading.draft.measures.add(measure);
      reading.add(new Filter.Having(measure, orMore(comparison), number));
    } else if (comparison != null) {
      if (reading.words.number(reading.at).isPresent()
          || reading.words.sense(reading.at) == Sense.AVERAGE
          || (reading.at < reading.words.size()
              && reading.words.sense(reading.at) == null
              && (!reading.words.columns(reading.at).isEmpty()
                  && reading.words.values(reading.at).isEmpty()))) {
        comparison(comparison, column, operator.text());
      } else if (reading.at < reading.words.size() && reading.isValueOf(column, reading.at)) {
        reading.negated = reading.negated ^ (comparison == Comparison.NOT_EQUAL);
        reading.valueOf = column;
      } else {
        literal(column, comparison, operator);
      }
    } else if (sense != null) {
      String text = literalText();
      if (text.isEmpty()) {
        reading.unplaced(operator.text());
      } else {
        reading.add(new Filter.Text(column, sense, text, reading.takeNegated()));
      }
    }
  }

  private void literal(Mention column, Comparison comparison, Segment operator) {
    String text = literalText();
    Mention texts = column.only(c -> Names.isText(c.column()));
    boolean equality = comparison == Comparison.EQUAL || comparison == Comparison.NOT_EQUAL;
    if (text.isEmpty() || texts.isEmpty() || !equality) {
      reading.unplaced(operator.text());
      return;
    }
    Comparison meant = reading.takeNegated() ? comparison.negated() : comparison;
    reading.add(new Filter.Compares(texts, meant, null, text));
  }

  private String literalText() {
    if (reading.at >= reading.words.size()) {
      return "";
    }
    Optional<Meaning.OfText> quoted = reading.words.at(reading.at).meaning(Meaning.OfText.class);
    if (quoted.isPresent()) {
      reading.at++;
      return quoted.get().text();
    }
    if (reading.words.at(reading.at).isUnplaced() || !reading.words.values(reading.at).isEmpty()) {
      reading.at++;
      return reading.words.at(reading.at - 1).text();
    }
    return "";
  }
}
