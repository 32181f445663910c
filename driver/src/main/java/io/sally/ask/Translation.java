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
    double estimatedRows) {
  public Translation {
    Objects.requireNonNull(id, "id");
    assumptions = List.copyOf(assumptions);
  }
}
