package io.sally.engine;

import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the classes that a first statement needs, some thousands, be loaded while its client still
 * connects and thinks. Thread-safe.
 */
public final class WarmUp {
  private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);

  /** Touches what most statements do: a filter, a join, groups, an order, generated code. */
  private static final String STATEMENT =
      "SELECT a.x, COUNT(*) AS n FROM (VALUES (1, 'a'), (2, 'b')) AS a (x, y)"
          + " JOIN (VALUES (1), (2)) AS b (x) ON a.x = b.x"
          + " WHERE a.y >= 'a' GROUP BY a.x ORDER BY n DESC, 1 LIMIT 10";

  private WarmUp() {}

  /**
   * Begins, once a class loader, and comes back at once. The thread is a daemon and ends by itself;
   * on a machine with one processor there is none.
   */
  public static void begin() {
    if (Runtime.getRuntime().availableProcessors() > 1) {
      Once.begun();
    }
  }

  /** A class is initialised once. */
  private static final class Once {
    static {
      Thread thread = new Thread(WarmUp::run, "sally-warm-up");
      thread.setDaemon(true);
      thread.start();
    }

    private Once() {}

    static void begun() {}
  }

  private static void run() {
    try (Engine engine = Engine.over(List.of());
        Execution execution = engine.begin(Limits.NONE, Clock.systemUTC());
        RowCursor rows =
            engine
                .prepare(STATEMENT, new Session(List.of()), execution)
                .execute(List.of(), execution)) {
      while (rows.next()) {
        LOG.trace("Warm");
      }
    } catch (SQLException | RuntimeException e) {
      // Whatever it is, the client's own statement will tell the client.
      LOG.debug("The warm-up failed", e);
    }
  }
}
