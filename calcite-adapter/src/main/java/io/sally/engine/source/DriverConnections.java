package io.sally.engine.source;

import io.sally.engine.SqlErrors;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.function.Supplier;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections straight through one driver, with the session set up, and tells of failures at
 * once. The password is asked for each connection and kept nowhere. Thread-safe.
 */
final class DriverConnections implements DataSource {
  private final SourceSettings settings;
  private final ConnectionRecipe recipe;
  private final OnFailure onFailure;
  private volatile boolean closed;

  /** Learns that a connection could not be opened, and how long that took to be known. */
  @FunctionalInterface
  interface OnFailure {
    void failed(SQLException failure, Duration took);
  }

  DriverConnections(SourceSettings settings, ConnectionRecipe recipe, OnFailure onFailure) {
    this.settings = settings;
    this.recipe = recipe;
    this.onFailure = onFailure;
  }

  /** For the pool: none comes after {@link #close}, also where the login was under way by then. */
  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = open();
    if (closed) {
      connection.close();
      throw SqlErrors.connectionClosed();
    }
    return connection;
  }

  /** No further connection goes to the pool. */
  void close() {
    closed = true;
  }

  /** A connection for whoever asks, the pool or another. */
  Connection open() throws SQLException {
    long begun = System.nanoTime();
    try {
      Connection connection = recipe.driver().connect(recipe.url(), properties());
      if (connection == null) {
        throw SqlErrors.invalidParameter(
            "The URL of source "
                + settings.name()
                + " is not one of this kind of database: "
                + settings.withoutSecrets(recipe.url())
                + ". Correct url or type in the configuration.",
            null);
      }
      setUp(connection);
      return connection;
    } catch (SQLException e) {
      onFailure.failed(e, Duration.ofNanos(System.nanoTime() - begun));
      throw e;
    }
  }

  private Properties properties() {
    Properties properties = new Properties();
    properties.putAll(recipe.properties());
    properties.putAll(recipe.loginBounds());
    String user = settings.user();
    if (user != null) {
      properties.setProperty("user", user);
    }
    Supplier<String> password = settings.password();
    if (password != null) {
      properties.setProperty("password", password.get());
    }
    return properties;
  }

  private void setUp(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : recipe.setUp()) {
        statement.execute(sql);
      }
      if (recipe.loginBounds().keySet().stream().anyMatch(key -> !recipe.url().contains(key))) {
        connection.setNetworkTimeout(Runnable::run, 0);
      }
    } catch (SQLException e) {
      try {
        connection.close();
      } catch (SQLException closing) {
        e.addSuppressed(closing);
      }
      throw e;
    }
  }

  @Override
  public Connection getConnection(String username, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("The settings name the user");
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) {}

  @Override
  public void setLoginTimeout(int seconds) {}

  /**
   * HikariCP waits so long, when it closes, for logins that are under way. They end by bounds of
   * their own, and closing has no use for them.
   */
  @Override
  public int getLoginTimeout() {
    return 1;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException("Connections log through their driver");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    if (type.isInstance(this)) {
      return type.cast(this);
    }
    throw new SQLFeatureNotSupportedException("Not a wrapper of " + type.getName());
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return type.isInstance(this);
  }
}
