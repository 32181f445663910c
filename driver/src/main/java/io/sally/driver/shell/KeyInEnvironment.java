package io.sally.driver.shell;

import io.sally.driver.config.EncryptionKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The key of {@code ENC(…)} values: in SALLY_KEY, or in the file that SALLY_KEY_FILE names. */
final class KeyInEnvironment {
  private KeyInEnvironment() {}

  /**
   * The key.
   *
   * @throws IllegalArgumentException with what to do when there is none
   */
  static EncryptionKey read(UnaryOperator<@Nullable String> environment) {
    return EncryptionKey.of(text(environment));
  }

  private static String text(UnaryOperator<@Nullable String> environment) {
    String key = environment.apply("SALLY_KEY");
    if (key != null && !key.isBlank()) {
      return key;
    }
    String file = environment.apply("SALLY_KEY_FILE");
    if (file == null || file.isBlank()) {
      throw new IllegalArgumentException(
          "There is no key to encrypt with. Make one with generate-key, keep it outside of the"
              + " configuration, and set SALLY_KEY to it, or SALLY_KEY_FILE to a file that holds"
              + " it.");
    }
    try {
      return Files.readString(Path.of(file));
    } catch (IOException | InvalidPathException e) {
      throw new IllegalArgumentException(
          "The file that SALLY_KEY_FILE names cannot be read: " + file + ".", e);
    }
  }
}
