package io.sally.driver;

import io.sally.driver.config.Configuration;
import io.sally.driver.config.ConfigurationReader;
import io.sally.driver.config.ConnectionUrl;
import io.sally.driver.config.PropertyDescriptions;
import io.sally.engine.SqlErrors;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Properties;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The driver of {@code jdbc:sally:} URLs, found by {@link DriverManager} by itself. {@code
 * jdbc:sally:} and {@code jdbc:sally:demo} connect to the demo schema, {@code jdbc:sally:<path to
 * sally.yaml>} to the sources that the file configures; properties stand behind a question mark or
 * in the {@code Properties}, and {@link #getPropertyInfo} tells which there are.
 *
 * <p>Thread-safe. Connections of equal configurations made by one driver share their engine and
 * their translations.
 */
public final class SallyDriver implements Driver {
  private static final String LOGGER = "io.sally";

  static {
    LibraryLogs.quiet();
    register();
  }

  private final ConfigurationReader configurations;
  private final Backends backends;

  /** A driver that reads references to secrets from the environment of this process. */
  public SallyDriver() {
    this(new ConfigurationReader(System::getenv), new Wiring());
  }

  SallyDriver(ConfigurationReader configurations, BackendFactory factory) {
    this.configurations = configurations;
    backends = new Backends(factory);
  }

  private static void register() {
    try {
      DriverManager.registerDriver(new SallyDriver());
    } catch (SQLException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /**
   * Connects.
   *
   * @return null when the URL is another driver's
   * @throws SQLException with SQLState 22023 when a property is wrong, 08001 when the URL names
   *     something that cannot be connected to
   */
  @Override
  public @Nullable Connection connect(@Nullable String url, @Nullable Properties info)
      throws SQLException {
    if (url == null) {
      throw SqlErrors.invalidParameter("The URL is null. Connect to jdbc:sally:demo.", null);
    }
    if (!ConnectionUrl.accepts(url)) {
      return null;
    }
    WarmUp.begin();
    return Guarded.call(
        () -> {
          Properties given = info == null ? new Properties() : info;
          Configuration configuration = configurations.read(url, given);
          return SallyConnection.open(
              ConnectionUrl.PREFIX + ConnectionUrl.parse(url).target(),
              configuration,
              user(url, given),
              backends.acquire(configuration));
        });
  }

  /** Who is at work: nobody checks the name, so that whoever connects is to be trusted with it. */
  private static @Nullable String user(String url, Properties info) throws SQLException {
    String user = info.getProperty("user", ConnectionUrl.parse(url).parameters().get("user"));
    return user == null || user.isBlank() ? null : user;
  }

  @Override
  public boolean acceptsURL(@Nullable String url) throws SQLException {
    if (url == null) {
      throw SqlErrors.invalidParameter("The URL is null. Ask for jdbc:sally:demo.", null);
    }
    return ConnectionUrl.accepts(url);
  }

  /** Describes every property; a key that was given is not repeated. */
  @Override
  public DriverPropertyInfo[] getPropertyInfo(@Nullable String url, @Nullable Properties info)
      throws SQLException {
    String known = url != null && ConnectionUrl.accepts(url) ? url : ConnectionUrl.PREFIX;
    Properties given = info == null ? new Properties() : info;
    return Guarded.call(() -> PropertyDescriptions.describe(known, given));
  }

  @Override
  public int getMajorVersion() {
    return ProductVersion.CURRENT.major();
  }

  @Override
  public int getMinorVersion() {
    return ProductVersion.CURRENT.minor();
  }

  /** False: SQL-92 entry level, which compliance asks for, has statements that write. */
  @Override
  public boolean jdbcCompliant() {
    return false;
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getLogger(LOGGER);
  }
}
