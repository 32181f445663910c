package io.sally.driver.config;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A secret that a command line refers to, by the same words as a configuration file. */
public final class SecretReference {
  private SecretReference() {}

  /**
   * The secret.
   *
   * @param setting what {@code ENC(…)} was made for, and what errors call it
   * @param text <code>${env:NAME}</code>, <code>${file:path}</code> or {@code ENC(…)}
   * @param environment gives the value of an environment variable, null where there is none
   * @throws SQLException with SQLState 22023 when the text is no such reference, since others see a
   *     command line, or leads nowhere
   */
  public static Secret read(
      String setting, String text, UnaryOperator<@Nullable String> environment)
      throws SQLException {
    Problems problems = new Problems();
    GivenValue value = new GivenValue(setting, text, Origin.PROPERTY, null);
    if (!SecretTexts.isReference(text) && !EncryptionKey.isEncrypted(text)) {
      problems.add(
          value,
          setting
              + ": a secret on the command line can be seen by others. Write ${env:NAME},"
              + " ${file:path} or ENC(…).");
    }
    problems.throwIfAny();
    Optional<String> secret =
        new SecretTexts(environment, Path.of("").toAbsolutePath(), "", problems).resolve(value);
    problems.throwIfAny();
    return new Secret(secret.orElseThrow());
  }
}
