package io.sally.driver.shell;

import io.sally.driver.SallyDriver;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The driver of the interactive shell, which SQLLine finds in the place of {@link SallyDriver}: the
 * same, with what a person at a terminal wants beside the rows. Thread-safe.
 */
final class TerminalDriver implements Driver {
  private final SallyDriver driver = new SallyDriver();
  private final Terminal terminal;

  TerminalDriver(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Has all of this process who look for Sally's driver find this one. */
  void takeOver() throws SQLException {
    List<Driver> drivers = DriverManager.drivers().filter(SallyDriver.class::isInstance).toList();
    for (Driver each : drivers) {
      DriverManager.deregisterDriver(each);
    }
    DriverManager.registerDriver(this);
  }

  @Override
  public @Nullable Connection connect(@Nullable String url, @Nullable Properties properties)
      throws SQLException {
    Connection connection = driver.connect(url, properties);
    return connection == null ? null : WatchedCalls.of(connection, terminal);
  }

  @Override
  public boolean acceptsURL(@Nullable String url) throws SQLException {
    return driver.acceptsURL(url);
  }

  @Override
  public DriverPropertyInfo[] getPropertyInfo(@Nullable String url, @Nullable Properties properties)
      throws SQLException {
    return driver.getPropertyInfo(url, properties);
  }

  @Override
  public int getMajorVersion() {
    return driver.getMajorVersion();
  }

  @Override
  public int getMinorVersion() {
    return driver.getMinorVersion();
  }

  @Override
  public boolean jdbcCompliant() {
    return driver.jdbcCompliant();
  }

  @Override
  public Logger getParentLogger() {
    return driver.getParentLogger();
  }
}
