package io.sally.ask.offline;

import io.sally.ask.offline.Draft.Filter;
import io.sally.ask.offline.Draft.Group;
import io.sally.ask.offline.Draft.Measure;
import io.sally.ask.offline.Draft.Ranking;
import io.sally.ask.offline.Mention.Direction;
import io.sally.engine.catalog.Table;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the segments from left to right into a draft: which words ask, which restrict, which group,
 * which rank. Each word either finds a place or is kept as one that did not. Confined to one
 * question.
 */
final class Reader {
  private static final Set<Sense> LINKS =
      EnumSet.of(Sense.AND, Sense.OF, Sense.IN, Sense.FROM, Sense.NOT, Sense.OR, Sense.DISTINCT);

  private final Phrases words;
  private final List<String> schemaPath;
  private final Draft draft = new Draft();

  private int at;

  // What the words read so far have announced, each until the noun that it waits for.
  private final List<Aggregate> aggregates = new ArrayList<>();
  private @Nullable Table lastTable;
  private final List<Meaning.OfRole> roles = new ArrayList<>();
  private @Nullable Direction direction;

  /** The time of the event of which the words speak, for a period that names no date. */
  private @Nullable Mention eventTime;

  private @Nullable Comparison bound;
  private BigDecimal boundNumber = BigDecimal.ZERO;
  private String boundText = "";
  private @Nullable Integer limit;
  private boolean negated;
  private boolean without;
  private boolean with;
  private boolean or;
  private boolean groupNext;
  private boolean rankNext;
  private boolean rankBySuperlative;
  private boolean superlative;

  Reader(List<Segment> all, List<String> schemaPath) {
    this.words = new Phrases(all);
    this.schemaPath = schemaPath;
  }

  Draft read() throws NotUnderstoodException {
    while (at < words.size()) {
      Segment segment = words.at(at);
      if (segment.isUnplaced()) {
        unplaced(segment.text());
        at++;
      } else if (segment.matches().get(0).meaning() instanceof Meaning.Function function) {
        function(function, segment);
      } else {
        content(segment);
      }
    }
    finish();
    return draft;
  }

  /** What still waits for its noun found none. */
  private void finish() {
    if (bound != null) {
      unplaced(boundText);
    }
    if ((negated || without) && draft.unplaced.isEmpty()) {
      unplaced(negated ? "not" : "without");
    }
    if (or) {
      unplaced("or");
    }
    if (groupNext) {
      unplaced("each");
    }
    if (limit != null) {
      unplaced(limit.toString());
    }
    roles.stream().map(role -> role.key().columns().get(0)).distinct().forEach(this::unplaced);
    if (!aggregates.isEmpty() && draft.measures.isEmpty()) {
      if (aggregates.contains(Aggregate.COUNT) && (draft.subject != null)) {
        draft.measures.add(new Measure(Aggregate.COUNT, null, draft.subject));
      } else if (draft.unplaced.isEmpty()) {
        unplaced(aggregates.get(0).words());
      }
    }
  }

  private void function(Meaning.Function function, Segment segment) throws NotUnderstoodException {
    Sense sense = function.sense();
    Comparison comparison = Comparison.of(sense);
    if (comparison != null) {
      at++;
      comparison(comparison, null, segment.text());
      return;
    }
    at++;
    switch (sense) {
      case COUNT -> aggregates.add(Aggregate.COUNT);
      case AMOUNT, SUM -> aggregates.add(Aggregate.SUM);
      case AVERAGE -> aggregates.add(Aggregate.AVERAGE);
      case MINIMUM -> aggregates.add(Aggregate.MINIMUM);
      case MAXIMUM -> aggregates.add(Aggregate.MAXIMUM);
      case DISTINCT -> draft.distinct = true;
      case BY -> by(segment.text());
      case SORT -> sort();
      case ASCENDING, DESCENDING -> direction(sense, segment.text());
      case TOP, BOTTOM -> draft.ranking = new Ranking(null, List.of(), sense == Sense.TOP, count());
      case FIRST, LAST_ROWS -> first(segment.text());
      case BETWEEN, OR_MORE, OR_LESS, CONTAINS, STARTS, ENDS -> unplaced(segment.text());
      case CALLED -> called(segment.text());
      case OR -> or = true;
      case NOT, EXCEPT -> negated = !negated;
      case WITHOUT, MISSING -> {
        without = true;
      }
      case WITH, PRESENT -> with = true;
      case FROM -> direction = Direction.ORIGIN;
      case TO -> direction = Direction.DESTINATION;
      case MOST, LEAST, SUPERLATIVE_HIGH, SUPERLATIVE_LOW, FREQUENT, RARE ->
          superlative(sense, function.hints(), segment.text());
      case OLDER -> older(segment.text());
      case OVERDUE -> add(new Filter.Overdue(nearTable(), takeNegated()));
      case UPCOMING -> during(null, Period.halfOpen(Moment.TODAY, null, segment.text()));
      case LAPSED -> lapsed();
      case PERIODIC -> draft.groups.add(new Group.ByUnit(Unit.valueOf(function.hints().get(0))));
      default -> {}
    }
  }

