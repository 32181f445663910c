package io.sally.ask.langchain4j;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import io.sally.ask.context.Prompt;
import io.sally.ask.context.Prompt.Form;
import io.sally.ask.model.Answer;
import io.sally.ask.model.AnswerForm;
import io.sally.ask.model.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Prompts and answers in the words of LangChain4j. */
final class Messages {
  private Messages() {}

  static List<ChatMessage> of(Prompt prompt) {
    List<ChatMessage> messages = new ArrayList<>();
    messages.add(SystemMessage.from(prompt.instructions()));
    for (Prompt.Turn turn : prompt.turns()) {
      messages.add(
          switch (turn.speaker()) {
            case PERSON -> UserMessage.from(turn.text());
            case MODEL -> AiMessage.from(turn.text());
          });
    }
    return messages;
  }

  /** Why the response holds no whole answer, where it does not. */
  static Optional<Answer> unusable(ChatResponse response) {
    FinishReason end = response.finishReason();
    if (end == FinishReason.LENGTH) {
      return Optional.of(new Answer.Unusable("was cut off at its greatest length", true));
    } else if (end == FinishReason.CONTENT_FILTER) {
      return Optional.of(new Answer.Unusable("was withheld by the service's filter", false));
    }
    return Optional.empty();
  }

  /** The form of the answer. */
  static JsonObjectSchema answerSchema(Form form) {
    JsonObjectSchema.Builder schema = JsonObjectSchema.builder();
    AnswerForm.fields(form)
        .forEach(
            (name, kind) -> {
              switch (kind) {
                case TRUTH -> schema.addBooleanProperty(name);
                case TEXT -> schema.addStringProperty(name);
                case TEXTS ->
                    schema.addProperty(
                        name, JsonArraySchema.builder().items(new JsonStringSchema()).build());
              }
            });
    return schema
        .required(List.copyOf(AnswerForm.fields(form).keySet()))
        .additionalProperties(false)
        .build();
  }

  /** Tells what the response says that it has cost. */
  static void tell(ChatResponse response, Usage usage) {
    TokenUsage cost = response.tokenUsage();
    if (cost != null) {
      usage.tokens(
          Objects.requireNonNullElse(cost.inputTokenCount(), 0),
          Objects.requireNonNullElse(cost.outputTokenCount(), 0));
    }
  }
}
