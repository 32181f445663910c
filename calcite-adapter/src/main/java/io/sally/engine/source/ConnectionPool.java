package io.sally.engine.source;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.sally.engine.Execution;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one source: bounded, opened when first needed, validated when borrowed,
 * discarded when something went wrong on them. Thread-safe.
 *
 * <p>HikariCP waits its full time for a database that is down, since it may come back. Here nobody
 * waits in vain: when no connection is open and opening one fails, those that wait get that failure
 * at once; so does for a while whoever comes next, where it took long to fail; and a statement that
 * is stopped stops waiting.
 */
final class ConnectionPool implements AutoCloseable {
  private static final long IDLE_MILLIS = 120_000;
  private static final long VALIDATION_MILLIS = 2_000;

  /** A failure that took as long as {@link #SLOW} to be known is believed for {@link #PAUSE}. */
  private static final Duration SLOW = Duration.ofMillis(500);

  private static final Duration PAUSE = Duration.ofSeconds(3);

  private final SourceErrors errors;
  private final SourceSettings settings;
  private final DriverConnections connections;
  private final HikariDataSource pool = new HikariDataSource();
  private final Set<Waiting> waiting = ConcurrentHashMap.newKeySet();
  private volatile @Nullable SlowFailure slowFailure;

  /** Why no connection could be opened, and since when that is known. */
  private record SlowFailure(SQLException reason, long at) {}

  ConnectionPool(SourceSettings settings, ConnectionRecipe recipe, SourceErrors errors) {
    this.errors = errors;
    this.settings = settings;
    this.connections = new DriverConnections(settings, recipe, this::failed);
    // Without constructor arguments HikariCP starts with the first borrowing, not before.
    long timeout = Math.max(settings.connectTimeout().toMillis(), 250);
    pool.setPoolName("sally-" + settings.name());
    pool.setDataSource(connections);
    pool.setMaximumPoolSize(settings.connections());
    pool.setMinimumIdle(0);
    pool.setIdleTimeout(IDLE_MILLIS);
    pool.setConnectionTimeout(timeout);
    pool.setValidationTimeout(Math.min(VALIDATION_MILLIS, timeout));
    pool.setInitializationFailTimeout(-1);
    pool.setAutoCommit(recipe.autoCommit());
    pool.setReadOnly(true);
    pool.setThreadFactory(ConnectionPool::daemon);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "sally-connections");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * A connection of the pool; closing it gives it back.
   *
   * @throws SQLException with SQLState 08001 when the source cannot be reached, 28000 when it
   *     refuses the user, HYT00 when all connections stay in use
   */
  Connection borrow() throws SQLException {
    return borrow(new Waiting(Thread.currentThread()));
  }

  /** The same for a statement, whose end also ends the wait. */
  Connection borrow(Execution execution) throws SQLException {
    execution.check();
    Waiting wait = new Waiting(Thread.currentThread());
    Runnable forget = execution.onStop(() -> wait.giveUp(null));
    execution.awaitsConnection(true);
    try {
      return borrow(wait);
    } catch (SQLException e) {
      execution.check();
      throw e;
    } finally {
      execution.awaitsConnection(false);
      forget.run();
    }
  }

  private Connection borrow(Waiting wait) throws SQLException {
    SlowFailure last = slowFailure;
    if (last != null && isEmpty() && System.nanoTime() - last.at() < PAUSE.toNanos()) {
      throw errors.connecting(last.reason());
    }
    waiting.add(wait);
    try {
      Connection connection = pool.getConnection();
      slowFailure = null;
      return connection;
    } catch (SQLException e) {
      SQLException failure = wait.failure();
      if (failure == null && e.getCause() instanceof SQLException cause) {
        failure = cause;
      }
      if (failure == null && !wait.isGivenUp() && isEmpty()) {
        // The time was up before the driver said so.
        failure = errors.silent(settings.connectTimeout(), e);
        failed(failure, settings.connectTimeout());
      }
      throw failure == null
          ? errors.allInUse(settings.connections(), settings.connectTimeout(), e)
          : errors.connecting(failure);
    } finally {
      waiting.remove(wait);
      wait.end();
    }
  }

  private void failed(SQLException failure, Duration took) {
    if (isEmpty()) {
      if (took.compareTo(SLOW) >= 0) {
        slowFailure = new SlowFailure(failure, System.nanoTime());
      }
      waiting.forEach(wait -> wait.giveUp(failure));
    }
  }

  private boolean isEmpty() {
    HikariPoolMXBean state = pool.getHikariPoolMXBean();
    return state == null || state.getTotalConnections() == 0;
  }

  /** Takes a connection out of the pool and breaks it, whatever it is doing. */
  void discard(Connection connection) throws SQLException {
    Connection own = connection.unwrap(Connection.class);
    try {
      own.abort(Runnable::run);
    } finally {
      // Closes it as well. To close the pool's own would set back what a query has changed of it.
      pool.evictConnection(connection);
    }
  }

  /** Lets go of all idle connections: the database behind them is not what it was. */
  void renew() {
    HikariPoolMXBean state = pool.getHikariPoolMXBean();
    if (state != null) {
      state.softEvictConnections();
    }
  }

  /** A connection beside the pool, to end the work of another one. */
  Connection openBeside() throws SQLException {
    return connections.open();
  }

  @Override
  public void close() {
    connections.close();
    pool.close();
  }

  /** A thread inside {@code getConnection}, which an interrupt ends. */
  private static final class Waiting {
    private final Thread thread;
    private boolean interrupted;
    private boolean ended;
    private @Nullable SQLException failure;

    Waiting(Thread thread) {
      this.thread = thread;
    }

    synchronized void giveUp(@Nullable SQLException reason) {
      if (!ended && !interrupted) {
        interrupted = true;
        failure = reason;
        thread.interrupt();
      }
    }

    synchronized boolean isGivenUp() {
      return interrupted;
    }

    synchronized @Nullable SQLException failure() {
      return failure;
    }

    /** The interrupt was meant for the wait alone and must not outlive it. */
    synchronized void end() {
      ended = true;
      if (interrupted) {
        Thread.interrupted();
      }
    }
  }
}