  private @Nullable Integer count() {
    if (limit != null) {
      Integer given = limit;
      limit = null;
      return given;
    }
    Optional<BigDecimal> number = words.number(at);
    if (number.isPresent()) {
      at++;
      return number.get().intValue();
    }
    return null;
  }

  private int limitOrOne() {
    if (draft.ranking != null && draft.ranking.limit() != null) {
      return draft.ranking.limit();
    }
    Integer given = count();
    return given == null ? 1 : given;
  }

  /**
   * One question ranks by one thing: a second superlative would silently take the first's place.
   */
  private void superlative(Sense sense, List<String> hints, String text) {
    if (superlative) {
      unplaced(text);
      return;
    }
    superlative = true;
    switch (sense) {
      case MOST, LEAST -> {
        draft.ranking = new Ranking(null, List.of(), sense == Sense.MOST, limitOrOne());
        rankNext = true;
        rankBySuperlative = true;
      }
      case FREQUENT, RARE -> {
        draft.ranking = new Ranking(null, List.of(), sense == Sense.FREQUENT, limitOrOne());
        draft.measures.add(new Measure(Aggregate.COUNT, null, null));
      }
      default ->
          draft.ranking = new Ranking(null, hints, sense == Sense.SUPERLATIVE_HIGH, limitOrOne());
    }
  }

  private void first(String text) {
    Integer rows = count();
    if (rows == null) {
      unplaced(text);
    } else {
      draft.ranking = new Ranking(null, List.of("first"), false, rows);
    }
  }

  /** "Expired" speaks of the date of the same root where there is one. */
  private void lapsed() {
    at--;
    Mention date = words.timeColumns(at).near(nearTable());
    at++;
    during(date.isEmpty() ? null : date, Period.halfOpen(null, Moment.TODAY, "before today"));
  }

  private void older(String text) {
    Optional<BigDecimal> number = words.number(at);
    Optional<Unit> unit = words.unit(at + 1);
    if (number.isPresent() && unit.isPresent()) {
      at += 2;
      during(
          null,
          Period.halfOpen(
              null,
              Moment.fromToday(-number.get().intValue(), unit.get()),
              text + " " + number.get() + " " + unit.get().noun() + "s"));
    } else {
      unplaced(text);
    }
  }

  private void called(String text) {
    if (at < words.size()) {
      Segment next = words.at(at);
      Optional<Meaning.OfText> quoted = next.meaning(Meaning.OfText.class);
      if (next.matches(Meaning.OfValue.class).isEmpty()) {
        StringBuilder called = new StringBuilder(quoted.map(Meaning.OfText::text).orElse(""));
        while (quoted.isEmpty() && at < words.size() && words.at(at).isUnplaced()) {
          called.append(called.isEmpty() ? "" : " ").append(words.at(at).text());
          at++;
        }
        if (quoted.isPresent()) {
          at++;
        }
        if (!called.isEmpty()) {
          add(new Filter.Called(lastTable, called.toString(), takeNegated()));
          return;
        }
      } else {
        return;
      }
    }
    unplaced(text);
  }

