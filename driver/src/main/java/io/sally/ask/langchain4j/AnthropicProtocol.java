package io.sally.ask.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.sally.ask.context.Prompt;
import io.sally.ask.context.Prompt.Form;
import io.sally.ask.model.Answer;
import io.sally.ask.model.AnswerReader;
import io.sally.ask.model.ModelProtocol;
import io.sally.ask.model.ModelSettings;
import io.sally.ask.model.Usage;
import java.util.List;
import okhttp3.OkHttpClient;

/**
 * Asks Anthropic. The answer's JSON schema is that of a tool which the model has to use: all of its
 * models know tools. Thread-safe.
 */
final class AnthropicProtocol implements ModelProtocol {
  private static final int MOST_ANSWER_TOKENS = 8_192;

  private final ModelSettings settings;
  private final AnswerReader reader;

  AnthropicProtocol(ModelSettings settings) {
    this.settings = settings;
    this.reader = new AnswerReader(settings.vendor().label());
  }

  @Override
  public Answer call(OkHttpClient http, Prompt prompt, Usage usage) {
    ChatResponse response =
        AnthropicChatModel.builder()
            .httpClientBuilder(new Transport.Builder(http))
            .baseUrl(settings.baseUrl().toString())
            .apiKey(settings.apiKey())
            .modelName(settings.model())
            .temperature(prompt.temperature())
            .maxTokens(MOST_ANSWER_TOKENS)
            .cacheSystemMessages(true)
            .maxRetries(0)
            .build()
            .chat(
                ChatRequest.builder()
                    .messages(Messages.of(prompt))
                    .toolSpecifications(tool(prompt.form()))
                    .toolChoice(ToolChoice.REQUIRED)
                    .build());
    Messages.tell(response, usage);
    return Messages.unusable(response).orElseGet(() -> answer(response, prompt.form()));
  }

  private static ToolSpecification tool(Form form) {
    return ToolSpecification.builder()
        .name("answer")
        .description("Gives the answer to the question back.")
        .parameters(Messages.answerSchema(form))
        .build();
  }

  private Answer answer(ChatResponse response, Form form) {
    List<ToolExecutionRequest> uses = response.aiMessage().toolExecutionRequests();
    String text =
        uses == null || uses.isEmpty() ? response.aiMessage().text() : uses.get(0).arguments();
    return text == null || text.isBlank()
        ? new Answer.Unusable("is empty", true)
        : reader.read(text, form);
  }
}
