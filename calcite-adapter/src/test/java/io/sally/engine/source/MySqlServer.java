package io.sally.engine.source;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

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

  /** Why the MySQL that is unpacked there cannot run on this machine, if so. */
  static Optional<String> whyItCannotRun(Path home) {
    String machine = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    if (!machine.equals("Linux amd64")) {
      return Optional.of("MySQL is tested on Linux for x86-64 only, and this is " + machine + ".");
    }
    try {
      Process version = command(home, "--version").redirectErrorStream(true).start();
      String said = new String(version.getInputStream().readAllBytes(), UTF_8).strip();
      return version.waitFor() == 0
          ? Optional.empty()
          : Optional.of(
              "MySQL does not run here ("
                  + said
                  + "). It needs libaio.so.1 and libnuma.so.1: apt-get install libaio1 libnuma1.");
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
            "--skip-log-bin",
            "--innodb-flush-log-at-trx-commit=0",
            "--log-bin-trust-function-creators=ON");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server)));
    for (int i = 0; !answers(); i++) {
      if (i == TRIES || !server.isAlive()) {
        throw new IllegalStateException("MySQL does not start:\n" + log());
      }
      Thread.sleep(100);
    }
  }

  private Process mysqld(String... arguments) throws IOException {
    List<String> all =
        new ArrayList<>(List.of("--user=root", "--basedir=" + home, "--datadir=" + data));
    all.addAll(List.of(arguments));
    return command(home, all.toArray(String[]::new))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(data.resolveSibling("log").toFile()))
        .start();
  }

  private static ProcessBuilder command(Path home, String... arguments) throws IOException {
    File program = home.resolve("bin/mysqld").toFile();
    if (!program.setExecutable(true)) {
      throw new IOException(program + " cannot be run");
    }
    List<String> command = new ArrayList<>(List.of(program.toString(), "--no-defaults"));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command);
  }

  /** Ends the server, whose files nobody needs any more. */
  private void end(Process server) {
    try {
      server.destroyForcibly().waitFor();
      try (Stream<Path> files = Files.walk(Objects.requireNonNull(data.getParent(), "parent"))) {
        files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
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