  private void by(String text) throws NotUnderstoodException {
    Ranking ranking = draft.ranking;
    if (ranking != null
        && ranking.column() == null
        && ranking.hints().isEmpty()
        && draft.measures.isEmpty()
        && !text.equals("per")
        && !text.contains("each")) {
      rankNext = true;
      return;
    }
    boolean found = false;
    while (at < words.size() && group()) {
      found = true;
      if (words.sense(at) == Sense.AND && isGroup(at + 1)) {
        at++;
      } else if (words.sense(at) == Sense.AND && words.sense(at + 1) == Sense.BY) {
        at += 2;
      } else {
        break;
      }
    }
    if (!found && at < words.size()) {
      // "each Irish author": the noun to group by comes after its adjectives.
      groupNext = !text.equalsIgnoreCase("by");
      boolean agent = !words.at(at).matches(Meaning.OfValue.class).isEmpty();
      if (!agent && !words.at(at).isUnplaced()) {
        groupNext = false;
        unplaced(text);
      }
    }
  }

  private boolean isGroup(int index) {
    return index < words.size()
        && (words.table(index) != null
            || words.unit(index).isPresent()
            || !words.at(index).matches(Meaning.OfColumn.class).isEmpty()
            || !words.at(index).matches(Meaning.OfRole.class).isEmpty())
        && words.sense(index) == null;
  }

  private boolean group() throws NotUnderstoodException {
    if (!isGroup(at)) {
      return false;
    }
    Segment segment = words.at(at);
    Optional<Unit> unit = words.unit(at);
    if (unit.isPresent() && segment.matches(Meaning.OfColumn.class).isEmpty()) {
      at++;
      if (words.sense(at) == Sense.OF && !words.timeColumns(at + 1).isEmpty()) {
        at++;
      }
      Mention date = words.timeColumns(at);
      if (!date.isEmpty()) {
        at++;
        draft.groups.add(new Group.ByColumn(date.near(lastTable), unit.get()));
      } else {
        draft.groups.add(new Group.ByUnit(unit.get()));
      }
      return true;
    }
    Table table = words.table(at);
    if (table != null && Phrases.isTopTable(segment)) {
      Mention owned =
          at + 1 < words.size()
              ? words.columns(at + 1).only(c -> c.isOf(table))
              : words.columns(at).only(c -> false);
      if (!owned.isEmpty() && words.sense(at + 1) == null && Phrases.isSingular(segment)) {
        at += 2;
        draft.groups.add(new Group.ByColumn(decorated(owned).ownedBy(table), null));
        return true;
      }
      at++;
      draft.mentioned.add(table.name());
      draft.groups.add(new Group.ByThing(table, takeRoles()));
      return true;
    }
    if (segment.matches().get(0).meaning() instanceof Meaning.OfRole role && role(segment)) {
      boolean named = isGroup(at) && words.unit(at).isEmpty();
      if (named) {
        return group();
      }
      draft.mentioned.add(role.target().name());
      draft.groups.add(new Group.ByThing(role.target(), takeRoles()));
      return true;
    }
    Mention column = decorated(words.columns(at));
    at++;
    Optional<Unit> of = words.unit(at);
    if (of.isPresent() && column.any(c -> Names.isTime(c.column()))) {
      at++;
      draft.groups.add(new Group.ByColumn(column.only(c -> Names.isTime(c.column())), of.get()));
      return true;
    }
    draft.groups.add(new Group.ByColumn(ownerAfter(column), null));
    return true;
  }

  private void sort() {
    if (words.sense(at) == Sense.BY) {
      at++;
    }
    if (words.sense(at) == Sense.COUNT && !draft.measures.isEmpty()) {
      at++;
      if (at < words.size() && words.table(at) != null) {
        at++;
      }
      draft.ranking = new Ranking(null, List.of(), descending(), null);
      return;
    }
    if (at < words.size() && !words.columns(at).isEmpty()) {
      Mention column = words.columns(at).near(lastTable);
      at++;
      draft.ranking = new Ranking(column, List.of(), descending(), null);
      return;
    }
    if (words.sense(at) == Sense.ASCENDING || words.sense(at) == Sense.DESCENDING) {
      return;
    }
    unplaced("sorted");
  }

  private boolean descending() {
    if (words.sense(at) == Sense.IN) {
      at++;
    }
    if (words.sense(at) == Sense.DESCENDING) {
      at++;
      return true;
    }
    if (words.sense(at) == Sense.ASCENDING) {
      at++;
    }
    return false;
  }

