package io.sally.driver.config;

import io.sally.engine.policy.SourcePolicy;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One configured source. Immutable; its text shows no secret.
 *
 * @param url the database's own JDBC URL in place of host, port and database; it may hold a secret
 * @param policy who may read what of it
 * @param samples which values of it the language model may see, or null for what is said of all
 */
public record SourceConfiguration(
    String name,
    SourceType type,
    @Nullable String host,
    @Nullable Integer port,
    @Nullable String database,
    @Nullable Secret url,
    @Nullable String user,
    @Nullable Secret password,
    List<String> schemas,
    int connections,
    Duration connectTimeout,
    SourcePolicy policy,
    @Nullable Samples samples) {
  /** A source without a policy. */
  public SourceConfiguration(
      String name,
      SourceType type,
      @Nullable String host,
      @Nullable Integer port,
      @Nullable String database,
      @Nullable Secret url,
      @Nullable String user,
      @Nullable Secret password,
      List<String> schemas,
      int connections,
      Duration connectTimeout) {
    this(
        name,
        type,
        host,
        port,
        database,
        url,
        user,
        password,
        schemas,
        connections,
        connectTimeout,
        SourcePolicy.NONE,
        null);
  }

  public SourceConfiguration {
    Objects.requireNonNull(policy, "policy");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(connectTimeout, "connectTimeout");
    schemas = List.copyOf(schemas);
  }
}
