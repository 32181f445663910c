package io.sally.engine.planner;

import java.util.function.ToLongFunction;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.Enumerable;

/**
 * The way of rows from one operator to the next: who gives them, who takes them, and what of them
 * the taker holds. Immutable; thread-safe.
 */
public final class Passage {
  /** What an operator holds of the rows that come to it. */
  enum Holding {
    /** One row at a time. */
    NONE,
    /** All rows. */
    ROWS,
    /** The first rows by an order. */
    FIRST,
    /** A group for each key. */
    GROUPS,
    /** A group for each key, which grows with each of its rows. */
    GROWING_GROUPS,
    /** Each key once. */
    KEYS,
    /** All rows until the next ones come. */
    LAST
  }

  /** How often rows are computed that are read more than once. */
  enum Reading {
    /** As often as they are read. */
    EACH_TIME,
    /** Once each time that the operator which takes them begins. */
    ONCE_AN_OPENING,
    /** Once. */
    ONCE
  }

  private final Operator giver;
  private final Operator taker;
  private final Holding holding;
  private final Reading reading;
  private final boolean keepsOrder;
  private final ToLongFunction<DataContext> first;

  /**
   * @param keepsOrder whether the taker has to give its rows in the order in which these come
   * @param first how many rows are held with {@link Holding#FIRST}
   */
  Passage(
      Operator giver,
      Operator taker,
      Holding holding,
      Reading reading,
      boolean keepsOrder,
      ToLongFunction<DataContext> first) {
    this.giver = giver;
    this.taker = taker;
    this.holding = holding;
    this.reading = reading;
    this.keepsOrder = keepsOrder;
    this.first = first;
  }

  Operator giver() {
    return giver;
  }

  Operator taker() {
    return taker;
  }

  Holding holding() {
    return holding;
  }

  Reading reading() {
    return reading;
  }

  boolean keepsOrder() {
    return keepsOrder;
  }

  /** Called by generated code. */
  public <T> Enumerable<T> rows(Enumerable<T> rows, DataContext context) {
    return new PassingRows<>(rows, this, SourceRun.of(context), first.applyAsLong(context));
  }
}
