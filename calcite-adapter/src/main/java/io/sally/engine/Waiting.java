package io.sally.engine;

import java.sql.SQLException;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Waits for what is done on another thread, as long as the statement that waits goes on. */
final class Waiting {
  private Waiting() {}

  /** The result. Fails as the work did, or as the execution was stopped. */
  static <T> T forResult(CompletableFuture<T> work, Execution execution) throws SQLException {
    CompletableFuture<Boolean> stopped = new CompletableFuture<>();
    Runnable forget = execution.onStop(() -> stopped.complete(true));
    try {
      CompletableFuture.anyOf(work, stopped).get();
      execution.check();
      return work.get();
    } catch (ExecutionException e) {
      execution.check();
      throw failure(Objects.requireNonNullElse(e.getCause(), e));
    } catch (CancellationException e) {
      throw SqlErrors.cancelled();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw SqlErrors.cancelled();
    } finally {
      forget.run();
    }
  }

  /** One exception may reach many statements: each gets one of its own, with its own stack. */
  private static SQLException failure(Throwable cause) {
    if (cause instanceof SQLException e) {
      String message = Objects.requireNonNullElse(e.getMessage(), e.toString());
      return SourceChange.isUnreachable(e)
          ? SqlErrors.cannotConnect(message, e)
          : SqlErrors.source(message, e.getSQLState(), e.getErrorCode(), e);
    }
    return SqlErrors.internal("A source could not be read: " + cause, cause);
  }
}
