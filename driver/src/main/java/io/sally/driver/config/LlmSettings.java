package io.sally.driver.config;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who translates questions and how it is reached.
 *
 * @param apiKey the model's key; there is one whenever the provider is {@link Provider#GEMINI}
 * @param baseUrl where the model is reached, or null for its maker's own address
 * @param timeout the longest that one request may take
 */
public record LlmSettings(
    Provider provider,
    @Nullable Secret apiKey,
    String model,
    @Nullable URI baseUrl,
    Duration timeout) {
  /** The kinds of translator. */
  public enum Provider {
    GEMINI,
    OFFLINE
  }

  public LlmSettings {
    Objects.requireNonNull(provider, "provider");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(timeout, "timeout");
    if (provider == Provider.GEMINI && apiKey == null) {
      throw new IllegalArgumentException("gemini needs a key");
    }
  }
}
