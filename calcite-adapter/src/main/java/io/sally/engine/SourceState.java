package io.sally.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one source at this moment.
 *
 * @param type the kind of database, as {@code postgresql}
 * @param version the version that its server gave last, or null while it never answered
 * @param latency how long it took to answer last, or null while it never answered
 * @param lastError why it did not answer last, without secrets, or null where it did
 * @param tables the number of tables in its catalog; 0 while none was read
 * @param readAt when its catalog was read, or null while none was
 */
public record SourceState(
    String name,
    String type,
    State state,
    @Nullable String version,
    @Nullable Duration latency,
    @Nullable String lastError,
    int tables,
    @Nullable Instant readAt) {
  /** Whether the source answers. */
  public enum State {
    /** It was not asked yet. */
    UNKNOWN,
    /** It answered when it was asked last. */
    UP,
    /** It did not answer, or refused, when it was asked last. */
    DOWN
  }

  public SourceState {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(state, "state");
  }
}
