package io.sally.ask.offline;

import io.sally.ask.offline.Draft.Filter;
import io.sally.ask.offline.Draft.Group;
import io.sally.ask.offline.Draft.Measure;
import io.sally.ask.offline.Draft.Ranking;
import io.sally.ask.offline.Query.Expression;
import io.sally.ask.offline.Query.Having;
import io.sally.ask.offline.Query.Order;
import io.sally.ask.offline.Query.Output;
import io.sally.ask.offline.Query.Ref;
import io.sally.engine.catalog.Column;
import io.sally.engine.catalog.Table;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes the query of a draft for one root. Confined to one question. */
final class Binding {
  private final Table root;

  /** The thing of which something is computed, where the rows of the root only link it. */
  private final @Nullable Table linked;

  private final Draft draft;
  private final Lexicon lexicon;
  private final Names names;
  private final Set<String> assumptions;
  private final Choice choice;
  private final TimeColumns times;

  private final List<Output> outputs = new ArrayList<>();
  private final Set<Ref> groupColumns = new LinkedHashSet<>();
  private final List<Having> having = new ArrayList<>();
  private final List<Order> orders = new ArrayList<>();
  private double extraCost;

  Binding(Table root, Draft draft, Lexicon lexicon) {
    this(root, null, draft, lexicon);
  }

  Binding(Table root, @Nullable Table linked, Draft draft, Lexicon lexicon) {
    this.root = root;
    this.linked = linked;
    this.draft = draft;
    this.lexicon = lexicon;
    this.names = lexicon.names();
    this.assumptions = new LinkedHashSet<>(draft.assumptions);
    this.choice = new Choice(root, draft.mentioned, lexicon, assumptions);
    this.times = new TimeColumns(lexicon, assumptions);
  }

  Resolver.Resolved bind() throws NotUnderstoodException {
    List<Measure> measures = measures();
    boolean aggregated = !measures.isEmpty();
    boolean subjectIsGroup =
        aggregated && draft.subject != null && !isRoot(draft.subject) && draft.ranking != null;
    if (draft.subject != null && !aggregated && !isRoot(draft.subject)) {
      rerooted(draft.subject);
    }
    for (Group group : draft.groups) {
      group(group);
    }
    if (subjectIsGroup && draft.subject != null) {
      thing(draft.subject, List.of());
    }
    if (draft.subjectShown && draft.subject != null && !aggregated) {
      Optional<Column> label = names.label(root);
      if (label.isPresent()) {
        output(new Expression.Plain(new Ref(Place.root(root), label.get())));
      }
    }
    List<Ref> projected = new ArrayList<>();
    for (Mention projection : draft.projections) {
      Ref ref = choice.choose(projection, true).ref();
      projected.add(ref);
      output(new Expression.Plain(ref));
    }
    Fractions fractions = new Fractions(draft, root, names);
    fractions.check(measures);
    if (fractions.isShare()) {
      measures = List.of();
      aggregated = true;
    } else if (draft.fraction == Draft.Fraction.RATIO && !aggregated) {
      outputs.removeIf(
          o -> projected.stream().map(Expression.Plain::new).anyMatch(o.expression()::equals));
      fractions.refuseOtherGroups(groupColumns);
      output(fractions.ofColumns(projected));
      projected.clear();
    } else if (!aggregated && !outputs.isEmpty() && !draft.groups.isEmpty()) {
      measures = grouped(projected);
      aggregated = !measures.isEmpty();
    }
    if (aggregated) {
      refuseUngrouped(projected, subjectIsGroup);
    }
    List<Expression> computed = new ArrayList<>();
    for (Measure measure : measures) {
      Expression.Of of = measure(measure);
      computed.add(of);
      output(of);
    }
    if (draft.fraction == Draft.Fraction.RATIO && aggregated) {
      Expression ratio = fractions.quotient(computed.get(0), computed.get(1));
      computed.add(0, ratio);
      output(ratio);
    }
    Conditions conditions = new Conditions(root, lexicon, choice, times, assumptions);
    for (Draft.Condition condition : draft.conditions) {
      if (condition.filter() instanceof Filter.Having having0) {
        having.add(new Having(measure(having0.measure()), having0.comparison(), having0.number()));
      } else if (condition.filter() instanceof Filter.HasCount count
          && isRoot(count.table())
          && (draft.subject == null)) {
        having.add(
            new Having(
                new Expression.Of(Aggregate.COUNT, null), count.comparison(), count.number()));
      } else {
        conditions.add(condition);
      }
    }
    relatedThings(conditions);
    if (aggregated && draft.ranking != null && draft.ranking.limit() != null) {
      namedGroupsOnly(conditions);
    }
    List<Query.Condition> where = conditions.all();
    refuseContradiction(where);
    if (fractions.isShare()) {
      Expression share = fractions.share(where);
      computed.add(share);
      output(share);
      where = List.of();
    }
    if (computed.contains(new Expression.Of(Aggregate.COUNT, null))) {
      draft.groups.stream()
          .filter(Group.ByThing.class::isInstance)
          .forEach(group -> emptyLeftOut(((Group.ByThing) group).table()));
      if (subjectIsGroup && draft.subject != null) {
        emptyLeftOut(draft.subject);
      }
    }
    boolean distinct = isDistinct(projected, aggregated);
    Integer limit = order(computed, aggregated, distinct);
    Query query =
        new Query(
            root,
            aggregated || !outputs.isEmpty() ? Outputs.named(outputs, root, names) : List.of(),
            distinct,
            where,
            having,
            orders,
            draft.skipped,
            limit);
    return new Resolver.Resolved(query, List.copyOf(assumptions), choice.cost() + extraCost);
  }

