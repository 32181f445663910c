package io.sally.driver.config;

import io.sally.engine.SqlErrors;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A URL taken apart: {@code jdbc:sally:<target>?key=value&key=value}, keys and values
 * percent-encoded as in any URL, a plus sign being a plus sign.
 *
 * @param target what stands between the prefix and the question mark
 */
public record ConnectionUrl(String target, Map<String, String> parameters) {
  /** What every URL of the product begins with. */
  public static final String PREFIX = "jdbc:sally:";

  public ConnectionUrl {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /** Whether the URL is one of the product's. */
  public static boolean accepts(@Nullable String url) {
    return url != null && url.startsWith(PREFIX);
  }

  /**
   * Takes a URL of the product apart.
   *
   * @throws SQLException when a parameter is not of the form {@code key=value}
   */
  public static ConnectionUrl parse(String url) throws SQLException {
    String rest = url.substring(PREFIX.length());
    int mark = rest.indexOf('?');
    return mark < 0
        ? new ConnectionUrl(rest, Map.of())
        : new ConnectionUrl(rest.substring(0, mark), parameters(rest.substring(mark + 1)));
  }

  private static Map<String, String> parameters(String text) throws SQLException {
    Map<String, String> parameters = new LinkedHashMap<>();
    int number = 0;
    for (String part : text.split("&", -1)) {
      number++;
      if (part.isEmpty()) {
        continue;
      }
      int equals = part.indexOf('=');
      if (equals <= 0) {
        throw malformed(number, null);
      }
      parameters.put(
          decode(part.substring(0, equals), number), decode(part.substring(equals + 1), number));
    }
    return parameters;
  }

  private static String decode(String text, int number) throws SQLException {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw malformed(number, e);
    }
  }

  // The text of the parameter stays out of the message: it may be a secret.
  private static SQLException malformed(int number, @Nullable Throwable cause) {
    return SqlErrors.invalidParameter(
        "Parameter "
            + number
            + " of the URL is not of the form key=value, or has a % that does not begin a"
            + " percent-encoding. Write jdbc:sally:demo?key=value&key=value, and %25 for a percent"
            + " sign.",
        cause);
  }
}
