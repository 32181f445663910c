package io.sally.ask;

import io.sally.engine.Execution;
import io.sally.engine.SqlErrors;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;

/**
 * Does the same work once for all who want it at the same time. The first does it on its own
 * thread, the others wait. Who is stopped stops alone: when it is the one that works, one of those
 * who wait takes over. A failure of the work itself is everybody's. Thread-safe.
 */
final class SingleFlight<K, V> {
  /** The work; it ends when the execution of the thread that does it is stopped. */
  interface Work<V> {
    V run() throws SQLException;
  }

  private static final String CANCELLED = "57014";

  private final ConcurrentMap<K, CompletableFuture<V>> flights = new ConcurrentHashMap<>();

  /**
   * The result of the work for this key.
   *
   * @throws SQLException when the work fails, or the execution was stopped
   */
  V run(K key, Execution execution, Work<V> work) throws SQLException {
    while (true) {
      execution.check();
      CompletableFuture<V> mine = new CompletableFuture<>();
      CompletableFuture<V> theirs = flights.putIfAbsent(key, mine);
      if (theirs == null) {
        return lead(key, mine, execution, work);
      }
      Optional<V> result = follow(theirs, execution);
      if (result.isPresent()) {
        return result.get();
      }
    }
  }

  private V lead(K key, CompletableFuture<V> flight, Execution execution, Work<V> work)
      throws SQLException {
    try {
      V result = work.run();
      flights.remove(key, flight);
      flight.complete(result);
      return result;
    } catch (SQLException | RuntimeException | Error e) {
      flights.remove(key, flight);
      boolean stoppedAlone =
          execution.isStopped()
              || (e instanceof SQLException sql && CANCELLED.equals(sql.getSQLState()));
      if (stoppedAlone) {
        flight.cancel(false);
      } else {
        flight.completeExceptionally(e);
      }
      throw e;
    }
  }

  /** The result, or empty when the one who works was stopped. */
  private static <V> Optional<V> follow(CompletableFuture<V> flight, Execution execution)
      throws SQLException {
    CompletableFuture<Void> stopped = new CompletableFuture<>();
    Runnable forget = execution.onStop(() -> stopped.complete(null));
    try {
      CompletableFuture.anyOf(flight.handle((result, failure) -> true), stopped).get();
      execution.check();
      return flight.isCancelled() ? Optional.empty() : Optional.of(flight.get());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw SqlErrors.cancelled();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SQLException failure) {
        throw failure;
      }
      throw SqlErrors.internal("The translation failed: " + e.getCause() + ".", e.getCause());
    } finally {
      forget.run();
    }
  }
}
