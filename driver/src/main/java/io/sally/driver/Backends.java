package io.sally.driver;

import io.sally.driver.config.Configuration;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The backends in use, one a configuration, each open as long as a connection holds it.
 * Thread-safe. A backend is made once however many connections ask at the same time, and making one
 * does not hold up the connections of another.
 */
final class Backends {
  private final BackendFactory factory;
  private final Map<Configuration, Entry> entries = new HashMap<>();

  Backends(BackendFactory factory) {
    this.factory = factory;
  }

  /** A connection's hold on a backend. */
  interface Lease extends AutoCloseable {
    Backend backend();

    /** Lets the backend go; the last one closes it. Closing again does nothing. */
    @Override
    void close() throws SQLException;
  }

  /**
   * Holds the backend of this configuration, making it when nobody else holds it.
   *
   * @throws SQLException when it cannot be made; a later call tries again
   */
  Lease acquire(Configuration configuration) throws SQLException {
    Entry entry;
    synchronized (entries) {
      entry = entries.computeIfAbsent(configuration, Entry::new);
      entry.holders++;
    }
    try {
      return new Holder(entry, entry.open(factory));
    } catch (SQLException | RuntimeException | Error e) {
      try {
        release(entry);
      } catch (SQLException onClose) {
        e.addSuppressed(onClose);
      }
      throw e;
    }
  }

  private void release(Entry entry) throws SQLException {
    synchronized (entries) {
      entry.holders--;
      if (entry.holders > 0) {
        return;
      }
      entries.remove(entry.configuration);
    }
    entry.close();
  }

  private static final class Entry {
    private final Configuration configuration;
    // Guarded by the map of entries.
    private int holders;
    private @Nullable Backend backend;

    Entry(Configuration configuration) {
      this.configuration = configuration;
    }

    synchronized Backend open(BackendFactory factory) throws SQLException {
      if (backend == null) {
        backend = factory.open(configuration);
      }
      return backend;
    }

    synchronized void close() throws SQLException {
      if (backend != null) {
        backend.close();
      }
    }
  }

  private final class Holder implements Lease {
    private final Entry entry;
    private final Backend backend;
    private final AtomicBoolean released = new AtomicBoolean();

    Holder(Entry entry, Backend backend) {
      this.entry = entry;
      this.backend = backend;
    }

    @Override
    public Backend backend() {
      return backend;
    }

    @Override
    public void close() throws SQLException {
      if (released.compareAndSet(false, true)) {
        release(entry);
      }
    }
  }
}
