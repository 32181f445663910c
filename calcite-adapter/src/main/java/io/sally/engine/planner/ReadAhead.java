package io.sally.engine.planner;

import io.sally.engine.Execution;
import io.sally.engine.RowCursor;
import io.sally.engine.SqlErrors;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A source's rows, read on a thread of their own while other sources are read on theirs. Its query
 * opens, is read and closes on that thread; batches of rows in their order go to the one thread
 * that wants them. The thread belongs to the {@link SourceRun} that started it and ends no later
 * than that closes.
 *
 * <p>It reads ahead a bounded number of bytes. Only when the run waits for another query which
 * waits for a connection does it read on into memory, since it may hold the very connection that is
 * waited for: so a run with more queries than connections ends, in its rows or in the error of the
 * memory budget, and never hangs.
 */
final class ReadAhead implements RowStream {
  private static final int BATCH_ROWS = 1_000;
  private static final long BATCH_BYTES = 256 * 1024;

  /**
   * To hand rows over one by one costs more than to read them: a consumer that waits for rows gets
   * those of this time.
   */
  private static final long PATIENCE_NANOS = 1_000_000;

  /** How long a reader may take to come to a row where it can end its query without a cancel. */
  static final long POLITE_MILLIS = 100;

  private static final long LOOK_MILLIS = 20;

  private final SourceScan scan;
  private final List<Optional<List<Object>>> keys;
  private final SourceRun run;
  private final SourceRun.Connections connections;
  private final RunMemory.Held held;
  private final RunProfile.SourceFigures figures;
  private final Execution part;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by lock.
  private final Deque<Batch> batches = new ArrayDeque<>();
  private long buffered;
  private boolean ended;
  private @Nullable Throwable failure;

  private volatile boolean awaitsPermit;
  private volatile boolean wanted;
  private volatile boolean closed;

  // Confined to the consumer.
  private @Nullable Batch current;
  private int position;

  private record Batch(List<@Nullable Object> rows, long bytes) {}

  /** Rows of {@code scan}, for the keys that are known; {@link #start} has them read. */
  ReadAhead(
      SourceScan scan,
      List<Optional<List<Object>>> keys,
      SourceRun run,
      SourceRun.Connections connections) {
    this.scan = scan;
    this.keys = keys;
    this.run = run;
    this.connections = connections;
    this.held = run.memory().held("the read-ahead of source " + scan.text().source().name());
    this.figures = run.profile().source(scan.operator().number());
    this.part = run.execution().part();
    this.thread = new Thread(this::read, "sally-read-" + scan.text().source().name());
    thread.setDaemon(true);
  }

  void start() {
    boolean permitted = connections.tryTake();
    awaitsPermit = !permitted;
    thread.start();
  }

  // On the reader's thread

  private void read() {
    boolean permitted = !awaitsPermit;
    try {
      if (!permitted) {
        connections.take();
        permitted = true;
        awaitsPermit = false;
      }
      if (!closed) {
        figures.opened();
        try (RowCursor cursor = scan.text().open(run, part, keys)) {
          copy(cursor);
        }
      }
      end(null);
    } catch (SQLException | RuntimeException | Error e) {
      end(e);
    } catch (InterruptedException e) {
      end(SqlErrors.cancelled());
    } finally {
      if (permitted) {
        connections.giveBack();
      }
      part.close();
    }
  }

  private void copy(RowCursor cursor) throws SQLException, InterruptedException {
    List<@Nullable Object> rows = new ArrayList<>();
    long bytes = 0;
    long lastPut = System.nanoTime() - PATIENCE_NANOS;
    while (!closed && cursor.next()) {
      Object row = DirectRows.read(cursor, scan.readers(), run);
      figures.moved(true);
      if (run.profile().isMeasuring()) {
        figures.read(row);
      }
      rows.add(row);
      bytes += RowSize.of(row) + Long.BYTES;
      // A consumer that has nothing gets what is there: the first rows must not wait for a batch.
      if (rows.size() == BATCH_ROWS
          || bytes >= BATCH_BYTES
          || (wanted && System.nanoTime() - lastPut >= PATIENCE_NANOS)) {
        put(new Batch(rows, bytes));
        lastPut = System.nanoTime();
        rows = new ArrayList<>();
        bytes = 0;
      }
    }
    figures.moved(false);
    if (!rows.isEmpty()) {
      put(new Batch(rows, bytes));
    }
  }

