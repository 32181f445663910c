package io.sally.driver.config;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All that file, URL and properties decide. Immutable; connections of equal configurations share
 * their engine. Its text shows no secret.
 *
 * @param demoDate the day that the demo takes for today, or null for the real one
 * @param timeZone the zone in which {@code CURRENT_DATE} is read
 * @param catalogTtl the age at which a source's catalog is read again
 * @param memory what all statements together may hold
 * @param sources the configured sources, in the order in which unqualified names are looked for
 * @param glossary what words mean in this organisation
 * @param settings what {@code sally.settings} shows
 */
public record Configuration(
    Mode mode,
    @Nullable LocalDate demoDate,
    ZoneId timeZone,
    Duration catalogTtl,
    MemorySettings memory,
    LlmSettings llm,
    AskSettings ask,
    List<SourceConfiguration> sources,
    List<GlossaryTerm> glossary,
    List<Setting> settings) {
  private static final int DEMO_HOUR = 12;

  public Configuration {
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(timeZone, "timeZone");
    Objects.requireNonNull(catalogTtl, "catalogTtl");
    Objects.requireNonNull(memory, "memory");
    Objects.requireNonNull(llm, "llm");
    Objects.requireNonNull(ask, "ask");
    sources = List.copyOf(sources);
    glossary = List.copyOf(glossary);
    settings = List.copyOf(settings);
  }

  /**
   * What a statement that begins now takes for now. It stands still, since all of a statement's
   * {@code CURRENT_TIMESTAMP} are one (ISO/IEC 9075-2 §4.6.2); with a {@code demoDate} it is noon
   * of that day, so that the same statement gives the same rows at any hour.
   */
  public Clock statementClock() {
    return demoDate == null
        ? Clock.fixed(Clock.systemUTC().instant(), timeZone)
        : Clock.fixed(demoDate.atTime(DEMO_HOUR, 0).atZone(timeZone).toInstant(), timeZone);
  }
}
