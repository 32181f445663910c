package io.sally.driver.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/** What {@code Driver.getPropertyInfo} tells of each property, from the table of properties. */
public final class PropertyDescriptions {
  private PropertyDescriptions() {}

  /**
   * Describes every property, and those of each source that is configured, with the value that
   * holds now. A secret that was given as such is not repeated; a reference to where it is kept is.
   * A file that is not there yet is none, since a tool asks while a person is typing.
   *
   * @throws SQLException when the URL has a parameter that is none, or the file is wrong
   */
  public static DriverPropertyInfo[] describe(String url, Properties info) throws SQLException {
    ConnectionUrl parsed = ConnectionUrl.parse(url);
    Optional<Path> file =
        ConfigurationPath.of(parsed.target()).filter(path -> Files.isRegularFile(path));
    Problems problems = new Problems();
    GivenValues values = GivenValues.of(file, parsed, info, problems);
    problems.throwIfAny();
    return Stream.concat(
            Stream.of(Property.values())
                .map(p -> describe(values.get(p), p.description(), p.choices())),
            values.sources().stream()
                .flatMap(
                    source ->
                        Stream.of(SourceProperty.values())
                            .map(
                                p ->
                                    describe(values.get(source, p), p.description(), p.choices()))))
        .toArray(DriverPropertyInfo[]::new);
  }

  private static DriverPropertyInfo describe(GivenValue value, String text, List<String> choices) {
    String shown = Settings.shown(value);
    // What a tool is told it may send back, and so a value with asterisks would do harm.
    boolean whole = shown.equals(value.text().strip()) && !shown.isEmpty();
    DriverPropertyInfo description = new DriverPropertyInfo(value.key(), whole ? shown : null);
    description.description = text;
    description.choices = choices.isEmpty() ? null : choices.toArray(String[]::new);
    return description;
  }
}
