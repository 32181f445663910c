package io.sally.engine.source;

import io.sally.engine.Execution;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a query on its source when its execution is stopped. Thread-safe.
 *
 * <p>A cancel that arrives before the source has begun is lost, so it is sent again until the query
 * ends; and where the source does not answer at all, the connection is broken.
 */
final class QueryStop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(QueryStop.class);
  private static final long PAUSE_MILLIS = 100;
  private static final int ATTEMPTS = 15;

  private final JdbcSource source;
  private final Connection connection;
  private final Statement statement;
  private final Runnable forget;
  private final CountDownLatch ended = new CountDownLatch(1);

  QueryStop(JdbcSource source, Connection connection, Statement statement, Execution execution) {
    this.source = source;
    this.connection = connection;
    this.statement = statement;
    this.forget = execution.onStop(this::stop);
  }

  /** Cancelling opens a connection in most drivers, so it is done beside the thread that asks. */
  private void stop() {
    Thread thread = new Thread(this::cancelUntilEnded, "sally-cancel-" + source.name());
    thread.setDaemon(true);
    thread.start();
  }

  private void cancelUntilEnded() {
    try {
      for (int i = 0; i < ATTEMPTS && ended.getCount() > 0; i++) {
        cancel();
        if (ended.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
          return;
        }
      }
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      LOG.debug("The connection of source {} could not be broken", source.name(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void cancel() {
    try {
      source.cancel(connection, statement);
    } catch (SQLException e) {
      LOG.debug("A cancel did not reach source {}", source.name(), e);
    }
  }

  @Override
  public void close() {
    forget.run();
    ended.countDown();
  }
}
