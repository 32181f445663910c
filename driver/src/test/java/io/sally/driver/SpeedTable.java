package io.sally.driver;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A table of how long the ways to an answer take, a line a piece of work, in Markdown. The ways of
 * a line take turns, so that what else the machine does hits them alike. Confined to one thread.
 */
final class SpeedTable {
  private static final int RUNS = 7;
  private static final int MOST_RUNS = 101;
  private static final int WARM_UPS = 3;

  /** So long each way of a line runs before it counts: what is compiled by then stays. */
  private static final double WARM_UP_MILLIS = 3_000;

  /** So long the counted runs of a line last at least, unless there are as many as are of use. */
  private static final double COUNTED_MILLIS = 2_000;

  /** A way of a peer that takes longer is not run again. */
  private static final double PATIENCE_MILLIS = 3_000;

  private final PrintStream out;

  /** One way to an answer. */
  @FunctionalInterface
  interface Way {
    /** Gives a number that all ways must have in common. */
    long run() throws SQLException;
  }

  /** What one way took. */
  private static final class Times {
    private final List<Double> millis = new ArrayList<>();
    private boolean ended;

    boolean isEmpty() {
      return millis.isEmpty();
    }

    double median() {
      double[] sorted = millis.stream().mapToDouble(Double::doubleValue).toArray();
      Arrays.sort(sorted);
      return sorted[sorted.length / 2];
    }
  }

  SpeedTable(PrintStream out) {
    this.out = out;
  }

  /** The machine, and how busy it is. */
  void machine(String when) {
    out.printf(
        Locale.ROOT,
        "%n%s: %d processors, load %.1f, Java %s, heap %d MB, %s %s%n%n",
        when,
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
        Runtime.version(),
        Runtime.getRuntime().maxMemory() >> 20,
        System.getProperty("os.name"),
        System.getProperty("os.arch"));
  }

  /** Begins the table. */
  void begin() {
    out.printf(
        Locale.ROOT,
        "Medians of %d to %d runs in ms, after %d or more that do not count, %.0f s of each way; ~"
            + " stands before a single run of more than %.0f s.%n%n",
        RUNS,
        MOST_RUNS,
        WARM_UPS,
        WARM_UP_MILLIS / 1e3,
        PATIENCE_MILLIS / 1e3);
    row("", "own driver", "Sally", "Calcite", "Sally ÷ own", "Sally ÷ Calcite", "bar");
    row("---", "---:", "---:", "---:", "---:", "---:", "---");
  }

  /**
   * Measures one piece of work.
   *
   * @param bar what Sally is to reach, for people to compare with
   * @param own the source's own driver, or null where it has no such thing
   * @param calcite plain Calcite; what it cannot do, or not in the heap there is, is a dash
   */
  void line(String what, String bar, @Nullable Way own, Way sally, @Nullable Way calcite)
      throws SQLException {
    Times[] times = {new Times(), new Times(), new Times()};
    Way[] ways = {own, sally, calcite};
    Long expected = null;
    // Each by itself first, or a slow one would take the time in which the others are compiled.
    for (int i = 0; i < ways.length; i++) {
      long start = System.nanoTime();
      for (int run = 0; run < WARM_UPS || millisSince(start) < WARM_UP_MILLIS; run++) {
        expected = measure(what, ways[i], i == ways.length - 1, false, times[i], expected);
        if (ways[i] == null || times[i].ended) {
          break;
        }
      }
    }
    long start = System.nanoTime();
    for (int run = 0;
        run < RUNS || (run < MOST_RUNS && millisSince(start) < COUNTED_MILLIS);
        run++) {
      for (int i = 0; i < ways.length; i++) {
        expected = measure(what, ways[i], i == ways.length - 1, true, times[i], expected);
      }
    }
    row(
        what,
        number(times[0]),
        number(times[1]),
        number(times[2]),
        ratio(times[1], times[0]),
        ratio(times[1], times[2]),
        bar);
  }

  private static double millisSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e6;
  }

  private static @Nullable Long measure(
      String what,
      @Nullable Way way,
      boolean peer,
      boolean counts,
      Times times,
      @Nullable Long expected)
      throws SQLException {
    if (way == null || times.ended) {
      return expected;
    }
    long start = System.nanoTime();
    long answer;
    try {
      answer = way.run();
    } catch (SQLException | OutOfMemoryError e) {
      if (!peer) {
        throw e;
      }
      times.ended = true;
      return expected;
    }
    double taken = millisSince(start);
    boolean tooLong = peer && taken > PATIENCE_MILLIS;
    if (counts || tooLong) {
      times.millis.add(taken);
    }
    times.ended = tooLong;
    if (expected != null && expected != answer) {
      throw new IllegalStateException(what + ": " + answer + " instead of " + expected);
    }
    return answer;
  }

  private static String number(Times times) {
    if (times.isEmpty()) {
      return "-";
    }
    double millis = times.median();
    String number = String.format(Locale.ROOT, millis < 10 ? "%.2f" : "%.0f", millis);
    return times.millis.size() == 1 ? "~" + number : number;
  }

  private static String ratio(Times one, Times other) {
    return other.isEmpty()
        ? "-"
        : String.format(Locale.ROOT, "%.2f", one.median() / other.median());
  }

  private void row(String... cells) {
    out.printf(
        Locale.ROOT, "| %-52s | %10s | %8s | %8s | %11s | %15s | %-8s |%n", (Object[]) cells);
    out.flush();
  }
}