  private void direction(Sense sense, String text) {
    if (draft.ranking != null) {
      draft.ranking =
          new Ranking(
              draft.ranking.column(),
              draft.ranking.hints(),
              sense == Sense.DESCENDING,
              draft.ranking.limit());
    } else if (text.toLowerCase(Locale.ROOT).contains("first")) {
      draft.ranking = new Ranking(null, List.of("date", "time"), sense == Sense.DESCENDING, null);
    } else {
      unplaced(text);
    }
  }

  private void comparison(Comparison comparison, @Nullable Mention left, String text) {
    if (left == null
        && comparison == Comparison.EQUAL
        && at < words.size()
        && words.number(at).isEmpty()) {
      return;
    }
    Optional<BigDecimal> number = words.number(at);
    Comparison meant = negated ? comparison.negated() : comparison;
    if (number.isPresent()) {
      at++;
      if (left != null) {
        negated = false;
        add(new Filter.Compares(left, orMore(meant), null, number.get()));
      } else {
        bound = orMore(meant);
        negated = false;
        boundNumber = number.get();
        boundText = text + " " + words.at(at - 1).text();
      }
      return;
    }
    Mention right = at < words.size() ? ownedColumn() : null;
    if (right != null && !right.isEmpty()) {
      negated = false;
      add(new Filter.Compares(left, meant, right, ""));
      return;
    }
    unplaced(text);
  }

  private Comparison orMore(Comparison comparison) {
    if (words.sense(at) == Sense.OR_MORE) {
      at++;
      return Comparison.AT_LEAST;
    } else if (words.sense(at) == Sense.OR_LESS) {
      at++;
      return Comparison.AT_MOST;
    }
    return comparison;
  }

  /** A column, with the table before it that owns it, when the segment here is one. */
  private @Nullable Mention ownedColumn() {
    Table owner = words.table(at);
    if (owner != null && at + 1 < words.size()) {
      Mention column = words.columns(at + 1).only(c -> c.isOf(owner));
      if (!column.isEmpty()) {
        at += 2;
        return column.ownedBy(owner);
      }
    }
    Mention column = words.columns(at);
    if (column.isEmpty() || words.sense(at) != null) {
      return null;
    }
    at++;
    return decorated(column).near(lastTable);
  }

  private void content(Segment segment) throws NotUnderstoodException {
    Meaning best = segment.matches().get(0).meaning();
    if (best instanceof Meaning.OfNumber number) {
      number(number.value(), segment);
    } else if (best instanceof Meaning.OfPeriod period) {
      at++;
      Mention date = words.timeColumns(at);
      if (!date.isEmpty() && words.table(at) == null) {
        at++;
        during(date.near(lastTable), period.period());
      } else {
        during(null, period.period());
      }
    } else if (best instanceof Meaning.OfUnit unit && aggregates.isEmpty()) {
      at++;
      draft.groups.add(new Group.ByUnit(unit.unit()));
    } else if (best instanceof Meaning.OfText
        && words.columns(at).isEmpty()
        && words.values(at).isEmpty()) {
      unplaced("'" + segment.text() + "'");
      at++;
    } else if (words.table(at) != null && Phrases.isTopTable(segment)) {
      table(segment);
    } else if (!words.timeColumns(at).isEmpty() && words.period(at + 1).isPresent()) {
      Mention column = decorated(words.timeColumns(at)).near(nearTable());
      at += 2;
      during(column, words.period(at - 1).orElseThrow());
    } else if (!words.timeColumns(at).isEmpty()
        && words.sense(at + 1) == Sense.BY
        && words.unit(at + 2).isPresent()) {
      // "delivered per month": the month of the delivery.
      Mention time = decorated(words.timeColumns(at)).near(nearTable());
      draft.groups.add(new Group.ByColumn(time, words.unit(at + 2).orElseThrow()));
      eventTime = time;
      at += 3;
    } else if (isFilteringColumn(segment)) {
      column(segment);
    } else if (!words.values(at).isEmpty()) {
      values();
    } else if (best instanceof Meaning.OfRole && role(segment)) {
      return;
    } else if (!words.columns(at).isEmpty()) {
      column(segment);
    } else if (!role(segment)) {
      unplaced(segment.text());
      at++;
    }
  }

  /** A column rather than a value of the same words: something that only columns have follows. */
  private boolean isFilteringColumn(Segment segment) {
    if (words.columns(at).isEmpty()) {
      return false;
    }
    if (words.values(at).isEmpty()) {
      return true;
    }
    if (isFlagOfNearest()) {
      return true;
    }
    Sense next = words.sense(at + 1);
    double column = segment.matches(Meaning.OfColumn.class).get(0).score();
    double value = segment.matches(Meaning.OfValue.class).get(0).score();
    return column > value || Comparison.of(next) != null || next == Sense.BETWEEN;
  }

