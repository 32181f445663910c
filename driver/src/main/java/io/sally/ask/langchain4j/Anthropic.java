package io.sally.ask.langchain4j;

import io.sally.ask.context.PromptWriter;
import io.sally.ask.model.ModelSettings;
import io.sally.ask.model.ModelTranslator;
import io.sally.ask.model.TranslatorFactory;
import io.sally.ask.model.Vendor;
import java.net.URI;

/** Anthropic's Claude. */
public final class Anthropic implements TranslatorFactory {
  /** What it is called and where it is. */
  public static final Vendor VENDOR =
      new Vendor(
          "anthropic",
          "Anthropic",
          "ANTHROPIC_API_KEY",
          true,
          "claude-sonnet-4-5",
          URI.create("https://api.anthropic.com/v1"));

  @Override
  public Vendor vendor() {
    return VENDOR;
  }

  @Override
  public ModelTranslator open(ModelSettings settings, PromptWriter prompts) {
    return new ModelTranslator(settings, new AnthropicProtocol(settings), prompts);
  }
}
