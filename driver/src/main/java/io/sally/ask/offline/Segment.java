package io.sally.ask.offline;

import io.sally.ask.words.Sense;
import java.util.List;
import java.util.Optional;

/**
 * A piece of a question with all that it may mean, the best first; no meaning for words that found
 * no place.
 */
record Segment(String text, int from, int to, List<Match> matches) {
  Segment {
    matches = List.copyOf(matches);
  }

  <M extends Meaning> Optional<M> meaning(Class<M> kind) {
    return matches.stream()
        .map(Match::meaning)
        .filter(kind::isInstance)
        .map(kind::cast)
        .findFirst();
  }

  List<Match> matches(Class<? extends Meaning> kind) {
    return matches.stream().filter(match -> kind.isInstance(match.meaning())).toList();
  }

  Optional<Meaning.Function> function() {
    return meaning(Meaning.Function.class);
  }

  boolean is(Sense sense) {
    return function().filter(function -> function.sense() == sense).isPresent();
  }

  boolean isUnplaced() {
    return matches.isEmpty();
  }
}
