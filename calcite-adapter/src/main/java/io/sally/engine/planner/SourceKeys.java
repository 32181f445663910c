package io.sally.engine.planner;

import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.function.Function1;
import org.apache.calcite.rel.type.RelDataType;
import org.jspecify.annotations.Nullable;

/**
 * The values by which one side of a join is looked for on the other: where the other side comes
 * from a source, that source need give no row with another value. One for each such column of a
 * plan; without values of its own, which belong to a run. Immutable; thread-safe.
 */
public final class SourceKeys {
  private static final int FEWEST = 250;
  private static final int MOST = 50_000;

  /** To look a row up by its key costs as much as to give so many rows one after the other. */
  private static final int ROWS_A_KEY = 4;

  /**
   * From this share of the values on, a source that looks its keys up in an index reads most of its
   * table, and not in the order in which it lies there.
   */
  private static final double LARGE_SHARE = 0.04;

  private final RelDataType type;
  private final double rows;
  private final double values;
  private final int most;

  /**
   * @param rows how many rows the source is thought to give without keys
   * @param values how many values are there to be looked for; very many where that is not known
   */
  SourceKeys(RelDataType type, double rows, double values) {
    this.type = type;
    this.rows = values == Double.MAX_VALUE ? values : rows;
    this.values = values;
    this.most = (int) Math.max(FEWEST, Math.min(MOST, rows / ROWS_A_KEY));
  }

  /** More keys than these are not sent: by then the source may as well give all its rows. */
  int most() {
    return most;
  }

  RelDataType type() {
    return type;
  }

  /** How many rows the source is thought to give for so many keys. */
  double rows(int keys) {
    return rows / values * keys;
  }

  /** Whether so many keys are so large a part of the values that no index is of help. */
  boolean isLargeShare(int keys) {
    return keys > values * LARGE_SHARE;
  }

  /**
   * Called by generated code.
   *
   * @param key takes the key from a row
   */
  public <T> Enumerable<T> rows(
      Enumerable<T> rows, Function1<T, @Nullable Object> key, DataContext context) {
    SourceRun run = SourceRun.of(context);
    GivenKeys<T> given = new GivenKeys<>(rows, key, most, run);
    run.gives(this, given);
    return given;
  }
}
