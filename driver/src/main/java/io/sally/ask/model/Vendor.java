package io.sally.ask.model;

import java.net.URI;
import java.util.Objects;

/**
 * A kind of model service. Immutable.
 *
 * @param provider what {@code llm.provider} says, for example {@code gemini}
 * @param label what messages call it, for example {@code Gemini}
 * @param keyVariable the environment variable that holds its key where none is configured
 * @param needsKey whether nothing works without a key
 * @param model the model where none is configured
 * @param baseUrl the address where none is configured
 */
public record Vendor(
    String provider,
    String label,
    String keyVariable,
    boolean needsKey,
    String model,
    URI baseUrl) {
  public Vendor {
    Objects.requireNonNull(provider, "provider");
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(keyVariable, "keyVariable");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(baseUrl, "baseUrl");
  }
}
