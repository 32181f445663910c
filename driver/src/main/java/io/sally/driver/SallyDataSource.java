package io.sally.driver;

import io.sally.driver.config.ConnectionUrl;
import io.sally.engine.SqlErrors;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.ConnectionBuilder;
import java.sql.SQLException;
import java.sql.ShardingKeyBuilder;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeSet;
import java.util.logging.Logger;
import javax.naming.Reference;
import javax.naming.Referenceable;
import javax.naming.StringRefAddr;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Connections to one URL, for programs and pools that are given a {@link DataSource}, as a bean or
 * from a naming service. Set it up before it is shared; then it is thread-safe. Its connections
 * share their engine as long as one of them is open.
 */
public final class SallyDataSource implements DataSource, Referenceable {
  private final SallyDriver driver = new SallyDriver();
  private final Properties properties = new Properties();
  private String url = ConnectionUrl.PREFIX + "demo";
  private @Nullable PrintWriter logWriter;
  private int loginTimeout;

  /** A data source of the demo schema, until {@link #setUrl} says otherwise. */
  public SallyDataSource() {}

  /** The URL to connect to. */
  public synchronized String getUrl() {
    return url;
  }

  /** Sets the URL to connect to, {@code jdbc:sally:…}. */
  public synchronized void setUrl(String newUrl) {
    url = newUrl;
  }

  /** Where the URL leads: a path of a configuration file, or {@code demo}. */
  public synchronized String getConfig() throws SQLException {
    return ConnectionUrl.parse(url).target();
  }

  /** Connects to what a configuration file describes: another way to write the URL. */
  public void setConfig(String path) {
    setUrl(ConnectionUrl.PREFIX + path);
  }

  /**
   * Sets a connection property; null takes it away.
   *
   * @param key one of those that {@link SallyDriver#getPropertyInfo} describes
   */
  public synchronized void setProperty(String key, @Nullable String value) {
    if (value == null) {
      properties.remove(key);
    } else {
      properties.setProperty(key, value);
    }
  }

  /** Sets connection properties beside those that are set already. */
  public synchronized void setProperties(Properties added) {
    added.stringPropertyNames().forEach(key -> setProperty(key, added.getProperty(key)));
  }

  /**
   * Sets the user, whose row filters hold. Sally has no users of its own and does not check the
   * name.
   */
  public void setUser(@Nullable String user) {
    setProperty("user", user);
  }

  /** The user, or null where none was set. */
  public synchronized @Nullable String getUser() {
    return properties.getProperty("user");
  }

  /** Taken since pools send it, and not used: Sally has no users of its own. */
  public void setPassword(@Nullable String password) {
    setProperty("password", password);
  }

  /** What a naming service keeps, with the properties; {@link SallyDataSourceFactory} reads it. */
  @Override
  public synchronized Reference getReference() {
    Reference reference =
        new Reference(getClass().getName(), SallyDataSourceFactory.class.getName(), null);
    reference.add(new StringRefAddr(SallyDataSourceFactory.URL, url));
    for (String key : new TreeSet<>(properties.stringPropertyNames())) {
      reference.add(new StringRefAddr(key, properties.getProperty(key)));
    }
    return reference;
  }

  @Override
  public Connection getConnection() throws SQLException {
    return connect(new Properties());
  }

  private Connection connect(Properties own) throws SQLException {
    String target;
    Properties given = new Properties();
    synchronized (this) {
      target = url;
      given.putAll(properties);
    }
    given.putAll(own);
    Connection connection = driver.connect(target, given);
    if (connection == null) {
      throw SqlErrors.cannotConnect(
          "The URL of the data source is none of Sally's. Set it to jdbc:sally:demo.", null);
    }
    return connection;
  }

  @Override
  public Connection getConnection(@Nullable String user, @Nullable String password)
      throws SQLException {
    Properties own = new Properties();
    if (user != null) {
      own.setProperty("user", user);
    }
    return connect(own);
  }

  @Override
  public synchronized @Nullable PrintWriter getLogWriter() {
    return logWriter;
  }

  /** Kept and not written to: Sally logs through SLF4J. */
  @Override
  public synchronized void setLogWriter(@Nullable PrintWriter out) {
    logWriter = out;
  }

  @Override
  public synchronized int getLoginTimeout() {
    return loginTimeout;
  }

  /** Kept and not needed: connecting waits for nothing. */
  @Override
  public synchronized void setLoginTimeout(int seconds) {
    loginTimeout = seconds;
  }

  @Override
  public Logger getParentLogger() {
    return driver.getParentLogger();
  }

  // JDBC's own refusals of these two have no SQLState.

  @Override
  public ConnectionBuilder createConnectionBuilder() throws SQLException {
    throw JdbcObject.refused("connection builders: set the properties of the data source");
  }

  @Override
  public ShardingKeyBuilder createShardingKeyBuilder() throws SQLException {
    throw JdbcObject.refused("shards");
  }

  @Override
  public <T> T unwrap(@Nullable Class<T> type) throws SQLException {
    if (!isWrapperFor(type)) {
      throw SqlErrors.invalidParameter("A SallyDataSource wraps nothing but itself.", null);
    }
    return Objects.requireNonNull(type).cast(this);
  }

  @Override
  public boolean isWrapperFor(@Nullable Class<?> type) {
    return type != null && type.isInstance(this);
  }
}
