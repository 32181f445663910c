package io.sally.engine.source;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A MySQL server on files of its own, which ends with this JVM. */
final class MySqlServer {
  private static final int TRIES = 600;

  private final Path home;
  private final Path data;
  private final int port;

  private MySqlServer(Path home, Path data, int port) {
    this.home = home;
    this.data = data;
    this.port = port;
  }

  /**
   * Starts one.
   *
   * @param home where MySQL is unpacked
   */
  static MySqlServer start(Path home) {
    try {
      Path directory = Files.createTempDirectory("mysql");
      MySqlServer server = new MySqlServer(home, directory.resolve("data"), freePort());
      server.run();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  int port() {
    return port;
  }

  private void run() throws IOException, InterruptedException {
    Process initialization = mysqld("--initialize-insecure");
    if (!initialization.waitFor(5, TimeUnit.MINUTES) || initialization.exitValue() != 0) {
      initialization.destroyForcibly();
      throw new IllegalStateException("MySQL cannot be initialized:\n" + log());
    }
    Process server =
        mysqld(
            "--port=" + port,
            "--bind-address=127.0.0.1",
            "--mysqlx=OFF",
            "--socket=" + data.resolveSibling("s"),
            "--character-set-server=utf8mb4");
    Runtime.getRuntime().addShutdownHook(new Thread(server::destroy));
    for (int i = 0; !answers(); i++) {
      if (i == TRIES || !server.isAlive()) {
        throw new IllegalStateException("MySQL does not start:\n" + log());
      }
      Thread.sleep(100);
    }
  }

  private Process mysqld(String... arguments) throws IOException {
    File program = home.resolve("bin/mysqld").toFile();
    if (!program.setExecutable(true)) {
      throw new IOException(program + " cannot be run");
    }
    List<String> command =
        new ArrayList<>(
            List.of(
                program.toString(),
                "--no-defaults",
                "--user=root",
                "--basedir=" + home,
                "--datadir=" + data));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(data.resolveSibling("log").toFile()))
        .start();
  }

  private String log() throws IOException {
    return Files.readString(data.resolveSibling("log"));
  }

  private boolean answers() {
    try (Connection connection =
        DriverManager.getConnection("jdbc:mysql://127.0.0.1:" + port + "/mysql", "root", "")) {
      return connection.isValid(1);
    } catch (SQLException notYet) {
      return false;
    }
  }
}
