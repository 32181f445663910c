package io.sally.ask.offline;

import io.sally.ask.offline.Query.Ref;
import io.sally.engine.catalog.Column;
import io.sally.engine.catalog.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the date that a question means without naming it. Confined to one question. */
final class TimeColumns {
  private final Lexicon lexicon;
  private final Names names;
  private final Set<String> assumptions;

  TimeColumns(Lexicon lexicon, Set<String> assumptions) {
    this.lexicon = lexicon;
    this.names = lexicon.names();
    this.assumptions = assumptions;
  }

  /** The date of the thing nearest to the words, or else of the root. */
  Ref of(@Nullable Table near, Table root, Table from) throws NotUnderstoodException {
    Table table = near != null && !times(near).isEmpty() ? near : root;
    List<Column> times = times(table);
    if (times.isEmpty()) {
      throw new NotUnderstoodException(
          "No date is known of " + names.plural(table) + ".", List.of());
    }
    List<Place> ways = lexicon.graph().paths(from, table, false);
    if (ways.isEmpty()) {
      throw new NotUnderstoodException(
          "No key relates " + names.plural(from) + " to " + names.plural(table) + ".", List.of());
    }
    Column chosen = times.size() == 1 ? times.get(0) : preferred(table, times);
    assumptions.add("The date is the " + names.words(chosen) + " of " + names.plural(table) + ".");
    return new Ref(ways.get(0), chosen);
  }

  private static List<Column> times(Table table) {
    return table.columns().stream().filter(Names::isTime).toList();
  }

  private Column preferred(Table table, List<Column> times) throws NotUnderstoodException {
    List<Column> own = times.stream().filter(c -> names.sharesRoot(table, c)).toList();
    if (own.size() == 1) {
      return own.get(0);
    }
    List<Column> best = new ArrayList<>();
    int bestRank = Integer.MAX_VALUE;
    for (Column column : own.isEmpty() ? times : own) {
      int rank = names.events(table, column);
      if (rank >= 0 && rank <= bestRank) {
        if (rank < bestRank) {
          best.clear();
        }
        bestRank = rank;
        best.add(column);
      }
    }
    if (best.size() == 1) {
      return best.get(0);
    }
    List<String> choices = times.stream().map(names::words).toList();
    throw new NotUnderstoodException(
        "It is not clear which date of "
            + names.plural(table)
            + " is meant: "
            + Names.list(choices, "or")
            + ".",
        choices.stream()
            .flatMap(c -> Stream.of(c, c.replaceAll(" (at|on|date|time)$", "")))
            .flatMap(
                c ->
                    Stream.of(Names.words(table), names.plural(table), names.singular(table))
                        .distinct()
                        .map(noun -> new Alternative.Instead(noun, noun + " " + c)))
            .toList());
  }
}
