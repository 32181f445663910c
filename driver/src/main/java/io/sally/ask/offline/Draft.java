package io.sally.ask.offline;

import io.sally.ask.words.Sense;
import io.sally.engine.catalog.Table;
import io.sally.engine.catalog.TableName;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a question asks for, in the order in which it says so, before its mentions are tied to the
 * schema. Filled by {@link Reader}; confined to one thread.
 */
final class Draft {
  /**
   * Something computed of many rows.
   *
   * @param column of what, or null when rows of {@code counted} are counted
   * @param counted the table whose rows are counted; null with null {@code column} for the rows of
   *     whatever the question is about
   */
  record Measure(Aggregate aggregate, @Nullable Mention column, @Nullable Table counted) {}

  /** What rows are put together by. */
  sealed interface Group {
    record ByColumn(Mention column, @Nullable Unit unit) implements Group {}

    record ByThing(Table table, List<Meaning.OfRole> roles) implements Group {}

    record ByUnit(Unit unit) implements Group {}
  }

  /** A condition on rows. */
  sealed interface Filter {
    record Values(List<Mention> values, boolean negated) implements Filter {}

    record Compares(
        @Nullable Mention left, Comparison comparison, @Nullable Mention right, Object literal)
        implements Filter {}

    record Range(Mention column, BigDecimal low, BigDecimal high, boolean negated)
        implements Filter {}

    record Missing(Mention column, boolean negated, @Nullable String assumption)
        implements Filter {}

    record Flag(Mention column, boolean value) implements Filter {}

    record During(@Nullable Mention column, @Nullable Table near, Period period, boolean negated)
        implements Filter {}

    record Overdue(@Nullable Table near, boolean negated) implements Filter {}

    record Text(Mention column, Sense kind, String text, boolean negated) implements Filter {}

    record Called(@Nullable Table near, String text, boolean negated) implements Filter {}

    /** A comparison with the average of the same column over all rows. */
    record ToAverage(Mention column, Comparison comparison) implements Filter {}

    /** That there are rows with the one and rows with the other. */
    record EachOf(List<Mention> values) implements Filter {}

    /** What the glossary calls so. */
    record Defined(Definition definition, boolean negated) implements Filter {}

    record Related(Table table, boolean negated) implements Filter {}

    record HasCount(Table table, Comparison comparison, BigDecimal number) implements Filter {}

    record Having(Measure measure, Comparison comparison, BigDecimal number) implements Filter {}
  }

  /** What of a question is divided by what. */
  enum Fraction {
    SHARE,
    PERCENTAGE,
    RATIO
  }

  /** A filter, and whether the word before it was an "or". */
  record Condition(Filter filter, boolean or) {}

  /**
   * An order by which the first rows are taken, or all.
   *
   * @param column by which, or null for the measure
   * @param hints words that the column's name may have when the question names none
   * @param limit how many rows, or null for all
   */
  record Ranking(
      @Nullable Mention column, List<String> hints, boolean descending, @Nullable Integer limit) {
    Ranking by(Mention newColumn) {
      return new Ranking(newColumn, hints, descending, limit);
    }
  }

  @Nullable Table subject;
  final List<Table> related = new ArrayList<>();
  final List<Mention> projections = new ArrayList<>();
  final List<Measure> measures = new ArrayList<>();
  final List<Group> groups = new ArrayList<>();
  final List<Condition> conditions = new ArrayList<>();
  final List<String> assumptions = new ArrayList<>();
  final List<String> unplaced = new ArrayList<>();
  @Nullable Ranking ranking;

  /** How many rows before the first are left out: one for "the second largest". */
  int skipped;

  boolean distinct;

  /** What is divided, or null. */
  @Nullable Fraction fraction;

  /** Whether the subject is shown beside the columns that the question names. */
  boolean subjectShown;

  /** The tables whose names stand in the question. */
  final Set<TableName> mentioned = new HashSet<>();

  /** The columns that the question names to compute, to show, to group by and to rank by. */
  List<Mention> mentions() {
    List<Mention> mentions = new ArrayList<>();
    for (Measure measure : measures) {
      if (measure.column() != null) {
        mentions.add(measure.column());
      }
    }
    mentions.addAll(projections);
    for (Group group : groups) {
      if (group instanceof Group.ByColumn byColumn) {
        mentions.add(byColumn.column());
      }
    }
    if (ranking != null && ranking.column() != null) {
      mentions.add(ranking.column());
    }
    return mentions;
  }

  /** Whether the question names something to show, rather than conditions alone. */
  boolean asksForSomething() {
    return subject != null
        || !related.isEmpty()
        || !projections.isEmpty()
        || !measures.isEmpty()
        || !groups.isEmpty()
        || conditions.stream().anyMatch(c -> c.filter() instanceof Filter.HasCount);
  }
}
