package io.sally.engine;

import io.sally.engine.policy.SourcePolicy;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * How an engine treats its sources.
 *
 * @param catalogTtl the age at which a source's catalog is read again, in the background, when it
 *     is next used; zero for never
 * @param policies who may read what of the sources, by their names; one without entry has no policy
 */
public record EngineSettings(Duration catalogTtl, Map<String, SourcePolicy> policies) {
  /** Catalogs are read again after ten minutes. */
  public static final EngineSettings DEFAULT = new EngineSettings(Duration.ofMinutes(10));

  /** Settings without policies. */
  public EngineSettings(Duration catalogTtl) {
    this(catalogTtl, Map.of());
  }

  public EngineSettings {
    policies = Map.copyOf(policies);
    Objects.requireNonNull(catalogTtl, "catalogTtl");
    if (catalogTtl.isNegative()) {
      throw new IllegalArgumentException("An age cannot be negative");
    }
  }
}
