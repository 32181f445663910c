package io.sally.driver.config;

import io.sally.ask.model.TranslatorFactory;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who translates questions and how it is reached.
 *
 * @param provider {@link #OFFLINE}, or what a {@link TranslatorFactory} calls its service
 * @param apiKey the model's key; there is one whenever the provider needs one
 * @param baseUrl where the model is reached, or null for its maker's own address
 * @param timeout the longest that one request may take
 * @param promptTokens about how many tokens one request may have
 */
public record LlmSettings(
    String provider,
    @Nullable Secret apiKey,
    String model,
    @Nullable URI baseUrl,
    Duration timeout,
    int promptTokens) {
  /** The provider that asks nobody. */
  public static final String OFFLINE = "offline";

  /** The provider that a key chooses. */
  public static final String GEMINI = "gemini";

  public LlmSettings {
    Objects.requireNonNull(provider, "provider");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(timeout, "timeout");
  }

  /** The providers that there are. */
  static List<String> providers() {
    return Stream.concat(
            TranslatorFactory.all().stream().map(factory -> factory.vendor().provider()),
            Stream.of(OFFLINE))
        .toList();
  }
}
