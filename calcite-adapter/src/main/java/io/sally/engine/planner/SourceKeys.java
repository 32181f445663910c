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

  private final RelDataType type;
  private final int most;

  /**
   * @param rows how many rows the source is thought to give without keys
   */
  SourceKeys(RelDataType type, double rows) {
    this.type = type;
    this.most = (int) Math.max(FEWEST, Math.min(MOST, rows / ROWS_A_KEY));
  }

  /** More keys than these are not sent: by then the source may as well give all its rows. */
  int most() {
    return most;
  }

  RelDataType type() {
    return type;
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
