package io.sally.engine;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import io.sally.engine.catalog.Catalog;
import io.sally.engine.catalog.Catalogs;
import io.sally.engine.planner.QueryPlanner;
import io.sally.engine.planner.Snapshot;
import io.sally.engine.source.Source;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Plans and runs SQL over a fixed set of sources. Thread-safe; shared by all connections to the
 * same configuration and closed with the last of them.
 */
public final class Engine implements AutoCloseable {
  private static final int KEPT_PLANS = 500;

  private final List<Source> sources;

  private final Cache<PlanKey, Plan> plans =
      CacheBuilder.newBuilder().maximumSize(KEPT_PLANS).build();
  private final ScheduledThreadPoolExecutor timers = timers();
  private volatile @Nullable Snapshot snapshot;
  private volatile @Nullable QueryPlanner planner;

  /** The same text means the same plan as long as names resolve to the same things. */
  private record PlanKey(String sql, Session session, Snapshot snapshot) {}

  private Engine(List<Source> sources) {
    this.sources = sources;
  }

  /** An engine over these sources. It owns them from here on and closes them. */
  public static Engine over(List<? extends Source> sources) {
    return new Engine(List.copyOf(sources));
  }

  /** One thread for the timeouts of all statements; it is there only while a timeout runs. */
  private static ScheduledThreadPoolExecutor timers() {
    ScheduledThreadPoolExecutor timers =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "sally-timeouts");
              thread.setDaemon(true);
              return thread;
            });
    timers.setRemoveOnCancelPolicy(true);
    timers.setKeepAliveTime(10, TimeUnit.SECONDS);
    timers.allowCoreThreadTimeOut(true);
    return timers;
  }

  /**
   * The snapshot of all sources, read at first use and kept.
   *
   * @throws SQLException when a source cannot be read
   */
  public Catalogs catalogs() throws SQLException {
    return snapshot().catalogs();
  }

  /**
   * Made at the first statement: its parser and functions are most of a second of class loading.
   */
  private QueryPlanner planner() {
    QueryPlanner current = planner;
    if (current == null) {
      synchronized (this) {
        current = planner;
        if (current == null) {
          current = new QueryPlanner();
          planner = current;
        }
      }
    }
    return current;
  }

  private Snapshot snapshot() throws SQLException {
    Snapshot current = snapshot;
    return current == null ? readSnapshot() : current;
  }

  private synchronized Snapshot readSnapshot() throws SQLException {
    Snapshot current = snapshot;
    if (current == null) {
      List<Catalog> catalogs = new ArrayList<>();
      for (Source source : sources) {
        catalogs.add(source.readCatalog());
      }
      current = new Snapshot(new Catalogs(catalogs), sources);
      snapshot = current;
    }
    return current;
  }

  /**
   * Starts the execution of one statement: its time runs from here.
   *
   * @param clock what the statement takes for now, in the session's time zone
   */
  public Execution begin(Limits limits, Clock clock) {
    Execution execution = new Execution(limits, clock);
    Duration timeout = limits.timeout();
    if (!timeout.isZero()) {
      execution.timer(timers.schedule(execution::timeOut, timeout.toNanos(), TimeUnit.NANOSECONDS));
    }
    return execution;
  }

  /**
   * Parses, validates, guards and plans one query. Plans are kept, so that the same text in the
   * same session is planned once.
   *
   * @param sql one query; a trailing semicolon and comments are taken
   * @throws SQLException when the text is no query, names what is not there, or is not permitted;
   *     the message says what, where, and what is near
   */
  public Plan prepare(String sql, Session session, Execution execution) throws SQLException {
    execution.check();
    Snapshot current = snapshot();
    PlanKey key = new PlanKey(sql, session, current);
    Plan known = plans.getIfPresent(key);
    if (known != null) {
      return known;
    }
    Plan plan = planner().plan(sql, current, session, execution);
    plans.put(key, plan);
    return plan;
  }

  /**
   * Closes the sources, in the reverse order of their opening; all of them, also when one fails.
   */
  @Override
  public void close() throws SQLException {
    timers.shutdownNow();
    plans.invalidateAll();
    @Nullable SQLException failure = null;
    for (int i = sources.size() - 1; i >= 0; i--) {
      try {
        sources.get(i).close();
      } catch (SQLException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
