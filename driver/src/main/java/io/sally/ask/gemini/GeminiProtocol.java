package io.sally.ask.gemini;

import com.google.genai.Client;
import com.google.genai.types.ClientOptions;
import com.google.genai.types.Content;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.GenerateContentResponseUsageMetadata;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import com.google.genai.types.Part;
import com.google.genai.types.Schema;
import com.google.genai.types.Type;
import io.sally.ask.context.Prompt;
import io.sally.ask.context.Prompt.Form;
import io.sally.ask.context.Prompt.Speaker;
import io.sally.ask.model.Answer;
import io.sally.ask.model.AnswerForm;
import io.sally.ask.model.AnswerReader;
import io.sally.ask.model.ModelProtocol;
import io.sally.ask.model.ModelSettings;
import io.sally.ask.model.Usage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import okhttp3.OkHttpClient;

/**
 * Asks Gemini through Google's SDK, which is rebuilt around the HTTP client for each call; that is
 * cheap. Thread-safe.
 */
final class GeminiProtocol implements ModelProtocol {
  private static final Map<Form, Schema> ANSWER_SCHEMAS =
      Map.of(Form.QUERY, answerSchema(Form.QUERY), Form.NARRATION, answerSchema(Form.NARRATION));

  private final ModelSettings settings;
  private final GeminiAnswers answers;

  GeminiProtocol(ModelSettings settings) {
    this.settings = settings;
    this.answers = new GeminiAnswers(new AnswerReader(settings.vendor().label()));
  }

  @Override
  public Answer call(OkHttpClient http, Prompt prompt, Usage usage) {
    // Not closed: closing it closes the shared HTTP client, and it holds nothing else.
    Client sdk =
        Client.builder()
            .apiKey(settings.apiKey())
            .vertexAI(false)
            .httpOptions(
                HttpOptions.builder()
                    .baseUrl(settings.baseUrl().toString())
                    // The SDK sleeps after a status in this list even when it will not try again.
                    .retryOptions(
                        HttpRetryOptions.builder().attempts(1).httpStatusCodes(List.of()).build())
                    .build())
            .clientOptions(ClientOptions.builder().customHttpClient(http).build())
            .build();
    GenerateContentResponse response =
        sdk.models.generateContent(settings.model(), contents(prompt), config(prompt));
    response
        .usageMetadata()
        .ifPresent(
            (GenerateContentResponseUsageMetadata cost) ->
                usage.tokens(
                    cost.promptTokenCount().orElse(0),
                    (long) cost.candidatesTokenCount().orElse(0)
                        + cost.thoughtsTokenCount().orElse(0)));
    return answers.read(response, prompt.form());
  }

  private static List<Content> contents(Prompt prompt) {
    return prompt.turns().stream()
        .map(
            turn ->
                Content.builder()
                    .role(turn.speaker() == Speaker.MODEL ? "model" : "user")
                    .parts(Part.fromText(turn.text()))
                    .build())
        .toList();
  }

  private static GenerateContentConfig config(Prompt prompt) {
    return GenerateContentConfig.builder()
        .systemInstruction(Content.fromParts(Part.fromText(prompt.instructions())))
        .temperature((float) prompt.temperature())
        .candidateCount(1)
        .responseMimeType("application/json")
        .responseSchema(ANSWER_SCHEMAS.get(prompt.form()))
        .build();
  }

  private static Schema answerSchema(Form form) {
    Map<String, Schema> properties = new LinkedHashMap<>();
    AnswerForm.fields(form)
        .forEach(
            (name, kind) ->
                properties.put(
                    name,
                    switch (kind) {
                      case TRUTH -> of(Type.Known.BOOLEAN);
                      case TEXT -> of(Type.Known.STRING);
                      case TEXTS ->
                          Schema.builder()
                              .type(Type.Known.ARRAY)
                              .items(of(Type.Known.STRING))
                              .build();
                    }));
    List<String> names = List.copyOf(properties.keySet());
    return Schema.builder()
        .type(Type.Known.OBJECT)
        .properties(properties)
        .required(names)
        .propertyOrdering(names)
        .build();
  }

  private static Schema of(Type.Known type) {
    return Schema.builder().type(type).build();
  }
}
