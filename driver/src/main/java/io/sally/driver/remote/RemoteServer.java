package io.sally.driver.remote;

import io.sally.driver.LibraryLogs;
import io.sally.driver.SallyDriver;
import io.sally.engine.SqlErrors;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.calcite.avatica.server.HttpServer;

/**
 * The driver over HTTP. Each user has connections of their own, which no other user can name; what
 * no request has touched for a while is closed, so that a client that went away leaves nothing.
 * Thread-safe.
 */
public final class RemoteServer implements AutoCloseable {
  private static final int CHECKS_AN_EXPIRY = 4;

  private final Connection first;
  private final HttpServer http;
  private final Map<String, UserConnections> connections;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Timer expiry = new Timer("sally-expiry", true);

  private RemoteServer(
      Connection first, HttpServer http, Map<String, UserConnections> connections) {
    this.first = first;
    this.http = http;
    this.connections = connections;
  }

  /**
   * Listens, and answers from then on.
   *
   * @throws SQLException with SQLState 08001 when the port or the keystore cannot be used, or as
   *     the driver throws it when what is served cannot be connected to
   */
  public static RemoteServer start(RemoteSettings settings, SallyDriver driver)
      throws SQLException {
    LibraryLogs.quiet();
    // It fails here, with the reason, and not at every client. It stays, so that the catalog is
    // read once and not for each client.
    Connection first = SallyMeta.connect(driver, settings.url(), settings.properties());
    try {
      RemoteServer server = over(first, settings, driver);
      server.start(settings.bind(), settings.port());
      server.expire(settings.expiry());
      return server;
    } catch (SQLException | RuntimeException e) {
      first.close();
      throw e;
    }
  }

  private static RemoteServer over(Connection first, RemoteSettings settings, SallyDriver driver)
      throws SQLException {
    Map<String, UserConnections> connections = new HashMap<>();
    List<String> names =
        settings.users().isEmpty()
            ? List.of(RequestHandler.NOBODY)
            : settings.users().stream().map(RemoteUser::name).toList();
    for (String name : names) {
      connections.put(name, UserConnections.of(driver, settings, name));
    }
    HttpServer http = new BoundServer(settings, new RequestHandler(connections));
    return new RemoteServer(first, http, Map.copyOf(connections));
  }

  private void start(String bind, int port) throws SQLException {
    try {
      http.start();
    } catch (RuntimeException e) {
      http.stop();
      throw SqlErrors.cannotConnect(
          "The server cannot listen at "
              + bind
              + ", port "
              + port
              + ": "
              + reason(e)
              + ". Free the port or name another, and see that the keystore and its password fit.",
          e);
    }
  }

  private void expire(Duration after) {
    long pause = Math.max(1, after.toMillis() / CHECKS_AN_EXPIRY);
    TimerTask task =
        new TimerTask() {
          @Override
          public void run() {
            connections.values().forEach(UserConnections::closeExpired);
          }
        };
    expiry.schedule(task, pause, pause);
  }

  /** What is the matter, without the layers around it. */
  private static String reason(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null && !(cause instanceof IOException)) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }

  /** The port that it listens at. */
  public int port() {
    return http.getPort();
  }

  /** How many connections of clients are open. */
  public long openConnections() {
    return connections.values().stream().mapToLong(UserConnections::open).sum();
  }

  /** Stops listening, then stops what runs and closes all connections. Again, it does nothing. */
  @Override
  public void close() throws SQLException {
    if (closed.getAndSet(true)) {
      return;
    }
    expiry.cancel();
    // The connections first: what runs on them ends by that, and so do the requests that wait.
    connections.values().forEach(UserConnections::closeAll);
    http.stop();
    connections.values().forEach(UserConnections::closeAll);
    first.close();
  }
}
