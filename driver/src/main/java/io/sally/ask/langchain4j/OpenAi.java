package io.sally.ask.langchain4j;

import io.sally.ask.context.PromptWriter;
import io.sally.ask.model.ModelSettings;
import io.sally.ask.model.ModelTranslator;
import io.sally.ask.model.TranslatorFactory;
import io.sally.ask.model.Vendor;
import java.net.URI;

/**
 * OpenAI, and whatever speaks its protocol at another address: Ollama, vLLM, a gateway. Those often
 * ask for no key.
 */
public final class OpenAi implements TranslatorFactory {
  /** What it is called and where it is. */
  public static final Vendor VENDOR =
      new Vendor(
          "openai",
          "OpenAI",
          "OPENAI_API_KEY",
          false,
          "gpt-5-mini",
          URI.create("https://api.openai.com/v1"));

  @Override
  public Vendor vendor() {
    return VENDOR;
  }

  @Override
  public ModelTranslator open(ModelSettings settings, PromptWriter prompts) {
    return new ModelTranslator(settings, new OpenAiProtocol(settings), prompts);
  }
}
