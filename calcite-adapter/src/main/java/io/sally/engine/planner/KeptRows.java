package io.sally.engine.planner;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.linq4j.Linq4j;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are read again and again: in memory as long as they fit, and on disk from there on.
 * Confined to the thread of its run.
 */
final class KeptRows<T> extends AbstractEnumerable<T> {
  private final List<T> inMemory = new ArrayList<>();
  private @Nullable RowFile<T> onDisk;

  /** Reads all rows, and closes them. */
  KeptRows(Enumerator<T> rows, SourceRun run, RunMemory.Held held) {
    boolean spills = run.memory().spill().exists();
    try (rows) {
      while (rows.moveNext()) {
        T row = rows.current();
        long size = RowSize.of(row) + RowSize.ENTRY;
        if (!spills) {
          held.add(size);
        } else if (onDisk == null && !held.takes(size)) {
          onDisk = run.spillFile();
        }
        if (onDisk == null) {
          inMemory.add(row);
        } else {
          onDisk.add(row);
        }
      }
    }
  }

  @Override
  public Enumerator<T> enumerator() {
    RowFile<T> rest = onDisk;
    return rest == null
        ? Linq4j.enumerator(inMemory)
        : new Concatenation<>(
            2, number -> number == 0 ? Linq4j.enumerator(inMemory) : rest.enumerator(), () -> {});
  }

  void close(SourceRun run) {
    RowFile<T> rest = onDisk;
    if (rest != null) {
      run.close(rest);
    }
  }
}
