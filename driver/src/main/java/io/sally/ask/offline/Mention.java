package io.sally.ask.offline;

import io.sally.engine.catalog.Column;
import io.sally.engine.catalog.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A column or value as a question names it, before it is known which one of the schema is meant.
 *
 * @param near the table whose name stands nearest, or null
 * @param owner the table that the question itself says it belongs to, or null
 * @param roles the foreign keys of which the words before it speak; none for no such words
 */
record Mention(
    String text,
    List<Candidate> candidates,
    @Nullable Table near,
    @Nullable Table owner,
    List<Meaning.OfRole> roles,
    @Nullable Direction direction) {
  /** Where a thing goes to or comes from. */
  enum Direction {
    DESTINATION,
    ORIGIN
  }

  /**
   * One of the columns that may be meant.
   *
   * @param value the value in it, or null when the column itself is meant
   */
  record Candidate(
      Table table,
      Column column,
      @Nullable String value,
      double score,
      @Nullable String assumption) {
    boolean isOf(Table other) {
      return table.name().equals(other.name());
    }

    /** Whether both mean the same column. */
    boolean sameAs(Candidate other) {
      return isOf(other.table) && column.name().equals(other.column.name());
    }
  }

  Mention {
    candidates = List.copyOf(candidates);
    roles = List.copyOf(roles);
  }

  static Mention ofColumns(String text, List<Match> matches) {
    List<Candidate> candidates = new ArrayList<>();
    for (Match match : matches) {
      if (match.meaning() instanceof Meaning.OfColumn of) {
        candidates.add(
            new Candidate(of.table(), of.column(), null, match.score(), match.assumption()));
      }
    }
    return new Mention(text, candidates, null, null, List.of(), null);
  }

  static Mention ofValues(String text, List<Match> matches) {
    List<Candidate> candidates = new ArrayList<>();
    for (Match match : matches) {
      if (match.meaning() instanceof Meaning.OfValue of) {
        candidates.add(
            new Candidate(of.table(), of.column(), of.value(), match.score(), match.assumption()));
      }
    }
    return new Mention(text, candidates, null, null, List.of(), null);
  }

  Mention near(@Nullable Table newNear) {
    return new Mention(text, candidates, newNear, owner, roles, direction);
  }

  Mention ownedBy(Table newOwner) {
    return new Mention(text, candidates, near, newOwner, roles, direction);
  }

  Mention in(List<Meaning.OfRole> newRoles, @Nullable Direction newDirection) {
    return new Mention(text, candidates, near, owner, newRoles, newDirection);
  }

  Mention only(Predicate<Candidate> test) {
    return new Mention(
        text, candidates.stream().filter(test).toList(), near, owner, roles, direction);
  }

  boolean isEmpty() {
    return candidates.isEmpty();
  }

  boolean any(Predicate<Candidate> test) {
    return candidates.stream().anyMatch(test);
  }
}
