package io.sally.ask.offline;

import io.sally.ask.offline.Mention.Candidate;
import io.sally.ask.offline.Mention.Direction;
import io.sally.ask.words.Words;
import io.sally.engine.catalog.Table;
import io.sally.engine.catalog.TableName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Chooses, for one root, which column on which way a mention means. Each possibility has a cost:
 * how far the name is from the words, how far the table is from the words around, how long the way
 * is. Two possibilities of equal cost are a tie, and a tie is no answer. Confined to one question.
 */
final class Choice {
  private static final double TIE = 1e-6;
  private static final double WORTH_SAYING = 0.4;

  /** A possibility. */
  record Option(Candidate candidate, Place place, double cost) {
    Query.Ref ref() {
      return new Query.Ref(place, candidate.column());
    }
  }

  private final Table root;
  private final JoinGraph graph;
  private final Names names;
  private final Set<Place> used = new LinkedHashSet<>();
  private final Set<TableName> mentioned;
  private final Set<String> assumptions;
  private double cost;

  Choice(Table root, Set<TableName> mentioned, Lexicon lexicon, Set<String> assumptions) {
    this.root = root;
    this.mentioned = mentioned;
    this.graph = lexicon.graph();
    this.names = lexicon.names();
    this.assumptions = assumptions;
  }

  /** The sum of the costs of what was chosen so far. */
  double cost() {
    return cost;
  }

  /** The cheapest possibility, on ways to one row only or on any. */
  Option choose(Mention mention, boolean toOneOnly) throws NotUnderstoodException {
    List<Option> options = options(mention, toOneOnly);
    if (options.isEmpty()) {
      throw new NotUnderstoodException(
          "“" + mention.text() + "” has no known relation to " + names.plural(root) + ".",
          List.of());
    }
    Option best = options.get(0);
    if (options.size() > 1) {
      Option second = options.get(1);
      if (second.cost() - best.cost() < TIE) {
        throw new NotUnderstoodException(
            "“" + mention.text() + "” may mean " + describe(best) + " or " + describe(second) + ".",
            Stream.of(best, second).flatMap(option -> said(mention, option)).toList());
      }
      boolean plain = mention.near() == null || best.candidate().isOf(mention.near());
      double worthSaying = plain ? WORTH_SAYING : 2 * WORTH_SAYING;
      if (second.cost() - best.cost() < worthSaying && !describe(best).equals(describe(second))) {
        assumptions.add(
            "“"
                + mention.text()
                + "” is taken as "
                + describe(best)
                + ", not "
                + describe(second)
                + ".");
      }
    }
    if (best.candidate().assumption() != null) {
      assumptions.add(best.candidate().assumption());
    } else if (best.candidate().value() == null && best.candidate().score() < 0.8) {
      assumptions.add("“" + mention.text() + "” is taken as " + describe(best) + ".");
    }
    take(best);
    return best;
  }

  /** The way to a table that a question names as a thing. */
  Place choosePlace(Table table, List<Meaning.OfRole> roles, boolean toOneOnly)
      throws NotUnderstoodException {
    List<Place> places =
        graph.paths(root, table, toOneOnly).stream().filter(p -> follows(p, roles)).toList();
    if (places.isEmpty()) {
      throw new NotUnderstoodException(
          "No key relates " + names.plural(root) + " to " + names.plural(table) + ".", List.of());
    }
    List<Place> sorted =
        places.stream().sorted(Comparator.comparingDouble(p -> wayCost(p, null))).toList();
    Place best = sorted.get(0);
    if (sorted.size() > 1 && wayCost(sorted.get(1), null) - wayCost(best, null) < TIE) {
      throw new NotUnderstoodException(
          "“"
              + names.singular(table)
              + "” may mean the "
              + way(best)
              + " or the "
              + way(sorted.get(1))
              + ".",
          sorted.subList(0, 2).stream().flatMap(place -> said(table, place)).toList());
    }
    if (sorted.size() > 1) {
      assumptions.add(
          "“"
              + names.singular(table)
              + "” is taken as the "
              + way(best)
              + ", not the "
              + way(sorted.get(1))
              + ".");
    }
    used.add(best);
    sayInferred(best);
    cost += 0.15 * best.hops().size();
    return best;
  }

  private void take(Option option) {
    cost += option.cost();
    used.add(option.place());
    sayInferred(option.place());
  }

  /** A key that no catalog declares is an assumption like any other. */
  private void sayInferred(Place place) {
    for (Hop hop : place.hops()) {
      if (hop.key().name().equals(InferredKeys.NAME)) {
        assumptions.add(
            "The "
                + names.words(hop.holder().column(hop.key().columns().get(0)).orElseThrow())
                + " of "
                + names.plural(hop.holder())
                + " is taken as a key of "
                + Words.plural(hop.key().target().table().toLowerCase(Locale.ROOT))
                + ", by its name.");
      }
    }
  }

