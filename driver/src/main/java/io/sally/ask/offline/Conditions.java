package io.sally.ask.offline;

import io.sally.ask.offline.Draft.Filter;
import io.sally.ask.offline.Mention.Candidate;
import io.sally.ask.offline.Query.Condition;
import io.sally.ask.offline.Query.Ref;
import io.sally.engine.catalog.Column;
import io.sally.engine.catalog.Table;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the conditions of a query. What is said of rows of which many belong to one root becomes a
 * condition that such rows are there, all that is said of the same rows in one. Confined to one
 * question.
 */
final class Conditions {
  private static final class Relation {
    private final List<Condition> inside = new ArrayList<>();
    private @Nullable Comparison comparison;
    private BigDecimal number = BigDecimal.ZERO;
    private boolean negated;
  }

  private final Table root;
  private final JoinGraph graph;
  private final Lexicon lexicon;
  private final Names names;
  private final Choice choice;
  private final TimeColumns times;
  private final Set<String> assumptions;
  private final List<Condition> plain = new ArrayList<>();
  private final Map<Place, Relation> relations = new LinkedHashMap<>();

  Conditions(
      Table root, Lexicon lexicon, Choice choice, TimeColumns times, Set<String> assumptions) {
    this.root = root;
    this.graph = lexicon.graph();
    this.lexicon = lexicon;
    this.names = lexicon.names();
    this.choice = choice;
    this.times = times;
    this.assumptions = assumptions;
  }

  List<Condition> all() {
    List<Condition> all = new ArrayList<>(plain);
    relations.forEach((place, relation) -> all.add(related(place, relation)));
    return all;
  }

  void add(Draft.Condition condition) throws NotUnderstoodException {
    int before = plain.size();
    int relationsBefore = relations.size();
    filter(condition.filter());
    if (condition.or()) {
      if (before == 0 || plain.size() != before + 1 || relations.size() != relationsBefore) {
        throw new NotUnderstoodException(
            "It is not clear between what the “or” chooses: ask the two questions one by one.",
            List.of());
      }
      Condition second = plain.remove(before);
      Condition first = plain.remove(before - 1);
      List<Condition> choices =
          new ArrayList<>(first instanceof Condition.Either e ? e.conditions() : List.of(first));
      choices.add(second);
      plain.add(new Condition.Either(choices));
      if (before > 1) {
        assumptions.add("The “or” is between the two conditions next to it.");
      }
    }
  }

  /** That the root has rows of this table, unless something was already said of them. */
  void related(Table table) throws NotUnderstoodException {
    boolean said = relations.keySet().stream().anyMatch(p -> p.table().name().equals(table.name()));
    if (!said) {
      Place place = choice.choosePlace(table, List.of(), false);
      Place prefix = many(place);
      if (prefix != null) {
        relations.computeIfAbsent(prefix, p -> new Relation());
      }
    }
  }

  /** That a value is there. */
  void known(Ref ref) {
    assumptions.add("Rows without a known " + names.words(ref.column()) + " are left out.");
    plain.add(new Condition.Missing(ref, true));
  }

  /** A parent that is only named restricts nothing, except where the key to it may be missing. */
  void parent(Table table) {
    if (graph.paths(root, table, true).size() > 1) {
      return;
    }
    Place place = graph.paths(root, table, true).get(0);
    if (place.hops().size() == 1 && place.hops().get(0).nullable()) {
      boolean said = plain.stream().anyMatch(c -> uses(c, place));
      if (!said) {
        assumptions.add("Rows without a " + names.singular(table) + " are included.");
      }
    }
  }

  private static boolean uses(Condition condition, Place place) {
    return condition.toString().contains(place.toString());
  }

