package io.sally.driver.shell;

import io.sally.driver.config.EncryptionKey;
import io.sally.driver.config.Secret;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The commands {@code generate-key} and {@code encrypt}. A secret comes through standard input, or
 * is typed without echo; never through the command line, which others see.
 */
final class SecretCommands {
  private static final Pattern LINE_END = Pattern.compile("\\R\\z");

  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;
  private final UnaryOperator<@Nullable String> environment;

  SecretCommands(
      InputStream in,
      PrintStream out,
      PrintStream err,
      UnaryOperator<@Nullable String> environment) {
    this.in = in;
    this.out = out;
    this.err = err;
    this.environment = environment;
  }

  /** Prints a new key and nothing else, so that it can go to a file. */
  int generateKey() {
    out.println(EncryptionKey.generate());
    return 0;
  }

  /**
   * Prints the {@code ENC(…)} of a secret for one setting.
   *
   * @return the exit code
   */
  int encrypt(String setting) throws IOException {
    try {
      EncryptionKey key = KeyInEnvironment.read(environment);
      String secret = secret(setting);
      if (secret.isEmpty()) {
        err.println("The secret is empty. Type it, or send it through standard input.");
        return 1;
      }
      out.println(key.encrypt(new Secret(secret), setting));
      return 0;
    } catch (IllegalArgumentException e) {
      err.println(Objects.toString(e.getMessage()));
      return 1;
    }
  }

  /**
   * Where there is a console the secret is typed there. From JDK 22 on there is one for a pipe too,
   * and it reads a line of the pipe.
   */
  private String secret(String setting) throws IOException {
    Optional<Console> console = Optional.ofNullable(System.console());
    if (console.isEmpty()) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return LINE_END.matcher(text).replaceFirst("");
    }
    char[] typed = console.get().readPassword("The secret for %s: ", setting);
    if (typed == null) {
      return "";
    }
    String text = new String(typed);
    Arrays.fill(typed, ' ');
    return text;
  }
}