  /** No row has two values at once, so that something else must have been meant. */
  private void refuseContradiction(List<Query.Condition> where) throws NotUnderstoodException {
    Map<Ref, List<String>> wanted = new HashMap<>();
    Map<Ref, Period> periods = new HashMap<>();
    for (Query.Condition condition : where) {
      if (condition instanceof Query.Condition.Related related) {
        refuseIdleNegation(related);
      }
      if (condition instanceof Query.Condition.During during
          && !during.negated()
          && during.period().from() != null
          && during.period().to() != null) {
        Period before = periods.put(during.ref(), during.period());
        if (before != null) {
          throw new NotUnderstoodException(
              "The "
                  + names.words(during.ref().column())
                  + " cannot be “"
                  + before.text()
                  + "” and “"
                  + during.period().text()
                  + "” at once.",
              List.of());
        }
      }
      if (condition instanceof Query.Condition.OneOf oneOf && !oneOf.negated()) {
        List<String> before = wanted.put(oneOf.ref(), oneOf.values());
        if (before != null && Collections.disjoint(before, oneOf.values())) {
          throw new NotUnderstoodException(
              "No "
                  + names.words(oneOf.ref().column())
                  + " is “"
                  + before.get(0)
                  + "” and “"
                  + oneOf.values().get(0)
                  + "” at once.",
              List.of());
        }
      }
    }
  }

  /** "With rooms in the east but not in the west" denies other rooms, not the same ones. */
  private void refuseIdleNegation(Query.Condition.Related related) throws NotUnderstoodException {
    for (Query.Condition one : related.inside()) {
      for (Query.Condition other : related.inside()) {
        if (one instanceof Query.Condition.OneOf is
            && other instanceof Query.Condition.OneOf not
            && !is.negated()
            && not.negated()
            && is.ref().equals(not.ref())) {
          throw new NotUnderstoodException(
              "It is not clear whether other "
                  + names.plural(related.table())
                  + " may have the "
                  + names.words(not.ref().column())
                  + " “"
                  + not.values().get(0)
                  + "”.",
              List.of());
        }
      }
    }
  }

