package io.sally.driver.config;

import io.sally.engine.SqlErrors;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/** The text of each property that URL and {@code Properties} give, and its default otherwise. */
final class PropertyValues {
  /**
   * What tools send to any driver without being asked to. Sally has no users of its own: a name and
   * password are for sources, which have theirs in the configuration.
   */
  private static final Set<String> SENT_TO_ANY_DRIVER =
      Set.of(
          "user",
          "password",
          "ApplicationName",
          "applicationName",
          "loginTimeout",
          "connectTimeout",
          "charSet",
          "remarksReporting",
          "useUnicode",
          "characterEncoding");

  private final Map<Property, String> texts;

  private PropertyValues(Map<Property, String> texts) {
    this.texts = texts;
  }

  /**
   * Reads both places; {@code info} wins over the URL. A blank value is none.
   *
   * @throws SQLException when a key is no property; the message names the nearest one
   */
  static PropertyValues of(ConnectionUrl url, Properties info) throws SQLException {
    Map<String, String> given = new HashMap<>(url.parameters());
    for (String key : info.stringPropertyNames()) {
      given.put(key, info.getProperty(key));
    }
    for (Map.Entry<Object, Object> entry : info.entrySet()) {
      if (!(entry.getValue() instanceof String)) {
        given.put(String.valueOf(entry.getKey()), String.valueOf(entry.getValue()));
      }
    }
    Map<Property, String> texts = new EnumMap<>(Property.class);
    for (Map.Entry<String, String> entry : given.entrySet()) {
      if (!SENT_TO_ANY_DRIVER.contains(entry.getKey()) && !entry.getValue().isBlank()) {
        texts.put(known(entry.getKey()), entry.getValue().strip());
      }
    }
    return new PropertyValues(texts);
  }

  private static Property known(String key) throws SQLException {
    return Property.of(key)
        .orElseThrow(
            () ->
                SqlErrors.invalidParameter(
                    "There is no connection property "
                        + key
                        + "."
                        + NearestName.find(key, Property.keys())
                            .map(near -> " Did you mean " + near + "?")
                            .orElse("")
                        + " The properties are "
                        + String.join(", ", Property.keys())
                        + ".",
                    null));
  }

  /** The text that holds for the property: given or default; empty where there is neither. */
  String text(Property property) {
    return texts.getOrDefault(property, property.defaultText());
  }

  boolean isGiven(Property property) {
    return texts.containsKey(property);
  }
}
