package io.sally.engine;

import io.sally.engine.planner.SourceSchema;
import io.sally.engine.policy.SourcePolicy;
import io.sally.engine.source.Source;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The catalog of one source, kept from the first reading on, and what is known of the source's
 * health. A catalog stays when its source goes down: names still mean the same things, and what
 * fails is the query. Thread-safe.
 */
final class KeptCatalog {
  private static final Logger LOG = LoggerFactory.getLogger(KeptCatalog.class);

  /** How long a source is left alone that failed, or was read because a name was missing. */
  private static final long PAUSE_NANOS = Duration.ofSeconds(3).toNanos();

  private final Source source;
  private final SourcePolicy policy;
  private final long ttlNanos;
  private final Executor threads;
  private final Consumer<SourceSchema> onReplaced;

  private volatile @Nullable Reading reading;
  private volatile @Nullable Failure failure;
  private volatile @Nullable Answer answer;
  private @Nullable Attempt attempt;
  private @Nullable CompletableFuture<Void> probing;
  private long probed;
  private boolean hasSought;
  private long sought;

  /** A catalog that was read. */
  private record Reading(SourceSchema schema, Instant at, long begun) {}

  /** A reading that failed. */
  private record Failure(SQLException reason, long ended) {}

  /** What asking the source gave last; no error where it answered. */
  private record Answer(long ended, @Nullable Duration latency, @Nullable String error) {}

  /** A reading under way, or the last one. */
  private record Attempt(long begun, CompletableFuture<SourceSchema> result) {}

  /**
   * Nothing is read yet.
   *
   * @param ttl the age at which a catalog is read again; zero for never
   * @param onReplaced learns of each catalog that is no longer current
   */
  KeptCatalog(
      Source source,
      SourcePolicy policy,
      Duration ttl,
      Executor threads,
      Consumer<SourceSchema> onReplaced) {
    this.source = source;
    this.policy = policy;
    this.ttlNanos = ttl.toNanos();
    this.threads = threads;
    this.onReplaced = onReplaced;
  }

  String name() {
    return source.name();
  }

  /** The catalog that is there, without waiting; one that is too old is read again meanwhile. */
  @Nullable SourceSchema current() {
    Reading kept = reading;
    if (kept == null) {
      return null;
    }
    if (ttlNanos > 0 && System.nanoTime() - kept.begun() > ttlNanos && !failedJustNow()) {
      readMeanwhile(kept.begun() + 1);
    }
    return kept.schema();
  }

  /** Whether this is the catalog that is there. */
  boolean isCurrent(SourceSchema schema) {
    return current() == schema;
  }

  /**
   * Whether the catalog may be read again because a name was not found in it: not each time that
   * somebody mistypes one.
   */
  synchronized boolean maySeekAgain() {
    long now = System.nanoTime();
    if (hasSought && now - sought < PAUSE_NANOS) {
      return false;
    }
    hasSought = true;
    sought = now;
    return true;
  }

  /**
   * The catalog: the one that is there, or else the one that is read now.
   *
   * @throws SQLException when it cannot be read; the message names the source
   */
  SourceSchema get(Execution execution) throws SQLException {
    SourceSchema kept = current();
    return kept == null ? Waiting.forResult(attempt(System.nanoTime()), execution) : kept;
  }

  /**
   * The catalog for a list of what there is: nobody waits for a source that failed before.
   *
   * @return done where there is nothing to wait for; with an error where there is no catalog
   */
  CompletableFuture<SourceSchema> listed() {
    SourceSchema kept = current();
    if (kept != null) {
      return CompletableFuture.completedFuture(kept);
    }
    Failure last = failure;
    if (last == null) {
      return attempt(System.nanoTime());
    }
    if (!failedJustNow()) {
      readMeanwhile(System.nanoTime());
    }
    return CompletableFuture.failedFuture(last.reason());
  }

  /** Nobody waits for this reading; how it ends is kept with it. */
  private void readMeanwhile(long since) {
    CompletableFuture<SourceSchema> under = attempt(since);
    LOG.debug("The catalog of source {} is read in the background: {}", name(), under);
  }

