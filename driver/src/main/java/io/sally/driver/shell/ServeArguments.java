package io.sally.driver.shell;

import io.sally.driver.config.DurationText;
import io.sally.driver.config.SecretReference;
import io.sally.driver.remote.RemoteSettings;
import io.sally.driver.remote.RemoteSettings.PasswordScheme;
import io.sally.driver.remote.RemoteSettings.Tls;
import io.sally.driver.remote.RemoteUser;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The command line of {@code serve}, understood. Confined to one reading. */
final class ServeArguments {
  static final String USAGE =
      """
      Usage: sally serve [options]

      Answers clients of Avatica's protocol over HTTP, in JSON and Protocol Buffers, until it is
      stopped (Ctrl-C or SIGTERM).

        --port <port>                where to listen; default 8765, 0 for any free port
        --bind <address>             default 127.0.0.1: this machine alone
        --user <name>=<reference>    who may connect, any number of times; the password is
                                     ${env:NAME}, ${file:path} or ENC(...) of
                                     serve.users.<name>.password
        --password-scheme <scheme>   basic or digest; default basic with TLS, digest without
        --keystore <file>            speaks TLS with the key in this PKCS12 or JKS file
        --keystore-password <reference>   ENC(...) of serve.keystore.password, or as above
        --expire <duration>          closes what no request touched for so long; default 10m
        --open-to-all                takes --bind of another address without any --user
        -c, -u, -p                   as for statements: what is served""";

  private static final int PORT = 8765;

  private final UnaryOperator<@Nullable String> environment;
  private final List<RemoteUser> users = new ArrayList<>();
  private final List<String> rest = new ArrayList<>();
  private int port = PORT;
  private String bind = "127.0.0.1";
  private @Nullable PasswordScheme scheme;
  private @Nullable Path keystore;
  private @Nullable String keystorePassword;
  private Duration expiry = Duration.ofMinutes(10);
  private boolean openToAll;

  private ServeArguments(UnaryOperator<@Nullable String> environment) {
    this.environment = environment;
  }

  /**
   * Understands what stands behind {@code serve}.
   *
   * @throws IllegalArgumentException with what is wrong in the command line
   * @throws SQLException when a secret leads nowhere
   */
  static RemoteSettings parse(List<String> arguments, UnaryOperator<@Nullable String> environment)
      throws SQLException {
    ServeArguments parsed = new ServeArguments(environment);
    Iterator<String> iterator = arguments.iterator();
    while (iterator.hasNext()) {
      parsed.take(iterator.next(), iterator);
    }
    return parsed.settings();
  }

  private void take(String argument, Iterator<String> following) throws SQLException {
    switch (argument) {
      case "--port" -> port = port(ShellArguments.value(argument, following));
      case "--bind" -> bind = ShellArguments.value(argument, following);
      case "--user" -> users.add(user(ShellArguments.value(argument, following)));
      case "--password-scheme" -> scheme = scheme(ShellArguments.value(argument, following));
      case "--keystore" -> keystore = Path.of(ShellArguments.value(argument, following));
      case "--keystore-password" -> keystorePassword = ShellArguments.value(argument, following);
      case "--expire" -> expiry = duration(ShellArguments.value(argument, following));
      case "--open-to-all" -> openToAll = true;
      default -> rest.add(argument);
    }
  }

  private static int port(String text) {
    try {
      int port = Integer.parseInt(text);
      if (port >= 0 && port <= 0xFFFF) {
        return port;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("--port takes a number from 0 to 65535.", e);
    }
    throw new IllegalArgumentException("--port takes a number from 0 to 65535.");
  }

  private RemoteUser user(String text) throws SQLException {
    int equals = text.indexOf('=');
    // A colon ends the name where it travels, RFC 7617.
    if (equals < 1 || text.substring(0, equals).contains(":")) {
      throw new IllegalArgumentException(
          "A user is written --user <name>=<reference to the password>, as alice=${env:ALICE},"
              + " without a colon in the name.");
    }
    String name = text.substring(0, equals);
    if (users.stream().anyMatch(user -> user.name().equals(name))) {
      throw new IllegalArgumentException("There are two users " + name + ".");
    }
    return new RemoteUser(
        name,
        SecretReference.read(
            "serve.users." + name + ".password", text.substring(equals + 1), environment));
  }

  private static PasswordScheme scheme(String text) {
    return Arrays.stream(PasswordScheme.values())
        .filter(scheme -> scheme.name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("--password-scheme takes basic or digest."));
  }

  private static Duration duration(String text) {
    return DurationText.parse(text)
        .filter(given -> !given.isZero())
        .orElseThrow(() -> new IllegalArgumentException("--expire takes a time as 30s or 10m."));
  }

  private RemoteSettings settings() throws SQLException {
    ShellArguments served = ShellArguments.parse(rest.toArray(String[]::new));
    if (!served.statements().isEmpty()) {
      throw new IllegalArgumentException("serve takes no statement: " + served.statements().get(0));
    }
    if (!isLoopback(bind) && users.isEmpty() && !openToAll) {
      throw new IllegalArgumentException(
          "Everybody who reaches "
              + bind
              + " could read all that is served. Name who may by --user <name>=<reference>, or say"
              + " --open-to-all.");
    }
    Tls tls = tls();
    PasswordScheme chosen = scheme;
    if (chosen == null) {
      chosen = tls == null ? PasswordScheme.DIGEST : PasswordScheme.BASIC;
    } else if (chosen == PasswordScheme.BASIC && tls == null && !isLoopback(bind)) {
      throw new IllegalArgumentException(
          "With --password-scheme basic the password travels in clear: add --keystore, or take"
              + " digest.");
    }
    return new RemoteSettings(
        served.url(), served.properties(), bind, port, List.copyOf(users), chosen, tls, expiry);
  }

  private @Nullable Tls tls() throws SQLException {
    Path file = keystore;
    String password = keystorePassword;
    if (file == null && password == null) {
      return null;
    } else if (file == null || password == null) {
      throw new IllegalArgumentException("--keystore and --keystore-password go together.");
    }
    return new Tls(file, SecretReference.read("serve.keystore.password", password, environment));
  }

  static boolean isLoopback(String address) {
    try {
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("There is no address " + address + ".", e);
    }
  }
}
