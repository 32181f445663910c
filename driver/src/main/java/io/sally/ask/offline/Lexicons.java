package io.sally.ask.offline;

import io.sally.ask.context.GlossaryTerm;
import io.sally.ask.words.Vocabulary;
import io.sally.ask.words.Words;
import io.sally.engine.Execution;
import io.sally.engine.SqlErrors;
import io.sally.engine.catalog.Catalog;
import io.sally.engine.catalog.Catalogs;
import io.sally.engine.catalog.Table;
import io.sally.engine.catalog.TableName;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lexicons of the catalogs that are asked about, made on threads of their own: one reads the
 * values of each source, so that none waits for another. A question that comes before its lexicon
 * is there waits a little for the values, and for the names in any case; what comes later is taken
 * up when it is there. A lexicon goes with its catalogs: one that was read again has another.
 * Thread-safe: guarded by itself.
 */
final class Lexicons implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Lexicons.class);

  /** The lexicons of a few sets of sources are kept, those that were asked for last. */
  private static final int MAX_KEPT = 3;

  /** How long the first questions wait for values; the later ones have what came meanwhile. */
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  /** How long sources that could not be read are left alone. */
  private static final Duration PAUSE = Duration.ofSeconds(30);

  /** How long closing waits for threads that were told to stop. */
  private static final Duration FAREWELL = Duration.ofSeconds(5);

  /** The most values of one lexicon; of the sources after them only the names are known. */
  static final int MOST_VALUES = 60_000;

  private static final long POLL_MILLIS = 20;

  private final ColumnValues values;
  private final List<GlossaryTerm> glossary;
  private final Words words;
  private final Vocabulary vocabulary;
  private final Duration patience;
  private final Duration pause;
  private final List<Building> kept = new ArrayList<>();
  private final ExecutorService threads =
      new ThreadPoolExecutor(
          0, Integer.MAX_VALUE, 5, TimeUnit.SECONDS, new SynchronousQueue<>(), Lexicons::daemon);

  Lexicons(ColumnValues values, List<GlossaryTerm> glossary, Words words, Vocabulary vocabulary) {
    this(values, glossary, words, vocabulary, PATIENCE, PAUSE);
  }

  Lexicons(
      ColumnValues values,
      List<GlossaryTerm> glossary,
      Words words,
      Vocabulary vocabulary,
      Duration patience,
      Duration pause) {
    this.values = values;
    this.glossary = List.copyOf(glossary);
    this.words = words;
    this.vocabulary = vocabulary;
    this.patience = patience;
    this.pause = pause;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "sally-words");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * The lexicon of the catalogs.
   *
   * @throws SQLException when the execution is stopped before there is one
   */
  Lexicon of(Catalogs catalogs, Execution execution) throws SQLException {
    Building building = building(catalogs, execution);
    while (true) {
      execution.check();
      try {
        Lexicon first = building.first.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
        Lexicon last = building.last;
        return last == null ? first : last;
      } catch (TimeoutException e) {
        LOG.trace("The words of the catalogs are awaited", e);
      } catch (ExecutionException e) {
        if (e.getCause() instanceof InterruptedException
            || e.getCause() instanceof RejectedExecutionException) {
          throw SqlErrors.connectionClosed();
        }
        throw SqlErrors.internal("The words of the catalogs could not be read: " + e.getCause(), e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw SqlErrors.cancelled();
      }
    }
  }

  private synchronized Building building(Catalogs catalogs, Execution execution)
      throws SQLException {
    Building known = null;
    for (Building each : kept) {
      if (each.isOf(catalogs)) {
        known = each;
      }
    }
    if (known == null) {
      kept.removeIf(each -> each.isReplacedBy(catalogs));
      known = new Building(catalogs, execution);
      start(known);
    } else if (known.isDue()) {
      // Sources that could not be read are tried again; meanwhile there is what is known of them.
      Building again = new Building(catalogs, execution);
      Lexicon last = known.last;
      if (last != null) {
        again.last = last;
        again.first.complete(last);
      }
      start(again);
      kept.remove(known);
      known = again;
    }
    kept.remove(known);
    kept.add(known);
    while (kept.size() > MAX_KEPT) {
      kept.remove(0).stop();
    }
    return known;
  }

  private void start(Building building) throws SQLException {
    try {
      threads.execute(building::build);
    } catch (RejectedExecutionException e) {
      throw SqlErrors.connectionClosed();
    }
  }

  /** Ends what is under way and waits for that. */
  @Override
  public void close() {
    synchronized (this) {
      kept.forEach(Building::stop);
      kept.clear();
      threads.shutdownNow();
    }
    try {
      if (!threads.awaitTermination(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.debug("A source does not let go of the reading of its values");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The making of one lexicon, and what came of it so far. */
  private final class Building {
    private final Catalogs catalogs;

    /** The catalogs by being the very same: what was read again is another one. */
    private final Set<Catalog> own = Collections.newSetFromMap(new IdentityHashMap<>());

    private final Execution execution;
    private final CompletableFuture<Lexicon> first = new CompletableFuture<>();
    private volatile @Nullable Lexicon last;
    private volatile boolean incomplete;
    private volatile long ended;

    Building(Catalogs catalogs, Execution asking) {
      this.catalogs = catalogs;
      this.own.addAll(catalogs.catalogs());
      this.execution = asking.apart();
    }

    boolean isOf(Catalogs others) {
      return own.size() == others.catalogs().size() && own.containsAll(others.catalogs());
    }

    /** Whether a source of these catalogs was read again; if so, nobody waits for this any more. */
    boolean isReplacedBy(Catalogs others) {
      boolean replaced =
          others.catalogs().stream()
              .anyMatch(
                  other -> !own.contains(other) && catalogs.source(other.source()).isPresent());
      if (replaced) {
        stop();
      }
      return replaced;
    }

    boolean isDue() {
      return incomplete && System.nanoTime() - ended > pause.toNanos();
    }

    void stop() {
      execution.cancel();
    }

    void build() {
      try {
        List<SourceValues> sources =
            catalogs.catalogs().stream().map(c -> new SourceValues(c, values)).toList();
        CompletableFuture<?>[] readings =
            sources.stream()
                .map(source -> CompletableFuture.runAsync(() -> source.read(execution), threads))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture<Void> all = CompletableFuture.allOf(readings);
        if (last == null && !ends(all)) {
          publish(sources);
        }
        all.get();
        publish(sources);
        incomplete = sources.stream().anyMatch(source -> !source.unread().isEmpty());
      } catch (InterruptedException | RejectedExecutionException e) {
        // The translator is closed.
        first.completeExceptionally(e);
      } catch (ExecutionException | RuntimeException e) {
        LOG.debug("The words of the catalogs could not be read", e);
        incomplete = true;
        first.completeExceptionally(e);
      } finally {
        ended = System.nanoTime();
        execution.close();
      }
    }

    private boolean ends(CompletableFuture<Void> all)
        throws InterruptedException, ExecutionException {
      try {
        all.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        return true;
      } catch (TimeoutException e) {
        return false;
      }
    }

    private void publish(List<SourceValues> sources) {
      Map<TableName, ColumnValues.Values> known = new HashMap<>();
      List<Table> unread = new ArrayList<>();
      int count = 0;
      for (SourceValues source : sources) {
        unread.addAll(source.unread());
        for (Map.Entry<TableName, ColumnValues.Values> table : source.known().entrySet()) {
          count += table.getValue().count();
          if (count <= MOST_VALUES) {
            known.put(table.getKey(), table.getValue());
          }
        }
      }
      Lexicon built = new Lexicon(catalogs, known, unread, glossary, words, vocabulary);
      last = built;
      first.complete(built);
    }
  }
}
