package io.sally.ask.offline;

import io.sally.ask.offline.Draft.Group;
import io.sally.ask.offline.Draft.Measure;
import io.sally.ask.offline.Query.Condition;
import io.sally.ask.offline.Query.Expression;
import io.sally.ask.offline.Query.Order;
import io.sally.ask.offline.Query.Output;
import io.sally.ask.offline.Query.Ref;
import io.sally.ask.words.Sense;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads "the ratio of open rooms to closed rooms": each side is a question of its own, asked of the
 * same table. What is said in a phrase of place after the second side holds of both, unless the
 * first side says something else of the same column. Confined to one question.
 */
final class TwoSidedRatio {
  /** What one side computes, of which rows. */
  private record Side(Query query, Expression.Of measure, List<String> assumptions) {}

  private final Lexicon lexicon;
  private final List<String> schemaPath;

  TwoSidedRatio(Lexicon lexicon, List<String> schemaPath) {
    this.lexicon = lexicon;
    this.schemaPath = schemaPath;
  }

  /** None where the question is no ratio, or a side of it cannot be read. */
  Optional<Resolver.Resolved> read(List<Segment> segments) {
    int ratio = ratio(segments);
    if (ratio < 0) {
      return Optional.empty();
    }
    for (int to = ratio + 1; to < segments.size(); to++) {
      if (!segments.get(to).is(Sense.TO) && !segments.get(to).text().equalsIgnoreCase("out of")) {
        continue;
      }
      List<Segment> second = new ArrayList<>(segments.subList(0, ratio));
      second.addAll(segments.subList(to + 1, segments.size()));
      Side above = side(segments.subList(ratio + 1, to));
      Side below = above == null ? null : side(second);
      if (above != null && below != null) {
        Optional<Resolver.Resolved> read = together(above, below, conditionsBeforePlace(second));
        if (read.isPresent()) {
          return read;
        }
      }
    }
    return Optional.empty();
  }

  private static int ratio(List<Segment> segments) {
    for (int i = 0; i < segments.size(); i++) {
      Segment segment = segments.get(i);
      if (!segment.isUnplaced()
          && segment.matches().get(0).meaning() instanceof Meaning.Function function
          && (function.sense() == Sense.RATIO || function.sense() == Sense.SHARE)) {
        return i;
      }
    }
    return -1;
  }

  private @Nullable Side side(List<Segment> segments) {
    try {
      Draft draft = new Reader(segments, schemaPath).read();
      boolean counts = draft.measures.isEmpty() && draft.projections.isEmpty();
      boolean adds = draft.measures.isEmpty() && draft.projections.size() == 1;
      if (!draft.unplaced.isEmpty() || draft.fraction != null) {
        return null;
      } else if (counts && draft.subject != null) {
        draft.measures.add(new Measure(Aggregate.COUNT, null, draft.subject));
      } else if (adds) {
        Mention amount =
            draft.projections.remove(0).only(c -> Names.isAmount(c.table(), c.column()));
        draft.measures.add(new Measure(Aggregate.SUM, amount, null));
        draft.assumptions.add("“" + amount.text() + "” is added up on each side of the ratio.");
      }
      Resolver.Resolved resolved = new Resolver(lexicon).resolve(draft);
      List<Expression.Of> measures =
          resolved.query().outputs().stream()
              .map(Output::expression)
              .filter(Expression.Of.class::isInstance)
              .map(Expression.Of.class::cast)
              .toList();
      boolean plain =
          measures.size() == 1
              && resolved.query().having().isEmpty()
              && draft.groups.stream().noneMatch(Group.ByUnit.class::isInstance);
      return plain ? new Side(resolved.query(), measures.get(0), resolved.assumptions()) : null;
    } catch (NotUnderstoodException e) {
      // The reason of the plain reading is the one to tell.
      return null;
    }
  }

  /** What the second side says before its last phrase of place; null where there is none. */
  private @Nullable List<Condition> conditionsBeforePlace(List<Segment> second) {
    int place = -1;
    for (int i = 0; i < second.size(); i++) {
      Segment segment = second.get(i);
      boolean goal = segment.is(Sense.OF) && segment.text().equalsIgnoreCase("for");
      place = segment.is(Sense.IN) || goal ? i : place;
    }
    Side before = place < 0 ? null : side(second.subList(0, place));
    return before == null ? null : before.query().where();
  }

  private Optional<Resolver.Resolved> together(
      Side above, Side below, @Nullable List<Condition> beforePlace) {
    Query query = below.query();
    boolean alike = above.measure().aggregate() == below.measure().aggregate();
    if (!alike
        || !above.query().root().equals(query.root())
        || above.query().outputs().size() != 1) {
      return Optional.empty();
    }
    Set<String> assumptions = new LinkedHashSet<>(above.assumptions());
    assumptions.addAll(below.assumptions());
    List<Condition> first = new ArrayList<>(above.query().where());
    List<Condition> second = new ArrayList<>(query.where());
    List<Condition> both = new ArrayList<>(first);
    both.retainAll(second);
    if (beforePlace != null && (!first.isEmpty() || !beforePlace.isEmpty())) {
      Set<Ref> said = new HashSet<>();
      first.forEach(condition -> Conditions.refs(condition).forEach(said::add));
      for (Condition condition : second) {
        if (!beforePlace.contains(condition)
            && !both.contains(condition)
            && Conditions.refs(condition).noneMatch(said::contains)) {
          both.add(condition);
          assumptions.add(
              "That "
                  + new Explanation(lexicon.names()).condition(condition)
                  + " holds of both sides of the ratio.");
        }
      }
    }
    first.removeAll(both);
    second.removeAll(both);
    Expression top = counted(above.measure(), first);
    Expression bottom = counted(below.measure(), second);
    if (top.equals(bottom)) {
      return Optional.empty();
    }
    Expression ratio = new Expression.Quotient(top, bottom);
    List<Output> outputs = new ArrayList<>();
    List<Order> orders = new ArrayList<>();
    query.outputs().stream().filter(o -> !o.expression().isComputed()).forEach(outputs::add);
    if (!outputs.isEmpty()) {
      orders.add(new Order(ratio, query.orders().isEmpty() || query.orders().get(0).descending()));
      outputs.forEach(output -> orders.add(new Order(output.expression(), false)));
    }
    outputs.add(new Output(ratio, ""));
    return Optional.of(
        new Resolver.Resolved(
            new Query(
                query.root(),
                Outputs.named(outputs, query.root(), lexicon.names()),
                false,
                both,
                List.of(),
                orders,
                query.offset(),
                query.limit()),
            List.copyOf(assumptions),
            0));
  }

  private static Expression counted(Expression.Of measure, List<Condition> conditions) {
    return conditions.isEmpty() ? measure : new Expression.OfThose(measure, conditions);
  }
}
