package io.sally.driver.config;

import io.sally.engine.SqlErrors;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The configuration file that a URL names. */
final class ConfigurationPath {
  // A target with other characters may be a property in the wrong place, and that one a secret.
  private static final Pattern SHOWABLE = Pattern.compile("[^;&=@]*");

  private static final String DEMO = "demo";

  private ConfigurationPath() {}

  /**
   * The file, or nothing where the URL means the demo schema. A path is taken as it stands, and
   * percent-encoded where only that names a file: {@code 100%.yaml} is as good as {@code
   * 100%25.yaml}. A path with a question mark must be encoded, since parameters begin there.
   *
   * @throws SQLException with SQLState 08001 when there is no such file and the target is not one
   *     that may be shown
   */
  static Optional<Path> of(String target) throws SQLException {
    if (target.isEmpty() || target.equals(DEMO)) {
      return Optional.empty();
    }
    try {
      for (String form : forms(target)) {
        Path path = path(form);
        if (Files.exists(path)) {
          return Optional.of(path);
        }
      }
      if (SHOWABLE.matcher(target).matches()) {
        return Optional.of(path(target));
      }
    } catch (InvalidPathException e) {
      // Its message repeats the target, and so the error below is made without it.
    }
    throw SqlErrors.cannotConnect(
        "Cannot connect to what this URL names: there is no such configuration file. Write"
            + " jdbc:sally:<path to sally.yaml>, or jdbc:sally:demo for the demo schema; properties"
            + " follow a question mark, as in jdbc:sally:demo?timeZone=UTC.",
        null);
  }

  private static Set<String> forms(String target) {
    Set<String> forms = new LinkedHashSet<>();
    forms.add(target);
    try {
      forms.add(URLDecoder.decode(target.replace("+", "%2B"), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      // Its percent signs are no encoding: then they are percent signs.
      forms.add(target);
    }
    return forms;
  }

  private static Path path(String text) {
    return withHome(text).toAbsolutePath().normalize();
  }

  /** The path with the home directory in the place of a tilde, as a shell reads it. */
  static Path withHome(String text) {
    return text.equals("~") || text.startsWith("~/") || text.startsWith("~\\")
        ? Path.of(System.getProperty("user.home") + text.substring(1))
        : Path.of(text);
  }
}
