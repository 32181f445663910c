package io.sally.ask.gemini;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * How Gemini is reached. Immutable. {@link #toString} leaves the key out.
 *
 * @param apiKey the key; sent as the header {@code x-goog-api-key} and shown nowhere
 * @param model the model's name, for example {@value #DEFAULT_MODEL}
 * @param baseUrl where the service is, without the API version
 * @param timeout how long one translation may take, its retries included
 */
public record GeminiSettings(String apiKey, String model, URI baseUrl, Duration timeout) {
  /** The model when none is configured. */
  public static final String DEFAULT_MODEL = "gemini-flash-latest";

  /** The service when none is configured. */
  public static final URI DEFAULT_BASE_URL =
      URI.create("https://generativelanguage.googleapis.com");

  private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]*");

  /**
   * Takes white space around the key off, which files and environment variables often leave there.
   *
   * @throws IllegalArgumentException when a value cannot be right; the message never holds the key
   */
  public GeminiSettings {
    apiKey = apiKey.strip();
    Objects.requireNonNull(baseUrl, "baseUrl");
    // A header takes visible ASCII alone, and the HTTP client would print the key in its complaint.
    if (apiKey.isEmpty() || !apiKey.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IllegalArgumentException(
          "The Gemini API key is empty or holds characters that no key has");
    }
    if (!MODEL.matcher(model).matches()) {
      throw new IllegalArgumentException("'" + model + "' is no name of a Gemini model");
    }
    if (!"https".equalsIgnoreCase(baseUrl.getScheme())
        && !"http".equalsIgnoreCase(baseUrl.getScheme())) {
      throw new IllegalArgumentException(
          "The base URL of Gemini must begin with https:// or http://");
    }
    if (baseUrl.getHost() == null
        || baseUrl.getRawUserInfo() != null
        || baseUrl.getRawQuery() != null
        || baseUrl.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "The base URL of Gemini must be scheme, host, port and path alone");
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("The timeout of Gemini must be positive");
    }
  }

  @Override
  public String toString() {
    return "GeminiSettings[model=" + model + ", baseUrl=" + baseUrl + ", timeout=" + timeout + "]";
  }
}
