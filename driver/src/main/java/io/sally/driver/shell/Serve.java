package io.sally.driver.shell;

import io.sally.driver.SallyDriver;
import io.sally.driver.remote.RemoteServer;
import io.sally.driver.remote.RemoteSettings;
import io.sally.driver.remote.RemoteUser;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.TimeZone;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The command {@code serve}: answers over HTTP until the process is told to end. */
final class Serve {
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  private final PrintStream out;
  private final PrintStream err;
  private final UnaryOperator<@Nullable String> environment;

  Serve(PrintStream out, PrintStream err, UnaryOperator<@Nullable String> environment) {
    this.out = out;
    this.err = err;
    this.environment = environment;
  }

  /**
   * Serves; returns when it could not begin, or was interrupted.
   *
   * @return the exit code
   */
  int run(String[] arguments) {
    List<String> own = Arrays.asList(arguments).subList(1, arguments.length);
    if (own.contains("-h") || own.contains("--help")) {
      out.println(ServeArguments.USAGE);
      return 0;
    }
    RemoteSettings settings;
    try {
      settings = ServeArguments.parse(own, environment);
    } catch (IllegalArgumentException e) {
      err.println(e.getMessage());
      err.println();
      err.println(ServeArguments.USAGE);
      return USAGE;
    } catch (SQLException e) {
      err.println(ErrorText.of(e));
      return FAILED;
    }
    // Avatica makes java.sql.Timestamps of a client's times: an hour that the zone of this process
    // skips in spring would become another.
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
    try (RemoteServer server = RemoteServer.start(settings, new SallyDriver())) {
      return serve(settings, server);
    } catch (SQLException e) {
      err.println(ErrorText.of(e));
      return FAILED;
    }
  }

  private int serve(RemoteSettings settings, RemoteServer server) {
    CountDownLatch end = new CountDownLatch(1);
    Thread onEnd =
        new Thread(
            () -> {
              stop(server);
              end.countDown();
            },
            "sally-stop");
    Runtime.getRuntime().addShutdownHook(onEnd);
    tell(settings, server);
    try {
      end.await();
      return 0;
    } catch (InterruptedException e) {
      Runtime.getRuntime().removeShutdownHook(onEnd);
      Thread.currentThread().interrupt();
      return FAILED;
    }
  }

  private void stop(RemoteServer server) {
    try {
      server.close();
      err.println("Sally has stopped.");
    } catch (SQLException e) {
      err.println(ErrorText.of(e));
    }
  }

  private void tell(RemoteSettings settings, RemoteServer server) {
    String address =
        (settings.tls() == null ? "http://" : "https://")
            + (settings.bind().contains(":") ? "[" + settings.bind() + "]" : settings.bind())
            + ":"
            + server.port();
    String who =
        settings.users().isEmpty()
            ? "everybody who reaches it"
            : settings.users().stream().map(RemoteUser::name).collect(Collectors.joining(", "));
    out.println("Sally answers at " + address + " for " + who + ".");
    if (settings.tls() == null && !ServeArguments.isLoopback(settings.bind())) {
      err.println(
          "Warning: without --keystore, questions and answers travel in clear to other machines.");
    }
    out.println("Stop it with Ctrl-C.");
    out.flush();
  }
}
