package io.sally.ask.model;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * How a model is reached. Immutable. {@link #toString} leaves the key out.
 *
 * @param vendor whose protocol is spoken
 * @param apiKey the key, which is shown nowhere; empty where the service asks for none
 * @param model the model's name
 * @param baseUrl where the service is, without the API version
 * @param timeout how long one translation may take, its retries included
 */
public record ModelSettings(
    Vendor vendor, String apiKey, String model, URI baseUrl, Duration timeout) {
  private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/:@-]*");

  /**
   * Takes white space around the key off, which files and environment variables often leave there.
   *
   * @throws IllegalArgumentException when a value cannot be right; the message never holds the key
   */
  public ModelSettings {
    Objects.requireNonNull(vendor, "vendor");
    apiKey = apiKey.strip();
    Objects.requireNonNull(baseUrl, "baseUrl");
    // A header takes visible ASCII alone, and the HTTP client would print the key in its complaint.
    if ((apiKey.isEmpty() && vendor.needsKey())
        || !apiKey.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IllegalArgumentException(
          "The " + vendor.label() + " API key is empty or holds characters that no key has");
    }
    if (!MODEL.matcher(model).matches()) {
      throw new IllegalArgumentException(
          "'" + model + "' is no name of a " + vendor.label() + " model");
    }
    if (!"https".equalsIgnoreCase(baseUrl.getScheme())
        && !"http".equalsIgnoreCase(baseUrl.getScheme())) {
      throw new IllegalArgumentException(
          "The base URL of " + vendor.label() + " must begin with https:// or http://");
    }
    if (baseUrl.getHost() == null
        || baseUrl.getRawUserInfo() != null
        || baseUrl.getRawQuery() != null
        || baseUrl.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "The base URL of " + vendor.label() + " must be scheme, host, port and path alone");
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("The timeout of " + vendor.label() + " must be positive");
    }
  }

  @Override
  public String toString() {
    return "ModelSettings[provider="
        + vendor.provider()
        + ", model="
        + model
        + ", baseUrl="
        + baseUrl
        + ", timeout="
        + timeout
        + "]";
  }
}