  /** What is shown of each group has to be the same in all of its rows. */
  private void refuseUngrouped(List<Ref> projected, boolean subjectIsGroup)
      throws NotUnderstoodException {
    boolean grouped = !draft.groups.isEmpty() || subjectIsGroup;
    for (Ref ref : projected) {
      Table table = ref.place().table();
      boolean ofGroup =
          outputs.stream()
              .map(Output::expression)
              .filter(
                  e -> !(e instanceof Expression.Plain plain && projected.contains(plain.ref())))
              .anyMatch(
                  e ->
                      e instanceof Expression.Plain plain
                          && plain.ref().place().equals(ref.place())
                          && Names.isKey(table, plain.ref().column()));
      boolean same =
          groupColumns.contains(ref)
              || outputs.stream().noneMatch(o -> o.expression().equals(new Expression.Plain(ref)));
      boolean single =
          isRoot(table)
              && (Names.isKey(root, ref.column())
                  || names.label(root).filter(ref.column()::equals).isPresent())
              && draft.measures.stream().anyMatch(m -> m.column() == null);
      if (grouped
          ? !ofGroup && !same
          : single
              && root.foreignKeys().stream()
                  .noneMatch(k -> k.columns().contains(ref.column().name()))) {
        throw new NotUnderstoodException(
            "“"
                + names.words(ref.column())
                + "” differs among the "
                + names.plural(root)
                + " of which something is computed, so it cannot be shown beside it.",
            List.of());
      }
    }
  }

  private boolean isRoot(Table table) {
    return table.name().equals(root.name());
  }

  private void rerooted(Table subject) throws NotUnderstoodException {
    choice.choosePlace(subject, List.of(), true);
    extraCost += 1;
    assumptions.add(
        "The rows are those of "
            + names.plural(root)
            + ", each with its "
            + names.singular(subject)
            + ".");
  }

  private List<Measure> measures() throws NotUnderstoodException {
    if (!draft.measures.isEmpty()) {
      return draft.measures;
    }
    boolean counts =
        draft.subject == null
            && draft.conditions.stream()
                .anyMatch(c -> c.filter() instanceof Filter.HasCount h && isRoot(h.table()));
    if (counts) {
      return List.of(new Measure(Aggregate.COUNT, null, root));
    }
    Ranking ranking = draft.ranking;
    boolean own = draft.skipped > 0 && draft.distinct && draft.measures.isEmpty();
    boolean things =
        own ? false : draft.subject != null ? !isRoot(draft.subject) : !draft.projections.isEmpty();
    if (ranking != null && ranking.column() != null && ranking.limit() != null && things) {
      Mention amounts = ranking.column().only(c -> Names.isAmount(c.table(), c.column()));
      if (!amounts.isEmpty()) {
        assumptions.add("“" + ranking.column().text() + "” is added up for each.");
        return List.of(new Measure(Aggregate.SUM, amounts, null));
      }
    }
    if (!draft.groups.isEmpty() && draft.projections.isEmpty()) {
      assumptions.add("What is counted is " + names.plural(root) + ".");
      return List.of(new Measure(Aggregate.COUNT, null, root));
    }
    return List.of();
  }

  /** "cost by country": an amount beside a group is added up. */
  private List<Measure> grouped(List<Ref> projected) throws NotUnderstoodException {
    List<Measure> measures = new ArrayList<>();
    for (int i = 0; i < projected.size(); i++) {
      Ref ref = projected.get(i);
      if (!Names.isAmount(ref.place().table(), ref.column())) {
        continue;
      }
      outputs.removeIf(o -> o.expression().equals(new Expression.Plain(ref)));
      measures.add(new Measure(Aggregate.SUM, draft.projections.get(i), null));
      assumptions.add("“" + draft.projections.get(i).text() + "” is added up in each group.");
    }
    if (measures.isEmpty()) {
      throw new NotUnderstoodException(
          "It is not clear what to compute for each group.",
          draft.groups.stream()
              .filter(Group.ByColumn.class::isInstance)
              .map(group -> ((Group.ByColumn) group).column().text())
              .map(by -> new Alternative.Whole("number of " + names.plural(root) + " by " + by))
              .toList());
    }
    return measures;
  }

