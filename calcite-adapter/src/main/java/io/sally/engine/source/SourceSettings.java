package io.sally.engine.source;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How to reach one database. Immutable; its text shows no secret.
 *
 * @param name the source's name, which is the name of its schema in SQL
 * @param host the host, or null for the database's default and where {@code url} is given
 * @param port the port, or null for the database's default
 * @param database the database, Oracle's service, or SQLite's file
 * @param url a JDBC URL in place of host, port and database, or null
 * @param user the user, or null where the URL names it or none is needed
 * @param password gives the password, or null where none is needed; asked each time that a
 *     connection is opened, so that it may change while the program runs
 * @param schemas the schemas to show, the default one first; empty for the database's own default
 * @param connections how many connections may be open at once
 * @param connectTimeout how long opening a connection, or waiting for a free one, may take
 */
public record SourceSettings(
    String name,
    @Nullable String host,
    @Nullable Integer port,
    @Nullable String database,
    @Nullable String url,
    @Nullable String user,
    @Nullable Supplier<String> password,
    List<String> schemas,
    int connections,
    Duration connectTimeout) {
  /** The number of connections where the configuration gives none. */
  public static final int DEFAULT_CONNECTIONS = 10;

  /** The time to connect where the configuration gives none. */
  public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(10);

  private static final String HIDDEN = "***";

  /**
   * Where a JDBC URL may carry a password: {@code user:secret@host} and {@code password=secret}.
   */
  private static final Pattern PASSWORD_IN_URL =
      Pattern.compile("(?i)((?:password|pwd)[^=;&?,()]*=)[^;&]+|(://[^:@/]+:)[^@/]+(?=@)");

  private static final Pattern ORACLE_PASSWORD_IN_URL =
      Pattern.compile("(?i)(:oracle:[a-z0-9]+:[^/@\\s]+/)(?:\"[^\"]*\"|[^@\\s]+)(?=@)");

  public SourceSettings {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(connectTimeout, "connectTimeout");
    schemas = List.copyOf(schemas);
    if (connections < 1) {
      throw new IllegalArgumentException("Source " + name + " needs at least one connection");
    }
    if (connectTimeout.isNegative() || connectTimeout.isZero()) {
      throw new IllegalArgumentException("Source " + name + " needs some time to connect");
    }
  }

  /** The settings of a database by host, port and name, with default bounds. */
  public static SourceSettings ofDatabase(
      String name,
      @Nullable String host,
      @Nullable Integer port,
      @Nullable String database,
      @Nullable String user,
      @Nullable Supplier<String> password,
      List<String> schemas) {
    return new SourceSettings(
        name,
        host,
        port,
        database,
        null,
        user,
        password,
        schemas,
        DEFAULT_CONNECTIONS,
        DEFAULT_CONNECT_TIMEOUT);
  }

  /** The settings of a database by JDBC URL, with default bounds. */
  public static SourceSettings ofUrl(
      String name,
      String url,
      @Nullable String user,
      @Nullable Supplier<String> password,
      List<String> schemas) {
    return new SourceSettings(
        name,
        null,
        null,
        null,
        url,
        user,
        password,
        schemas,
        DEFAULT_CONNECTIONS,
        DEFAULT_CONNECT_TIMEOUT);
  }

  /** The same source with other bounds. */
  public SourceSettings within(int newConnections, Duration newConnectTimeout) {
    return new SourceSettings(
        name,
        host,
        port,
        database,
        url,
        user,
        password,
        schemas,
        newConnections,
        newConnectTimeout);
  }

  /**
   * A text, such as a JDBC URL, without the password that it may hold in one of the usual forms.
   */
  public static String withoutPassword(String text) {
    String clean = PASSWORD_IN_URL.matcher(text).replaceAll("$1$2" + HIDDEN);
    return ORACLE_PASSWORD_IN_URL.matcher(clean).replaceAll("$1" + HIDDEN);
  }

  /** The text without what it may hold of the source's secrets. */
  String withoutSecrets(String text) {
    String clean = withoutPassword(text);
    String secret = password == null ? "" : password.get();
    return secret.isEmpty() ? clean : clean.replace(secret, HIDDEN);
  }

  /** Where the source is, without user and password. */
  @Override
  public String toString() {
    String place =
        url != null
            ? withoutPassword(url)
            : Stream.of(host, port, database)
                .filter(Objects::nonNull)
                .map(String::valueOf)
                .reduce((left, right) -> left + " " + right)
                .orElse("its default place");
    return name + " at " + place;
  }
}
