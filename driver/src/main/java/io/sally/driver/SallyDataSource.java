package io.sally.driver;

import io.sally.driver.config.ConnectionUrl;
import io.sally.engine.SqlErrors;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Connections to one URL, for programs that are given a {@link DataSource}. Set it up before it is
 * shared; then it is thread-safe. Its connections share their engine as long as one of them is
 * open.
 */
public final class SallyDataSource implements DataSource {
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

  /** Taken since pools send it, and not used: Sally has no users of its own. */
  public void setPassword(@Nullable String password) {
    setProperty("password", password);
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
