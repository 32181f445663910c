package io.sally.ask.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sally.ask.model.Reply.Refused;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Reads the service's errors. With Gemini the body is a {@code google.rpc.Status} under {@code
 * error}, whose details may hold a {@code RetryInfo}; with OpenAI and Anthropic {@code error} holds
 * a message and a type or code; proxies in between answer with whatever they like. Any may send a
 * {@code Retry-After} (RFC 9110 §10.2.3). Immutable.
 */
final class Refusals {
  private static final int MOST_BYTES = 64 * 1024;
  private static final int MOST_CHARACTERS = 500;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String secret;

  /**
   * @param secret what must not be shown, even when the service repeats it; empty for nothing
   */
  Refusals(String secret) {
    this.secret = secret;
  }

  /** Reads the error that a response holds, and leaves its body unread for others. */
  Refused read(Response response, Instant now) throws IOException {
    String body = response.peekBody(MOST_BYTES).string();
    JsonNode error = parse(body).path("error");
    String status = status(error);
    String message = error.path("message").asText("");
    String shown = (status + (status.isEmpty() || message.isEmpty() ? "" : ": ") + message).strip();
    if (reason(error).equals("API_KEY_INVALID") && !shown.contains("API_KEY_INVALID")) {
      shown += " (API_KEY_INVALID)";
    }
    return new Refused(
        response.code(),
        clean(shown.isEmpty() ? body : shown),
        retryDelay(error).or(() -> retryAfter(response.header("Retry-After"), now)));
  }

  private static String status(JsonNode error) {
    for (String name : List.of("status", "code", "type")) {
      if (error.path(name).isTextual()) {
        return error.path(name).textValue();
      }
    }
    return "";
  }

  private static JsonNode parse(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException notJson) {
      return JSON.createObjectNode();
    }
  }

  private static String reason(JsonNode error) {
    for (JsonNode detail : error.path("details")) {
      if (detail.has("reason")) {
        return detail.path("reason").asText("");
      }
    }
    return "";
  }

  private static Optional<Duration> retryDelay(JsonNode error) {
    for (JsonNode detail : error.path("details")) {
      String delay = detail.path("retryDelay").asText("");
      if (delay.endsWith("s")) {
        return seconds(delay.substring(0, delay.length() - 1));
      }
    }
    return Optional.empty();
  }

  private static Optional<Duration> retryAfter(@Nullable String header, Instant now) {
    if (header == null) {
      return Optional.empty();
    }
    Optional<Duration> seconds = seconds(header.strip());
    if (seconds.isPresent()) {
      return seconds;
    }
    try {
      Instant when =
          ZonedDateTime.parse(header.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Optional.of(when.isAfter(now) ? Duration.between(now, when) : Duration.ZERO);
    } catch (DateTimeException notADate) {
      return Optional.empty();
    }
  }

  private static Optional<Duration> seconds(String number) {
    try {
      double seconds = Double.parseDouble(number);
      return seconds >= 0 && seconds < Integer.MAX_VALUE
          ? Optional.of(Duration.ofMillis((long) Math.ceil(seconds * 1000)))
          : Optional.empty();
    } catch (NumberFormatException notANumber) {
      return Optional.empty();
    }
  }

  private String clean(String text) {
    String shown =
        (secret.isEmpty() ? text : text.replace(secret, "…"))
            .replaceAll("[\\s\\p{Cntrl}]+", " ")
            .strip();
    return shown.length() <= MOST_CHARACTERS ? shown : shown.substring(0, MOST_CHARACTERS) + "…";
  }
}