  private void filter(Filter filter) throws NotUnderstoodException {
    if (filter instanceof Filter.Values values) {
      values(values);
    } else if (filter instanceof Filter.Compares compares) {
      compares(compares);
    } else if (filter instanceof Filter.Range range) {
      Ref ref = number(range.column());
      put(ref, r -> new Condition.Range(r, range.low(), range.high(), range.negated()));
    } else if (filter instanceof Filter.Missing missing) {
      missing(missing);
    } else if (filter instanceof Filter.Flag flag) {
      put(choice.choose(flag.column(), false).ref(), r -> new Condition.Flag(r, flag.value()));
    } else if (filter instanceof Filter.During during) {
      during(during);
    } else if (filter instanceof Filter.Overdue overdue) {
      overdue(overdue);
    } else if (filter instanceof Filter.Text text) {
      Mention texts = text.column().only(c -> Names.isText(c.column()));
      if (texts.isEmpty()) {
        throw new NotUnderstoodException(
            "“" + text.column().text() + "” is not a text.", List.of());
      }
      put(
          choice.choose(texts, false).ref(),
          r -> new Condition.Like(r, text.kind(), text.text(), text.negated()));
    } else if (filter instanceof Filter.Called called) {
      called(called);
    } else if (filter instanceof Filter.ToAverage average) {
      Ref ref = number(average.column());
      assumptions.add(
          "The average is that of all " + names.plural(ref.place().table()) + " together.");
      put(ref, r -> new Condition.ToAverage(r, average.comparison()));
    } else if (filter instanceof Filter.EachOf each) {
      eachOf(each);
    } else if (filter instanceof Filter.Related related) {
      exists(related.table(), related.negated(), null, BigDecimal.ZERO);
    } else if (filter instanceof Filter.Defined defined) {
      defined(defined);
    } else if (filter instanceof Filter.HasCount count) {
      exists(count.table(), false, count.comparison(), count.number());
    }
  }

  private void values(Filter.Values filter) throws NotUnderstoodException {
    Choice.Option first = choice.choose(filter.values().get(0), false);
    List<String> values = new ArrayList<>();
    for (Mention mention : filter.values()) {
      Mention same =
          mention.only(
              c ->
                  c.table().name().equals(first.candidate().table().name())
                      && c.column().equals(first.candidate().column()));
      same.candidates().stream()
          .max((a, b) -> Double.compare(a.score(), b.score()))
          .map(Candidate::value)
          .ifPresentOrElse(values::add, () -> unknown(mention, first, values));
      long spellings = same.candidates().stream().map(Candidate::score).distinct().count();
      if (same.candidates().size() > 1 && spellings == 1) {
        values.clear();
        same.candidates().forEach(c -> values.add(String.valueOf(c.value())));
      }
    }
    ofKnownRows(first.ref(), filter.values().get(0));
    if (filter.negated() && first.ref().column().nullable()) {
      assumptions.add("Rows without a " + names.words(first.ref().column()) + " are left out.");
    }
    put(
        first.ref(),
        r -> new Condition.OneOf(r, values.stream().distinct().toList(), filter.negated()));
  }

  /** One row for each of the values, rather than one that has them all. */
  private void eachOf(Filter.EachOf filter) throws NotUnderstoodException {
    for (Mention mention : filter.values()) {
      Choice.Option option = choice.choose(mention, false);
      Place prefix = many(option.place());
      if (prefix == null) {
        throw new NotUnderstoodException(
            "Each of the "
                + names.plural(root)
                + " has one "
                + names.words(option.candidate().column())
                + " only, never both.",
            List.of());
      }
      Relation relation = new Relation();
      relation.inside.add(
          new Condition.OneOf(
              new Ref(option.place().after(prefix.hops().size()), option.candidate().column()),
              List.of(String.valueOf(option.candidate().value())),
              false));
      plain.add(related(prefix, relation));
    }
  }

  /**
   * A value of another column than its neighbours: no row has it, which is for the asker to see.
   */
  private void unknown(Mention mention, Choice.Option first, List<String> values) {
    values.add(String.valueOf(mention.candidates().get(0).value()));
    assumptions.add(
        "No "
            + names.words(first.candidate().column())
            + " of "
            + names.plural(first.candidate().table())
            + " is “"
            + mention.text()
            + "”.");
  }

  private void defined(Filter.Defined filter) throws NotUnderstoodException {
    Definition definition = filter.definition();
    Place place = choice.choosePlace(definition.table(), List.of(), false);
    assumptions.add(
        "“" + definition.term() + "” means " + definition.meaning() + ", by the glossary.");
    // The condition speaks of a row, and any column of it tells where that is.
    put(
        new Ref(place, definition.table().columns().get(0)),
        r -> {
          Condition condition = definition.at().apply(r.place());
          return filter.negated() ? new Condition.Not(condition) : condition;
        });
  }

