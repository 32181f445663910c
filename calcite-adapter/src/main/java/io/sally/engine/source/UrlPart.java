package io.sally.engine.source;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Parts of a JDBC URL. */
final class UrlPart {
  private UrlPart() {}

  /** The host, this machine where none is given, an IPv6 address in brackets. */
  static String host(@Nullable String host) {
    String given = host == null || host.isBlank() ? "localhost" : host;
    return given.contains(":") && !given.startsWith("[") ? "[" + given + "]" : given;
  }

  /** A name that may hold characters with a meaning in URLs. */
  static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
