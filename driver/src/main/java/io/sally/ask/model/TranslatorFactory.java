package io.sally.ask.model;

import io.sally.ask.Translator;
import io.sally.ask.context.PromptWriter;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Opens the translators of one kind of model service. Found by {@link ServiceLoader}, so that a jar
 * beside the driver's adds one: its {@code META-INF/services/io.sally.ask.model.TranslatorFactory}
 * names a class with a public constructor without parameters, and {@code llm.provider} chooses it
 * by {@link Vendor#provider}. Thread-safe.
 */
public interface TranslatorFactory {
  /** What it opens. */
  Vendor vendor();

  /**
   * A translator that asks the service.
   *
   * @param settings how to reach it; {@link ModelSettings#vendor} is {@link #vendor}
   * @param prompts writes what the model is to be told
   * @throws IllegalArgumentException when a setting cannot be right; the message never holds the
   *     key
   */
  Translator open(ModelSettings settings, PromptWriter prompts);

  /** All that are there, those of the driver's jar and those beside it. */
  static List<TranslatorFactory> all() {
    return ServiceLoader.load(TranslatorFactory.class, TranslatorFactory.class.getClassLoader())
        .stream()
        .map(ServiceLoader.Provider::get)
        .toList();
  }

  /** The one for this provider. */
  static Optional<TranslatorFactory> of(String provider) {
    return all().stream().filter(f -> f.vendor().provider().equals(provider)).findFirst();
  }
}
