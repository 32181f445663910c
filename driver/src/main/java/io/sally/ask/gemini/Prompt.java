package io.sally.ask.gemini;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.genai.types.Content;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.Part;
import com.google.genai.types.Schema;
import com.google.genai.types.Type;
import io.sally.ask.TranslationRequest;
import io.sally.ask.TranslationRequest.Answered;
import io.sally.ask.TranslationRequest.FailedAttempt;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the model is sent: fixed instructions, the catalog, the question, and the queries that
 * failed before. What does not change from question to question stands first, so that the service
 * can cache it. No value of any row is in it. Immutable.
 *
 * @param contents the turns of the conversation
 * @param config the instructions and the form of the answer
 */
record Prompt(List<Content> contents, GenerateContentConfig config) {
  private static final String INSTRUCTIONS = instructions();
  private static final Schema ANSWER_SCHEMA = answerSchema();
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Candidates beyond the first are there to differ where the question leaves room. */
  private static final float VARIED = 0.8f;

  Prompt {
    contents = List.copyOf(contents);
  }

  static Prompt of(TranslationRequest request) {
    List<Content> turns = new ArrayList<>();
    turns.add(turn("user", catalogAndQuestion(request)));
    for (FailedAttempt failure : request.failures()) {
      turns.add(turn("model", answer(failure.sql())));
      turns.add(turn("user", refusal(failure.error())));
    }
    return new Prompt(
        turns,
        GenerateContentConfig.builder()
            .systemInstruction(Content.fromParts(Part.fromText(INSTRUCTIONS)))
            .temperature(request.candidate() == 0 ? 0f : VARIED)
            .candidateCount(1)
            .responseMimeType("application/json")
            .responseSchema(ANSWER_SCHEMA)
            .build());
  }

  private static String catalogAndQuestion(TranslationRequest request) {
    return """
    The catalog of tables:
    <catalog>
    %s</catalog>

    Tables of these schemas are meant first, in this order: %s
    Today is %s, %s.
    %s
    The question, as a JSON string:
    <question>
    %s
    </question>
    """
        .formatted(
            CatalogText.of(request.catalogs()),
            String.join(", ", request.schemaPath().stream().map(CatalogText::name).toList()),
            request.today().getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH),
            request.today(),
            examples(request.examples()) + previous(request.previous()),
            CatalogText.quote(request.question()));
  }

  /** Questions are people's texts, and their queries hold such: both are quoted like the rest. */
  private static String examples(List<Answered> examples) {
    if (examples.isEmpty()) {
      return "";
    }
    StringBuilder text =
        new StringBuilder(
            "\nEarlier questions with queries that a person has verified, as JSON strings. Where one"
                + " is near,\ntake its tables, joins and conditions over:\n<examples>\n");
    for (Answered example : examples) {
      text.append(CatalogText.quote(example.question()))
          .append(" -> ")
          .append(CatalogText.quote(example.sql()))
          .append('\n');
    }
    return text.append("</examples>\n").toString();
  }

  private static String previous(@Nullable Answered previous) {
    return previous == null
        ? ""
        : """

        The question builds on an earlier one. That question and its query, as JSON strings:
        <previous>
        %s -> %s
        </previous>
        Keep all of it that the question below does not change.
        """
            .formatted(CatalogText.quote(previous.question()), CatalogText.quote(previous.sql()));
  }

  private static String answer(String sql) {
    ObjectNode answer = JSON.createObjectNode();
    answer.put("answerable", true);
    answer.put("sql", sql);
    return answer.toString();
  }

  private static String refusal(String error) {
    return """
    That query was refused. The reason, as a JSON string:
    <error>
    %s
    </error>
    Give a corrected query for the same question.
    """
        .formatted(CatalogText.quote(error));
  }

  private static Content turn(String role, String text) {
    return Content.builder().role(role).parts(Part.fromText(text)).build();
  }

  private static Schema answerSchema() {
    Map<String, Schema> properties = new LinkedHashMap<>();
    properties.put("answerable", of(Type.Known.BOOLEAN));
    properties.put("sql", of(Type.Known.STRING));
    properties.put("explanation", of(Type.Known.STRING));
    properties.put("assumptions", texts());
    properties.put("reason", of(Type.Known.STRING));
    properties.put("suggestions", texts());
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

  private static Schema texts() {
    return Schema.builder().type(Type.Known.ARRAY).items(of(Type.Known.STRING)).build();
  }

  private static String instructions() {
    try (InputStream in =
        Objects.requireNonNull(Prompt.class.getResourceAsStream("instructions.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