  /** Whether the nearest thing has a flag of these words, and no column with such a value. */
  private boolean isFlagOfNearest() {
    at++;
    Table near = nearTable();
    at--;
    return near != null
        && words.columns(at).any(c -> c.isOf(near) && Names.isBoolean(c.column()))
        && !words.values(at).any(v -> v.isOf(near));
  }

  private void number(BigDecimal value, Segment segment) {
    at++;
    Sense next = words.sense(at);
    if (next == Sense.OR_MORE || next == Sense.OR_LESS) {
      bound = orMore(Comparison.EQUAL);
      boundNumber = value;
      boundText = segment.text();
    } else if (next == Sense.MOST
        || next == Sense.LEAST
        || next == Sense.SUPERLATIVE_HIGH
        || next == Sense.SUPERLATIVE_LOW
        || next == Sense.TOP
        || next == Sense.BOTTOM
        || next == Sense.FREQUENT
        || next == Sense.RARE) {
      limit = value.intValue();
    } else if (with) {
      bound = Comparison.EQUAL;
      boundNumber = value;
      boundText = segment.text();
    } else if (at == 1 && draft.ranking == null) {
      draft.ranking = new Ranking(null, List.of("first"), false, value.intValue());
    } else {
      unplaced(segment.text());
    }
  }

  private void table(Segment segment) throws NotUnderstoodException {
    Table table = chosenTable(segment);
    if (Phrases.isSingular(segment) && at + 1 < words.size() && words.sense(at + 1) == null) {
      Mention owned = words.columns(at + 1).only(c -> c.isOf(table));
      if (!owned.isEmpty() && words.period(at + 1).isEmpty() && words.values(at + 1).isEmpty()) {
        at++;
        lastTable = table;
        draft.related.add(table);
        column(owned.ownedBy(table), words.at(at));
        return;
      }
    }
    at++;
    lastTable = table;
    if (groupNext) {
      groupNext = false;
      draft.groups.add(new Group.ByThing(table, takeRoles()));
      return;
    }
    if (bound != null) {
      add(new Filter.HasCount(table, bound, boundNumber));
      bound = null;
      with = false;
      return;
    }
    if (aggregates.contains(Aggregate.COUNT)
        && aggregates.stream().anyMatch(a -> a != Aggregate.COUNT && a != Aggregate.SUM)) {
      // The average of counts would need a query over a query.
      aggregates.forEach(aggregate -> unplaced(aggregate.words()));
      aggregates.clear();
      return;
    }
    if (aggregates.remove(Aggregate.COUNT)) {
      aggregates.clear();
      Comparison comparison = Comparison.of(words.sense(at));
      if (comparison != null && words.number(at + 1).isPresent()) {
        at += 2;
        add(new Filter.HasCount(table, comparison, words.number(at - 1).orElseThrow()));
        return;
      }
      draft.measures.add(new Measure(Aggregate.COUNT, null, table));
      rankNext = false;
      return;
    }
    if (aggregates.equals(List.of(Aggregate.SUM)) && columnAhead() < 0) {
      aggregates.clear();
      draft.measures.add(new Measure(Aggregate.COUNT, null, table));
      rankNext = false;
      return;
    }
    if (rankNext
        && (draft.subject != null || !draft.projections.isEmpty() || !draft.groups.isEmpty())) {
      rankNext = false;
      draft.measures.add(new Measure(Aggregate.COUNT, null, table));
      return;
    }
    if (without) {
      without = false;
      add(new Filter.Related(table, true));
    } else if (draft.subject == null) {
      draft.subject = table;
    } else if (with || negated) {
      add(new Filter.Related(table, takeNegated()));
    } else if (words.sense(at - 2) == Sense.AND) {
      // Two kinds of thing side by side would be two lists.
      unplaced(segment.text());
    } else {
      draft.related.add(table);
    }
    with = false;
  }

