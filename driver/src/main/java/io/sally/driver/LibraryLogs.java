package io.sally.driver;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * The logs of what the jar bundles. A driver is a guest: what its libraries tell of their pools and
 * of searches that were cancelled is of no use to the program that loads it, so they log errors
 * alone, unless the program has set a level for them.
 */
public final class LibraryLogs {
  // Held, since java.util.logging forgets the level of a logger that nobody holds. The names are
  // those of packages, which move with the jar's other classes.
  private static final List<Logger> LIBRARIES =
      Stream.of("org.apache.calcite", "com.zaxxer.hikari", "org.eclipse.jetty")
          .map(Logger::getLogger)
          .toList();

  private LibraryLogs() {}

  /** Quiets those that nobody has set a level for. */
  public static void quiet() {
    LIBRARIES.stream()
        .filter(logger -> logger.getLevel() == null)
        .forEach(logger -> logger.setLevel(Level.SEVERE));
  }
}
