package io.sally.driver.config;

import io.sally.engine.SqlErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A secret as a property gives it: {@code ${env:NAME}} and {@code ${file:/path}} say where it is
 * kept, any other text is the secret itself.
 */
final class SecretReference {
  private static final Pattern FORM = Pattern.compile("\\$\\{(env|file):(.+)}");

  private final UnaryOperator<@Nullable String> environment;

  SecretReference(UnaryOperator<@Nullable String> environment) {
    this.environment = environment;
  }

  /** Whether the text says where a secret is kept, so that it may be shown. */
  static boolean isReference(String text) {
    return FORM.matcher(text).matches();
  }

  /**
   * The secret, or nothing when the environment does not have it.
   *
   * @throws SQLException when the file cannot be read; the message has its path, never its content
   */
  Optional<Secret> resolve(Property property, String text) throws SQLException {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return secret(text);
    }
    String name = matcher.group(2);
    return "env".equals(matcher.group(1))
        ? secret(environment.apply(name))
        : secret(read(property, name));
  }

  private static Optional<Secret> secret(@Nullable String text) {
    return text == null || text.isBlank()
        ? Optional.empty()
        : Optional.of(new Secret(text.strip()));
  }

  private static String read(Property property, String path) throws SQLException {
    try {
      return Files.readString(Path.of(path));
    } catch (IOException | InvalidPathException e) {
      throw SqlErrors.invalidParameter(
          "The file of property "
              + property.key()
              + " cannot be read: "
              + path
              + " ("
              + e.getClass().getSimpleName()
              + "). Name a readable text file that holds nothing but the secret.",
          e);
    }
  }
}
