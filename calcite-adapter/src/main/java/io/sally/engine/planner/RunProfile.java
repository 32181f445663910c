package io.sally.engine.planner;

import io.sally.engine.MemoryBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What one run of a plan has really done: rows and times of each operator, and rows, bytes and
 * times of each source's queries. Times count from the start of the run, so that an operator's last
 * row comes no earlier than those of its inputs. Thread-safe; each figure is written by one thread.
 */
final class RunProfile {
  private final long start = System.nanoTime();
  private final boolean measuring;
  private final Map<Integer, Figures> operators = new ConcurrentHashMap<>();
  private final Map<Integer, SourceFigures> sources = new ConcurrentHashMap<>();

  private RunProfile(boolean measuring) {
    this.measuring = measuring;
  }

  /** Measures. */
  static RunProfile measuring() {
    return new RunProfile(true);
  }

  private long spilled;

  /** Measures nothing and costs nothing. */
  static RunProfile none() {
    return new RunProfile(false);
  }

  boolean isMeasuring() {
    return measuring;
  }

  /** Says that so many bytes of rows went to disk. */
  void spilled(long bytes) {
    spilled += bytes;
  }

  /** The figures of the operator of this number. */
  Figures operator(int number) {
    return measuring ? operators.computeIfAbsent(number, key -> new Figures()) : new Figures();
  }

  /** The figures of the source's query whose operator has this number. */
  SourceFigures source(int number) {
    return measuring
        ? sources.computeIfAbsent(number, key -> new SourceFigures())
        : new SourceFigures();
  }

  /** The plan with what was measured, and how long it took in all. */
  List<String> describe(Operator root, long rows, long peakMemory) {
    List<String> lines = new ArrayList<>(PlanText.of(root, this::describe));
    lines.add(
        "Total: "
            + rows
            + (rows == 1 ? " row" : " rows")
            + " in "
            + millis(System.nanoTime() - start)
            + "; at most "
            + MemoryBudget.describe(peakMemory)
            + " held in memory"
            + (spilled == 0 ? "" : ", " + MemoryBudget.describe(spilled) + " put on disk"));
    return lines;
  }

  private String describe(Operator operator) {
    Figures figures = sources.get(operator.number());
    if (figures == null) {
      figures = operators.get(operator.number());
    }
    return figures == null || !figures.isUsed() ? "not run" : figures.describe();
  }

  private static String millis(long nanos) {
    return String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
  }

  private static String count(long number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  /** What one operator gave. */
  class Figures {
    private long opened;
    private long rows;
    private long first;
    private long last;

    final synchronized void opened() {
      opened++;
    }

    final boolean isUsed() {
      return opened > 0;
    }

    final void moved(boolean toRow) {
      if (measuring) {
        measure(toRow);
      }
    }

    private synchronized void measure(boolean toRow) {
      last = System.nanoTime() - start;
      if (toRow && rows++ == 0) {
        first = last;
      }
    }

    synchronized String describe() {
      return count(rows, "row")
          + (opened > 1 ? " in " + opened + " rounds" : "")
          + (rows == 0 ? "" : ", first after " + millis(first))
          + ", done after "
          + millis(last);
    }
  }

  /** What one query of a source gave. */
  final class SourceFigures extends Figures {
    private long bytes;

    synchronized void read(@Nullable Object row) {
      bytes += RowSize.of(row);
    }

    @Override
    synchronized String describe() {
      return super.describe() + ", " + MemoryBudget.describe(bytes);
    }
  }
}
