package io.sally.engine.source;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The process of a database, which a test kills and starts again. */
final class ServerProcess {
  private final List<String> command;
  private ProcessHandle running;

  private ServerProcess(ProcessHandle running, List<String> wrapper) {
    this.running = running;
    this.command = new ArrayList<>(wrapper);
    command.add(running.info().command().orElseThrow());
    command.addAll(Arrays.asList(running.info().arguments().orElseThrow()));
  }

  /**
   * The process of this id.
   *
   * @param wrapper what stands before its command when it is started again
   */
  static ServerProcess of(long id, String... wrapper) {
    return new ServerProcess(ProcessHandle.of(id).orElseThrow(), List.of(wrapper));
  }

  /** The process among this one's descendants whose command line holds both texts. */
  static ServerProcess descendant(String program, String argument) {
    return new ServerProcess(
        ProcessHandle.current()
            .descendants()
            .filter(p -> p.info().command().filter(c -> c.contains(program)).isPresent())
            .filter(
                p ->
                    p.info()
                        .arguments()
                        .filter(a -> Arrays.asList(a).contains(argument))
                        .isPresent())
            .findFirst()
            .orElseThrow(),
        List.of());
  }

  /** Ends it without a chance to say anything. */
  void kill() throws InterruptedException {
    running.destroyForcibly();
    try {
      running.onExit().get(30, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("The server does not end", e);
    }
  }

  void startWhereEnded() throws IOException {
    if (!running.isAlive()) {
      start();
    }
  }

  /** Starts it again, on the same files and the same port. */
  void start() throws IOException {
    running =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(new File("/dev/null"))
            .start()
            .toHandle();
  }
}
