package io.sally.ask.offline;

import io.sally.ask.offline.Draft.Filter;
import io.sally.ask.offline.Draft.Group;
import io.sally.ask.offline.Draft.Measure;
import io.sally.ask.offline.Mention.Candidate;
import io.sally.engine.catalog.Table;
import io.sally.engine.catalog.TableName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Ties a draft to the schema: finds the table that the rows are of, and among several the one from
 * which all that is mentioned is reached best. Confined to one question.
 */
final class Resolver {
  /** A query with what was taken for granted on the way. */
  record Resolved(Query query, List<String> assumptions, double cost) {}

  private static final double TIE = 1e-6;

  private final Lexicon lexicon;

  Resolver(Lexicon lexicon) {
    this.lexicon = lexicon;
  }

  Resolved resolve(Draft draft) throws NotUnderstoodException {
    List<Resolved> found = new ArrayList<>();
    @Nullable NotUnderstoodException failure = null;
    List<Table> roots = draft.asksForSomething() ? roots(draft) : List.of();
    if (roots.isEmpty()) {
      throw new NotUnderstoodException(
          "The question does not say of what: it names no kind of thing that the data holds.",
          List.of());
    }
    for (Table root : roots) {
      try {
        found.add(new Binding(root, draft, lexicon).bind());
      } catch (NotUnderstoodException e) {
        if (failure == null) {
          failure = e;
        }
      }
    }
    if (found.isEmpty() && failure != null) {
      throw failure;
    }
    found.sort(Comparator.comparingDouble(Resolved::cost));
    if (found.size() > 1 && found.get(1).cost() - found.get(0).cost() < TIE) {
      String first = lexicon.names().plural(found.get(0).query().root());
      String second = lexicon.names().plural(found.get(1).query().root());
      throw new NotUnderstoodException(
          "The question may be about " + first + " or about " + second + ": say which.", List.of());
    }
    return found.get(0);
  }

  private List<Table> roots(Draft draft) throws NotUnderstoodException {
    Map<TableName, Table> roots = new LinkedHashMap<>();
    for (Measure measure : draft.measures) {
      if (measure.counted() != null) {
        roots.put(measure.counted().name(), measure.counted());
      }
    }
    if (roots.size() > 1) {
      throw new NotUnderstoodException(
          "The question counts several things at once: ask for one at a time.", List.of());
    }
    if (!roots.isEmpty()) {
      return List.copyOf(roots.values());
    }
    for (Measure measure : draft.measures) {
      if (measure.column() != null) {
        put(roots, measure.column());
      }
    }
    if (!roots.isEmpty()) {
      return List.copyOf(roots.values());
    }
    if (draft.subject != null) {
      roots.put(draft.subject.name(), draft.subject);
      Stream.concat(
              draft.projections.stream(),
              draft.ranking == null || draft.ranking.column() == null
                  ? Stream.empty()
                  : Stream.of(draft.ranking.column()))
          .forEach(mention -> put(roots, mention));
      return List.copyOf(roots.values());
    }
    for (Draft.Condition condition : draft.conditions) {
      if (condition.filter() instanceof Filter.HasCount count) {
        return List.of(count.table());
      }
    }
    draft.projections.forEach(mention -> put(roots, mention));
    if (roots.isEmpty()) {
      draft.related.forEach(table -> roots.put(table.name(), table));
    }
    if (roots.isEmpty()) {
      draft.groups.stream()
          .filter(Group.ByColumn.class::isInstance)
          .forEach(group -> put(roots, ((Group.ByColumn) group).column()));
    }
    return List.copyOf(roots.values());
  }

  private static void put(Map<TableName, Table> roots, Mention mention) {
    double best = mention.candidates().stream().mapToDouble(Candidate::score).max().orElse(0);
    for (Candidate candidate : mention.candidates()) {
      boolean owned =
          mention.owner() == null || mention.owner().name().equals(candidate.table().name());
      if (owned && candidate.score() > best - 0.45) {
        roots.putIfAbsent(candidate.table().name(), candidate.table());
      }
    }
  }
}
