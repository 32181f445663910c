package io.sally.ask.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sally.ask.Outcome;
import io.sally.ask.context.Prompt.Form;
import io.sally.ask.model.Answer.Unusable;
import io.sally.ask.model.Answer.Usable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the model's answer. The schema of the request asks for one JSON object; models that are
 * reached through gateways, and older ones, also wrap it in prose or a fence, which is taken off.
 * SQL is only cut where the cut is certain: whatever else is wrong with it, the proof will say.
 * Immutable.
 */
public final class AnswerReader {
  private static final int MOST_SQL_CHARACTERS = 100_000;
  private static final int MOST_TEXT_CHARACTERS = 2_000;
  private static final int MOST_TEXTS = 20;
  private static final int MOST_OBJECTS_TRIED = 20;

  private static final Pattern FENCE =
      Pattern.compile("```[ \\t]*(\\w*)[ \\t]*\\R(.*?)```", Pattern.DOTALL);
  private static final Pattern FIRST_QUERY_LINE =
      Pattern.compile("^\\s*(?:SELECT|WITH)\\b", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

  private final ObjectMapper json = new ObjectMapper();
  private final String model;

  /**
   * @param model what the model is called in messages
   */
  public AnswerReader(String model) {
    this.model = model;
  }

  /** What this text is worth as an answer of this form. */
  public Answer read(String text, Form form) {
    return form == Form.NARRATION ? narration(text) : read(text);
  }

  private Answer narration(String text) {
    String told =
        object(text, "narration").map(o -> tidy(o.path("narration").asText(""))).orElse("");
    return told.isEmpty()
        ? new Unusable("is not the JSON that was asked for", true)
        : new Answer.Told(told);
  }

  /** What this text is worth as an answer that is a query. */
  public Answer read(String text) {
    Optional<JsonNode> object = object(text, "sql", "answerable");
    if (object.isPresent()) {
      return read(object.get());
    }
    List<String> fenced = FENCE.matcher(text).results().map(result -> result.group(2)).toList();
    if (fenced.size() == 1 && FIRST_QUERY_LINE.matcher(fenced.get(0)).lookingAt()) {
      return translated(fenced.get(0), "", List.of());
    }
    return new Unusable("is not the JSON that was asked for", true);
  }

  private Answer read(JsonNode answer) {
    String sql = answer.path("sql").asText("");
    boolean answerable = answer.path("answerable").asBoolean(!sql.isBlank());
    if (answerable) {
      return translated(
          sql, tidy(answer.path("explanation").asText("")), texts(answer.path("assumptions")));
    }
    String reason = tidy(answer.path("reason").asText(""));
    return new Usable(
        new Outcome.Unanswerable(
            reason.isEmpty() ? model + " sees no data for it and gives no reason." : reason,
            texts(answer.path("suggestions"))));
  }

  private Answer translated(String sql, String explanation, List<String> assumptions) {
    String cleaned = clean(sql);
    if (cleaned.isEmpty()) {
      return new Unusable("claims to answer and holds no SQL", true);
    }
    if (cleaned.length() > MOST_SQL_CHARACTERS) {
      return new Unusable("holds SQL of " + cleaned.length() + " characters", true);
    }
    return new Usable(
        new Outcome.Translated(
            cleaned,
            explanation.isEmpty() ? model + " gave no explanation." : explanation,
            assumptions));
  }

  /** The first JSON object in the text that looks like an answer. */
  private Optional<JsonNode> object(String text, String... fields) {
    int from = text.indexOf('{');
    for (int tried = 0; from >= 0 && tried < MOST_OBJECTS_TRIED; tried++) {
      try {
        JsonNode node = json.readTree(text.substring(from));
        if (Arrays.stream(fields).anyMatch(node::has)) {
          return Optional.of(node);
        }
      } catch (JsonProcessingException notAnObject) {
        // Prose may hold braces: the object may begin at a later one.
      }
      from = text.indexOf('{', from + 1);
    }
    return Optional.empty();
  }

  /** Takes a fence, lines of prose above the query and semicolons at the end off. */
  private static String clean(String sql) {
    String cleaned = sql;
    Matcher fence = FENCE.matcher(cleaned);
    if (fence.find()) {
      String inside = fence.group(2);
      if (!fence.find()) {
        cleaned = inside;
      }
    }
    cleaned = cleaned.strip();
    Matcher query = FIRST_QUERY_LINE.matcher(cleaned);
    if (isProse(cleaned) && query.find() && query.start() > 0) {
      cleaned = cleaned.substring(query.start()).strip();
    }
    while (cleaned.endsWith(";")) {
      cleaned = cleaned.substring(0, cleaned.length() - 1).strip();
    }
    return cleaned;
  }

  /** Whether the first line ends as a sentence that announces something does. */
  private static boolean isProse(String text) {
    return text.lines().findFirst().orElse("").strip().matches(".*[:.!]");
  }

  private static List<String> texts(JsonNode node) {
    List<String> texts = new ArrayList<>();
    for (JsonNode text : node) {
      String tidy = tidy(text.asText(""));
      if (!tidy.isEmpty() && texts.size() < MOST_TEXTS) {
        texts.add(tidy);
      }
    }
    return texts;
  }

  /** One line, without the control characters by which a text could act on a terminal. */
  private static String tidy(String text) {
    String line = text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    return line.length() <= MOST_TEXT_CHARACTERS
        ? line
        : line.substring(0, MOST_TEXT_CHARACTERS) + "…";
  }
}
