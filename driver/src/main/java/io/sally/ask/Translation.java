package io.sally.ask;

import io.sally.engine.catalog.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;

/**
 * A proven translation of a question.
 *
 * @param id names it in {@code ASK RUN <id>}
 * @param sql the query, as proven
 * @param translator the translator's name
 * @param tables the tables that the query reads
 * @param estimatedRows the planner's estimate
 * @param votes how many candidates meant this query
 */
public record Translation(
    String id,
    String question,
    String sql,
    String explanation,
    List<String> assumptions,
    Trust trust,
    String translator,
    SortedSet<TableName> tables,
    double estimatedRows,
    Votes votes) {
  public Translation {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(votes, "votes");
    assumptions = List.copyOf(assumptions);
  }

  /** The same with another claim. */
  Translation withTrust(Trust other) {
    return with(assumptions, other, votes);
  }

  /** The same after a vote. */
  Translation withVotes(Votes other) {
    return with(assumptions, trust, other);
  }

  /** The same with one more thing that was taken for granted. */
  Translation withAssumption(String assumption) {
    List<String> more = new ArrayList<>(assumptions);
    more.add(assumption);
    return with(more, trust, votes);
  }

  private Translation with(List<String> newAssumptions, Trust newTrust, Votes newVotes) {
    return new Translation(
        id,
        question,
        sql,
        explanation,
        newAssumptions,
        newTrust,
        translator,
        tables,
        estimatedRows,
        newVotes);
  }
}
