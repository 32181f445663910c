package io.sally.engine;

import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One run of one statement, from its text to its last row: its limits, its clock, and the switch
 * that stops it. Planning, translating and reading all look at the same execution, so that one
 * cancel or one timeout covers all of them.
 *
 * <p>Thread-safe: any thread may cancel.
 */
public final class Execution implements AutoCloseable {
  private enum State {
    RUNNING,
    CANCELLED,
    TIMED_OUT
  }

  private final Limits limits;
  private final Clock clock;
  private final MemoryBudget memory;
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final List<Runnable> stopActions = new ArrayList<>();
  private volatile State state = State.RUNNING;
  private @Nullable Future<?> timer;
  private @Nullable Runnable forgetWhole;
  private volatile boolean awaitsConnection;
  private boolean closed;

  Execution(Limits limits, Clock clock, MemoryBudget memory) {
    this.limits = Objects.requireNonNull(limits, "limits");
    this.clock = Objects.requireNonNull(clock, "clock");
    this.memory = Objects.requireNonNull(memory, "memory");
  }

  /**
   * A part of this execution that can be stopped alone and is stopped with the whole, for the same
   * reason. Closing it leaves the whole as it is.
   */
  public Execution part() {
    Execution part = new Execution(limits, clock, memory);
    Runnable forget = onStop(() -> part.stop(state));
    synchronized (part) {
      part.forgetWhole = forget;
    }
    return part;
  }

  /**
   * An execution of work that this one sets off and does not wait for: with its clock and memory,
   * without its limits, and not stopped with it.
   */
  public Execution apart() {
    return new Execution(Limits.NONE, clock, memory);
  }

  /** The bounds of this execution. */
  public Limits limits() {
    return limits;
  }

  /** Whether the session's time zone is UTC and always was. */
  public boolean isInUtc() {
    ZoneId zone = clock.getZone();
    return zone.equals(ZoneOffset.UTC) || zone.getRules().equals(ZoneOffset.UTC.getRules());
  }

  /** The clock that {@code CURRENT_TIMESTAMP} and its kin read, with the session's time zone. */
  public Clock clock() {
    return clock;
  }

  /** What the statements of the engine may hold in memory. */
  public MemoryBudget memory() {
    return memory;
  }

  /** Says whether the execution waits until a source has a connection free. */
  public void awaitsConnection(boolean awaits) {
    awaitsConnection = awaits;
  }

  /** Whether the execution waits until a source has a connection free. */
  public boolean awaitsConnection() {
    return awaitsConnection;
  }

  /** Stops the execution on behalf of the user. Stopping again does nothing. */
  public void cancel() {
    stop(State.CANCELLED);
  }

  void timeOut() {
    stop(State.TIMED_OUT);
  }

  synchronized void timer(Future<?> newTimer) {
    if (closed) {
      newTimer.cancel(false);
    } else {
      timer = newTimer;
    }
  }

  /** Whether the execution was cancelled or ran out of time. */
  public boolean isStopped() {
    return stopped.get();
  }

  /**
   * Fails when the execution was stopped.
   *
   * @throws SQLException with SQLState 57014 when it was cancelled
   * @throws java.sql.SQLTimeoutException with SQLState HYT00 when its time was up
   */
  public void check() throws SQLException {
    if (stopped.get()) {
      throw stopReason();
    }
  }

  /** The exception that tells why the execution was stopped. */
  public SQLException stopReason() {
    return state == State.TIMED_OUT ? SqlErrors.timeout(limits.timeout()) : SqlErrors.cancelled();
  }

  /**
   * Has {@code action} run when the execution is stopped, at once when it already was. The action
   * must be quick, thread-safe and must not throw: it runs on the thread that cancels.
   *
   * @return takes the action away again
   */
  public Runnable onStop(Runnable action) {
    synchronized (this) {
      if (!stopped.get()) {
        stopActions.add(action);
        return () -> forget(action);
      }
    }
    action.run();
    return () -> {};
  }

  private synchronized void forget(Runnable action) {
    stopActions.remove(action);
  }

  /** The flag that Calcite's planner and generated code poll. To be read only. */
  public AtomicBoolean stopFlag() {
    return stopped;
  }

  private void stop(State reason) {
    List<Runnable> actions;
    synchronized (this) {
      if (closed || stopped.get()) {
        return;
      }
      state = reason;
      stopped.set(true);
      actions = List.copyOf(stopActions);
      stopActions.clear();
    }
    actions.forEach(Runnable::run);
  }

  /** Ends the execution: its timer is taken away, and a later cancel has no effect. */
  @Override
  public void close() {
    Runnable forget;
    synchronized (this) {
      closed = true;
      stopActions.clear();
      if (timer != null) {
        timer.cancel(false);
        timer = null;
      }
      forget = forgetWhole;
      forgetWhole = null;
    }
    if (forget != null) {
      // Outside the lock: the whole may be stopping its parts at this moment.
      forget.run();
    }
  }
}
