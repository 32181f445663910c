package io.sally.driver;

import io.sally.driver.config.Configuration;
import io.sally.driver.config.Mode;
import io.sally.engine.Execution;
import io.sally.engine.Limits;
import io.sally.engine.Session;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What comes of trying the language model of a configuration. Immutable.
 *
 * @param message the model's name, or what went wrong; without secrets
 */
public record ModelCheck(boolean reachable, Duration latency, String message) {
  private static final String QUESTION = "How many sites are there?";

  /**
   * Asks one question about the demo schema: the way of every question, with nobody's data. It is
   * noted and counted as every request is, where {@code ask.memory} keeps the notes.
   */
  public static ModelCheck of(Configuration configuration) {
    Configuration demo = demo(configuration);
    Instant begin = Instant.now();
    try (Backends.Lease lease = new Backends(new Wiring()).acquire(demo)) {
      Backend backend = lease.backend();
      Session session =
          backend
              .session(Mode.DEMO)
              .orElseThrow(() -> new IllegalStateException("The demo is always there"));
      try (Execution execution = backend.engine().begin(Limits.NONE, demo.statementClock())) {
        backend.asker().tryOut(QUESTION, session, execution);
      }
      return new ModelCheck(true, since(begin), configuration.llm().model());
    } catch (SQLException e) {
      return new ModelCheck(false, since(begin), String.valueOf(e.getMessage()));
    }
  }

  /** The same translator over nothing but the demo, so that no source is touched. */
  private static Configuration demo(Configuration configuration) {
    return new Configuration(
        Mode.DEMO,
        configuration.demoDate(),
        configuration.timeZone(),
        configuration.catalogTtl(),
        configuration.memory(),
        configuration.llm(),
        configuration.ask(),
        List.of(),
        List.of(),
        configuration.settings());
  }

  private static Duration since(Instant begin) {
    return Duration.between(begin, Instant.now());
  }
}