  private Expression.Of measure(Measure measure) throws NotUnderstoodException {
    Optional<Column> own = ownCount();
    if (measure.column() == null && linked == null && own.isPresent()) {
      assumptions.add(
          "Each of the "
              + names.plural(root)
              + " counts as often as its “"
              + own.get().name()
              + "” says.");
      return new Expression.Of(Aggregate.SUM, new Ref(Place.root(root), own.get()));
    }
    if (measure.column() == null) {
      return linked == null
          ? new Expression.Of(Aggregate.COUNT, null)
          : new Expression.Of(Aggregate.COUNT_DISTINCT, keyOf(linked));
    }
    Choice.Option option = choice.choose(measure.column(), true);
    Aggregate aggregate = aggregate(measure, option);
    boolean once = option.place().hops().isEmpty() || (linked != null && isPureLink());
    if (!once && aggregate != Aggregate.COUNT_DISTINCT) {
      throw new NotUnderstoodException(
          "“" + measure.column().text() + "” is not a column of " + names.plural(root) + ".",
          List.of());
    }
    return new Expression.Of(aggregate, option.ref());
  }

  /** "The number of guests" is in the column of that name, or else it is counted. */
  private Aggregate aggregate(Measure measure, Choice.Option option) {
    if (measure.aggregate() != Aggregate.COUNT) {
      return measure.aggregate();
    }
    Table table = option.candidate().table();
    Column column = option.candidate().column();
    boolean numbered = column.name().toLowerCase(Locale.ROOT).endsWith("number");
    return Names.isAmount(table, column) && !numbered ? Aggregate.SUM : Aggregate.COUNT_DISTINCT;
  }

  /** The column in which each row says for how many it stands. */
  private Optional<Column> ownCount() {
    return root.columns().stream()
        .filter(c -> Names.isAmount(root, c) && names.all(root, c).contains(List.of("count")))
        .findFirst();
  }

  private Ref keyOf(Table table) throws NotUnderstoodException {
    if (table.primaryKey() == null || table.primaryKey().columns().size() != 1) {
      throw new NotUnderstoodException(
          names.plural(table) + " have no key by which to count them.", List.of());
    }
    Place place = choice.choosePlace(table, List.of(), true);
    return new Ref(place, table.column(table.primaryKey().columns().get(0)).orElseThrow());
  }

  /** Whether the root holds nothing but keys, so that it names each pair once. */
  private boolean isPureLink() {
    return root.columns().stream().allMatch(column -> Names.isKey(root, column));
  }

  private void group(Group group) throws NotUnderstoodException {
    if (group instanceof Group.ByThing thing) {
      thing(thing.table(), thing.roles());
    } else if (group instanceof Group.ByUnit byUnit) {
      output(new Expression.UnitOf(times.of(null, root, root), byUnit.unit()));
    } else if (group instanceof Group.ByColumn byColumn) {
      Ref ref = choice.choose(byColumn.column(), true).ref();
      Unit unit = byColumn.unit();
      groupColumns.add(ref);
      output(unit == null ? new Expression.Plain(ref) : new Expression.UnitOf(ref, unit));
    }
  }

  /** A thing is known by its key, and shown by its label. */
  private void thing(Table table, List<Meaning.OfRole> roles) throws NotUnderstoodException {
    Place place = choice.choosePlace(table, roles, true);
    Optional<Column> label = names.label(table);
    if (table.primaryKey() != null) {
      for (String key : table.primaryKey().columns()) {
        output(new Expression.Plain(new Ref(place, table.column(key).orElseThrow())));
      }
    }
    label.ifPresent(column -> output(new Expression.Plain(new Ref(place, column))));
    if (outputs.isEmpty()) {
      throw new NotUnderstoodException(
          names.plural(table) + " have neither a key nor a name to tell them apart.", List.of());
    }
  }