  private void put(Batch batch) throws InterruptedException {
    lock.lock();
    try {
      while (!closed && !fits(batch)) {
        changed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      }
      if (!closed) {
        batches.add(batch);
        buffered += batch.bytes();
        wanted = false;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** One batch always fits: without it nothing would go on, and what streams needs no budget. */
  private boolean fits(Batch batch) {
    if (buffered == 0) {
      return held.tryAdd(batch.bytes()) || batches.isEmpty();
    } else if (buffered + batch.bytes() <= run.memory().readAhead()) {
      return held.tryAdd(batch.bytes());
    }
    return switch (run.waitsFor(this)) {
      case NOTHING -> false;
      case A_FREE_CONNECTION -> held.tryAdd(batch.bytes());
      case OWN_CONNECTION -> {
        held.add(batch.bytes());
        yield true;
      }
    };
  }

  private void end(@Nullable Throwable reason) {
    lock.lock();
    try {
      failure = reason;
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether it has not begun, since all connections that the source allows this run are in use. */
  boolean awaitsPermit() {
    return awaitsPermit;
  }

  /** Whether it has not begun, since other statements use the source's connections. */
  boolean awaitsConnection() {
    return part.awaitsConnection();
  }

  // On the thread that wants the rows

  @Override
  public boolean next() throws SQLException {
    Batch batch = current;
    if (batch != null && ++position < batch.rows().size()) {
      return true;
    }
    current = null;
    batch = take();
    current = batch;
    position = 0;
    return batch != null;
  }

  private @Nullable Batch take() throws SQLException {
    lock.lock();
    try {
      while (batches.isEmpty() && !ended && !closed) {
        wanted = true;
        run.awaits(this);
        changed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        run.execution().check();
      }
      Batch batch = batches.poll();
      if (batch == null) {
        throwFailure();
        return null;
      }
      buffered -= batch.bytes();
      held.remove(Math.min(batch.bytes(), held.used()));
      changed.signalAll();
      return batch;
    } catch (InterruptedException e) {
      // JDBC knows no interrupt; a program that sends one wants the statement to end.
      Thread.currentThread().interrupt();
      throw SqlErrors.cancelled();
    } finally {
      run.awaits(null);
      lock.unlock();
    }
  }

  private void throwFailure() throws SQLException {
    Throwable reason = failure;
    if (reason instanceof SQLException e) {
      throw e;
    } else if (reason instanceof RuntimeException e) {
      throw e;
    } else if (reason instanceof OutOfMemoryError e) {
      throw SqlErrors.outOfMemory(e);
    } else if (reason instanceof Error e) {
      throw e;
    }
  }

  @Override
  public @Nullable Object row() {
    Batch batch = current;
    return batch == null ? null : batch.rows().get(position);
  }

  /** Asks the reader to end, and does not wait for it. */
  void leave() {
    closed = true;
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (awaitsPermit) {
      thread.interrupt();
    }
  }

  /** Gives a reader that was asked to end the time to come to a row where it can. */
  void awaitEnd(long millis) {
    try {
      thread.join(Math.max(1, millis));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Has the source end the query, where it has not ended. */
  void stop() {
    part.cancel();
  }

  /** Ends the query, by a cancel where it does not end by itself, and waits for the thread. */
  @Override
  public void close() {
    leave();
    awaitEnd(POLITE_MILLIS);
    stop();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    lock.lock();
    try {
      batches.clear();
      buffered = 0;
      held.clear();
    } finally {
      lock.unlock();
    }
    current = null;
  }
}
