package io.sally.driver;

import io.sally.driver.config.SourceConfiguration;
import io.sally.engine.source.Source;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/**
 * What comes of trying one configured source: its catalog was read, or why it was not. Immutable.
 *
 * @param message the number of tables, or what went wrong; without secrets
 */
public record SourceCheck(
    SourceConfiguration source, boolean reachable, Duration took, String message) {
  /** Connects to the source, reads its catalog, and lets it go again. */
  public static SourceCheck of(SourceConfiguration configuration) {
    Instant begin = Instant.now();
    try (Source source = ConfiguredSource.of(configuration)) {
      int tables = source.readCatalog().tables().size();
      return new SourceCheck(
          configuration, true, since(begin), tables + (tables == 1 ? " table" : " tables"));
    } catch (SQLException e) {
      return new SourceCheck(configuration, false, since(begin), String.valueOf(e.getMessage()));
    }
  }

  private static Duration since(Instant begin) {
    return Duration.between(begin, Instant.now());
  }
}