  /** What is known only of rows of which nothing was said may mean any of them, all or none. */
  private void ofKnownRows(Ref ref, Mention mention) throws NotUnderstoodException {
    if (choice.isUnspoken(ref.place())) {
      throw new NotUnderstoodException(
          "“"
              + mention.text()
              + "” is not known of "
              + names.plural(root)
              + ", only of "
              + names.plural(ref.place().table())
              + ".",
          List.of(
              new Alternative.Whole(
                  names.plural(root) + " without " + names.plural(ref.place().table()))));
    }
  }

  private Ref number(Mention mention) throws NotUnderstoodException {
    Mention numbers = mention.only(c -> Names.isNumber(c.column()));
    if (numbers.isEmpty()) {
      throw new NotUnderstoodException("“" + mention.text() + "” is not a number.", List.of());
    }
    Mention amounts = numbers.only(c -> Names.isAmount(c.table(), c.column()));
    return choice.choose(amounts.isEmpty() ? numbers : amounts, false).ref();
  }

  private void compares(Filter.Compares filter) throws NotUnderstoodException {
    Mention left = filter.left();
    if (filter.right() == null) {
      if (left == null) {
        throw new NotUnderstoodException("A comparison has no left side.", List.of());
      }
      Ref ref =
          filter.literal() instanceof BigDecimal ? number(left) : choice.choose(left, false).ref();
      if (filter.literal() instanceof String text) {
        literal(ref, text);
      }
      put(ref, r -> new Condition.Compare(r, filter.comparison(), filter.literal()));
      return;
    }
    Ref right = choice.choose(comparable(filter.right()), false).ref();
    Ref leftRef;
    if (left != null) {
      boolean measured = Names.isNumber(right.column());
      left =
          left.only(
              c ->
                  measured
                      ? Names.isAmount(c.table(), c.column())
                      : alike(c.column(), right.column()));
      left = left.isEmpty() ? null : left;
    }
    if (left == null) {
      leftRef = new Ref(right.place(), counterpart(right));
      assumptions.add(
          "What is compared with the "
              + names.words(right.column())
              + " is the "
              + names.words(leftRef.column())
              + ".");
    } else {
      leftRef = choice.choose(comparable(left), false).ref();
    }
    Place many = many(leftRef.place());
    Place manyRight = many(right.place());
    if (many == null ? manyRight != null : !many.equals(manyRight)) {
      throw new NotUnderstoodException(
          "The two sides of the comparison belong to different rows.", List.of());
    }
    int skip = many == null ? 0 : many.hops().size();
    Ref rightThere = new Ref(right.place().after(skip), right.column());
    put(leftRef, r -> new Condition.Compare(r, filter.comparison(), rightThere));
  }

  private static boolean alike(Column one, Column other) {
    return !Names.isNumber(one) && Names.isTime(one) == Names.isTime(other);
  }

  private static Mention comparable(Mention mention) {
    Mention fitting =
        mention.only(c -> Names.isAmount(c.table(), c.column()) || Names.isTime(c.column()));
    return fitting.isEmpty() ? mention : fitting;
  }

  /** The one column of the same table that can be measured against a mark such as a limit. */
  private Column counterpart(Ref mark) throws NotUnderstoodException {
    Table table = mark.place().table();
    List<Column> others =
        table.columns().stream()
            .filter(c -> !c.equals(mark.column()))
            .filter(
                c ->
                    Names.isTime(mark.column())
                        ? Names.isTime(c)
                        : Names.isAmount(table, c) && names.says(table, c, "LEVEL"))
            .toList();
    if (others.size() != 1) {
      throw new NotUnderstoodException(
          "It is not clear what is compared with the " + names.words(mark.column()) + ".",
          others.stream()
              .map(c -> names.words(c) + " below " + names.words(mark.column()))
              .map(below -> new Alternative.Whole(names.plural(table) + " with " + below))
              .toList());
    }
    return others.get(0);
  }

  private void literal(Ref ref, String text) throws NotUnderstoodException {
    Optional<List<String>> known = lexicon.values(ref.place().table(), ref.column());
    if (known.isPresent() && !known.get().contains(text)) {
      throw new NotUnderstoodException(
          "No " + names.words(ref.column()) + " is “" + text + "”.",
          known.get().stream().map(v -> new Alternative.Instead(text, v)).toList());
    }
    if (known.isEmpty()) {
      assumptions.add(
          "“" + text + "” is looked for as the whole " + names.words(ref.column()) + ".");
    }
  }