  /** Rows are counted, so what has none is in no group; among the first it would not be anyway. */
  private void emptyLeftOut(Table parent) {
    Ranking ranking = draft.ranking;
    boolean firstOnly = ranking != null && ranking.limit() != null && ranking.descending();
    if (!firstOnly && !isRoot(parent)) {
      String such = draft.conditions.isEmpty() ? " without " : " without such ";
      String sentence = names.plural(parent) + such + names.plural(root) + " are not in the list.";
      assumptions.add(Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1));
    }
  }

  private void output(Expression expression) {
    if (outputs.stream().noneMatch(o -> o.expression().equals(expression))) {
      outputs.add(new Output(expression, ""));
    }
  }

  private void relatedThings(Conditions conditions) throws NotUnderstoodException {
    List<Table> related = new ArrayList<>(draft.related);
    if (draft.subject != null) {
      related.add(draft.subject);
    }
    for (Table table : related) {
      if (!isRoot(table) && lexicon.graph().paths(root, table, true).isEmpty()) {
        conditions.related(table);
      } else if (!isRoot(table)) {
        conditions.parent(table);
      }
    }
  }

  /** Among the first are those that have a name: rows without one are no group of their own. */
  private void namedGroupsOnly(Conditions conditions) {
    for (Output output : outputs) {
      if (output.expression() instanceof Expression.Plain plain
          && plain.ref().column().nullable()) {
        conditions.known(plain.ref());
      }
    }
  }

  private boolean isDistinct(List<Ref> projected, boolean aggregated)
      throws NotUnderstoodException {
    if (aggregated || outputs.isEmpty()) {
      return false;
    }
    if (draft.distinct) {
      return true;
    }
    if (draft.subjectShown) {
      return false;
    }
    if (projected.size() == 1 && draft.ranking == null) {
      Ref ref = projected.get(0);
      boolean few = lexicon.values(ref.place().table(), ref.column()).isPresent();
      boolean label = names.label(ref.place().table()).filter(ref.column()::equals).isPresent();
      if (draft.subject == null
          && draft.conditions.isEmpty()
          && Names.isAmount(ref.place().table(), ref.column())) {
        String amount = names.words(ref.column());
        throw new NotUnderstoodException(
            "It is not clear what to make of the " + amount + " of all " + names.plural(root) + ".",
            List.of(
                new Alternative.Whole("total " + amount),
                new Alternative.Whole("average " + amount),
                new Alternative.Whole(names.plural(root) + " and their " + amount)));
      }
      if (draft.subject == null || (few && !label)) {
        assumptions.add("Each " + names.words(ref.column()) + " is shown once.");
        return true;
      }
    }
    return false;
  }

  private @Nullable Integer order(List<Expression> computed, boolean aggregated, boolean distinct)
      throws NotUnderstoodException {
    Ranking ranking = draft.ranking;
    boolean firstOnly = ranking != null && ranking.hints().equals(List.of("first"));
    if (aggregated) {
      List<Expression> groups =
          outputs.stream().map(Output::expression).filter(e -> !e.isComputed()).toList();
      if (groups.isEmpty()) {
        if (ranking != null) {
          throw new NotUnderstoodException(
              "It is not clear what is to be ranked.",
              parents().map(t -> top(t, "number of " + names.plural(root))).toList());
        }
        return null;
      }
      rankGroups(ranking, computed, groups);
      return ranking == null ? null : ranking.limit();
    }
    if (ranking != null && !firstOnly) {
      orders.add(new Order(new Expression.Plain(rankColumn(ranking)), ranking.descending()));
    }
    if (distinct) {
      for (Output output : outputs) {
        if (orders.stream().noneMatch(o -> o.expression().equals(output.expression()))) {
          orders.add(new Order(output.expression(), false));
        }
      }
    } else if (root.primaryKey() != null) {
      for (String key : root.primaryKey().columns()) {
        orders.add(
            new Order(
                new Expression.Plain(new Ref(Place.root(root), root.column(key).orElseThrow())),
                false));
      }
    }
    return ranking == null ? null : ranking.limit();
  }

  private void rankGroups(
      @Nullable Ranking ranking, List<Expression> computed, List<Expression> groups)
      throws NotUnderstoodException {
    boolean chronological =
        ranking == null && groups.stream().anyMatch(Expression.UnitOf.class::isInstance);
    boolean byGroup = false;
    if (ranking != null && ranking.column() != null && !draft.measures.isEmpty()) {
      Expression.Plain plain = new Expression.Plain(choice.choose(ranking.column(), true).ref());
      if (!groups.contains(plain)) {
        throw new NotUnderstoodException(
            "“" + ranking.column().text() + "” is not among what is grouped by.", List.of());
      }
      if (lexicon.namesMonths(plain.ref().place().table(), plain.ref().column())) {
        throw new NotUnderstoodException(
            "“" + ranking.column().text() + "” holds names of months, which sort by letters only.",
            List.of());
      }
      orders.add(new Order(plain, ranking.descending()));
      byGroup = true;
    }
    if (!chronological && !byGroup && !computed.isEmpty()) {
      orders.add(new Order(computed.get(0), ranking == null || ranking.descending()));
    }
    for (Expression group : groups) {
      if (orders.stream().noneMatch(o -> o.expression().equals(group))) {
        orders.add(new Order(group, false));
      }
    }
    if (ranking != null && Integer.valueOf(1).equals(ranking.limit())) {
      assumptions.add("Where several tie, the first of them is shown.");
    }
  }

  private Alternative top(Table table, String by) {
    Integer limit = draft.ranking == null ? null : draft.ranking.limit();
    return new Alternative.Whole(
        "top " + (limit == null ? 5 : limit) + " " + names.plural(table) + " by " + by);
  }

  private Stream<String> amounts() {
    return root.columns().stream().filter(c -> Names.isAmount(root, c)).map(names::words);
  }

  private Stream<Table> parents() {
    return lexicon.tables().stream()
        .filter(t -> root.foreignKeys().stream().anyMatch(key -> key.target().equals(t.name())));
  }

  private Stream<Table> children() {
    return lexicon.tables().stream()
        .filter(t -> t.foreignKeys().stream().anyMatch(key -> key.target().equals(root.name())));
  }

  /** The first text that is shown, or else the name of the thing. */
  private Ref alphabetical() throws NotUnderstoodException {
    for (Output output : outputs) {
      if (output.expression() instanceof Expression.Plain plain
          && Names.isText(plain.ref().column())) {
        return plain.ref();
      }
    }
    Column label =
        names
            .label(root)
            .orElseThrow(
                () ->
                    new NotUnderstoodException(
                        names.plural(root) + " have no name to sort by.", List.of()));
    return new Ref(Place.root(root), label);
  }

  private Ref rankColumn(Ranking ranking) throws NotUnderstoodException {
    if (ranking.column() != null) {
      return choice.choose(ranking.column(), true).ref();
    }
    if (ranking.hints().contains(RankingReader.ALPHABETICAL)) {
      return alphabetical();
    }
    if (draft.subject == null && !draft.projections.isEmpty()) {
      String thing = draft.projections.get(0).text();
      throw new NotUnderstoodException(
          "It is not clear by which of its " + names.plural(root) + " “" + thing + "” is ranked.",
          amounts()
              .map(c -> new Alternative.Whole(thing + " with the highest average " + c))
              .toList());
    }
    if (ranking.hints().isEmpty()) {
      throw new NotUnderstoodException(
          "It is not clear by what " + names.plural(root) + " are to be ranked.",
          Stream.concat(
                  amounts().map(c -> top(root, c)),
                  children().map(t -> top(root, "number of " + names.plural(t))))
              .toList());
    }
    if (ranking.hints().contains("date")) {
      return times.of(null, root, root);
    }
    List<Column> fitting =
        root.columns().stream()
            .filter(c -> Names.isAmount(root, c) && names.hasAny(root, c, ranking.hints()))
            .toList();
    if (fitting.isEmpty()) {
      throw new NotUnderstoodException(
          names.plural(root) + " have no column for “" + ranking.hints().get(0) + "”.", List.of());
    }
    Column chosen = fitting.get(0);
    if (fitting.size() > 1) {
      for (String hint : ranking.hints()) {
        List<Column> exact =
            fitting.stream().filter(c -> names.hasAny(root, c, List.of(hint))).toList();
        if (exact.size() > 1) {
          throw new NotUnderstoodException(
              "The ranking may be by "
                  + names.words(exact.get(0))
                  + " or by "
                  + names.words(exact.get(1))
                  + ".",
              exact.stream().map(c -> top(root, names.words(c))).toList());
        } else if (!exact.isEmpty()) {
          chosen = exact.get(0);
          break;
        }
      }
    }
    assumptions.add("The ranking is by " + names.words(chosen) + ".");
    return new Ref(Place.root(root), chosen);
  }
}
