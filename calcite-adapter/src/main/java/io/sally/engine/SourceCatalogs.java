package io.sally.engine;

import io.sally.engine.catalog.Catalog;
import io.sally.engine.catalog.Catalogs;
import io.sally.engine.planner.NearNames;
import io.sally.engine.planner.SourceSchema;
import io.sally.engine.policy.SourcePolicy;
import io.sally.engine.source.Source;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The catalogs of all sources of an engine, each on its own: one that is down or slow holds up only
 * what names it. Thread-safe.
 */
final class SourceCatalogs implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SourceCatalogs.class);
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration FRESH = Duration.ofSeconds(1);

  private final Map<String, KeptCatalog> catalogs = new LinkedHashMap<>();
  private final ExecutorService threads =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          10,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          SourceCatalogs::daemon);

  SourceCatalogs(List<Source> sources, EngineSettings settings, Consumer<SourceSchema> onReplaced) {
    for (Source source : sources) {
      catalogs.put(
          source.name(),
          new KeptCatalog(
              source,
              settings.policies().getOrDefault(source.name(), SourcePolicy.NONE),
              settings.catalogTtl(),
              threads,
              onReplaced));
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "sally-catalogs");
    thread.setDaemon(true);
    return thread;
  }

  List<String> names() {
    return List.copyOf(catalogs.keySet());
  }

  /** The catalog of the source of exactly this name. */
  KeptCatalog kept(String source) {
    KeptCatalog kept = catalogs.get(source);
    if (kept == null) {
      throw new IllegalArgumentException("There is no source " + source);
    }
    return kept;
  }

  /** Asks for sources on behalf of one planning. */
  AskedSources asking(Execution execution) {
    return new AskedSources(this, execution);
  }

  boolean areCurrent(Collection<SourceSchema> schemas) {
    for (SourceSchema schema : schemas) {
      if (!kept(schema.source()).isCurrent(schema)) {
        return false;
      }
    }
    return true;
  }

  /** All catalogs; waits for those that are read for the first time. */
  Catalogs all(Session.Reader reader) throws SQLException {
    Map<String, CompletableFuture<SourceSchema>> readings = new LinkedHashMap<>();
    catalogs.forEach((name, kept) -> readings.put(name, kept.listed()));
    List<Catalog> found = new ArrayList<>();
    Map<String, String> missing = new LinkedHashMap<>();
    for (Map.Entry<String, CompletableFuture<SourceSchema>> each : readings.entrySet()) {
      try {
        found.add(each.getValue().get().catalog(reader));
      } catch (ExecutionException e) {
        Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
        missing.put(
            each.getKey(), Objects.requireNonNullElse(cause.getMessage(), cause.toString()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw SqlErrors.cancelled();
      }
    }
    return new Catalogs(found, missing);
  }

  /** The same for a statement: stopping it ends the waiting. */
  Catalogs all(Session.Reader reader, Execution execution) throws SQLException {
    CompletableFuture<?>[] readings =
        catalogs.values().stream()
            .map(kept -> kept.listed().handle((schema, error) -> 0))
            .toArray(CompletableFuture<?>[]::new);
    Waiting.forResult(CompletableFuture.allOf(readings), execution);
    return all(reader);
  }

  /** The catalogs that are there. */
  Catalogs known(Session.Reader reader) {
    return new Catalogs(
        catalogs.values().stream()
            .map(KeptCatalog::current)
            .filter(Objects::nonNull)
            .map(schema -> schema.catalog(reader))
            .toList());
  }

  /** What is known of each source after asking it. */
  List<SourceState> states() throws SQLException {
    CompletableFuture<?>[] probes =
        catalogs.values().stream().map(k -> k.probe(FRESH)).toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(probes).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      // Which source it was, its state tells.
      LOG.debug("Not all sources answered", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw SqlErrors.cancelled();
    }
    String silence = "No answer within " + PATIENCE.toSeconds() + " s.";
    return catalogs.values().stream().map(kept -> kept.state(silence)).toList();
  }

  /** Reads one catalog again, or all. */
  void refresh(@Nullable String source, Execution execution) throws SQLException {
    refreshAll(source == null ? names() : List.of(named(source)), execution);
  }

  private String named(String source) throws SQLException {
    if (catalogs.containsKey(source)) {
      return source;
    }
    List<String> same = names().stream().filter(name -> name.equalsIgnoreCase(source)).toList();
    if (same.size() == 1) {
      return same.get(0);
    }
    throw SqlErrors.invalidParameter(
        "There is no source '"
            + source
            + "'"
            + NearNames.hint(source, names().stream())
            + " The sources are "
            + String.join(", ", names())
            + ".",
        null);
  }

  /** Reads these catalogs again, side by side; fails as the first one that cannot be read. */
  void refreshAll(Collection<String> sources, Execution execution) throws SQLException {
    long now = System.nanoTime();
    List<CompletableFuture<SourceSchema>> readings =
        sources.stream().map(source -> kept(source).attempt(now)).toList();
    @Nullable SQLException failure = null;
    for (CompletableFuture<SourceSchema> reading : readings) {
      try {
        Waiting.forResult(reading, execution);
      } catch (SQLException e) {
        execution.check();
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

  /**
   * Reads those sources again that a statement asked for in vain, unless that was done just now.
   *
   * @return whether there is something that the statement has not seen
   */
  boolean readAgain(AskedSources asked, Execution execution) throws SQLException {
    if (areCurrent(asked.asked())) {
      List<String> sought =
          asked.asked().stream()
              .map(SourceSchema::source)
              .filter(source -> kept(source).maySeekAgain())
              .toList();
      refreshAll(sought, execution);
      return !sought.isEmpty();
    }
    return true;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
