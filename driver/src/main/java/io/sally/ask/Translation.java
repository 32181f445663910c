package io.sally.ask;

import io.sally.engine.catalog.TableName;
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
    return new Translation(
        id,
        question,
        sql,
        explanation,
        assumptions,
        other,
        translator,
        tables,
        estimatedRows,
        votes);
  }
}
