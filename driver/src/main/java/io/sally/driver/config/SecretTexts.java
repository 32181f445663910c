package io.sally.driver.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Follows what a text says of where its secrets are kept: {@code $}{@code {env:NAME}} and {@code
 * $}{@code {file:path}} anywhere in it, {@code ENC(…)} as the whole of it. A dollar sign before
 * such a reference makes it a plain text. Confined to one reading.
 */
final class SecretTexts {
  private static final Pattern REFERENCE = Pattern.compile("(\\$?)\\$\\{([A-Za-z]+):([^}]*)}");
  private static final Pattern LINE_END = Pattern.compile("[\\r\\n]+$");

  private static final String KEY = "SALLY_KEY";
  private static final String KEY_FILE = "SALLY_KEY_FILE";

  private final UnaryOperator<@Nullable String> environment;
  private final Path folder;
  private final String keyFile;
  private final Problems problems;
  private @Nullable EncryptionKey key;

  /**
   * Follows the references of one configuration.
   *
   * @param folder where relative paths begin
   * @param keyFile the file with the key of {@code ENC(…)}; empty for what the environment says
   */
  SecretTexts(
      UnaryOperator<@Nullable String> environment, Path folder, String keyFile, Problems problems) {
    this.environment = environment;
    this.folder = folder;
    this.keyFile = keyFile;
    this.problems = problems;
  }

  /** Whether the text says where a secret is kept, so that it may be shown. */
  static boolean isReference(String text) {
    boolean refers = REFERENCE.matcher(text).results().anyMatch(found -> found.group(1).isEmpty());
    return refers && REFERENCE.matcher(text).replaceAll("").isBlank();
  }

  /**
   * The text with all references followed, or nothing when one leads nowhere, which is a problem
   * unless the text is a default.
   */
  Optional<String> resolve(GivenValue value) {
    if (EncryptionKey.isEncrypted(value.text().strip())) {
      return decrypt(value);
    }
    Matcher matcher = REFERENCE.matcher(value.text());
    StringBuilder text = new StringBuilder();
    boolean complete = true;
    while (matcher.find()) {
      Optional<String> part =
          matcher.group(1).isEmpty()
              ? follow(value, matcher.group(2), matcher.group(3))
              : Optional.of(matcher.group().substring(1));
      complete &= part.isPresent();
      matcher.appendReplacement(text, Matcher.quoteReplacement(part.orElse("")));
    }
    matcher.appendTail(text);
    return complete ? Optional.of(text.toString()) : Optional.empty();
  }

  private Optional<String> follow(GivenValue value, String kind, String place) {
    return switch (kind) {
      case "env" -> variable(value, place);
      case "file" -> file(value, place);
      default -> {
        problems.add(
            value,
            value.key()
                + " refers to a kind of place that is none: ${"
                + kind
                + ":…}. Write ${env:NAME} or ${file:path}, and $${ for a plain ${.");
        yield Optional.empty();
      }
    };
  }

  private Optional<String> variable(GivenValue value, String name) {
    String text = environment.apply(name);
    if (text != null && !text.isBlank()) {
      return Optional.of(text);
    }
    if (value.isGiven()) {
      problems.add(
          value,
          value.key()
              + " refers to the environment variable "
              + name
              + ", which is not set. Set it for the program that loads Sally, or write"
              + " ${file:path}.");
    }
    return Optional.empty();
  }

  private Optional<String> file(GivenValue value, String name) {
    try {
      String text = Files.readString(folder.resolve(ConfigurationPath.withHome(name)));
      String secret = LINE_END.matcher(text).replaceFirst("");
      if (!secret.isBlank()) {
        return Optional.of(secret);
      }
      problems.add(value, value.key() + " refers to the file " + name + ", which is empty.");
    } catch (IOException | InvalidPathException e) {
      problems.add(
          value,
          value.key()
              + " refers to the file "
              + name
              + ", which cannot be read ("
              + e.getClass().getSimpleName()
              + "). Name a readable text file that holds nothing but the secret; a relative path"
              + " begins in "
              + folder
              + ".");
    }
    return Optional.empty();
  }

  private Optional<String> decrypt(GivenValue value) {
    try {
      Optional<EncryptionKey> found = key(value);
      return found.map(k -> k.decrypt(value.text().strip(), value.key()));
    } catch (IllegalArgumentException e) {
      problems.add(
          value,
          value.key()
              + " cannot be decrypted: it "
              + e.getMessage()
              + ". Make it again with the command encrypt "
              + value.key()
              + ".");
      return Optional.empty();
    }
  }

  private Optional<EncryptionKey> key(GivenValue value) {
    EncryptionKey known = key;
    if (known == null) {
      Optional<String> text = keyText(value);
      if (text.isEmpty()) {
        return Optional.empty();
      }
      try {
        known = EncryptionKey.of(text.get());
        key = known;
      } catch (IllegalArgumentException e) {
        problems.add(value, Objects.toString(e.getMessage()));
        return Optional.empty();
      }
    }
    return Optional.of(known);
  }

  private Optional<String> keyText(GivenValue value) {
    String inEnvironment = environment.apply(KEY);
    String fileInEnvironment = environment.apply(KEY_FILE);
    if (!keyFile.isEmpty()) {
      return file(value, keyFile);
    } else if (inEnvironment != null && !inEnvironment.isBlank()) {
      return Optional.of(inEnvironment);
    } else if (fileInEnvironment != null && !fileInEnvironment.isBlank()) {
      return file(value, fileInEnvironment);
    }
    problems.add(
        value,
        value.key()
            + " is encrypted, and there is no key for it. Set the environment variable "
            + KEY
            + " to the key, or "
            + KEY_FILE
            + " or the property keyFile to the file that holds it.");
    return Optional.empty();
  }
}
