package io.sally.driver.config;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * What file, URL and {@code Properties} give, the later winning over the earlier. Immutable once
 * made.
 */
final class GivenValues {
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

  private final Map<String, GivenValue> values = new LinkedHashMap<>();

  private GivenValues() {}

  /**
   * Reads the three places. A blank value is none.
   *
   * @throws SQLException when the file cannot be read, or is no YAML
   */
  static GivenValues of(Optional<Path> file, ConnectionUrl url, Properties info, Problems problems)
      throws SQLException {
    GivenValues given = new GivenValues();
    if (file.isPresent()) {
      given.values.putAll(YamlFile.read(file.get(), problems));
    }
    url.parameters().forEach((key, text) -> given.put(key, text, Origin.URL, problems));
    for (String key : info.stringPropertyNames()) {
      given.put(key, info.getProperty(key), Origin.PROPERTY, problems);
    }
    info.forEach(
        (key, value) -> {
          if (!(value instanceof String)) {
            given.put(String.valueOf(key), String.valueOf(value), Origin.PROPERTY, problems);
          }
        });
    return given;
  }

  /**
   * What a file with this text would give, all by itself.
   *
   * @throws SQLException when the text is no YAML
   */
  static GivenValues ofText(Path file, String text, Problems problems) throws SQLException {
    GivenValues given = new GivenValues();
    given.values.putAll(YamlFile.parse(file, text, problems));
    return given;
  }

  private void put(String key, String text, Origin origin, Problems problems) {
    if (SENT_TO_ANY_DRIVER.contains(key) || text.isBlank()) {
      return;
    }
    GivenValue value = new GivenValue(key, text, origin, null);
    GivenValue ofFile = values.get(key);
    if (KnownKeys.isPolicy(key) && isOfFile(key)) {
      // A tool sends back what it was told of a property; that changes nothing.
      if (ofFile == null || !ofFile.text().strip().equals(text.strip())) {
        problems.add(
            value,
            "The policy of a source is decided where the source is, in the configuration file:"
                + " take out the connection property "
                + key
                + ".");
      }
    } else if (KnownKeys.isKnown(key)) {
      values.put(key, value);
    } else {
      problems.add(value, KnownKeys.unknownProperty(key));
    }
  }

  /** Whether the source of the key is the file's; what is said of all sources is about each. */
  private boolean isOfFile(String key) {
    Optional<String> source = SourceProperty.source(key);
    return values.values().stream()
        .filter(other -> other.origin() == Origin.FILE)
        .map(other -> SourceProperty.source(other.key()))
        .anyMatch(other -> source.isEmpty() ? other.isPresent() : other.equals(source));
  }

  /** The row filters of a source, in the order of the configuration. */
  List<GivenValue> rowFilters(String source) {
    return values.values().stream()
        .filter(
            value ->
                SourceProperty.source(value.key()).equals(Optional.of(source))
                    && SourceProperty.filteredTable(value.key()).isPresent())
        .toList();
  }

  /** The value that holds: given or default; its text is empty where there is neither. */
  GivenValue get(Property property) {
    return get(property.key(), property.defaultText());
  }

  /** The same for what is set of one source. */
  GivenValue get(String source, SourceProperty property) {
    return get(property.key(source), property.defaultText());
  }

  private GivenValue get(String key, String defaultText) {
    GivenValue value = values.get(key);
    return value == null ? GivenValue.ofDefault(key, defaultText) : value;
  }

  /** The names of the sources, in the order in which the configuration names them. */
  List<String> sources() {
    return values.keySet().stream()
        .flatMap(key -> SourceProperty.source(key).stream())
        .distinct()
        .toList();
  }

  /** The first value that is given of a source, to say where it stands. */
  GivenValue first(String source) {
    return values.values().stream()
        .filter(value -> SourceProperty.source(value.key()).equals(Optional.of(source)))
        .findFirst()
        .orElseThrow();
  }

  /** The terms of the glossary with their meanings, in the order of the configuration. */
  List<GivenValue> glossary() {
    return values.values().stream()
        .filter(value -> value.key().startsWith(KnownKeys.GLOSSARY + '.'))
        .toList();
  }
}
