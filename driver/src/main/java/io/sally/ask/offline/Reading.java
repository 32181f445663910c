package io.sally.ask.offline;

import io.sally.ask.offline.Draft.Filter;
import io.sally.ask.offline.Mention.Direction;
import io.sally.ask.words.Sense;
import io.sally.engine.catalog.Table;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known while a question is read from left to right: the place, what the words read so have
 * announced, each until the noun that it waits for, and the draft. Confined to one question.
 */
final class Reading {
  private static final Set<Sense> LINKS =
      EnumSet.of(Sense.AND, Sense.OF, Sense.IN, Sense.FROM, Sense.NOT, Sense.OR, Sense.DISTINCT);

  final Phrases words;
  final List<String> schemaPath;
  final Draft draft = new Draft();

  int at;

  // What the words read so far have announced, each until the noun that it waits for.
  final List<Aggregate> aggregates = new ArrayList<>();
  @Nullable Table lastTable;
  final List<Meaning.OfRole> roles = new ArrayList<>();
  @Nullable Direction direction;

  /** The time of the event of which the words speak, for a period that names no date. */
  @Nullable Mention eventTime;

  /** The column that the question names before a value of it. */
  @Nullable Mention valueOf;

  @Nullable Comparison bound;
  BigDecimal boundNumber = BigDecimal.ZERO;
  String boundText = "";
  @Nullable Integer limit;
  boolean negated;
  boolean without;
  boolean with;
  boolean or;
  boolean groupNext;
  boolean rankNext;
  boolean rankBySuperlative;
  boolean superlative;

  /** Whether a superlative came without a number, so that one row is taken. */
  boolean oneByDefault;

  /** What the question asks to be shown, in its own words. */
  @Nullable Segment asked;

  Reading(List<Segment> all, List<String> schemaPath) {
    this.words = new Phrases(all);
    this.schemaPath = schemaPath;
  }

  /** Whether a value of that very column follows, so that the column's name is said with it. */
  boolean isValueOf(Mention column, int index) {
    Mention values = words.values(index);
    return values.any(v -> column.any(c -> c.sameAs(v)));
  }

  /** The value meant when its column was named before it: "the state of New York" is no city. */
  Mention ofNamed(Mention values) {
    Mention named = valueOf;
    valueOf = null;
    Mention own = named == null ? values : values.only(v -> named.any(v::sameAs));
    return own.isEmpty() ? values : own;
  }

  boolean role(Segment segment) {
    List<Match> found = segment.matches(Meaning.OfRole.class);
    found.forEach(match -> roles.add((Meaning.OfRole) match.meaning()));
    if (!found.isEmpty()) {
      at++;
    }
    return !found.isEmpty();
  }

  /** "The country name": the word after a column adds nothing. */
  void skipName() {
    if (at < words.size()
        && words.sense(at) == null
        && words.table(at) == null
        && words.at(at).text().toLowerCase(Locale.ROOT).matches("names?")) {
      at++;
    }
  }

  void during(@Nullable Mention column, Period period) {
    note(period.assumption());
    add(new Filter.During(column == null ? eventTime : column, nearTable(), period, takeNegated()));
  }

  /** The column of "city of the customer": the table after it is said to own it. */
  Mention ownerAfter(Mention column) {
    int index = at;
    if ((words.sense(index) == Sense.OF || words.sense(index) == Sense.FROM)
        && index + 1 < words.size()) {
      index++;
      List<Meaning.OfRole> after = new ArrayList<>();
      words
          .at(index)
          .matches(Meaning.OfRole.class)
          .forEach(m -> after.add((Meaning.OfRole) m.meaning()));
      if (!after.isEmpty()
          && words.at(index).matches().get(0).meaning() instanceof Meaning.OfRole) {
        at = index + 1;
        return column.in(after, column.direction());
      }
      Table owner = words.sense(index) == null ? words.table(index) : null;
      if (owner != null
          && Phrases.isSingular(words.at(index))
          && Phrases.isTopTable(words.at(index))
          && column.any(c -> c.isOf(owner))
          && draft.subject != null) {
        at = index + 1;
        return column.ownedBy(owner);
      }
    }
    return column;
  }

  /** The table of which the words at this place speak: the noun after adjectives, or the last. */
  @Nullable Table nearTable() {
    Table noun = followingNoun();
    return noun == null ? lastTable : noun;
  }

  @Nullable Table followingNoun() {
    for (int i = at; i < words.size(); i++) {
      Sense sense = words.sense(i);
      if (sense == null && words.table(i) != null && Phrases.isTopTable(words.at(i))) {
        return words.table(i);
      }
      boolean passes =
          sense == null
              ? !words.values(i).isEmpty() || words.definition(i) != null
              : LINKS.contains(sense)
                  && sense != Sense.IN
                  && sense != Sense.OF
                  && sense != Sense.FROM;
      if (!passes) {
        break;
      }
    }
    return null;
  }

  @Nullable Table projectionNear() {
    for (int i = at + 1; i < words.size(); i++) {
      Sense sense = words.sense(i);
      if (sense == null && words.table(i) != null && Phrases.isTopTable(words.at(i))) {
        return words.table(i);
      }
      boolean passes =
          sense == null
              ? !words.columns(i).isEmpty() || !words.values(i).isEmpty()
              : LINKS.contains(sense);
      if (!passes) {
        break;
      }
    }
    return lastTable;
  }

  Mention decorated(Mention mention) {
    Direction given = direction;
    direction = null;
    return mention.in(takeRoles(), given);
  }

  List<Meaning.OfRole> takeRoles() {
    List<Meaning.OfRole> taken = List.copyOf(roles);
    roles.clear();
    return taken;
  }

  boolean takeNegated() {
    boolean taken = negated;
    negated = false;
    return taken;
  }

  void add(Filter filter) {
    draft.conditions.add(new Draft.Condition(filter, or));
    or = false;
  }

  void unplaced(String text) {
    if (!draft.unplaced.contains(text)) {
      draft.unplaced.add(text);
    }
  }

  void note(@Nullable String assumption) {
    if (assumption != null && !draft.assumptions.contains(assumption)) {
      draft.assumptions.add(assumption);
    }
  }
}
