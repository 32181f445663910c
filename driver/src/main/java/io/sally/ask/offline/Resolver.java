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
import java.util.Optional;
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
          "The question names no table and no column, so it is not clear what to show.", List.of());
    }
    refuseKindsWithout(draft);
    for (Table root : roots) {
      try {
        found.add(new Binding(root, draft, lexicon).bind());
      } catch (NotUnderstoodException e) {
        if (failure == null) {
          failure = e;
        }
      }
    }
    if (found.isEmpty() && roots.size() == 1 && !draft.measures.isEmpty()) {
      found.addAll(overLinks(roots.get(0), draft));
    }
    if (found.isEmpty() && failure != null) {
      throw failure;
    }
    found.sort(Comparator.comparingDouble(Resolved::cost));
    List<Table> tied =
        found.stream()
            .filter(f -> f.cost() - found.get(0).cost() < TIE)
            .map(f -> f.query().root())
            .toList();
    if (tied.size() > 1) {
      throw tie(draft, tied);
    }
    return found.get(0);
  }

  /** Kinds that a table of things itself lists are no things that could be without them. */
  private void refuseKindsWithout(Draft draft) throws NotUnderstoodException {
    if (draft.subject != null) {
      return;
    }
    for (Draft.Condition condition : draft.conditions) {
      if (condition.filter() instanceof Filter.Related related && related.negated()) {
        for (Mention shown : draft.projections) {
          if (shown.any(c -> c.isOf(related.table()))) {
            throw new NotUnderstoodException(
                "“"
                    + shown.text()
                    + "” is known of "
                    + lexicon.names().plural(related.table())
                    + " themselves, so none is without them.",
                List.of());
          }
        }
      }
    }
  }

  /** What is computed of one thing by another that many of them share, over what links the two. */
  private List<Resolved> overLinks(Table of, Draft draft) {
    List<Resolved> found = new ArrayList<>();
    for (Table link : lexicon.tables()) {
      if (link.foreignKeys().size() > 1
          && link.foreignKeys().stream().anyMatch(key -> key.target().equals(of.name()))) {
        overLink(link, of, draft).ifPresent(found::add);
      }
    }
    return found;
  }

  /** None where this one links other things: the reason of the plain reading is the one to tell. */
  private Optional<Resolved> overLink(Table link, Table of, Draft draft) {
    try {
      return Optional.of(new Binding(link, of, draft, lexicon).bind());
    } catch (NotUnderstoodException e) {
      return Optional.empty();
    }
  }

  private NotUnderstoodException tie(Draft draft, List<Table> tied) {
    String count = tied.size() == 2 ? "two" : String.valueOf(tied.size());
    List<String> readings = new ArrayList<>();
    List<Alternative> alternatives = new ArrayList<>();
    Optional<Mention> shared =
        draft.mentions().stream()
            .filter(m -> tied.stream().allMatch(t -> m.any(c -> c.isOf(t))))
            .findFirst();
    for (Table table : tied) {
      String noun = Names.words(table);
      if (shared.isPresent()) {
        String text = shared.get().text();
        Mention own = shared.get().only(c -> c.isOf(table));
        readings.add(lexicon.names().words(own.candidates().get(0).column()) + " of " + noun);
        alternatives.add(new Alternative.Instead(text, text + " of " + noun));
      } else {
        readings.add(noun);
      }
    }
    return new NotUnderstoodException(
        "The question can be read in " + count + " ways: " + Names.list(readings, "or") + ".",
        alternatives);
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
