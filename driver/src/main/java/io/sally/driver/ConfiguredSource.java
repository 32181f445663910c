package io.sally.driver;

import io.sally.driver.config.Secret;
import io.sally.driver.config.SourceConfiguration;
import io.sally.engine.source.MySqlSource;
import io.sally.engine.source.OracleSource;
import io.sally.engine.source.PostgreSqlSource;
import io.sally.engine.source.Source;
import io.sally.engine.source.SourceSettings;
import io.sally.engine.source.SqliteSource;
import io.sally.engine.source.TrinoSource;

/** A configured source as the engine's. Making one opens nothing. */
final class ConfiguredSource {
  private ConfiguredSource() {}

  static Source of(SourceConfiguration configuration) {
    SourceSettings settings = settings(configuration);
    return switch (configuration.type()) {
      case POSTGRESQL -> new PostgreSqlSource(settings);
      case MYSQL, MARIADB -> new MySqlSource(settings);
      case ORACLE -> new OracleSource(settings);
      case SQLITE -> new SqliteSource(settings);
      case TRINO -> new TrinoSource(settings);
    };
  }

  private static SourceSettings settings(SourceConfiguration configuration) {
    Secret url = configuration.url();
    Secret password = configuration.password();
    return new SourceSettings(
        configuration.name(),
        configuration.host(),
        configuration.port(),
        configuration.database(),
        url == null ? null : url.reveal(),
        configuration.user(),
        password == null ? null : password::reveal,
        configuration.schemas(),
        configuration.connections(),
        configuration.connectTimeout());
  }
}
