package io.sally.driver;

import io.sally.driver.config.SourceConfiguration;
import io.sally.engine.source.Source;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What comes of trying one configured source: its catalog was read, or why it was not. Immutable.
 *
 * @param version the version that the server gave, or null where it did not answer
 * @param latency how long it took to connect and to answer, or to fail
 * @param message the number of tables, or what went wrong; without secrets
 */
public record SourceCheck(
    SourceConfiguration source,
    boolean reachable,
    @Nullable String version,
    Duration latency,
    String message) {
  /** Connects to the source, reads its catalog, and lets it go again. */
  public static SourceCheck of(SourceConfiguration configuration) {
    LibraryLogs.quiet();
    Instant begin = Instant.now();
    try (Source source = ConfiguredSource.of(configuration)) {
      source.probe();
      Duration latency = Duration.between(begin, Instant.now());
      int tables = source.readCatalog().tables().size();
      return new SourceCheck(
          configuration,
          true,
          source.version(),
          latency,
          tables + (tables == 1 ? " table" : " tables"));
    } catch (SQLException e) {
      return new SourceCheck(
          configuration,
          false,
          null,
          Duration.between(begin, Instant.now()),
          String.valueOf(e.getMessage()));
    }
  }
}
