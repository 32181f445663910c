package io.sally.ask.gemini;

import io.sally.ask.context.PromptWriter;
import io.sally.ask.model.ModelSettings;
import io.sally.ask.model.ModelTranslator;
import io.sally.ask.model.TranslatorFactory;
import io.sally.ask.model.Vendor;
import java.net.URI;

/** Google's Gemini, through Google's own SDK. */
public final class Gemini implements TranslatorFactory {
  /** What it is called and where it is. */
  public static final Vendor VENDOR =
      new Vendor(
          "gemini",
          "Gemini",
          "GEMINI_API_KEY",
          true,
          "gemini-flash-latest",
          URI.create("https://generativelanguage.googleapis.com"));

  @Override
  public Vendor vendor() {
    return VENDOR;
  }

  @Override
  public ModelTranslator open(ModelSettings settings, PromptWriter prompts) {
    return new ModelTranslator(settings, new GeminiProtocol(settings), prompts);
  }
}