  private void missing(Filter.Missing filter) throws NotUnderstoodException {
    if (filter.assumption() != null) {
      assumptions.add(filter.assumption());
    }
    Mention nullable = filter.column().only(c -> c.column().nullable());
    Mention meant = nullable.isEmpty() ? filter.column() : nullable;
    Ref ref = choice.choose(meant, false).ref();
    ofKnownRows(ref, filter.column());
    put(ref, r -> new Condition.Missing(r, filter.negated()));
  }

  private void during(Filter.During filter) throws NotUnderstoodException {
    Period period = filter.period();
    if (filter.column() == null && duringNumbers(filter)) {
      return;
    }
    Ref ref =
        filter.column() == null
            ? times.of(filter.near(), root, root)
            : choice.choose(filter.column(), false).ref();
    put(ref, r -> new Condition.During(r, period, filter.negated()));
  }

  /** A year, or a month of it, where a table keeps the two as a number and a name. */
  private boolean duringNumbers(Filter.During filter) {
    Period period = filter.period();
    Integer year = period.year() == null ? period.monthOfYear() : period.year();
    if (year == null) {
      return false;
    }
    Table near = filter.near() == null ? root : filter.near();
    for (Table table : near.equals(root) ? List.of(root) : List.of(near, root)) {
      List<Place> ways = graph.paths(root, table, false);
      if (table.columns().stream().anyMatch(Names::isTime)) {
        break;
      }
      Optional<Column> years = column(table, "year", Names::isNumber);
      Optional<Column> months = column(table, "month", c -> lexicon.namesMonths(table, c));
      Optional<String> name = months.flatMap(c -> lexicon.monthNamed(table, c, period.month()));
      if (years.isEmpty() || ways.isEmpty() || (period.year() == null && name.isEmpty())) {
        continue;
      }
      put(
          new Ref(ways.get(0), years.get()),
          r -> {
            Condition in = new Condition.Compare(r, Comparison.EQUAL, BigDecimal.valueOf(year));
            Condition all =
                name.isEmpty() || period.year() != null
                    ? in
                    : new Condition.All(
                        List.of(
                            in,
                            new Condition.OneOf(
                                new Ref(r.place(), months.orElseThrow()),
                                List.of(name.get()),
                                false)));
            return filter.negated() ? new Condition.Not(all) : all;
          });
      return true;
    }
    return false;
  }

  private Optional<Column> column(Table table, String word, Predicate<Column> test) {
    return table.columns().stream()
        .filter(c -> test.test(c) && names.hasAny(table, c, List.of(word)))
        .findFirst();
  }

  private void overdue(Filter.Overdue filter) throws NotUnderstoodException {
    Table near = filter.near() == null ? root : filter.near();
    Table table = due(near).isPresent() ? near : root;
    Column due =
        due(table)
            .orElseThrow(
                () ->
                    new NotUnderstoodException(
                        "No date by which " + names.plural(table) + " are due is known.",
                        List.of()));
    Place place = choice.choosePlace(table, List.of(), false);
    Period past = Period.halfOpen(null, Moment.TODAY, "before today");
    Optional<Column> done =
        table.columns().stream()
            .filter(c -> Names.isTime(c) && c.nullable() && !c.equals(due))
            .filter(c -> names.says(table, c, "DONE"))
            .findFirst();
    List<Function<Ref, Condition>> parts = new ArrayList<>();
    parts.add(r -> new Condition.During(r, past, false));
    if (done.isPresent()) {
      parts.add(r -> new Condition.Missing(new Ref(r.place(), done.get()), false));
      assumptions.add(
          "Overdue means that the "
              + names.words(due)
              + " has passed and there is no "
              + names.words(done.get())
              + ".");
    } else {
      finished(table)
          .ifPresentOrElse(
              states -> {
                parts.add(
                    r ->
                        new Condition.OneOf(
                            new Ref(r.place(), states.getKey()), states.getValue(), true));
                assumptions.add(
                    "Overdue means that the "
                        + names.words(due)
                        + " has passed and the "
                        + names.words(states.getKey())
                        + " is not "
                        + String.join(" or ", states.getValue())
                        + ".");
              },
              () -> assumptions.add("Overdue means that the " + names.words(due) + " has passed."));
    }
    put(
        new Ref(place, due),
        r -> {
          Condition all = new Condition.All(parts.stream().map(part -> part.apply(r)).toList());
          return filter.negated() ? new Condition.Not(all) : all;
        });
  }