  private int columnAhead() {
    for (int i = at; i < words.size(); i++) {
      Sense sense = words.sense(i);
      if (sense == Sense.BY || sense == Sense.WITH) {
        return -1;
      }
      if (sense == null && !words.columns(i).isEmpty() && words.values(i).isEmpty()) {
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
          tables.stream().map(t -> "Say the whole name: " + t.name().table()).toList());
    }
    note(matches.get(0).assumption());
    draft.mentioned.add(tables.get(0).name());
    return tables.get(0);
  }

  private int rank(Table table) {
    int index = schemaPath.indexOf(table.name().schemaLabel());
    return index < 0 ? Integer.MAX_VALUE : index;
  }

  private void column(Segment segment) {
    column(decorated(words.columns(at)).near(projectionNear()), segment);
  }

  private void column(Mention mention, Segment segment) {
    at++;
    Mention column = ownerAfter(mention);
    if (isComparison(at) && isComparable(column)) {
      compareColumn(column);
      return;
    }
    if (words.sense(at) == Sense.BY && isValueOf(column, at + 1)) {
      at++;
      return;
    }
    Sense next = words.sense(at);
    if (next == null && aggregates.isEmpty() && isValueOf(column, at)) {
      return;
    }
    Table noun = next == null ? words.table(at) : null;
    if (noun != null && column.any(c -> c.isOf(noun) && Names.isBoolean(c.column()))) {
      add(new Filter.Flag(column.only(c -> c.isOf(noun)), !takeNegated()));
      return;
    }
    if (!aggregates.isEmpty()) {
      measure(column);
      return;
    }
    if (bound != null) {
      add(new Filter.Compares(column, bound, null, boundNumber));
      bound = null;
      with = false;
      return;
    }
    if (without || next == Sense.MISSING || (negated && next == Sense.PRESENT)) {
      at += next == Sense.MISSING || next == Sense.PRESENT ? 1 : 0;
      boolean present = next == Sense.MISSING && negated;
      negated = false;
      without = false;
      absent(column, present);
      return;
    }
    if (next == Sense.PRESENT) {
      at++;
      absent(column, true);
      return;
    }
    if (rankNext) {
      rankNext = false;
      boolean hasThing =
          draft.subject != null || !draft.projections.isEmpty() || !draft.groups.isEmpty();
      if (hasThing || !rankBySuperlative) {
        Ranking ranking = draft.ranking;
        draft.ranking = ranking == null ? null : ranking.by(column);
      } else {
        boolean descending = draft.ranking != null && draft.ranking.descending();
        draft.ranking = null;
        draft.measures.add(
            new Measure(descending ? Aggregate.MAXIMUM : Aggregate.MINIMUM, column, null));
      }
      return;
    }
    if (words.number(at).isPresent() && column.any(c -> Names.isNumber(c.column()))) {
      at++;
      add(
          new Filter.Compares(
              column.only(c -> Names.isNumber(c.column())),
              orMore(negated ? Comparison.NOT_EQUAL : Comparison.EQUAL),
              null,
              words.number(at - 1).orElseThrow()));
      negated = false;
      with = false;
      return;
    }
    if (with && (draft.subject != null || lastTable != null)) {
      with = false;
      boolean present = !takeNegated();
      absent(column, present);
      return;
    }
    if (column.any(c -> Names.isBoolean(c.column())) && (isAdjective() || negated)) {
      add(new Filter.Flag(column.only(c -> Names.isBoolean(c.column())), !takeNegated()));
      return;
    }
    Mention times = column.only(c -> Names.isTime(c.column()));
    if (!times.isEmpty()
        && isParticiple(segment)
        && (draft.subject != null || isAdjective() || negated || !draft.measures.isEmpty())) {
      boolean absent = takeNegated();
      add(
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
    draft.projections.add(column);
  }

  private boolean isAdjective() {
    return draft.subject != null
        || (at < words.size() && words.sense(at) == null && words.table(at) != null);
  }

  private static boolean isParticiple(Segment segment) {
    return segment.text().toLowerCase(Locale.ROOT).endsWith("ed")
        && segment.matches().get(0).score() < 1.0;
  }

  /** Whether a value of that very column follows, so that the column's name is said with it. */
  private boolean isValueOf(Mention column, int index) {
    Mention values = words.values(index);
    return values.any(v -> column.any(c -> c.sameAs(v)));
  }

  private void absent(Mention column, boolean present) {
    Mention flags = column.only(c -> Names.isBoolean(c.column()));
    if (!flags.isEmpty()) {
      add(new Filter.Flag(flags, present));
    } else {
      add(new Filter.Missing(column, present, null));
    }
  }

  private boolean isComparison(int index) {
    Sense sense = words.sense(index);
    if (sense == Sense.NOT || sense == Sense.IN || sense == Sense.OF) {
      return isComparison(index + 1)
          && (sense == Sense.NOT
              || Comparison.of(words.sense(index + 1)) != null
              || words.sense(index + 1) == Sense.BETWEEN);
    }
    return (Comparison.of(sense) != null && !isCountComparison(index))
        || sense == Sense.BETWEEN
        || sense == Sense.CONTAINS
        || sense == Sense.STARTS
        || sense == Sense.ENDS;
  }

  /** Greater and less are said of numbers and times only; a thing before them is what is shown. */
  private boolean isComparable(Mention column) {
    Comparison comparison = Comparison.of(words.sense(at));
    return comparison == null
        || comparison == Comparison.EQUAL
        || comparison == Comparison.NOT_EQUAL
        || column.any(c -> Names.isNumber(c.column()) || Names.isTime(c.column()));
  }

  // "customers over 100 orders": the number counts the things after it.
  private boolean isCountComparison(int index) {
    return words.number(index + 1).isPresent()
        && index + 2 < words.size()
        && words.sense(index + 2) == null
        && words.table(index + 2) != null;
  }

  private void compareColumn(Mention column) {
    while (words.sense(at) == Sense.NOT
        || words.sense(at) == Sense.IN
        || words.sense(at) == Sense.OF) {
      negated = negated ^ (words.sense(at) == Sense.NOT);
      at++;
    }
    Segment operator = words.at(at);
    Sense sense = words.sense(at);
    at++;
    Comparison comparison = Comparison.of(sense);
    if (sense == Sense.BETWEEN) {
      Optional<BigDecimal> low = words.number(at);
      Optional<BigDecimal> high = words.number(at + 2);
      if (low.isPresent() && high.isPresent() && words.sense(at + 1) == Sense.AND) {
        at += 3;
        add(new Filter.Range(column, low.get(), high.get(), takeNegated()));
      } else {
        unplaced(operator.text());
      }
    } else if (comparison != null && !aggregates.isEmpty() && words.number(at).isPresent()) {
      BigDecimal number = words.number(at).orElseThrow();
      at++;
      Measure measure = new Measure(aggregates.get(0), column, null);
      aggregates.clear();
      draft.measures.add(measure);
      add(new Filter.Having(measure, orMore(comparison), number));
    } else if (comparison != null) {
      if (words.number(at).isPresent()
          || (at < words.size()
              && words.sense(at) == null
              && (!words.columns(at).isEmpty() && words.values(at).isEmpty()))) {
        comparison(comparison, column, operator.text());
      } else if (at < words.size() && isValueOf(column, at)) {
        negated = negated ^ (comparison == Comparison.NOT_EQUAL);
      } else {
        literal(column, comparison, operator);
      }
    } else if (sense != null) {
      String text = literalText();
      if (text.isEmpty()) {
        unplaced(operator.text());
      } else {
        add(new Filter.Text(column, sense, text, takeNegated()));
      }
    }
  }

  private void literal(Mention column, Comparison comparison, Segment operator) {
    String text = literalText();
    Mention texts = column.only(c -> Names.isText(c.column()));
    boolean equality = comparison == Comparison.EQUAL || comparison == Comparison.NOT_EQUAL;
    if (text.isEmpty() || texts.isEmpty() || !equality) {
      unplaced(operator.text());
      return;
    }
    Comparison meant = takeNegated() ? comparison.negated() : comparison;
    add(new Filter.Compares(texts, meant, null, text));
  }

  private String literalText() {
    if (at >= words.size()) {
      return "";
    }
    Optional<Meaning.OfText> quoted = words.at(at).meaning(Meaning.OfText.class);
    if (quoted.isPresent()) {
      at++;
      return quoted.get().text();
    }
    if (words.at(at).isUnplaced() || !words.values(at).isEmpty()) {
      at++;
      return words.at(at - 1).text();
    }
    return "";
  }

  private void measure(Mention column) {
    for (Aggregate aggregate : aggregates) {
      if (aggregate == Aggregate.COUNT) {
        Mention amounts = column.only(c -> Names.isAmount(c.table(), c.column()));
        boolean amount =
            !amounts.isEmpty() && amounts.candidates().size() == column.candidates().size();
        draft.measures.add(
            new Measure(amount ? Aggregate.SUM : Aggregate.COUNT_DISTINCT, column, null));
        draft.distinct = false;
      } else if (aggregate == Aggregate.SUM || aggregate == Aggregate.AVERAGE) {
        Mention amounts = column.only(c -> Names.isAmount(c.table(), c.column()));
        if (amounts.isEmpty()) {
          unplaced(aggregate.words() + " " + column.text());
        } else {
          draft.measures.add(new Measure(aggregate, amounts, null));
        }
      } else {
        draft.measures.add(new Measure(aggregate, column, null));
      }
    }
    // "minimum and maximum price": both wait for the same noun; what follows is a new one.
    aggregates.clear();
    rankNext = false;
  }

  private void values() {
    List<Mention> values = new ArrayList<>();
    if (!words.timeColumns(at).isEmpty()) {
      eventTime = words.timeColumns(at).near(nearTable());
    }
    Mention first = decorated(words.values(at)).near(nearTable());
    values.add(first);
    at++;
    while ((words.sense(at) == Sense.OR || words.sense(at) == Sense.AND)) {
      int next = at + 1;
      while (words.sense(next) == Sense.OR || words.sense(next) == Sense.AND) {
        next++;
      }
      if (next >= words.size() || words.sense(next) != null) {
        break;
      }
      Mention second = words.values(next);
      if (!second.any(v -> first.any(f -> f.sameAs(v)))) {
        break;
      }
      values.add(second.in(first.roles(), first.direction()).near(first.near()));
      at = next + 1;
    }
    // "science department": the column's own name after its value adds nothing.
    if (at < words.size()
        && words.sense(at) == null
        && words.table(at) == null
        && !isComparison(at + 1)
        && words.columns(at).any(c -> first.any(f -> f.sameAs(c)))) {
      Mention named = words.columns(at);
      at++;
      values.replaceAll(v -> v.only(f -> named.any(c -> c.sameAs(f))));
    }
    // "without red" denies the value, "without red cars" the thing that comes.
    boolean denied = without && followingNoun() == null;
    boolean not = takeNegated() || denied;
    without = without && !denied;
    with = false;
    add(new Filter.Values(values, not));
  }

  private boolean role(Segment segment) {
    List<Match> found = segment.matches(Meaning.OfRole.class);
    found.forEach(match -> roles.add((Meaning.OfRole) match.meaning()));
    if (!found.isEmpty()) {
      at++;
    }
    return !found.isEmpty();
  }

  private void during(@Nullable Mention column, Period period) {
    note(period.assumption());
    add(new Filter.During(column == null ? eventTime : column, nearTable(), period, takeNegated()));
  }

  /** The column of "city of the customer": the table after it is said to own it. */
  private Mention ownerAfter(Mention column) {
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
  private @Nullable Table nearTable() {
    Table noun = followingNoun();
    return noun == null ? lastTable : noun;
  }

  private @Nullable Table followingNoun() {
    for (int i = at; i < words.size(); i++) {
      Sense sense = words.sense(i);
      if (sense == null && words.table(i) != null && Phrases.isTopTable(words.at(i))) {
        return words.table(i);
      }
      boolean passes =
          sense == null
              ? !words.values(i).isEmpty()
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

  private @Nullable Table projectionNear() {
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

  private Mention decorated(Mention mention) {
    Direction given = direction;
    direction = null;
    return mention.in(takeRoles(), given);
  }

  private List<Meaning.OfRole> takeRoles() {
    List<Meaning.OfRole> taken = List.copyOf(roles);
    roles.clear();
    return taken;
  }

  private boolean takeNegated() {
    boolean taken = negated;
    negated = false;
    return taken;
  }

  private void add(Filter filter) {
    draft.conditions.add(new Draft.Condition(filter, or));
    or = false;
  }

  private void unplaced(String text) {
    if (!draft.unplaced.contains(text)) {
      draft.unplaced.add(text);
    }
  }

  private void note(@Nullable String assumption) {
    if (assumption != null && !draft.assumptions.contains(assumption)) {
      draft.assumptions.add(assumption);
    }
  }
}
