package io.sally.engine;

import io.sally.engine.catalog.Catalogs;
import io.sally.engine.catalog.TableName;
import io.sally.engine.planner.SourceSchema;
import io.sally.engine.source.Source;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Plans and runs SQL over a fixed set of sources. Thread-safe; shared by all connections to the
 * same configuration and closed with the last of them.
 */
public final class Engine implements AutoCloseable {
  private final List<Source> sources;
  private final MemoryBudget memory;
  private final ScheduledThreadPoolExecutor timers = timers();
  private final SourceCatalogs catalogs;
  private final KeptPlans plans;

  private Engine(List<Source> sources, EngineSettings settings, MemoryBudget memory) {
    this.sources = sources;
    this.memory = memory;
    this.catalogs = new SourceCatalogs(sources, settings, this::forget);
    this.plans = new KeptPlans(this, catalogs);
  }

  /**
   * An engine over these sources, whose statements together may hold a quarter of the heap. It owns
   * the sources from here on and closes them.
   */
  public static Engine over(List<? extends Source> sources) {
    return over(sources, EngineSettings.DEFAULT, MemoryBudget.quarterOfHeap());
  }

  /** The same with settings other than the default ones. */
  public static Engine over(List<? extends Source> sources, EngineSettings settings) {
    return over(sources, settings, MemoryBudget.quarterOfHeap());
  }

  /** The same with a memory budget of its own. */
  public static Engine over(List<? extends Source> sources, MemoryBudget memory) {
    return over(sources, EngineSettings.DEFAULT, memory);
  }

  /** The same with settings and a memory budget of its own. */
  public static Engine over(
      List<? extends Source> sources, EngineSettings settings, MemoryBudget memory) {
    return new Engine(List.copyOf(sources), settings, memory);
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
   * The catalogs of all sources, each read when it is first asked for, side by side, and kept. A
   * source that could never be read is named as missing; it is tried again from time to time, and
   * nobody waits for it a second time.
   *
   * @throws SQLException when the calling thread is interrupted
   */
  public Catalogs catalogs() throws SQLException {
    return catalogs.all(Session.Reader.PERSON);
  }

  /**
   * The same for a statement, which does not wait any longer once it is stopped.
   *
   * @throws SQLException when the execution is stopped or the calling thread is interrupted
   */
  public Catalogs catalogs(Execution execution) throws SQLException {
    return catalogs.all(Session.Reader.PERSON, execution);
  }

  /**
   * The same without what the policies withhold from ASK.
   *
   * @throws SQLException when the calling thread is interrupted
   */
  public Catalogs askableCatalogs() throws SQLException {
    return catalogs.all(Session.Reader.TRANSLATOR);
  }

  /**
   * What is known of each source, in the order of the configuration. Each is asked whether it
   * answers, all side by side, unless it answered within the last second; one that has not answered
   * after two seconds counts as down. Nothing waits longer than that, and no catalog is read.
   *
   * @throws SQLException when the calling thread is interrupted
   */
  public List<SourceState> sourceStates() throws SQLException {
    return catalogs.states();
  }

  /**
   * Reads the catalog of a source again, or of all, and waits until it is there. All that was
   * planned from the old one is forgotten.
   *
   * @param source the name of a source, in any case where that is unambiguous, or null for all
   * @throws SQLException when there is no such source, or one of them cannot be read; the others
   *     are read all the same
   */
  public void refreshCatalog(@Nullable String source, Execution execution) throws SQLException {
    catalogs.refresh(source, execution);
  }

  private void forget(SourceSchema old) {
    plans.forget(old);
  }

  /**
   * Starts the execution of one statement: its time runs from here.
   *
   * @param clock what the statement takes for now, in the session's time zone
   */
  public Execution begin(Limits limits, Clock clock) {
    Execution execution = new Execution(limits, clock, memory);
    Duration timeout = limits.timeout();
    if (!timeout.isZero()) {
      execution.timer(timers.schedule(execution::timeOut, timeout.toNanos(), TimeUnit.NANOSECONDS));
    }
    return execution;
  }

  /**
   * Parses, validates, guards and plans one query. Plans are kept, so that the same text in the
   * same session is planned once, and texts that differ in literals alone share one.
   *
   * @param sql one query; a trailing semicolon and comments are taken
   * @throws SQLException when the text is no query, names what is not there, or is not permitted;
   *     the message says what, where, and what is near
   */
  public Plan prepare(String sql, Session session, Execution execution) throws SQLException {
    execution.check();
    return plans.plan(sql, session, execution);
  }

  /**
   * The same with a plan of its own, which knows the statement's literals: what it explains is the
   * statement as it is written.
   *
   * @throws SQLException as {@link #prepare} does
   */
  public Plan prepareAlone(String sql, Session session, Execution execution) throws SQLException {
    execution.check();
    return plans.planAlone(sql, session, execution);
  }

  /**
   * Plans a statement anew after its source said that it holds something else than the plan knows.
   *
   * @return the new plan, or null where the failure has another reason
   */
  @Nullable Plan plannedAnew(
      Plan failed, SQLException failure, String sql, Session session, Execution execution)
      throws SQLException {
    if (!SourceChange.isReasonOf(failure)) {
      return null;
    }
    catalogs.refreshAll(
        failed.tables().stream().map(TableName::source).collect(Collectors.toSet()), execution);
    return plans.once(sql, session, execution);
  }

  /**
   * Closes the sources, in the reverse order of their opening; all of them, also when one fails.
   */
  @Override
  public void close() throws SQLException {
    timers.shutdownNow();
    catalogs.close();
    plans.forgetAll();
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