  private boolean failedJustNow() {
    Failure last = failure;
    return last != null && System.nanoTime() - last.ended() < PAUSE_NANOS;
  }

  /** Reads the catalog by a reading that begins at {@code since} or later. */
  synchronized CompletableFuture<SourceSchema> attempt(long since) {
    Attempt last = attempt;
    if (last != null && !last.result().isDone()) {
      // What began earlier may have missed what happened in between, so another one follows it.
      return last.begun() - since >= 0
          ? last.result()
          : last.result().handle((schema, error) -> 0).thenCompose(done -> attempt(since));
    }
    Reading kept = reading;
    if (kept != null && kept.begun() - since >= 0) {
      return CompletableFuture.completedFuture(kept.schema());
    }
    CompletableFuture<SourceSchema> result;
    try {
      result = CompletableFuture.supplyAsync(this::read, threads);
    } catch (RejectedExecutionException e) {
      // The engine was closed in the meantime.
      return CompletableFuture.failedFuture(SqlErrors.connectionClosed());
    }
    attempt = new Attempt(System.nanoTime(), result);
    return result;
  }

  private SourceSchema read() {
    long begun = System.nanoTime();
    try {
      SourceSchema schema = SourceSchema.of(source, source.readCatalog(), policy);
      Reading old = reading;
      reading = new Reading(schema, Instant.now(), begun);
      failure = null;
      answer = new Answer(System.nanoTime(), null, null);
      if (old != null) {
        onReplaced.accept(old.schema());
      }
      return schema;
    } catch (SQLException e) {
      throw failed(e);
    } catch (RuntimeException e) {
      throw failed(
          SqlErrors.internal("The catalog of source " + name() + " could not be read: " + e, e));
    }
  }

  private CompletionException failed(SQLException reason) {
    failure = new Failure(reason, System.nanoTime());
    if (SourceChange.isUnreachable(reason)) {
      answer = new Answer(System.nanoTime(), null, reason.getMessage());
    }
    return new CompletionException(reason);
  }

  /** Asks the source whether it answers, unless it is being asked or did answer just now. */
  synchronized CompletableFuture<Void> probe(Duration fresh) {
    CompletableFuture<Void> last = probing;
    Answer given = answer;
    boolean answered = given != null && given.error() == null;
    boolean justNow = answered && System.nanoTime() - probed < fresh.toNanos();
    if (last != null && (!last.isDone() || justNow)) {
      return last;
    }
    CompletableFuture<Void> next;
    try {
      next = CompletableFuture.runAsync(this::ask, threads);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(SqlErrors.connectionClosed());
    }
    probing = next;
    return next;
  }

  private void ask() {
    long begun = System.nanoTime();
    @Nullable String error = null;
    try {
      source.probe();
    } catch (SQLException e) {
      error = e.getMessage();
    } catch (RuntimeException e) {
      error = "The source could not be asked: " + e;
    }
    long ended = System.nanoTime();
    answer = new Answer(ended, error == null ? Duration.ofNanos(ended - begun) : null, error);
    synchronized (this) {
      probed = ended;
    }
  }

  /**
   * What is known of the source.
   *
   * @param silence why it counts as down where it is being asked and has not answered
   */
  synchronized SourceState state(String silence) {
    Reading kept = reading;
    Answer last = answer;
    boolean silent = probing != null && !probing.isDone();
    @Nullable String error = last == null ? null : last.error();
    if (silent) {
      error = Objects.requireNonNullElse(error, silence);
    }
    SourceState.State state =
        error != null
            ? SourceState.State.DOWN
            : last == null ? SourceState.State.UNKNOWN : SourceState.State.UP;
    return new SourceState(
        name(),
        source.type(),
        state,
        source.version(),
        last == null ? null : last.latency(),
        error,
        kept == null ? 0 : kept.schema().catalog(Session.Reader.PERSON).tables().size(),
        kept == null ? null : kept.at());
  }
}
