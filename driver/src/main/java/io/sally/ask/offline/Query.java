package io.sally.ask.offline;

import io.sally.ask.words.Sense;
import io.sally.engine.catalog.Column;
import io.sally.engine.catalog.Table;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question tied to the schema: every column is one that is there, reached on one way from the
 * root.
 *
 * @param outputs the columns of the result; none for all columns of the root
 * @param offset the number of rows left out before
 * @param limit the number of rows, or null for all
 */
record Query(
    Table root,
    List<Output> outputs,
    boolean distinct,
    List<Condition> where,
    List<Having> having,
    List<Order> orders,
    int offset,
    @Nullable Integer limit) {
  /** A column of the table at a place. */
  record Ref(Place place, Column column) {}

  /** What can stand in a result or an order. */
  sealed interface Expression {
    record Plain(Ref ref) implements Expression {}

    /** The first day of the unit in which the time lies. */
    record UnitOf(Ref ref, Unit unit) implements Expression {}

    /** An aggregate; a null {@code ref} counts rows. */
    record Of(Aggregate aggregate, @Nullable Ref ref) implements Expression {}

    /** The part of the rows that fulfils a condition, of one or of a hundred. */
    record Share(Condition condition, boolean percent) implements Expression {}

    /** An aggregate of only those rows that fulfil the conditions. */
    record OfThose(Of measure, List<Condition> conditions) implements Expression {}

    record Quotient(Expression top, Expression bottom) implements Expression {}

    /** Whether it is made of many rows. */
    default boolean isComputed() {
      return this instanceof Of
          || this instanceof Share
          || this instanceof OfThose
          || (this instanceof Quotient quotient && quotient.top().isComputed());
    }
  }

  record Output(Expression expression, String name) {}

  record Order(Expression expression, boolean descending) {}

  record Having(Expression.Of measure, Comparison comparison, BigDecimal number) {}

  /** A condition on one row. */
  sealed interface Condition {
    /** The right side is a {@link BigDecimal}, {@link String} or {@link Ref}. */
    record Compare(Ref left, Comparison comparison, Object right) implements Condition {}

    /** A comparison with the average over all rows of the column's table. */
    record ToAverage(Ref ref, Comparison comparison) implements Condition {}

    record Range(Ref ref, BigDecimal low, BigDecimal high, boolean negated) implements Condition {}

    record OneOf(Ref ref, List<String> values, boolean negated) implements Condition {}

    record Missing(Ref ref, boolean negated) implements Condition {}

    record Flag(Ref ref, boolean value) implements Condition {}

    record During(Ref ref, Period period, boolean negated) implements Condition {}

    /** Text that contains, starts with or ends with another, whatever the case. */
    record Like(Ref ref, Sense kind, String text, boolean negated) implements Condition {}

    record All(List<Condition> conditions) implements Condition {}

    record Either(List<Condition> conditions) implements Condition {}

    record Not(Condition condition) implements Condition {}

    /**
     * That rows of another table belong to this one.
     *
     * @param anchor where the relation starts
     * @param back the hops from there to the rows, each to many
     * @param inside what the rows have to fulfil; places start at the last hop's table
     * @param comparison how many rows there have to be, or null for any
     */
    record Related(
        Place anchor,
        List<Hop> back,
        List<Condition> inside,
        @Nullable Comparison comparison,
        BigDecimal number,
        boolean negated)
        implements Condition {
      Table table() {
        return back.get(back.size() - 1).to();
      }
    }
  }

  boolean isAggregated() {
    return !having.isEmpty() || outputs.stream().anyMatch(o -> o.expression().isComputed());
  }
}