  private Optional<Column> due(Table table) {
    return table.columns().stream()
        .filter(c -> Names.isTime(c) && names.says(table, c, "DUE"))
        .min((a, b) -> Integer.compare(names.rank(table, a, "DUE"), names.rank(table, b, "DUE")));
  }

  private Optional<Map.Entry<Column, List<String>>> finished(Table table) {
    for (Column column : table.columns()) {
      List<String> states =
          lexicon.values(table, column).orElse(List.of()).stream()
              .filter(v -> names.says(v, "DONE") || names.says(v, "DROPPED"))
              .sorted()
              .toList();
      if (!states.isEmpty()) {
        return Optional.of(Map.entry(column, states));
      }
    }
    return Optional.empty();
  }

  private void called(Filter.Called filter) throws NotUnderstoodException {
    Table table = filter.near() == null ? root : filter.near();
    Column label =
        names
            .label(table)
            .orElseThrow(
                () ->
                    new NotUnderstoodException(names.plural(table) + " have no name.", List.of()));
    Place place = choice.choosePlace(table, List.of(), false);
    literal(new Ref(place, label), filter.text());
    Comparison comparison = filter.negated() ? Comparison.NOT_EQUAL : Comparison.EQUAL;
    put(new Ref(place, label), r -> new Condition.Compare(r, comparison, filter.text()));
  }

  private void exists(
      Table table, boolean negated, @Nullable Comparison comparison, BigDecimal number)
      throws NotUnderstoodException {
    Place place = choice.choosePlace(table, List.of(), false);
    Place prefix = many(place);
    if (prefix == null) {
      if (comparison != null || place.hops().isEmpty()) {
        throw new NotUnderstoodException(
            "Each of the " + names.plural(root) + " has at most one " + names.singular(table) + ".",
            List.of());
      }
      Hop hop = place.hops().get(0);
      Column key = root.column(hop.key().columns().get(0)).orElseThrow();
      plain.add(new Condition.Missing(new Ref(Place.root(root), key), !negated));
      return;
    }
    Relation relation = relations.computeIfAbsent(prefix, p -> new Relation());
    relation.negated |= negated;
    if (comparison != null) {
      relation.comparison = comparison;
      relation.number = number;
    }
  }

  private void put(Ref ref, Function<Ref, Condition> condition) {
    Place prefix = many(ref.place());
    if (prefix == null) {
      plain.add(condition.apply(ref));
      return;
    }
    relations
        .computeIfAbsent(prefix, p -> new Relation())
        .inside
        .add(condition.apply(new Ref(ref.place().after(prefix.hops().size()), ref.column())));
  }

  /** The place up to its last hop to many, or null when each root meets one row at most. */
  private static @Nullable Place many(Place place) {
    for (int i = place.hops().size() - 1; i >= 0; i--) {
      if (!place.hops().get(i).forward()) {
        return place.first(i + 1);
      }
    }
    return null;
  }

  private Condition related(Place place, Relation relation) {
    int first = place.firstToMany();
    return new Condition.Related(
        place.first(first),
        place.after(first).hops(),
        relation.inside,
        relation.comparison,
        relation.number,
        relation.negated);
  }

  /** The columns of the outer rows that a condition reads. */
  static Stream<Ref> refs(Condition condition) {
    if (condition instanceof Condition.Compare compare) {
      return compare.right() instanceof Ref right
          ? Stream.of(compare.left(), right)
          : Stream.of(compare.left());
    } else if (condition instanceof Condition.ToAverage average) {
      return Stream.of(average.ref());
    } else if (condition instanceof Condition.Range range) {
      return Stream.of(range.ref());
    } else if (condition instanceof Condition.OneOf oneOf) {
      return Stream.of(oneOf.ref());
    } else if (condition instanceof Condition.Missing missing) {
      return Stream.of(missing.ref());
    } else if (condition instanceof Condition.Flag flag) {
      return Stream.of(flag.ref());
    } else if (condition instanceof Condition.During during) {
      return Stream.of(during.ref());
    } else if (condition instanceof Condition.Like like) {
      return Stream.of(like.ref());
    } else if (condition instanceof Condition.All all) {
      return all.conditions().stream().flatMap(Conditions::refs);
    } else if (condition instanceof Condition.Either either) {
      return either.conditions().stream().flatMap(Conditions::refs);
    } else if (condition instanceof Condition.Not not) {
      return refs(not.condition());
    }
    return Stream.empty();
  }
}
