package io.sally.driver;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the classes that a first statement needs, some thousands, be loaded on another processor
 * while the client connects and its statement is planned. They are loaded and not initialised: two
 * threads that initialise the same classes wait for each other, and where the classes need each
 * other, for ever (The Java Virtual Machine Specification, 5.5). Thread-safe.
 */
final class WarmUp {
  /** The names of the classes in the order in which a first statement needs them, a line each. */
  static final String NAMES = "first-statement-classes.txt";

  private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);

  private WarmUp() {}

  /**
   * Begins, once a class loader, and comes back at once. The thread is a daemon and ends by itself;
   * on a machine with one processor there is none.
   */
  static void begin() {
    if (Runtime.getRuntime().availableProcessors() > 1) {
      Once.begun();
    }
  }

  /** A class is initialised once. */
  private static final class Once {
    static {
      Thread thread = new Thread(WarmUp::run, "sally-warm-up");
      thread.setDaemon(true);
      thread.start();
    }

    private Once() {}

    static void begun() {}
  }

  private static void run() {
    try (InputStream names = WarmUp.class.getResourceAsStream(NAMES)) {
      if (names == null) {
        LOG.debug("There is no list of classes to load");
        return;
      }
      String bundled = bundled();
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(names, StandardCharsets.US_ASCII));
      for (String name = lines.readLine(); name != null; name = lines.readLine()) {
        load(name.startsWith("io.sally.") ? name : bundled + name);
      }
    } catch (IOException | RuntimeException e) {
      // Whatever it is, the client's own statement will tell the client.
      LOG.debug("The warm-up failed", e);
    }
  }

  /** What stands before the names of libraries in the one jar: nothing outside of it. */
  private static String bundled() {
    String name = Logger.class.getName();
    return name.substring(0, name.length() - "org.".length() - "slf4j.Logger".length());
  }

  private static void load(String name) {
    try {
      Class.forName(name, false, WarmUp.class.getClassLoader());
    } catch (ClassNotFoundException | LinkageError e) {
      LOG.trace("{} is not loaded ahead", name, e);
    }
  }
}
