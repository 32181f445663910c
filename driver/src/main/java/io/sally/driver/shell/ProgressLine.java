package io.sally.driver.shell;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Says at a terminal what takes longer than a second, in a line that is gone when it is over.
 * Thread-safe: what is done may change while it is shown.
 */
final class ProgressLine {
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final Duration STEP = Duration.ofMillis(250);
  private static final long SECOND = 1_000_000_000L;

  /** To the first column, and everything after it away (ECMA-48, EL). */
  private static final String CLEAR = "\r\u001b[K";

  private final @Nullable PrintStream terminal;
  private final @Nullable Thread thread;
  private final long begin = System.nanoTime();
  private String doing;
  private boolean shown;
  private boolean ended;

  private ProgressLine(@Nullable PrintStream terminal, String doing) {
    this.terminal = terminal;
    this.doing = doing;
    if (terminal == null) {
      this.thread = null;
    } else {
      this.thread = new Thread(this::show, "sally-progress");
      this.thread.setDaemon(true);
    }
  }

  /**
   * Begins to watch.
   *
   * @param terminal where to say it, or null to say nothing
   * @param doing what is being done
   */
  static ProgressLine of(@Nullable PrintStream terminal, String doing) {
    ProgressLine line = new ProgressLine(terminal, doing);
    if (line.thread != null) {
      line.thread.start();
    }
    return line;
  }

  /** What is being done from now on. */
  synchronized void doing(String now) {
    doing = now;
  }

  private void show() {
    LockSupport.parkNanos(PATIENCE.toNanos());
    while (write()) {
      LockSupport.parkNanos(STEP.toNanos());
    }
  }

  private synchronized boolean write() {
    if (!ended && terminal != null) {
      long seconds = (System.nanoTime() - begin) / SECOND;
      terminal.print(CLEAR + doing + " … " + seconds + " s");
      terminal.flush();
      shown = true;
    }
    return !ended;
  }

  /** Takes the line away; nothing is written after. May be called again. */
  synchronized void end() {
    ended = true;
    if (shown && terminal != null) {
      terminal.print(CLEAR);
      terminal.flush();
      shown = false;
    }
    LockSupport.unpark(thread);
  }
}
