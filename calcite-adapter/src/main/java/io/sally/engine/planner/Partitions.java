package io.sally.engine.planner;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Linq4j;
import org.jspecify.annotations.Nullable;

/**
 * Rows on disk in several files by their key: rows of equal keys are in the same one. Confined to
 * the thread of its run.
 */
final class Partitions<T> {
  /** How many files. */
  static final int COUNT = 16;

  /** How often what is in one file can be divided again, by other bits of the same hash. */
  static final int LEVELS = 6;

  private static final int BITS = 4;

  private final SourceRun run;
  private final int level;
  private final List<@Nullable RowFile<T>> files = new ArrayList<>();

  /**
   * @param level how often the rows were divided before
   */
  Partitions(SourceRun run, int level) {
    this.run = run;
    this.level = level;
    for (int i = 0; i < COUNT; i++) {
      files.add(null);
    }
  }

  /**
   * Whether an operator holds so much more in memory, rather than on disk.
   *
   * @param level how often its rows were divided; what cannot be divided any more has to fit
   */
  static boolean fits(RunMemory.Held held, long size, int level) {
    if (held.takes(size)) {
      return true;
    } else if (level < LEVELS) {
      return false;
    }
    held.add(size);
    return true;
  }

  /**
   * @param hash of the key, equal for equal keys
   */
  void add(int hash, T row) {
    int number = spread(hash) >>> (level * BITS) & (COUNT - 1);
    RowFile<T> file = files.get(number);
    if (file == null) {
      file = run.spillFile();
      files.set(number, file);
    }
    file.add(row);
  }

  /** The rows of one file, from 0. */
  Enumerable<T> rows(int number) {
    RowFile<T> file = files.get(number);
    return file == null ? Linq4j.emptyEnumerable() : file;
  }

  /** Ends one file, from 0. */
  void close(int number) {
    RowFile<T> file = files.get(number);
    if (file != null) {
      files.set(number, null);
      run.close(file);
    }
  }

  /** Ends all files. */
  void close() {
    for (int i = 0; i < COUNT; i++) {
      close(i);
    }
  }

  /** Hashes of numbers differ in few of their bits. The last step of MurmurHash3 spreads them. */
  private static int spread(int hash) {
    int spread = hash;
    spread ^= spread >>> 16;
    spread *= 0x85ebca6b;
    spread ^= spread >>> 13;
    spread *= 0xc2b2ae35;
    spread ^= spread >>> 16;
    return spread;
  }
}
