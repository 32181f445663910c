package io.sally.ask.langchain4j;

import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import io.sally.ask.context.Prompt;
import io.sally.ask.context.Prompt.Form;
import io.sally.ask.model.Answer;
import io.sally.ask.model.AnswerReader;
import io.sally.ask.model.ModelProtocol;
import io.sally.ask.model.ModelSettings;
import io.sally.ask.model.Usage;
import java.util.regex.Pattern;
import okhttp3.OkHttpClient;

/** Asks a service that speaks OpenAI's protocol, with the answer's JSON schema. Thread-safe. */
final class OpenAiProtocol implements ModelProtocol {
  /** OpenAI's reasoning models take no temperature but their own. */
  private static final Pattern REASONING = Pattern.compile("(gpt-[5-9]|o[1-9]).*");

  private final ModelSettings settings;
  private final AnswerReader reader;

  OpenAiProtocol(ModelSettings settings) {
    this.settings = settings;
    this.reader = new AnswerReader(settings.vendor().label());
  }

  @Override
  public Answer call(OkHttpClient http, Prompt prompt, Usage usage) {
    OpenAiChatModel.OpenAiChatModelBuilder model =
        OpenAiChatModel.builder()
            .httpClientBuilder(new Transport.Builder(http))
            .baseUrl(settings.baseUrl().toString())
            .modelName(settings.model())
            .strictJsonSchema(true)
            .maxRetries(0);
    if (!settings.apiKey().isEmpty()) {
      model.apiKey(settings.apiKey());
    }
    if (!REASONING.matcher(settings.model()).matches()) {
      model.temperature(prompt.temperature());
    }
    ChatResponse response =
        model
            .build()
            .chat(
                ChatRequest.builder()
                    .messages(Messages.of(prompt))
                    .responseFormat(format(prompt.form()))
                    .build());
    Messages.tell(response, usage);
    return Messages.unusable(response).orElseGet(() -> answer(response, prompt.form()));
  }

  private static ResponseFormat format(Form form) {
    return ResponseFormat.builder()
        .type(ResponseFormatType.JSON)
        .jsonSchema(
            JsonSchema.builder().name("answer").rootElement(Messages.answerSchema(form)).build())
        .build();
  }

  private Answer answer(ChatResponse response, Form form) {
    String text = response.aiMessage().text();
    return text == null || text.isBlank()
        ? new Answer.Unusable("is empty", true)
        : reader.read(text, form);
  }
}
