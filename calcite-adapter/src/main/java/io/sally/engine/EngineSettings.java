package io.sally.engine;

import java.time.Duration;
import java.util.Objects;

/**
 * How an engine treats its sources.
 *
 * @param catalogTtl the age at which a source's catalog is read again, in the background, when it
 *     is next used; zero for never
 */
public record EngineSettings(Duration catalogTtl) {
  /** Catalogs are read again after ten minutes. */
  public static final EngineSettings DEFAULT = new EngineSettings(Duration.ofMinutes(10));

  public EngineSettings {
    Objects.requireNonNull(catalogTtl, "catalogTtl");
    if (catalogTtl.isNegative()) {
      throw new IllegalArgumentException("An age cannot be negative");
    }
  }
}