  private List<Option> options(Mention mention, boolean toOneOnly) {
    List<Option> options = new ArrayList<>();
    for (Candidate candidate : mention.candidates()) {
      Table owner = mention.owner();
      if (owner != null && !owner.name().equals(candidate.table().name())) {
        continue;
      }
      for (Place place : graph.paths(root, candidate.table(), toOneOnly)) {
        if (follows(place, mention.roles()) && isSpokenOf(place)) {
          options.add(new Option(candidate, place, cost(mention, candidate, place)));
        }
      }
    }
    options.sort(
        Comparator.comparingDouble(Option::cost)
            .thenComparing(o -> o.candidate().table().name())
            .thenComparing(o -> o.candidate().column().name()));
    return options;
  }

  /** Whether the question speaks of the many rows over which the way leads. */
  boolean isSpokenOf(Place place) {
    return place.firstToMany() < 0
        || place.hops().size() == 1
        || place.hops().stream().anyMatch(hop -> mentioned.contains(hop.to().name()));
  }

  /** Whether the way leads over many rows of which the question does not speak. */
  boolean isUnspoken(Place place) {
    return place.firstToMany() >= 0
        && place.hops().stream().noneMatch(hop -> mentioned.contains(hop.to().name()));
  }

  private double cost(Mention mention, Candidate candidate, Place place) {
    Table near = mention.near();
    int distance =
        near == null ? place.hops().size() : Math.min(4, graph.distance(near, candidate.table()));
    // A key column is seldom meant where another column bears the words as well.
    double key =
        candidate.value() == null && Names.isKey(candidate.table(), candidate.column()) ? 0.2 : 0;
    return 2 * (1.04 - candidate.score())
        + 0.5 * distance
        + key
        + (used.contains(place) ? -0.1 : 0)
        + wayCost(place, mention.direction())
        + directionCost(mention, candidate);
  }

  private double wayCost(Place place, @Nullable Direction direction) {
    double sum = 0.15 * place.hops().size();
    for (Hop hop : place.hops()) {
      sum += hop.forward() ? 0 : 0.4;
      boolean destination = says(hop, "DESTINATION");
      boolean origin = !destination && says(hop, "ORIGIN");
      if (direction == null) {
        // Things are where they are going rather than where they came from.
        sum += destination ? -0.02 : origin ? 0.02 : 0;
      } else if (destination || origin) {
        sum += destination == (direction == Direction.DESTINATION) ? -0.3 : 0.3;
      }
      sum += 0.01 * names.roleWords(hop.key()).size();
    }
    return sum;
  }

  /** "To" and "from" are said of the thing nearest to them, which need not be the root. */
  private double directionCost(Mention mention, Candidate candidate) {
    if (mention.direction() == null) {
      return 0;
    }
    boolean goal = names.says(candidate.table(), candidate.column(), "DESTINATION");
    if (goal || names.says(candidate.table(), candidate.column(), "ORIGIN")) {
      return goal == (mention.direction() == Direction.DESTINATION) ? -0.3 : 0.3;
    }
    Table near = mention.near();
    if (near == null || near.name().equals(root.name())) {
      return 0;
    }
    List<Place> ways = graph.paths(near, candidate.table(), true);
    double sum = 0;
    for (Hop hop : ways.isEmpty() ? List.<Hop>of() : ways.get(0).hops()) {
      boolean destination = says(hop, "DESTINATION");
      if (destination || says(hop, "ORIGIN")) {
        sum += destination == (mention.direction() == Direction.DESTINATION) ? -1 : 1;
      }
    }
    return sum;
  }

  private boolean says(Hop hop, String sense) {
    Table holder = hop.holder();
    return names.says(holder, holder.column(hop.key().columns().get(0)).orElseThrow(), sense);
  }

  private static boolean follows(Place place, List<Meaning.OfRole> roles) {
    return roles.isEmpty()
        || place.hops().stream()
            .anyMatch(
                hop ->
                    roles.stream()
                        .anyMatch(
                            role ->
                                role.key().equals(hop.key())
                                    && role.table().name().equals(hop.holder().name())));
  }

  private String describe(Option option) {
    String column = names.words(option.candidate().column()) + " of " + way(option.place());
    return option.candidate().value() == null
        ? column
        : column + " “" + option.candidate().value() + "”";
  }

  /** The ways to say which of the possibilities is meant. */
  private Stream<Alternative> said(Mention mention, Option option) {
    String way = way(option.place());
    String noun = names.singular(option.candidate().table());
    return option.candidate().value() == null
        ? Stream.of(
            new Alternative.Instead(mention.text(), mention.text() + " of " + way),
            new Alternative.Instead(mention.text(), way + " " + mention.text()),
            new Alternative.Instead(mention.text(), noun + " " + mention.text()))
        : Stream.of(
            new Alternative.Instead(
                mention.text(), names.words(option.candidate().column()) + " " + mention.text()),
            new Alternative.Instead(mention.text(), noun + " " + mention.text()));
  }

  private Stream<Alternative> said(Table table, Place place) {
    List<String> role = names.roleWords(place.hops().get(place.hops().size() - 1).key());
    String noun = names.singular(table);
    return Stream.of(new Alternative.Instead(noun, String.join(" ", role) + " " + noun));
  }

  /** The table at a place, with the role in which it is reached. */
  String way(Place place) {
    String noun = names.plural(place.table());
    if (place.hops().isEmpty()) {
      return noun;
    }
    List<String> role = names.roleWords(place.hops().get(place.hops().size() - 1).key());
    return role.isEmpty() ? noun : String.join(" ", role) + " " + noun;
  }
}
